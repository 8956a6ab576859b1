/** Saving as a person meets it: what is there afterwards, what is refused, and how it is taken back. */
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import {hostname, tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {Failure} from '../../src/domain/problem.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {cleanLeftovers} from '../../src/files/clean.js'
import {awsFiles, type AwsFiles} from '../../src/files/locations.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {profileKey} from '../../src/credentials/access-key.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {overwriteInPlace, renamePatiently} from '../../src/files/replace.js'
import {commitPlan} from '../../src/files/commit.js'
import {readSettings, settingsPath} from '../../src/files/settings.js'
import {updateSettings} from '../../src/files/settings-update.js'
import {forgetUndo, planUndo} from '../../src/files/undo.js'
import {testUnless} from '../aws-files/support/skip.js'

const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
const TOKEN = 'FwoGZXIvYXdzEBYaDHqa0AP=='
const key = {accessKeyId: parseAccessKeyId('AKIAQ7WERTYUIOPLKJH2')!, secretAccessKey: new Secret(SECRET)}
const temporaryKey = {
  ...key,
  accessKeyId: parseAccessKeyId('ASIAQ7WERTYUIOPLKJH2')!,
  sessionToken: new Secret(TOKEN),
}
const profile = parseProfileName('default')!
const dev = parseProfileName('dev')!
const region = parseRegion('eu-west-1')!

let home: string
let files: AwsFiles

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'store-save-'))
  files = awsFiles({HOME: home})
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

const read = (path: string) => readFileSync(path, 'utf8')
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
function write(kind: 'credentials' | 'config', text: string, bits = 0o600): void {
  mkdirSync(dirname(files[kind]), {recursive: true, mode: 0o700})
  writeFileSync(files[kind], text, {mode: bits})
}
const save = async (change: Parameters<typeof planProfile>[0] = {profile, key, region}, options = {}) =>
  commitPlan(await planProfile(change, files), options)
