/** A file with keys in a working tree of Git: said before it is written, until Git leaves the file out. */
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import fc from 'fast-check'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {awsFiles} from '../../src/files/locations.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {isTracked} from '../../src/files/git-index.js'
import {takenUpBy} from '../../src/files/version-control.js'
import {testUnless} from '../aws-files/support/skip.js'

const whyNoGit = spawnSync('git', ['--version']).status === 0 ? undefined : 'git is not installed'
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'store-tree-'))
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

function git(...args: string[]): void {
  execFileSync('git', args, {cwd: home, env: {PATH: process.env['PATH'], HOME: home}})
}

async function notice() {
  const key = {
    accessKeyId: parseAccessKeyId('AKIAQ7WERTYUIOPLKJH2')!,
    secretAccessKey: new Secret('a1B'.repeat(14).slice(2)),
  }
  const change = {profile: parseProfileName('work')!, region: parseRegion('eu-west-1')!, key}
  const {warnings} = await planProfile(change, awsFiles({HOME: home}))
  return warnings.find(({code}) => code === 'UNDER_VERSION_CONTROL')
}

test('outside of any nothing is said', async () => {
  expect(await notice()).toBeUndefined()
})

testUnless(whyNoGit)('in one it is, and the line that is told has Git leave the file out', async () => {
  git('init', '-q')
  mkdirSync(join(home, '.aws'))
  const found = await notice()
  expect(found?.what).toContain(`${home}, which does not leave it out`)
  const line = /`(.*)`/.exec(found!.nextSteps[0]!)![1]!
  execFileSync('sh', ['-c', line], {env: {HOME: home}})
  expect(await notice()).toBeUndefined()
  writeFileSync(join(home, '.aws/credentials'), '')
  expect(spawnSync('git', ['check-ignore', '-q', '.aws/credentials'], {cwd: home}).status).toBe(0)
})

testUnless(whyNoGit)(
  'a file that Git keeps is told as that, patterns or not, until it is kept no longer',
  async () => {
    for (const version of ['2', '4']) {
      git('init', '-q')
      writeFileSync(join(home, '.gitignore'), '/.local\n')
      mkdirSync(join(home, '.aws'), {recursive: true})
      for (const name of ['.aws/config', '.aws/credentials', '.aws/credentials.d'])
        writeFileSync(join(home, name), '')
      git('add', '-A')
      git('update-index', '--index-version', version)
      const found = await notice()
      expect(found?.what).toContain('is a file that the Git repository')
      const lines = found!.nextSteps.map((step) => /`(.*)`/.exec(step)![1]!)
      expect(lines).toHaveLength(2)
      execFileSync('sh', ['-c', lines[1]!], {env: {HOME: home}})
      // Left out from now on, and kept all the same.
      expect((await notice())?.nextSteps).toHaveLength(1)
      execFileSync('sh', ['-c', lines[0]!], {env: {HOME: home, PATH: process.env['PATH']}})
      expect(await notice()).toBeUndefined()
      for (const name of ['.git', '.gitignore']) rmSync(join(home, name), {recursive: true})
    }
  },
)

testUnless(whyNoGit)('nor is it passed over in a split index, or in a further working tree', async () => {
  git('init', '-q')
  git('config', 'user.email', 'a@example.com')
  git('config', 'user.name', 'A')
  writeFileSync(join(home, 'a'), '')
  git('add', '-A')
  git('commit', '-q', '-m', 'x')
  git('update-index', '--split-index')
  expect(await isTracked(home, 'a')).toBe(true)
  git('worktree', 'add', '-q', join(home, 'second'))
  expect(await isTracked(join(home, 'second'), 'a')).toBe(true)
  expect(await isTracked(join(home, 'second'), 'b')).toBe(false)
})

testUnless(whyNoGit)('the names that Git keeps are read as Git lists them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.stringMatching(/^[a-zé]{1,9}(?:\/[a-z. -]{1,70}[a-z])?$/), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.constantFrom('2', '3', '4'),
      async (names, version) => {
        git('init', '-q')
        const made = names.filter((name) => {
          try {
            mkdirSync(dirname(join(home, name)), {recursive: true})
            writeFileSync(join(home, name), '')
            return true
          } catch {
            // One name is the folder of another.
            return false
          }
        })
        git('add', '-A')
        git('update-index', '--index-version', version)
        for (const name of made) expect([name, await isTracked(home, name)]).toEqual([name, true])
        expect(await isTracked(home, `${made[0]}x`)).toBe(false)
        for (const name of readdirSync(home)) rmSync(join(home, name), {recursive: true})
      },
    ),
    {numRuns: 15},
  )
})

testUnless(whyNoGit)('what undo keeps of a key is no less secret', async () => {
  git('init', '-q')
  mkdirSync(join(home, '.aws'))
  writeFileSync(join(home, '.gitignore'), '/.aws\n')
  writeFileSync(join(home, '.aws/credentials'), '[work]\naws_access_key_id = AKIAOLDOLDOLDOLD2222\n')
  const found = await notice()
  expect(found?.what).toContain(join(home, '.local/state/serverless-setup/undo'))
  execFileSync('sh', ['-c', /`(.*)`/.exec(found!.nextSteps[0]!)![1]!], {env: {HOME: home}})
  expect(await notice()).toBeUndefined()
})

testUnless(whyNoGit)('a link into a repository of settings is followed', async () => {
  const settings = join(home, 'settings')
  mkdirSync(join(settings, '.git'), {recursive: true})
  symlinkSync(settings, join(home, '.aws'))
  expect((await notice())?.what).toContain(settings)
})

const PATTERN = fc.constantFrom(
  ...['*', '!*', '.aws', '.aws/', '!.aws', '.aws/*', '!.aws/credentials', 'credentials', '!credentials'],
  ...[
    '/credentials',
    '/.aws/credentials',
    'c?edentials',
    '**/credentials',
    '# .aws',
    '',
    'a/credentials',
    '[c]*',
  ],
)

const DEPTHS = ['.aws/credentials', '.aws/a/credentials']

testUnless(whyNoGit).each(DEPTHS)('whatever patterns there are, Git says the same of %s', async (name) => {
  git('init', '-q')
  const file = join(home, name)
  mkdirSync(dirname(file), {recursive: true})
  writeFileSync(file, '')
  const lists = ['.git/info/exclude', '.gitignore', '.aws/.gitignore'].map((list) => join(home, list))
  const patterns = fc.array(fc.array(PATTERN, {maxLength: 3}), {
    minLength: lists.length,
    maxLength: lists.length,
  })
  await fc.assert(
    fc.asyncProperty(patterns, async (all) => {
      for (const [index, list] of lists.entries()) {
        mkdirSync(dirname(list), {recursive: true})
        writeFileSync(list, all[index]!.join('\n'))
      }
      const {status} = spawnSync('git', ['check-ignore', '-q', name], {cwd: home})
      expect((await takenUpBy(file)) === undefined).toBe(status === 0)
    }),
    {numRuns: 100},
  )
})
