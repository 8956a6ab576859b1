/** Machines as people have them: the first screen, the doctor and the SDK itself say the same of each. */
import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {javascriptOutcome} from '../../src/credentials/tools/javascript.js'
import {checkup} from '../../src/adapters/checkup.js'
import {survey} from '../../src/adapters/survey.js'
import {homeSandbox, type Home} from '../support/home.js'
import {runs} from '../support/proof.js'
import {difference} from './support/essence.js'
import {makeMachine, randomFrom} from './support/machines.js'
import {Peer, type Env, type JavascriptAnswer} from './support/peers.js'
import {StubAws} from './support/stub-aws.js'

/** A file is text, or bytes that are none. */
type Content = string | {readonly base64: string}

interface State {
  readonly name: string
  readonly credentials?: Content
  readonly config?: Content
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, Content>>
  /** A line for a shell, run when the files are there. */
  readonly then?: string
}

const FILE = '../shared/cases/machine-states.json'
const hasStates = existsSync(FILE)
if (!hasStates) console.warn(`skipped: the states of machines are not here (${FILE})`)
const states: readonly State[] = hasStates
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as {states: readonly State[]}).states
  : []
/** As many again, made up. */
const MADE_UP = runs(300)

interface Machine {
  readonly name: string
  readonly home: Home
  readonly env: Env
  /** A folder with a service that names the profile `dev`, and one without any. */
  readonly folders: Readonly<Record<'service' | 'none', string>>
}

let stub: StubAws
let machines: readonly Machine[] = []

beforeAll(async () => {
  stub = await new StubAws().start()
  const random = randomFrom(7)
  const madeUp = Array.from({length: MADE_UP}, (_, index): State => {
    const {files, env} = makeMachine(index, random, stub.url)
    return {name: `made up ${index}`, files, env}
  })
  machines = [...states, ...madeUp].map(machineOf)
}, 240_000)

afterAll(async () => {
  for (const {home} of machines) home.remove()
  await stub.close()
})

function machineOf({name, credentials, config, env = {}, files = {}, then}: State): Machine {
  const home = homeSandbox()
  const inHome = (text: string) => text.replaceAll('{HOME}', home.path).replaceAll('~/', `${home.path}/`)
  const all = {
    ...files,
    ...(credentials === undefined ? {} : {'.aws/credentials': credentials}),
    ...(config === undefined ? {} : {'.aws/config': config}),
  }
  for (const [file, content] of Object.entries(all))
    if (typeof content === 'string') home.write(file, inHome(content))
    else {
      home.write(file, '')
      writeFileSync(join(home.path, file), Buffer.from(content.base64, 'base64'))
    }
  const folders = {service: join(home.path, 'service'), none: join(home.path, 'none')}
  for (const folder of Object.values(folders)) mkdirSync(folder)
  home.write('service/serverless.yml', 'service: hello\nprovider:\n  name: aws\n  profile: dev\n')
  if (then !== undefined) spawnSync('sh', ['-c', then], {env: {HOME: home.path, PATH: process.env['PATH']}})
  const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, inHome(value)]))
  return {
    name,
    home,
    folders,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home.path,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: stub.url,
      AWS_MAX_ATTEMPTS: '1',
      ...own,
    },
  }
}

interface Said {
  readonly isUsable: boolean
  readonly tools: readonly {
    readonly id: string
    readonly winner: string | null
    readonly detail: string | null
  }[]
}

describe('what is said of a machine', () => {
  test.each(['none', 'service'] as const)(
    'is the same on the first screen and by the doctor (service here: %s)',
    async (kind) => {
      expect(machines.length).toBeGreaterThanOrEqual(MADE_UP)
      for (const {name, folders, env} of machines) {
        const folder = folders[kind]
        const first = await survey(env, folder)
        const report = await checkup({env, asked: {}, folder})
        const {isUsable, tools} = report.data() as unknown as Said
        const serverless = tools.find(({id}) => id === 'serverless')
        const {inForce} = first
        const works = inForce !== undefined && inForce.problem === undefined
        expect([name, works]).toEqual([name, isUsable])
        if (works) expect([name, inForce.source]).toEqual([name, serverless?.detail])
        if (!inForce) expect([name, serverless?.winner]).toEqual([name, null])
      }
    },
  )

  test('is what the SDK for JavaScript does, with the profile of the service and without', async () => {
    const peer = new Peer<JavascriptAnswer>(process.execPath, 'javascript-chain.mjs')
    const answers = await peer.ask(machines.map(({env}) => env))
    peer.close()
    const wrong: string[] = []
    for (const [index, {name, home, env, folders}] of machines.entries()) {
      const {serverless, dev} = answers[index]!
      const s = await readSnapshot({env, isEc2: false})
      for (const [kind, theirs] of [
        ['none', serverless],
        ['service', dev],
      ] as const) {
        const asked = kind === 'none' ? {} : {profile: 'dev'}
        const ours = javascriptOutcome(s, {...asked, canAskMfa: true})
        // Whether the address of a container answers is for its machine to say.
        if (ours.kind === 'found' && ours.source === 'container' && theirs.id === undefined) continue
        const differs = difference(ours, theirs, s.javascript, home.path)
        if (differs !== undefined) wrong.push(`${name}, service: ${kind}\n${differs}`)
        const report = await checkup({env, asked: {}, folder: folders[kind]})
        const {isUsable, tools} = report.data() as unknown as Said
        const winner = tools.find(({id}) => id === 'serverless')?.winner ?? null
        // What the SDK finds may be told as unusable, a key that can be seen to be none; never the other way round.
        const agrees = theirs.id === undefined ? !isUsable && winner === null : winner !== null
        if (!agrees)
          wrong.push(`${name}, service: ${kind}: the doctor says ${winner}, ${JSON.stringify(theirs)}`)
      }
    }
    expect(wrong.slice(0, 8).join('\n\n')).toBe('')
  }, 240_000)
})