async function problemOf(work: Promise<unknown>) {
  const error: unknown = await work.catch((caught: unknown) => caught)
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${String(error)}`)
  return error.problem
}

describe('on a machine without AWS files', () => {
  test('both are made, private, in a private folder', async () => {
    const old = process.umask(0)
    try {
      const receipt = await save()
      expect(receipt.files.map(({role, action}) => `${role} ${action}`)).toEqual([
        'credentials created',
        'config created',
      ])
    } finally {
      process.umask(old)
    }
    expect(read(files.credentials)).toBe(
      `[default]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ${SECRET}\n`,
    )
    expect(read(files.config)).toBe('[default]\nregion = eu-west-1\n')
    expect([mode(join(home, '.aws')), mode(files.credentials), mode(files.config)]).toEqual([
      '700',
      '600',
      '600',
    ])
  })

  test('undo takes away what was made, and there is nothing more to undo', async () => {
    await save()
    const plan = await planUndo(files)
    expect(plan.files.map(({isDeleted}) => isDeleted)).toEqual([true, true])
    expect((await commitPlan(plan)).files.map(({role, action}) => `${role} ${action}`)).toEqual([
      'config deleted',
      'credentials deleted',
    ])
    expect(existsSync(join(home, '.aws'))).toBe(false)
    expect((await planUndo(files)).nothingToDo).toBe(true)
  })
})

describe('the change of a profile', () => {
  test('takes out what another sign-in method left, in both files, and shows it', async () => {
    write(
      'credentials',
      '[dev]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = old\naws_session_token = oldtoken\naws_security_token = oldtoken\nregion = us-west-2\n',
    )
    write(
      'config',
      '[profile dev]\nsso_session = corp\nsso_account_id = 1\naws_session_token = oldest\ncredential_process = a\n  b\nregion = us-east-1\noutput = json\ns3 =\n  x = y\n',
    )
    const plan = await planProfile({profile: dev, key, region}, files)
    expect(plan.warnings.map(({code}) => code)).toEqual(['METHOD_REPLACED'])
    const shown = plan.files.flatMap(({diff}) => diff.map(({sign, text}) => sign + text)).join('\n')
    expect(shown).toContain('-sso_session = corp')
    expect(shown).toContain('-region = us-east-1\n+region = eu-west-1')
    expect(shown).not.toMatch(/old/)
    await commitPlan(plan)
    expect(read(files.credentials)).toBe(
      `[dev]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ${SECRET}\n`,
    )
    expect(read(files.config)).toBe(
      '[profile dev]\ncredential_process = a\n  b\nregion = eu-west-1\noutput = json\ns3 =\n  x = y\n',
    )
  })

  test('keeps the region when none is given, and writes a session token for a temporary key', async () => {
    write('config', '[profile dev]\nregion = us-east-1\n')
    await save({profile: dev, key: temporaryKey})
    expect(read(files.config)).toBe('[profile dev]\nregion = us-east-1\n')
    expect(profileKey(await readSnapshot({env: {HOME: home}}), dev)?.sessionToken?.reveal()).toBe(TOKEN)
    await save({profile: dev, key})
    expect(read(files.credentials)).not.toContain('token')
  })

  test('done twice has nothing to do', async () => {
    await save()
    const before = statSync(files.credentials).mtimeMs
    const plan = await planProfile({profile, key, region}, files)
    expect(plan).toMatchObject({nothingToDo: true, files: []})
    await commitPlan(plan)
    expect(statSync(files.credentials).mtimeMs).toBe(before)
  })

  test('undo puts back the bytes as they were, and keeps no copy of the new secret', async () => {
    const old =
      '\ufeff'.slice(1) +
      '# mine\r\n[default]\r\n\taws_access_key_id=AKIAIOSFODNN7EXAMPLE # old\r\naws_secret_access_key : x'
    write('credentials', old.replace('\t', ''))
    // One that is there already, open to others, as a hand may have made it.
    mkdirSync(files.journal!, {recursive: true, mode: 0o755})
    await save()
    const kept = readdirSync(files.journal!).map((name) => join(files.journal!, name))
    expect(kept.map(mode)).toEqual(['600'])
    expect(mode(files.journal!)).toBe('700')
    expect(read(kept[0]!)).not.toContain(SECRET)
    const plan = await planUndo(files)
    expect(plan.warnings).toEqual([])
    await commitPlan(plan)
    expect(read(files.credentials)).toBe(old.replace('\t', ''))
    expect(readdirSync(join(home, '.aws'))).toEqual(['credentials'])
  })

  test('undo of a file that was changed since keeps that change', async () => {
    write('credentials', '[a]\n')
    await save()
    write('credentials', `${read(files.credentials)}# later\n`)
    const plan = await planUndo(files)
    expect(plan).toMatchObject({warnings: [], touched: []})
    await commitPlan(plan)
    expect(read(files.credentials)).toBe('[a]\n# later\n')
  })

  test('undo of lines that were changed since leaves them, or takes them back where that is wanted', async () => {
    write('credentials', '[a]\n')
    await save()
    write('credentials', read(files.credentials).replace(SECRET, 'theirs'))
    const plan = await planUndo(files)
    expect(plan.warnings.map(({code}) => code)).toEqual(['CHANGED_SINCE'])
    expect(plan.touched[0]?.theirs.join('')).toContain('theirs')
    expect(plan.files.map(({role}) => role)).toEqual(['config'])
    await commitPlan(await planUndo(files, {way: 'old'}))
    expect(read(files.credentials)).toBe('[a]\n')
  })

  test('each undo goes one save further back; the last ten are kept', async () => {
    write('credentials', '[a]\n')
    const versions: string[] = []
    const names = Array.from({length: 12}, (_, index) => parseProfileName(`p${index}`)!)
    for (const name of names) {
      versions.push(read(files.credentials))
      await save({profile: name, key, region})
    }
    for (const version of versions.toReversed().slice(0, 10)) {
      await commitPlan(await planUndo(files))
      expect(read(files.credentials)).toBe(version)
    }
    expect(await planUndo(files)).toMatchObject({nothingToDo: true})
  })

  test('what one command wrote is taken back together', async () => {
    write('credentials', '[a]\n')
    for (const name of ['b', 'c'])
      await save({profile: parseProfileName(name)!, key, region}, {command: 'one'})
    await commitPlan(await planUndo(files, {isLastOnly: true}))
    expect(read(files.credentials)).toMatch(/^\[a\]\n\n?\[b\]/)
    await save({profile: parseProfileName('d')!, key, region}, {command: 'one'})
    await commitPlan(await planUndo(files))
    expect(read(files.credentials)).toBe('[a]\n')
  })

  test('what is kept is removed when asked', async () => {
    write('credentials', '[a]\n')
    await save()
    expect(await forgetUndo(files)).toBe(1)
    expect(readdirSync(files.journal!)).toEqual([])
    expect(await planUndo(files)).toMatchObject({nothingToDo: true})
  })
})

