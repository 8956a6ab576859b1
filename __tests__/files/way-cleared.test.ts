/** What stands in the way of a file: the command that is told, run in a shell, makes way, and nothing is lost by it. */
import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Failure} from '../../src/domain/problem.js'
import {newFolder, seeNetworkVariables, setClock} from '../../src/text/shell-lines.js'
import {awsFiles} from '../../src/files/locations.js'
import {accessFix} from '../../src/files/access-fix.js'
import {asideLine, lookLine, privateLine, removeLine, roomLine} from '../../src/files/path-lines.js'
import {openFile, refuseUnclear} from '../../src/aws-files/plan-profile.js'
import {homeSandbox, type Home} from '../support/home.js'

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())

const credentials = () => join(home.path, '.aws/credentials')
const run = (line: string) => execFileSync('sh', ['-c', line], {env: home.env, encoding: 'utf8'})

async function failureOf(work: () => Promise<unknown>): Promise<Failure> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('Nothing stood in the way.')
}

test('a device that HOME leads to is never moved', async () => {
  const files = awsFiles({HOME: '/dev/null'})
  const {problem} = await failureOf(async () => openFile(files, 'credentials'))
  expect(problem.nextSteps.join(' ')).toMatch(/Set it, then try again: `export HOME=\//)
  expect(problem.nextSteps.join(' ')).not.toContain('mv ')
})

test.each(['/dev/zero', '/dev/null'])(
  'a link to %s is taken away, and no variable is blamed',
  async (device) => {
    mkdirSync(join(home.path, '.aws'))
    symlinkSync(device, credentials())
    const files = awsFiles(home.env)
    const before = process.env['HOME']
    process.env['HOME'] = home.path
    try {
      const {problem} = await failureOf(async () => refuseUnclear(await openFile(files, 'credentials')))
      expect(problem).toMatchObject({code: 'NOT_A_FILE'})
      expect(JSON.stringify(problem)).not.toContain('AWS_')
      run(/`([^`]+)`/.exec(problem.nextSteps.join(' '))![1]!)
      expect(await openFile(files, 'credentials')).toMatchObject({exists: false})
    } finally {
      process.env['HOME'] = before
    }
  },
)

test.each<[string, string, () => void, string | undefined]>([
  [
    'a folder of its name',
    'NOT_A_FILE',
    () => {
      mkdirSync(credentials(), {recursive: true})
      writeFileSync(join(credentials(), 'mine'), 'kept')
    },
    '.aws/credentials.aside/mine',
  ],
  ['a file in the place of its folder', 'NOT_A_FOLDER', () => home.write('.aws', 'kept'), '.aws.aside'],
  [
    'links that lead back to themselves',
    'SYMLINK_LOOP',
    () => {
      mkdirSync(join(home.path, '.aws'))
      symlinkSync('credentials', credentials())
    },
    undefined,
  ],
  [
    'a pipe',
    'NOT_A_FILE',
    () => {
      mkdirSync(join(home.path, '.aws'))
      execFileSync('mkfifo', [credentials()])
    },
    undefined,
  ],
  [
    'a file larger than any real one',
    'FILE_TOO_LARGE',
    () => {
      home.write('.aws/credentials', 'kept')
      truncateSync(credentials(), 257 * 1024 * 1024)
    },
    undefined,
  ],
])('%s', async (_, code, arrange, kept) => {
  arrange()
  const files = awsFiles(home.env)
  const {problem} = await failureOf(async () => openFile(files, 'credentials'))
  expect(problem.code).toBe(code)
  const [line = ''] = problem.nextSteps.flatMap((step) =>
    [...step.matchAll(/`([^`]+)`/g)].map(([, found]) => found!),
  )
  run(line)
  expect(await openFile(files, 'credentials')).toMatchObject({exists: false})
  if (kept !== undefined) expect(readFileSync(join(home.path, kept), 'utf8')).toBe('kept')
})

test('each shell has lines of its own, and a path with blanks is one word in all of them', () => {
  const path = '/a b/c'
  const lines = (['posix', 'fish', 'powershell', 'cmd'] as const).map((of) => [
    lookLine(path, of),
    asideLine(path, of),
    removeLine(path, of),
    privateLine(path, 0o600, of, of === 'posix' || of === 'fish' ? 'linux' : 'win32'),
    newFolder('hello', of),
    roomLine('/no such/c', of),
    seeNetworkVariables(of),
  ])
  expect(lines).toEqual([
    ...Array.from({length: 2}, () => [
      "ls -ld '/a b/c'",
      "mv '/a b/c' '/a b/c.aside'",
      "rm '/a b/c'",
      "chmod 600 '/a b/c'",
      'mkdir hello && cd hello',
      'df -h /',
      'env | grep -i -e proxy -e AWS_ENDPOINT',
    ]),
    [
      "Get-Item -Force '/a b/c'",
      "Move-Item '/a b/c' '/a b/c.aside'",
      "Remove-Item '/a b/c'",
      'icacls \'/a b/c\' /inheritance:r /grant:r "${env:USERNAME}:F"',
      'mkdir hello; cd hello',
      '(Get-Item -Force /).PSDrive',
      "Get-ChildItem Env: | Where-Object Name -Match 'proxy|AWS_ENDPOINT'",
    ],
    [
      'dir /a "/a b/c"',
      'move "/a b/c" "/a b/c.aside"',
      'del "/a b/c"',
      'icacls "/a b/c" /inheritance:r /grant:r "%USERNAME%:F"',
      'mkdir hello && cd hello',
      'dir /a /',
      'set | findstr /i "proxy AWS_ENDPOINT"',
    ],
  ])
  expect((['linux', 'darwin', 'win32'] as const).map(setClock)).toEqual([
    'sudo timedatectl set-ntp true',
    'sudo sntp -sS time.apple.com',
    'w32tm /resync',
  ])
})

test('PowerShell on a system that is not Windows has its programs', () => {
  expect(privateLine('/a b/c', 0o600, 'powershell', 'linux')).toBe("chmod 600 '/a b/c'")
  expect(accessFix('/nowhere/at/all', 'powershell', 'linux').join(' ')).not.toContain('icacls')
})
