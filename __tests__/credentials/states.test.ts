/** Machines as people have them: the first screen and the doctor say the same of each. */
import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {checkup} from '../../src/wiring/checkup.js'
import {survey} from '../../src/wiring/survey.js'
import {homeSandbox, type Home} from '../support/home.js'
import {makeMachine, randomFrom} from './support/machines.js'
import type {Env} from './support/peers.js'
import {StubAws} from './support/stub-aws.js'

interface State {
  readonly name: string
  readonly credentials?: string
  readonly config?: string
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string>>
  /** A line for a shell, run when the files are there. */
  readonly then?: string
}

const FILE = '../shared/cases/machine-states.json'
const hasStates = existsSync(FILE)
if (!hasStates) console.warn(`skipped: the states of machines are not here (${FILE})`)
const states: readonly State[] = hasStates
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as {states: readonly State[]}).states.filter(
      // One is no text, and is read by the tests of the store.
      ({credentials = '', config = ''}) => typeof credentials === 'string' && typeof config === 'string',
    )
  : []
/** As many again, made up. */
const MADE_UP = 60

interface Machine {
  readonly name: string
  readonly home: Home
  readonly env: Env
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
  for (const [file, text] of Object.entries(all)) home.write(file, inHome(text))
  if (then !== undefined) spawnSync('sh', ['-c', then], {env: {HOME: home.path, PATH: process.env['PATH']}})
  const own = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, inHome(value)]))
  return {
    name,
    home,
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
  test('is the same on the first screen and by the doctor', async () => {
    expect(machines.length).toBeGreaterThanOrEqual(MADE_UP)
    for (const {name, home, env} of machines) {
      const first = await survey(env, home.path)
      const report = await checkup({env, asked: {}, folder: home.path})
      const {isUsable, tools} = report.data() as unknown as Said
      const serverless = tools.find(({id}) => id === 'serverless')
      const {inForce} = first
      const works = inForce !== undefined && inForce.problem === undefined
      expect([name, works]).toEqual([name, isUsable])
      if (works) expect([name, inForce.source]).toEqual([name, serverless?.detail])
      if (!inForce) expect([name, serverless?.winner]).toEqual([name, null])
    }
  })
})
