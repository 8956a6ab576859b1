/** Our verdict against what the SDK for JavaScript and botocore really do, on many machines. */
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {botocoreOutcome, CLI_1} from '../../src/credentials/tools/botocore.js'
import {javascriptOutcome} from '../../src/credentials/tools/javascript.js'
import type {Outcome} from '../../src/credentials/tools/outcome.js'
import {regionOf} from '../../src/credentials/tools/region.js'
import {readSnapshot, type Snapshot} from '../../src/credentials/snapshot.js'
import type {View} from '../../src/credentials/views.js'
import {diagnose} from '../../src/doctor/diagnose.js'
import {testUnless} from '../aws-files/support/skip.js'
import {homeSandbox, type Home} from '../support/home.js'
import {runs, seed} from '../support/proof.js'
import {difference} from './support/essence.js'
import {makeMachine, randomFrom} from './support/machines.js'
import {
  Peer,
  whyNoBotocore,
  type Answer,
  type BotocoreAnswer,
  type Env,
  type JavascriptAnswer,
} from './support/peers.js'
import {StubAws} from './support/stub-aws.js'

const COUNT = runs(300)

interface Case {
  readonly home: Home
  readonly env: Env
  readonly surroundings: Snapshot
  readonly story: string
}

/** Known differences between the model and a tool, each with its reason. Anything else fails. */
const REASONS: readonly {
  readonly why: string
  readonly is: (ours: Outcome, theirs: Answer, each: Case) => boolean
}[] = [
  {
    why: 'Only with AWS_ENDPOINT_URL, which the test sets, does the STS client of botocore want a region for a role.',
    is: (ours, theirs) =>
      ours.kind === 'found' && ours.roleArn !== undefined && theirs.error === 'You must specify a region.',
  },
]

let stub: StubAws
let cases: readonly Case[]

beforeAll(async () => {
  stub = await new StubAws().start()
  const random = randomFrom(seed)
  const made: Case[] = []
  for (let index = 0; index < COUNT; index++) {
    const machine = makeMachine(index, random, stub.url)
    const home = homeSandbox()
    const inHome = (text: string) => text.replaceAll('~/', `${home.path}/`)
    for (const [file, text] of Object.entries(machine.files)) home.write(file, inHome(text))
    const env: Env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home.path,
      ...Object.fromEntries(Object.entries(machine.env).map(([name, value]) => [name, inHome(value)])),
      AWS_ENDPOINT_URL: stub.url,
      AWS_MAX_ATTEMPTS: '1',
    }
    made.push({
      home,
      env,
      surroundings: await readSnapshot({env, isEc2: false}),
      story: JSON.stringify(machine, null, 1),
    })
  }
  cases = made
})

afterAll(() => stub.close())

function compare(each: Case, tool: string, ours: Outcome, theirs: Answer, view: View): string | undefined {
  const differs = difference(ours, theirs, view, each.home.path)
  if (differs === undefined || REASONS.some(({is}) => is(ours, theirs, each))) return undefined
  return `${tool}\n${differs}\n${each.story}`
}

function tally(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) {
    const key =
      outcome.kind === 'found'
        ? outcome.source
        : `${outcome.kind} ${outcome.kind === 'broken' ? outcome.source : ''}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

test('the verdict is what the AWS SDK for JavaScript does', async () => {
  const peer = new Peer<JavascriptAnswer>(process.execPath, 'javascript-chain.mjs')
  const answers = await peer.ask(cases.map(({env}) => env))
  peer.close()
  const outcomes = cases.map(({surroundings}) => javascriptOutcome(surroundings))
  const wrong = cases.flatMap((each, index) => {
    const {surroundings: s} = each
    const {javascript, serverless, region} = answers[index]!
    const profile = s.env['AWS_PROFILE'] || 'default'
    const ours = regionOf('javascript', s, profile, {})?.name ?? null
    return [
      compare(each, 'JavaScript', outcomes[index]!, javascript, s.javascript),
      compare(each, 'Serverless', javascriptOutcome(s, {canAskMfa: true}), serverless, s.javascript),
      ours === region ? undefined : `region: we say ${ours}, it says ${region}\n${each.story}`,
    ].filter((text) => text !== undefined)
  })
  console.info(`JavaScript: ${cases.length} machines, ${wrong.length} differ`, tally(outcomes))
  expect(wrong.slice(0, 3).join('\n\n')).toBe('')
}, 240_000)

testUnless(whyNoBotocore())(
  'the verdict is what botocore does',
  async () => {
    const peer = new Peer<BotocoreAnswer>('python3', 'botocore-chain.py')
    const answers = await peer.ask(cases.map(({env}) => env))
    peer.close()
    const outcomes = cases.map(({surroundings}) => botocoreOutcome(surroundings, CLI_1))
    const wrong = cases.flatMap((each, index) => {
      const {surroundings: s} = each
      const {plain, dev, region} = answers[index]!
      const named = {...CLI_1, profile: 'dev'}
      const verdict = diagnose(s).tools.find(({id}) => id === 'cli')!
      const isKnown = outcomes[index]!.kind !== 'broken' || outcomes[index]!.source !== undefined
      const ours = isKnown ? (verdict.region?.name ?? null) : region
      return [
        compare(each, 'botocore', outcomes[index]!, plain, s.botocore),
        compare(each, 'botocore --profile dev', botocoreOutcome(s, named), dev, s.botocore),
        ours === region ? undefined : `region: we say ${ours}, it says ${region}\n${each.story}`,
      ].filter((text) => text !== undefined)
    })
    console.info(`botocore: ${cases.length} machines, ${wrong.length} differ`, tally(outcomes))
    expect(wrong.slice(0, 3).join('\n\n')).toBe('')
  },
  240_000,
)
