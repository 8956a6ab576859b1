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