describe('what changes in between', () => {
  test('the file itself: the plan has to be shown again', async () => {
    write('credentials', '[a]\nx = 1\n')
    const plan = await planProfile({profile, key, region}, files)
    write('credentials', '[a]\nx = 2\n')
    expect((await problemOf(commitPlan(plan))).code).toBe('FILE_CHANGED')
    expect(read(files.credentials)).toBe('[a]\nx = 2\n')
    expect(existsSync(files.config)).toBe(false)
  })

  test('the second file: the first is not written either', async () => {
    write('config', '[default]\n')
    const plan = await planProfile({profile, key, region}, files)
    unlinkSync(files.config)
    expect((await problemOf(commitPlan(plan))).code).toBe('FILE_CHANGED')
    expect(existsSync(files.credentials)).toBe(false)
  })

  test('a file that appears is not replaced', async () => {
    const plan = await planProfile({profile, key, region}, files)
    write('credentials', '[other]\n')
    expect((await problemOf(commitPlan(plan))).code).toBe('FILE_CHANGED')
    expect(read(files.credentials)).toBe('[other]\n')
  })

  test('another tool in the middle of its write is waited for', async () => {
    const whole = '[a]\nx = 1\n'
    write('credentials', whole)
    const plan = await planProfile({profile, key, region}, files)
    write('credentials', '')
    setTimeout(() => write('credentials', whole), 50)
    await commitPlan(plan)
    expect(read(files.credentials)).toMatch(/^\[a\]\nx = 1\n\n\[default\]\n/)
  })

  test('a link that leads elsewhere now', async () => {
    write('credentials', '[a]\n')
    const plan = await planProfile({profile, key, region}, files)
    unlinkSync(files.credentials)
    writeFileSync(join(home, 'elsewhere'), '[a]\n')
    symlinkSync(join(home, 'elsewhere'), files.credentials)
    expect((await problemOf(commitPlan(plan))).code).toBe('FILE_CHANGED')
    expect(read(join(home, 'elsewhere'))).toBe('[a]\n')
  })

  /** Does something between the first look at the file and the last one before the rename. */
  const signalThat = (act: () => void): AbortSignal => {
    let asked = 0
    return Object.defineProperty(new AbortController().signal, 'aborted', {
      get: () => {
        if (++asked === 2) act()
        return false
      },
    })
  }

  test('the file, after the lock was taken: other tools take none', async () => {
    write('credentials', '[a]\n')
    const plan = await planProfile({profile, key}, files)
    const signal = signalThat(() => write('credentials', '[late]\n'))
    expect((await problemOf(commitPlan(plan, {signal}))).code).toBe('FILE_CHANGED')
    expect(read(files.credentials)).toBe('[late]\n')
    expect(readdirSync(join(home, '.aws')).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('the lock, because this run counted as ended', async () => {
    write('credentials', '[a]\n')
    const plan = await planProfile({profile, key}, files)
    const lock = `${files.credentials}.serverless-setup.lock`
    const signal = signalThat(() => writeFileSync(lock, '{"pid":1,"token":"of another"}'))
    expect((await problemOf(commitPlan(plan, {signal}))).code).toBe('FILE_CHANGED')
    expect(read(files.credentials)).toBe('[a]\n')
    expect(read(lock)).toContain('of another')
  })

  test('Ctrl+C before the first file is replaced', async () => {
    write('credentials', '[a]\n')
    const plan = await planProfile({profile, key, region}, files)
    const problem = await problemOf(commitPlan(plan, {signal: AbortSignal.abort()}))
    expect(problem.code).toBe('CANCELLED')
    expect(read(files.credentials)).toBe('[a]\n')
    expect(readdirSync(join(home, '.aws'))).toEqual(['credentials'])
  })
})

describe('links and unusual files', () => {
  test('a linked file stays a link; its target is replaced', async () => {
    mkdirSync(join(home, '.aws'))
    mkdirSync(join(home, 'dotfiles'))
    writeFileSync(join(home, 'dotfiles/creds'), '[a]\n', {mode: 0o600})
    symlinkSync('../dotfiles/creds', files.credentials)
    await save()
    expect(readlinkSync(files.credentials)).toBe('../dotfiles/creds')
    expect(read(join(home, 'dotfiles/creds'))).toContain('[default]')
    expect(readdirSync(join(home, '.aws')).toSorted()).toEqual(['config', 'credentials'])
  })

  test('a file with another name is told to part from it', async () => {
    write('credentials', '[a]\n')
    linkSync(files.credentials, join(home, 'other'))
    const plan = await planProfile({profile, key, region}, files)
    expect(plan.warnings.map(({code}) => code)).toEqual(['HARD_LINK'])
    await commitPlan(plan)
    expect(read(join(home, 'other'))).toBe('[a]\n')
  })

  test.each<[string, (lock: string) => void]>([
    ['a folder', (lock) => mkdirSync(lock)],
    ['a folder with something in it', (lock) => mkdirSync(join(lock, 'mine'), {recursive: true})],
    ['a link that leads nowhere', (lock) => symlinkSync('nowhere', lock)],
    ['a pipe', (lock) => execFileSync('mkfifo', [lock])],
    ['a link to a device without an end', (lock) => symlinkSync('/dev/zero', lock)],
    [
      'a lock of the process 0',
      (lock) => writeFileSync(lock, JSON.stringify({pid: 0, started: '', host: hostname()})),
    ],
    ['an empty lock from the future', (lock) => writeFileSync(lock, '')],
  ])('%s in the place of a lock is not waited for', async (name, make) => {
    write('credentials', '[a]\n')
    const lock = `${files.credentials}.serverless-setup.lock`
    make(lock)
    const at = Date.now() / 1_000 + (name.includes('future') ? 3_600 : -10)
    lutimesSync(lock, at, at)
    await save()
    expect(read(files.credentials)).toContain(SECRET)
    expect(existsSync(lock)).toBe(false)
  })

  test('a link that leads nowhere yet: its target is made', async () => {
    symlinkSync(join(home, 'real'), join(home, '.aws'))
    await save()
    expect(lstatSync(join(home, '.aws')).isSymbolicLink()).toBe(true)
    expect(mode(join(home, 'real'))).toBe('700')
    expect(read(join(home, 'real/credentials'))).toContain('[default]')
  })

  test('a link with a slash at its end leads to no file; the line that is told takes it away', async () => {
    mkdirSync(join(home, '.aws'), {recursive: true})
    symlinkSync('target/', join(home, '.aws/credentials'))
    const {code, nextSteps} = await problemOf(save())
    expect(code).toBe('LINK_TO_FOLDER')
    execFileSync('sh', ['-c', /`(.*)`/.exec(nextSteps[0]!)![1]!])
    await save()
    expect(existsSync(join(home, '.aws/credentials'))).toBe(true)
  })

  test('a loop of links, a folder, a pipe and one file for both are refused', async () => {
    mkdirSync(join(home, '.aws'))
    symlinkSync('credentials', files.credentials)
    expect((await problemOf(save())).code).toBe('SYMLINK_LOOP')
    unlinkSync(files.credentials)
    mkdirSync(files.credentials)
    expect((await problemOf(save())).code).toBe('NOT_A_FILE')
    rmSync(files.credentials, {recursive: true})
    symlinkSync('config', files.credentials)
    expect((await problemOf(save())).code).toBe('SAME_FILE')
  })

  test('a mounted file is overwritten in place only when asked, with a copy kept', async () => {
    write('credentials', '[a]\n')
    const inode = statSync(files.credentials).ino
    await save(undefined, {isInPlace: true})
    expect(statSync(files.credentials).ino).toBe(inode)
    expect(read(files.credentials)).toContain('[default]')
    await commitPlan(await planUndo(files), {isInPlace: true})
    expect(read(files.credentials)).toBe('[a]\n')
    await overwriteInPlace(files.credentials, Buffer.from('x'))
    expect(read(files.credentials)).toBe('x')
  })

  test('the mode of a file stays as it is, and a wide one is told', async () => {
    write('credentials', '[a]\n')
    chmodSync(files.credentials, 0o644)
    const plan = await planProfile({profile, key, region}, files)
    expect(plan.warnings.map(({code}) => code)).toEqual(['CREDENTIALS_READABLE'])
    await commitPlan(plan)
    expect(mode(files.credentials)).toBe('644')
  })

  test('the rights of others are taken from the credentials file where that was agreed to', async () => {
    for (const name of ['credentials', 'config'] as const) write(name, '[a]\n')
    chmodSync(files.credentials, 0o664)
    chmodSync(files.config, 0o644)
    await commitPlan(await planProfile({profile, key, region}, files), {isPrivate: true})
    expect([mode(files.credentials), mode(files.config)]).toEqual(['600', '644'])
    const again = await planProfile({profile, region: parseRegion('eu-west-3')!}, files)
    expect(again.warnings).toEqual([])
  })

  testUnless(process.getuid?.() === 0 ? undefined : 'only root can give files away')(
    'what root saves in the home of a user belongs to that user',
    async () => {
      const {chownSync} = await import('node:fs')
      write('config', '[default]\n')
      chownSync(home, 65_534, 65_534)
      chownSync(join(home, '.aws'), 65_534, 65_534)
      chownSync(files.config, 65_534, 65_534)
      await save()
      expect([files.credentials, files.config].map((path) => statSync(path).uid)).toEqual([65_534, 65_534])
    },
  )

  test('a file that a killed run left is removed by the next', async () => {
    write('credentials', '[a]\n')
    const left = join(home, '.aws', `.credentials.serverless-setup-${2 ** 22 - 3}-0123456789abcdef.tmp`)
    const foreign = join(home, '.aws', '.credentials.swp')
    writeFileSync(left, SECRET)
    writeFileSync(foreign, 'x')
    expect(await cleanLeftovers(files)).toEqual([left])
    expect([existsSync(left), existsSync(foreign)]).toEqual([false, true])
  })

  test('Windows: a rename that another program blocks is tried again, any other error is not', async () => {
    const waits: number[] = []
    const wait = async (ms: number) => waits.push(ms)
    let left = 3
    const busy = async () => {
      if (left-- > 0) throw Object.assign(new Error('held'), {code: 'EPERM'})
    }
    await renamePatiently(busy, true, wait)
    expect(waits).toEqual([10, 50, 100])
    const full = async () => {
      throw Object.assign(new Error('full'), {code: 'ENOSPC'})
    }
    await expect(renamePatiently(full, true, wait)).rejects.toThrow('full')
    expect(waits).toHaveLength(3)
  })
})

describe('the settings', () => {
  test('are kept with what a later version wrote, in a private file', async () => {
    const env = {HOME: home}
    await updateSettings(env, {lastRegion: 'eu-west-1'})
    writeFileSync(settingsPath(env), `${read(settingsPath(env))}newer = kept\n`)
    await updateSettings(env, {frontEnd: 'plain'})
    expect(read(settingsPath(env))).toBe('lastRegion = eu-west-1\nnewer = kept\nfrontEnd = plain\n')
    expect(await readSettings(env)).toEqual({lastRegion: 'eu-west-1', frontEnd: 'plain'})
    expect(mode(settingsPath(env))).toBe('600')
  })

  test('that are missing, broken or not among the choices count as not set', async () => {
    const env = {HOME: home, XDG_CONFIG_HOME: join(home, 'xdg')}
    expect(await readSettings(env)).toEqual({})
    mkdirSync(dirname(settingsPath(env)), {recursive: true})
    writeFileSync(
      settingsPath(env),
      '\u0000[[[\nfrontEnd = curses\nlastRegion = ../../x\n__proto__ = 1\ncolours = never\n',
    )
    expect(await readSettings(env)).toEqual({colours: 'never'})
  })
})
