/** What a run that was killed leaves, wherever it wrote: taken away by the next, or said with what makes it whole. */
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileRules} from '../../src/doctor/findings/files.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {cleanLeftovers} from '../../src/files/clean.js'
import {commitPlan} from '../../src/files/commit.js'
import {journalAt} from '../../src/files/journal.js'
import {awsFiles} from '../../src/files/locations.js'
import {brokenOff} from '../../src/files/overwrite.js'
import {planUndo} from '../../src/files/undo.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName} from '../../src/domain/validators.js'
import {planService, TEMPLATES} from '../../src/service/templates.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {testUnless} from '../aws-files/support/skip.js'
import {homeSandbox, type Home} from '../support/home.js'
import {makeSaver, type Saver} from './support/saver.js'
import {runUnder, whyNoStrace} from './support/strace.js'
import {codeOf} from '../support/code-of.js'

/** No process has it. */
const DEAD = 2 ** 22 - 3
const OLD = `[default]\naws_access_key_id = AKIAOLDOLDOLDOLD2222\naws_secret_access_key = ${'o'.repeat(40)}\naws_session_token = ${'t'.repeat(400)}\n[other]\nx = 1\n`

let home: Home
const files = () => awsFiles({HOME: home.path})
const credentials = () => join(home.path, '.aws/credentials')
const copy = () => `${credentials()}.serverless-setup.before`
const temporary = (of: string) => `.${of}.serverless-setup-${DEAD}-0123456789abcdef.tmp`
const change = async (profile: string, options = {}) =>
  commitPlan(
    await planProfile(
      {
        profile: parseProfileName(profile)!,
        key: {
          accessKeyId: parseAccessKeyId('AKIAQ7WERTYUIOPLKJH2')!,
          secretAccessKey: new Secret('n'.repeat(40)),
        },
      },
      files(),
    ),
    options,
  )

beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())

test('one thing that cannot be taken away keeps none of the others', async () => {
  const folder = join(home.path, '.aws')
  mkdirSync(join(folder, temporary('credentials').replace('0123', 'aaaa')), {recursive: true})
  writeFileSync(join(folder, temporary('credentials')), 'SECRET')
  expect(await cleanLeftovers(files())).toEqual([join(folder, temporary('credentials'))])
})

test('a run of the same number, as each has in a container, is not taken for this one', async () => {
  const folder = join(home.path, '.aws')
  mkdirSync(folder, {recursive: true})
  const [old, young] = ['a', 'b'].map((mark) =>
    join(folder, `.credentials.serverless-setup-${process.pid}-${mark.repeat(16)}.tmp`),
  )
  writeFileSync(old!, 'SECRET')
  writeFileSync(young!, 'SECRET')
  const before = new Date(Date.now() - 3 * 60_000)
  utimesSync(old!, before, before)
  expect(await cleanLeftovers(files())).toEqual([old])
  expect(existsSync(young!)).toBe(true)
})

test('beside the files of a service, which the journal names; then nothing keeps their folder', async () => {
  const dir = join(home.path, 'shop')
  const plan = await planService(dir, TEMPLATES[0]!, 'shop', {
    shelf: join(process.cwd(), 'templates'),
    ...(files().journal === undefined ? {} : {journal: files().journal}),
  })
  await commitPlan(plan)
  const lock = JSON.stringify({
    pid: DEAD,
    started: '',
    host: (await import('node:os')).hostname(),
    token: 'x',
  })
  for (const {realPath} of plan.files) {
    writeFileSync(join(dirname(realPath), temporary(realPath.split('/').at(-1)!)), 'x')
    writeFileSync(`${realPath}.serverless-setup.lock`, lock)
  }
  await cleanLeftovers(files())
  expect(
    readdirSync(dir, {recursive: true, encoding: 'utf8'}).filter((name) => /\.tmp$|\.lock$/.test(name)),
  ).toEqual([])
  await commitPlan(await planUndo(files()))
  expect(existsSync(dir)).toBe(false)
})

