/** A save that is killed, or meets an error of the system, at every call it makes. */
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {spawnSync} from 'node:child_process'
import {setTimeout as sleep} from 'node:timers/promises'
import {runs, seed} from '../support/proof.js'
import {makeSaver, type Saver} from './support/saver.js'
import {testUnless} from '../aws-files/support/skip.js'
import {runUnder, whyNoStrace} from './support/strace.js'

const OLD =
  '# mine\r\n[default]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\naws_secret_access_key = old\r\n\r\n[other]\nx = 1\n'
const OLD_CONFIG = '[default]\nregion = us-east-1\n'
/** Calls that change what is on the disk. */
const CHANGING = ['openat', 'pwrite64', 'fsync', 'fchmod', 'chmod', 'rename', 'unlink', 'mkdir']

const homes: string[] = []
let saver: Saver
let after: {credentials: string; config: string}

function makeHome(base = tmpdir()): string {
  const home = mkdtempSync(join(base, 'store-crash-'))
  homes.push(home)
  mkdirSync(join(home, '.aws'))
  writeFileSync(join(home, '.aws/credentials'), OLD, {mode: 0o600})
  writeFileSync(join(home, '.aws/config'), OLD_CONFIG)
  return home
}

const read = (home: string) => ({
  credentials: readFileSync(join(home, '.aws/credentials'), 'latin1'),
  config: readFileSync(join(home, '.aws/config'), 'latin1'),
})
const leftovers = (home: string) =>
  readdirSync(home, {recursive: true, encoding: 'utf8'}).filter((name) => /\.tmp$|\.lock|\.stale$/.test(name))

async function ended(mode: 'save' | 'undo', home: string): Promise<string> {
  const run = await saver.start(mode, home, ['default'])
  run.go()
  return run.ended
}
const saveIn = async (home: string) => ended('save', home)

beforeAll(async () => {
  saver = await makeSaver()
  const home = makeHome()
  expect(await saveIn(home)).toBe('done')
  after = read(home)
  expect(after.credentials).not.toBe(OLD)
})
afterAll(() => {
  saver.remove()
  for (const home of homes) rmSync(home, {recursive: true, force: true})
})

function expectOldOrNew(home: string): void {
  const now = read(home)
  expect([OLD, after.credentials]).toContain(now.credentials)
  expect([OLD_CONFIG, after.config]).toContain(now.config)
  // The keys come first, so a crash in between leaves the old region beside working keys, never the reverse.
  if (now.config !== OLD_CONFIG) expect(now.credentials).toBe(after.credentials)
}

/** What the next run does: take the lock over, clean up, and save. */
async function expectRecovery(home: string): Promise<void> {
  expect(await saveIn(home)).toBe('done')
  expect(read(home)).toEqual(after)
  expect(leftovers(home)).toEqual([])
}

