/** Who may read what a save makes, at every instant, for every umask, as root and as a user without rights. */
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {makeSaver, type Saver} from './support/saver.js'
import {testUnless} from '../aws-files/support/skip.js'
import {runUnder, whyNoStrace} from './support/strace.js'

const NOBODY = 65_534
const whyNotRoot = process.getuid?.() === 0 ? undefined : 'only root can act as another user'
let saver: Saver
let home: string

beforeAll(async () => {
  saver = await makeSaver()
})
afterAll(() => saver.remove())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'store-private-'))
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

async function save(uid?: number): Promise<string> {
  const run = await saver.start('save', home, ['default'], uid)
  run.go()
  return run.ended
}
const mode = (path: string) => (lstatSync(path).mode & 0o777).toString(8)

const umasks = [0o000, 0o022, 0o077, 0o277]
const folders = ['none', 'open', 'closed'] as const
const files = ['none', 'closed', 'open', 'link'] as const
const users = [undefined, NOBODY]
const matrix = users.flatMap((uid) =>
  umasks.flatMap((umask) => folders.flatMap((folder) => files.map((file) => ({uid, umask, folder, file})))),
)

testUnless(whyNotRoot)(
  'the matrix of user, umask, folder and file: never wider than before, new ones private',
  async () => {
    const old = process.umask()
    for (const {uid, umask, folder, file} of matrix.filter(
      ({folder, file}) => folder !== 'none' || file === 'none',
    )) {
      rmSync(home, {recursive: true, force: true})
      mkdirSync(home, {mode: 0o755})
      const dir = join(home, '.aws')
      const path = join(dir, 'credentials')
      if (folder !== 'none') mkdirSync(dir)
      if (folder !== 'none') chmodSync(dir, folder === 'open' ? 0o755 : 0o700)
      const target = file === 'link' ? join(home, 'target') : path
      if (file !== 'none') {
        writeFileSync(target, '[a]\nx = 1\n')
        chmodSync(target, file === 'open' ? 0o644 : 0o600)
        if (file === 'link') symlinkSync(target, path)
      }
      for (const each of [home, dir, target]) if (uid !== undefined && exists(each)) chownSync(each, uid, uid)
      process.umask(umask)
      try {
        const what = JSON.stringify({uid, umask, folder, file})
        expect([what, await save(uid)]).toEqual([what, 'done'])
      } finally {
        process.umask(old)
      }
      expect(mode(dir)).toBe(folder === 'open' ? '755' : '700')
      expect(mode(target)).toBe(file === 'open' ? '644' : '600')
      expect(statSync(target).uid).toBe(uid ?? 0)
      expect(lstatSync(path).isSymbolicLink()).toBe(file === 'link')
      for (const name of readdirSync(dir).filter((each) => each !== 'credentials'))
        expect([name, mode(join(dir, name))]).toEqual([name, '600'])
    }
  },
  120_000,
)

function exists(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false}) !== undefined
}

testUnless(whyNoStrace())('every file is made new, by this run, for its user alone', async () => {
  const run = await saver.start('save', home, ['default'])
  const {log} = await runUnder(run, ['-e', 'trace=openat,fchmod,chmod'])
  const made = log.filter((line) => line.includes(home) && line.includes('O_CREAT'))
  // Two locks, what is replaced, and both files.
  expect(made.length).toBe(5)
  for (const line of made) expect(line).toMatch(/O_EXCL.*, 0600\)/)
  for (const line of log.filter((each) => /chmod/.test(each))) expect(line).toMatch(/0[67]00\)/)
})

testUnless(whyNotRoot)('where nothing can be kept, the change is made all the same', async () => {
  const dir = join(home, '.aws')
  mkdirSync(dir)
  chownSync(dir, NOBODY, NOBODY)
  chmodSync(home, 0o755)
  expect(await save(NOBODY)).toBe('done')
  expect(readdirSync(home)).toEqual(['.aws'])
})

testUnless(whyNotRoot)('a user without rights is told so, and nothing is changed', async () => {
  const dir = join(home, '.aws')
  mkdirSync(dir)
  writeFileSync(join(dir, 'credentials'), '[a]\n')
  chmodSync(home, 0o755)
  // The folder belongs to root: no file can be made in it.
  const told = await save(NOBODY)
  expect(told).toMatch(/"code":"PERMISSION_DENIED"/)
  expect(told).toContain(`Nothing can be written in the folder ${dir}.`)
  expect(told).toContain(`ls -ld ${dir}\``)
  expect(told).not.toContain('.lock')
  chownSync(dir, NOBODY, NOBODY)
  // The file belongs to root and may be written by all: replacing it would take it away.
  chmodSync(join(dir, 'credentials'), 0o666)
  expect(await save(NOBODY)).toMatch(/"code":"NOT_YOUR_FILE"/)
  // The file is the user's own, closed to writing on purpose.
  chownSync(join(dir, 'credentials'), NOBODY, NOBODY)
  chmodSync(join(dir, 'credentials'), 0o400)
  expect(await save(NOBODY)).toMatch(/"code":"PERMISSION_DENIED"/)
  expect(readFileSync(join(dir, 'credentials'), 'utf8')).toBe('[a]\n')
  expect(readdirSync(dir)).toEqual(['credentials'])
})