test('a save that comes to nothing takes none of what was kept before', async () => {
  for (let count = 0; count < 10; count++) await change(`p${count}`)
  let asked = 0
  const signal = Object.defineProperty(new AbortController().signal, 'aborted', {
    get: () => {
      // After the journal was written, before the file is replaced.
      if (++asked === 3) home.write('.aws/credentials', '[of]\nanother = program\n')
      return false
    },
  })
  expect(await codeOf(change('p10', {signal}))).toBe('FILE_CHANGED')
  expect(await journalAt(files().journal!).read()).toHaveLength(10)
})

describe('a file that is overwritten where it stands', () => {
  test('and is incomplete is said to be, until the fix was run', async () => {
    home.write('.aws/credentials', OLD.slice(40))
    writeFileSync(copy(), OLD)
    expect(await cleanLeftovers(files())).toEqual([])
    const problem = await brokenOff(credentials(), files().journal)
    expect(problem?.code).toBe('OVERWRITE_BROKEN_OFF')
    const s = await readSnapshot({env: {HOME: home.path}})
    const findings = fileRules.flatMap((rule) =>
      rule({s, asked: {}, profile: {name: 'default'}, tools: []} as never),
    )
    expect(findings.map(({code, severity}) => `${code} ${severity}`)).toContain('OVERWRITE_BROKEN_OFF error')
    home.write('.aws/credentials', '[default]\nregion = eu-west-1\n')
    expect(await codeOf(change('work', {isInPlace: true}))).toBe('OVERWRITE_BROKEN_OFF')
    expect(readFileSync(copy(), 'utf8')).toBe(OLD)
    const line = /`(.*)`/.exec(problem!.nextSteps[0]!)![1]!
    execFileSync('sh', ['-c', line], {env: {...process.env, HOME: home.path}})
    expect(readFileSync(credentials(), 'utf8')).toBe(OLD)
    expect(await brokenOff(credentials(), files().journal)).toBeUndefined()
    expect(await cleanLeftovers(files())).toEqual([copy()])
  })

  test('is left in peace while a run lives that writes it', async () => {
    home.write('.aws/credentials', OLD.slice(40))
    writeFileSync(copy(), OLD)
    const {hostname} = await import('node:os')
    writeFileSync(
      `${credentials()}.serverless-setup.lock`,
      JSON.stringify({pid: process.pid, started: '', host: hostname(), token: 'x'}),
    )
    expect(await brokenOff(credentials(), files().journal)).toBeUndefined()
    expect(await cleanLeftovers(files())).toEqual([])
  })

  let saver: Saver | undefined
  afterAll(() => saver?.remove())
  testUnless(whyNoStrace())(
    'is whole, or said not to be, before whichever call the run is killed',
    async () => {
      saver = await makeSaver()
      const begin = async () => {
        home.write('.aws/credentials', OLD)
        return saver!.start('in-place', home.path, ['default'])
      }
      const calls = ['pwrite64', 'ftruncate', 'fsync', 'unlink']
      const {log} = await runUnder(await begin(), ['-e', `trace=${calls.join(',')}`])
      const after = readFileSync(credentials(), 'utf8')
      expect(existsSync(copy())).toBe(false)
      let damaged = 0
      for (const call of calls) {
        const count = log.filter((line) => line.includes(` ${call}(`)).length
        expect(count).toBeGreaterThan(0)
        for (let nth = 1; nth <= count; nth++) {
          home.remove()
          home = homeSandbox()
          await runUnder(await begin(), [
            '-e',
            `trace=${call}`,
            '-e',
            `inject=${call}:signal=KILL:when=${nth}`,
          ])
          await cleanLeftovers(files())
          const now = readFileSync(credentials(), 'utf8')
          const isWhole = [OLD, after].includes(now)
          if (!isWhole) damaged++
          expect(await brokenOff(credentials(), files().journal)).toEqual(
            isWhole ? undefined : expect.objectContaining({code: 'OVERWRITE_BROKEN_OFF'}),
          )
          expect(existsSync(copy())).toBe(!isWhole)
          if (!isWhole) expect(readFileSync(copy(), 'utf8')).toBe(OLD)
        }
      }
      expect(damaged).toBeGreaterThan(0)
    },
    300_000,
  )
})
