/** A file that a variable names in a way that depends on the folder or the tool is not written to. */
import {existsSync} from 'node:fs'
import {userInfo} from 'node:os'
import {join} from 'node:path'
import {Failure} from '../../src/domain/problem.js'
import {awsFiles} from '../../src/files/locations.js'
import {pathFault} from '../../src/files/path-fault.js'
import {planProfile} from '../../src/aws-files/plan-profile.js'
import {parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {homeSandbox} from '../support/home.js'

const HERE = {home: '/home/me', platform: 'linux'} as const
const stepOf = (value: string, where: Parameters<typeof pathFault>[2] = HERE) =>
  pathFault('AWS_CONFIG_FILE', value, where)?.nextSteps[0]

test.each(['/home/me/.aws/config', '~/.aws/config', '~', '/a b/100%/c', '/a/$/c'])(
  '%s is one file',
  (value) => {
    expect(pathFault('AWS_CONFIG_FILE', value, HERE)).toBeUndefined()
  },
)

test.each([
  ['$HOME/.aws/config', 'export AWS_CONFIG_FILE=/home/me/.aws/config'],
  ['${HOME}/.aws/config', 'export AWS_CONFIG_FILE=/home/me/.aws/config'],
  ['%USERPROFILE%/.aws/config', 'export AWS_CONFIG_FILE=/home/me/.aws/config'],
  ['/srv/$NAME/config', 'unset AWS_CONFIG_FILE'],
  [String.raw`C:\Users\me\.aws\config`, 'unset AWS_CONFIG_FILE'],
  ['~other/config', 'unset AWS_CONFIG_FILE'],
  [String.raw`~\.aws\config`, 'unset AWS_CONFIG_FILE'],
  ['/srv/conf/', 'export AWS_CONFIG_FILE=/srv/conf/config'],
  ['/srv/..', 'export AWS_CONFIG_FILE=/config'],
  ['"/srv/my config"', "export AWS_CONFIG_FILE='/srv/my config'"],
  ["'/home/me/.aws/config'", 'export AWS_CONFIG_FILE=/home/me/.aws/config'],
  ['"conf"', 'unset AWS_CONFIG_FILE'],
  ['conf/aws', `export AWS_CONFIG_FILE=${join(process.cwd(), 'conf/aws')}`],
])('%s is not', (value, line) => {
  expect(stepOf(value)).toContain(`\`${line}\``)
})

test('a path of Windows is one there', () => {
  const windows = {home: String.raw`C:\Users\me`, platform: 'win32'} as const
  expect(stepOf(String.raw`C:\Users\me\.aws\config`, windows)).toBeUndefined()
  expect(stepOf(String.raw`%USERPROFILE%\.aws\config`, windows)).toContain(
    String.raw`C:\Users\me\.aws\config`,
  )
})

test('nothing is written there', async () => {
  const home = homeSandbox({env: {AWS_CONFIG_FILE: 'made-by-a-test/config'}})
  const change = {profile: parseProfileName('work')!, region: parseRegion('eu-west-1')!}
  const planned = planProfile(change, awsFiles(home.env))
  await expect(planned).rejects.toThrow(Failure)
  await expect(planned).rejects.toMatchObject({problem: {code: 'FILE_PATH_UNCLEAR'}})
  expect(existsSync('made-by-a-test')).toBe(false)
})

test('HOME set to nothing is no home: each tool takes it for another folder', () => {
  const at = (env: Record<string, string>) => () => awsFiles(env, 'linux', () => env['HOME'] ?? '/root')
  expect(at({HOME: ''})).toThrow(Failure)
  try {
    at({HOME: ''})()
  } catch (error) {
    const {code, nextSteps} = (error as Failure).problem
    expect([code, ...nextSteps]).toEqual([
      'NO_HOME',
      `Set it, then try again: \`export HOME=${userInfo().homedir}\``,
    ])
  }
  expect(at({})().credentials).toBe('/root/.aws/credentials')
})

test.each(['~', '~/x', '$HOME', '%USERPROFILE%', 'rel', './x', '../x'])(
  'HOME=%s is no home: what is saved below it would not be found from another folder',
  (value) => {
    const home = () => awsFiles({HOME: value}, 'linux')
    expect(home).toThrow(Failure)
    expect(home).toThrow(expect.objectContaining({problem: expect.objectContaining({code: 'NO_HOME'})}))
  },
)

test('a home of Windows is one there', () => {
  for (const value of [String.raw`C:\Users\me`, '/c/Users/me', String.raw`\\server\me`])
    expect(awsFiles({HOME: value}, 'win32').home).toBe(value)
  expect(() => awsFiles({USERPROFILE: 'me'}, 'win32')).toThrow(Failure)
})