describe('a save that is killed', () => {
  testUnless(whyNoStrace())(
    'before each call that changes the disk leaves every file old or new, and is done by the next run',
    async () => {
      const trial = await saver.start('save', makeHome(), ['default'])
      const {log} = await runUnder(trial, ['-e', `trace=${CHANGING.join(',')}`])
      const counts = new Map(
        CHANGING.map((call) => [call, log.filter((line) => line.includes(` ${call}(`)).length]),
      )
      // What is replaced, and both files.
      expect(counts.get('rename')).toBe(3)
      // Each of the three and its folder, and the four folders that are made for the journal.
      expect(counts.get('fsync')).toBe(10)
      let kills = 0
      for (const [call, count] of counts)
        for (let nth = 1; nth <= count; nth++) {
          const home = makeHome()
          const run = await saver.start('save', home, ['default'])
          const {ended} = await runUnder(run, [
            '-e',
            `trace=${call}`,
            '-e',
            `inject=${call}:signal=KILL:when=${nth}`,
          ])
          if (ended === 'SIGKILL') kills++
          expectOldOrNew(home)
          await expectRecovery(home)
        }
      const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
      // The count may differ by one between runs where a wait for the lock file's folder came out differently.
      expect(kills).toBeGreaterThanOrEqual(all - 2)
    },
    300_000,
  )

  test('at 300 random instants leaves every file whole', async () => {
    let random = seed
    const next = () => (random = (random * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
    const home = makeHome()
    const kill = async () => {
      const run = await saver.start('loop', home, ['default'])
      run.go()
      await sleep(next() * 60)
      run.child.kill('SIGKILL')
      expect(await run.ended).toBe('SIGKILL')
      const {credentials} = read(home)
      const masked = credentials.replace(/AKIA\w{16}|(?<=secret_access_key = )\S+/g, 'KEY')
      expect(masked).toBe(OLD.replace(/AKIA\w{16}|(?<=secret_access_key = )\S+/g, 'KEY'))
      expect(
        /KEY|AKIAQ7WERTYUIOPL222(\d)\r\naws_secret_access_key = (sEcr3t)+\w*\1\r|AKIAIOSFODNN7EXAMPLE/.test(
          credentials,
        ),
      ).toBe(true)
    }
    for (let count = 0; count < runs(300); count += 2) await Promise.all([kill(), kill()])
    const save = async (name: string) => {
      const last = await saver.start('save', home, [name])
      last.go()
      expect(await last.ended).toBe('done')
    }
    await save('default')
    expect(read(home)).toEqual(after)
    // A lock that was never filled counts as left behind only after two seconds: the next save waits for that.
    await save('next')
    expect(leftovers(home)).toEqual([])
  }, 300_000)
})

/** Calls that a taking back changes the disk by. */
const TAKING_BACK = ['pwrite64', 'fsync', 'fchmod', 'rename', 'unlink']

testUnless(whyNoStrace())(
  'taking back that is killed before each of these calls leaves every file old or new, and can be run again',
  async () => {
    const saved = async () => {
      const home = makeHome()
      expect(await saveIn(home)).toBe('done')
      return home
    }
    const {log} = await runUnder(await saver.start('undo', await saved(), []), [
      '-e',
      `trace=${TAKING_BACK.join(',')}`,
    ])
    let kills = 0
    for (const call of TAKING_BACK) {
      const count = log.filter((line) => line.includes(` ${call}(`)).length
      expect(count).toBeGreaterThan(0)
      for (let nth = 1; nth <= count; nth++) {
        const home = await saved()
        const run = await saver.start('undo', home, [])
        const options = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${nth}`]
        if ((await runUnder(run, options)).ended === 'SIGKILL') kills++
        const now = read(home)
        expect([OLD, after.credentials]).toContain(now.credentials)
        expect([OLD_CONFIG, after.config]).toContain(now.config)
        expect(await ended('undo', home)).toBe('done')
        expect(read(home)).toEqual({credentials: OLD, config: OLD_CONFIG})
        expect(leftovers(home)).toEqual([])
      }
    }
    expect(kills).toBeGreaterThan(10)
  },
  300_000,
)

testUnless(whyNoStrace())(
  'a change of the file of a service that is killed before each of these calls leaves it old or new, and can be run again and taken back',
  async () => {
    const [old, changed] = ['service: a # mine\r\n', 'service: a # mine\r\norg: acme\r\napp: shop\r\n']
    const homeWithService = () => {
      const home = makeHome()
      writeFileSync(join(home, 'serverless.yml'), old)
      return home
    }
    const file = (home: string) => readFileSync(join(home, 'serverless.yml'), 'latin1')
    const run = async (mode: 'service' | 'undo', home: string) => {
      const started = await saver.start(mode, home, ['shop'])
      started.go()
      return started.ended
    }
    const {log} = await runUnder(await saver.start('service', homeWithService(), ['shop']), [
      '-e',
      `trace=${CHANGING.join(',')}`,
    ])
    let kills = 0
    for (const call of CHANGING) {
      const count = log.filter((line) => line.includes(` ${call}(`)).length
      for (let nth = 1; nth <= count; nth++) {
        const home = homeWithService()
        const started = await saver.start('service', home, ['shop'])
        const options = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${nth}`]
        if ((await runUnder(started, options)).ended === 'SIGKILL') kills++
        expect([old, changed]).toContain(file(home))
        expect(await run('service', home)).toBe('done')
        expect(file(home)).toBe(changed)
        expect(await run('undo', home)).toBe('done')
        expect(file(home)).toBe(old)
        expect(leftovers(home)).toEqual([])
      }
    }
    expect(kills).toBeGreaterThan(10)
  },
  300_000,
)

describe('a save that meets an error of the system', () => {
  const faults: readonly (readonly [string, string, number, string])[] = [
    ['pwrite64', 'ENOSPC', 2, 'DISK_FULL'],
    ['pwrite64', 'EIO', 3, 'DISK_ERROR'],
    ['pwrite64', 'EFBIG', 3, 'FILE_SIZE_LIMIT'],
    ['fsync', 'EIO', 1, 'DISK_ERROR'],
    ['fchmod', 'EROFS', 2, 'READ_ONLY_DISK'],
    ['rename', 'EBUSY', 2, 'FILE_IS_MOUNTED'],
    ['rename', 'EACCES', 2, 'PERMISSION_DENIED'],
    ['rename', 'EIO', 1, 'DISK_ERROR'],
  ]
  testUnless(whyNoStrace()).each(faults)(
    '%s gives %s: nothing is changed, and it is said why',
    async (call, error, nth, code) => {
      const home = makeHome()
      const run = await saver.start('save', home, ['default'])
      const {log, ended} = await runUnder(run, [
        '-e',
        `trace=${call}`,
        '-e',
        `inject=${call}:error=${error}:when=${nth}`,
      ])
      expect(log.join('\n')).toContain('(INJECTED)')
      expect(ended).toMatch(new RegExp(`^failed .*"code":"${code}"`))
      expect(ended).toContain('Nothing was changed')
      expect(read(home)).toEqual({credentials: OLD, config: OLD_CONFIG})
      expect(leftovers(home)).toEqual([])
      expect(ended).not.toContain('sEcr3t')
    },
  )

  testUnless(whyNoStrace())('on the second file says what was saved and what was not', async () => {
    const home = makeHome()
    const run = await saver.start('save', home, ['default'])
    const {log, ended} = await runUnder(run, [
      '-e',
      'trace=rename',
      '-e',
      'inject=rename:error=ENOSPC:when=3',
    ])
    expect(log.join('\n')).toContain('(INJECTED)')
    expect(ended).toContain('"code":"PARTLY_SAVED"')
    expect(read(home)).toEqual({credentials: after.credentials, config: OLD_CONFIG})
    await expectRecovery(home)
  })

  testUnless(whyNoStrace())(
    'when the folder cannot be synced after the rename tells a warning, not a failure',
    async () => {
      const home = makeHome()
      const run = await saver.start('save', home, ['default'])
      const {ended} = await runUnder(run, ['-e', 'trace=fsync', '-e', 'inject=fsync:error=EIO:when=9'])
      expect(ended).toBe('done')
      expect(read(home)).toEqual(after)
    },
  )

  testUnless(whyNoMount())('a full disk of what is kept names both ways out', async () => {
    const home = makeHome()
    const state = join(home, '.local/state')
    mkdirSync(state, {recursive: true})
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'none', state]).status).toBe(0)
    try {
      writeFileSync(join(state, 'fill'), Buffer.alloc(4_096))
      const ended = await saveIn(home)
      expect(ended).toMatch(/"code":"DISK_FULL"/)
      expect(ended).toContain('df -h ')
      expect(ended).toContain('export XDG_STATE_HOME=')
      expect(read(home)).toEqual({credentials: OLD, config: OLD_CONFIG})
    } finally {
      spawnSync('umount', [state])
    }
  })

  testUnless(whyNoMount())('a disk that is really full leaves the old file whole', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'store-full-'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]).status).toBe(0)
    try {
      const home = makeHome(disk)
      const old = OLD + '# filler\n'.repeat(1_000)
      writeFileSync(join(home, '.aws/credentials'), old)
      // One page is left, too little for a second copy of the file.
      for (let size = 60; size > 0; size--)
        try {
          writeFileSync(join(disk, `fill-${size}`), Buffer.alloc(4_096))
        } catch {
          rmSync(join(disk, `fill-${size}`), {force: true})
          break
        }
      rmSync(
        join(
          disk,
          readdirSync(disk).find((name) => name.startsWith('fill-'))!,
        ),
      )
      expect(await saveIn(home)).toMatch(/"code":"DISK_FULL"/)
      expect(read(home)).toEqual({credentials: old, config: OLD_CONFIG})
    } finally {
      spawnSync('umount', [disk])
      rmSync(disk, {recursive: true, force: true})
    }
  })
})

function whyNoMount(): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'store-try-'))
  const {status} = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk])
  if (status === 0) spawnSync('umount', [disk])
  rmSync(disk, {recursive: true, force: true})
  return status === 0 ? undefined : 'a small disk cannot be mounted here'
}
