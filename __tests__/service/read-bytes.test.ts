/** What a repository may hold under the name of a service's file: nothing of it takes the memory, or the time. */
import {execFileSync} from 'node:child_process'
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Failure} from '../../src/domain/problem.js'
import {composedIn} from '../../src/service/find-services.js'
import {reportService} from '../../src/service/report/report.js'
import {planServiceEdit, readService} from '../../src/service/service-file.js'
import {homeSandbox, type Home} from '../support/home.js'

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())
const path = (name = 'serverless.yml') => join(home.path, name)
const world = {env: {}}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
    return 'read'
  } catch (error) {
    if (error instanceof Failure) return error.problem.code
    throw error
  }
}

describe.each<[string, string, (at: string) => void]>([
  ['a link to a device', 'SERVICE_NOT_A_FILE', (at) => symlinkSync('/dev/zero', at)],
  ['a pipe', 'SERVICE_NOT_A_FILE', (at) => execFileSync('mkfifo', [at])],
  ['a folder', 'SERVICE_NOT_A_FILE', (at) => mkdirSync(at)],
  ['more than any service is', 'SERVICE_TOO_LARGE', (at) => writeFileSync(at, 'a: b\n'.repeat(300_000))],
])('%s', (_, code, make) => {
  test('as serverless.yml is told, and not read', async () => {
    make(path())
    expect(await codeOf(async () => reportService(path(), world))).toBe(code)
    expect(await codeOf(async () => readService(path()))).toBe(code)
    expect(await codeOf(async () => planServiceEdit(path(), (document) => document))).toBe(code)
  })

  test('as serverless-compose.yml, too', async () => {
    make(path('serverless-compose.yml'))
    expect(await codeOf(async () => composedIn(home.path))).toBe(code)
  })
})

test.each([
  ['in brackets', `service: x\ncustom: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
  [
    'in lines',
    `service: x\ncustom:\n${Array.from({length: 1_300}, (_, index) => `${' '.repeat(index + 1)}a:\n`).join('')}`,
  ],
])('what is nested without end %s is told in words of its own', async (_, text) => {
  writeFileSync(path(), text)
  const report = await reportService(path(), world).catch((error: unknown) => {
    if (error instanceof Failure) return error.problem
    throw error
  })
  expect(JSON.stringify(report)).not.toContain('call stack')
})

test('JSON that is nested without end is told so, and ends no program', async () => {
  const deep = path('serverless.json')
  writeFileSync(deep, `{"service": "x", "y": ${'['.repeat(3_000)}${']'.repeat(3_000)}}`)
  expect(await codeOf(async () => readService(deep))).toBe('SERVICE_NOT_UNDERSTOOD')
  // Long before the parser would come to the end of its stack.
  writeFileSync(deep, `{"service": "x", "y": ${'['.repeat(501)}${']'.repeat(501)}}`)
  expect(await codeOf(async () => readService(deep))).toBe('SERVICE_NOT_UNDERSTOOD')
  writeFileSync(deep, `{"service": "x", "y": ${'['.repeat(100)}"]"${']'.repeat(100)}}`)
  expect(await codeOf(async () => readService(deep))).toBe('read')
})

test('four times the keys take no sixteen times as long', async () => {
  const took = async (keys: number) => {
    writeFileSync(
      path(),
      `service: x\ncustom:\n${Array.from({length: keys}, (_, at) => `  k${at}: v\n`).join('')}`,
    )
    // The best of three, as the machine may be at something else meanwhile.
    let best = Infinity
    for (let run = 0; run < 3; run++) {
      const start = performance.now()
      await readService(path())
      best = Math.min(best, performance.now() - start)
    }
    return best
  }
  await took(1_000)
  expect((await took(40_000)) / (await took(10_000))).toBeLessThan(10)
})

test('a key that is there twice is refused with its line, in a map of any kind', async () => {
  for (const [text, line] of [
    ['service: x\nprovider:\n  name: aws\n  a: 1\n  b: 2\n  a: 3\n', 6],
    ['service: x\ncustom: {a: 1, "b": 2, b: 3}\n', 2],
    ['service: x\ncustom:\n  - a: 1\n    a: 2\n', 4],
  ] as const) {
    writeFileSync(path(), text)
    const failure = await readService(path()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Failure)
    expect((failure as Failure).problem.what).toContain(`line ${line}`)
  }
  writeFileSync(path(), 'a: &a {x: 1}\nb: &b {y: 1}\nservice: s\nc:\n  <<: *a\n  <<: *b\n')
  expect(await codeOf(async () => readService(path()))).toBe('read')
})
