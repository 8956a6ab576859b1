/** Several runs at the same time, runs that died with the lock in their hands, and the AWS CLI in between. */
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {hostname, tmpdir} from 'node:os'
import {join} from 'node:path'
import {parseDocument} from '../../src/aws-files/document.js'
import {makeSaver, type Saver} from './support/saver.js'
import {testUnless} from '../aws-files/support/skip.js'

let saver: Saver
let home: string

beforeAll(async () => {
  saver = await makeSaver()
})
afterAll(() => saver.remove())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'store-many-'))
  mkdirSync(join(home, '.aws'))
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

const document = (kind: 'credentials' | 'config') =>
  parseDocument(readFileSync(join(home, '.aws', kind)), kind)

async function save(...names: string[]): Promise<string> {
  const run = await saver.start('save', home, names)
  run.go()
  return run.ended
}

test('16 runs write 25 profiles each while others die with the lock: nothing is lost', async () => {
  writeFileSync(join(home, '.aws/credentials'), '# first\n')
  const names = Array.from({length: 16}, (_, run) => Array.from({length: 25}, (_, each) => `p${run}-${each}`))
  const writers = await Promise.all(names.map((each) => saver.start('save', home, each)))
  const holders = await Promise.all(Array.from({length: 8}, () => saver.start('hold', home, [])))
  for (const run of [...writers, ...holders]) run.go()
  expect(await Promise.all(holders.map(({ended}) => ended))).toEqual(holders.map(() => 'SIGKILL'))
  expect(await Promise.all(writers.map(({ended}) => ended))).toEqual(writers.map(() => 'done'))
  const wanted = names.flat().toSorted()
  for (const kind of ['credentials', 'config'] as const) {
    const {sections, fatals} = document(kind)
    expect(fatals).toEqual([])
    expect(sections.map(({name}) => name).toSorted()).toEqual(wanted)
  }
  expect(document('credentials').text).toMatch(/^# first\n/)
  expect(readdirSync(join(home, '.aws')).filter((name) => /\.tmp$|\.lock/.test(name))).toEqual([])
}, 120_000)

test('locks of a dead owner, and of one whose number another process has now, are taken over; one that was never filled as well', async () => {
  const lock = join(home, '.aws/credentials.serverless-setup.lock')
  const holder = {pid: 2 ** 22 - 3, started: '1', host: hostname(), token: 'x'}
  for (const content of [
    JSON.stringify(holder),
    JSON.stringify({...holder, pid: process.pid, started: '1'}),
  ]) {
    writeFileSync(lock, content)
    expect(await save(`taken-${content.length}`)).toBe('done')
  }
  writeFileSync(lock, '')
  expect(await save('after-empty')).toBe('done')
  expect(readdirSync(join(home, '.aws')).filter((name) => /\.lock/.test(name))).toEqual([])
}, 60_000)

const whyNoCli = spawnSync('aws', ['--version']).status === 0 ? undefined : 'the AWS CLI is not installed'

testUnless(whyNoCli)(
  'the AWS CLI reads what is written, and both write in turn without loss',
  async () => {
    const env = {PATH: process.env['PATH'], HOME: home, AWS_EC2_METADATA_DISABLED: 'true'}
    const aws = (...args: string[]) => spawnSync('aws', ['configure', ...args], {env, encoding: 'utf8'})
    expect(await save('one')).toBe('done')
    expect(aws('get', 'aws_secret_access_key', '--profile', 'one').stdout.trim()).toBe(
      '2'.padStart(40, 'sEcr3t'),
    )
    expect(aws('set', 'aws_access_key_id', 'FROMCLI', '--profile', 'two').status).toBe(0)
    expect(await save('one', 'three')).toBe('done')
    expect(aws('set', 'region', 'eu-north-1', '--profile', 'three').status).toBe(0)
    expect(await save('four')).toBe('done')
    expect(aws('get', 'aws_access_key_id', '--profile', 'four').stdout.trim()).toMatch(/^AKIA/)
    expect(aws('get', 'aws_access_key_id', '--profile', 'two').stdout.trim()).toBe('FROMCLI')
    expect(aws('get', 'region', '--profile', 'three').stdout.trim()).toBe('eu-north-1')
    const listed = aws('list', '--profile', 'one').stdout
    expect(listed).toMatch(/access_key\S* .*2222.*shared-credentials-file/)
    expect(listed).toMatch(/region .*eu-west-1 .*config-file/)
  },
  60_000,
)
