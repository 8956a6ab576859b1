/** What differs on Windows, with the platform injected: no run on Windows was made. */
import {mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import type * as Deploy from '../../src/adapters/deploy.js'
import type * as Locations from '../../src/files/locations.js'
import type * as Plan from '../../src/aws-files/plan-profile.js'
import type * as Program from '../../src/service/program.js'
import type * as Save from '../../src/files/commit.js'
import type * as SettingsPath from '../../src/files/settings-path.js'
import type * as ShownPath from '../../src/files/shown-path.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseProfileName} from '../../src/domain/validators.js'
import {homeSandbox} from '../support/home.js'

const real = process.platform
const HOME = 'C:\\Users\\Ann Lee'
const ROAMING = `${HOME}\\AppData\\Roaming`

let deploy: typeof Deploy
let locations: typeof Locations
let plan: typeof Plan
let program: typeof Program
let save: typeof Save
let settings: typeof SettingsPath
let shown: typeof ShownPath
beforeAll(async () => {
  // Some rooms ask once, when they are loaded.
  Object.defineProperty(process, 'platform', {value: 'win32'})
  deploy = await import('../../src/adapters/deploy.js')
  locations = await import('../../src/files/locations.js')
  plan = await import('../../src/aws-files/plan-profile.js')
  program = await import('../../src/service/program.js')
  save = await import('../../src/files/commit.js')
  settings = await import('../../src/files/settings-path.js')
  shown = await import('../../src/files/shown-path.js')
})
afterAll(() => {
  Object.defineProperty(process, 'platform', {value: real})
})

describe('paths', () => {
  test('of the AWS files are under the profile of the user', () => {
    expect(locations.awsFiles({USERPROFILE: HOME})).toEqual({
      home: HOME,
      credentials: `${HOME}\\.aws\\credentials`,
      config: `${HOME}\\.aws\\config`,
      journal: `${HOME}\\AppData\\Local\\serverless-setup\\undo`,
    })
  })

  test.each([
    [{USERPROFILE: HOME, APPDATA: ROAMING}, `${ROAMING}\\serverless-setup\\settings.ini`],
    [{USERPROFILE: HOME}, `${HOME}\\.config\\serverless-setup\\settings.ini`],
    [
      {USERPROFILE: HOME, APPDATA: ROAMING, XDG_CONFIG_HOME: 'D:\\config'},
      'D:\\config\\serverless-setup\\settings.ini',
    ],
  ])('of the settings: %j', (env, path) => {
    expect(settings.settingsPath(env)).toBe(path)
  })

  test('are shown from the home folder on', () => {
    expect(shown.shownPath(`${HOME}\\.aws\\config`, HOME)).toBe('~\\.aws\\config')
    expect(shown.shownPath(`${HOME}s\\.aws\\config`, HOME)).toBe(`${HOME}s\\.aws\\config`)
  })
})

describe('the serverless program', () => {
  const machine = (there: readonly string[], path = 'C:\\Windows;C:\\npm') => ({
    env: {Path: path},
    platform: 'win32' as const,
    isProgram: async (candidate: string) => there.includes(candidate),
  })

  test('is the batch file of npm, of the service before that of the machine', async () => {
    const own = 'C:\\shop\\node_modules\\.bin\\serverless.cmd'
    const global = 'C:\\npm\\serverless.cmd'
    expect(await program.findProgram('C:\\shop', machine([own, global]))).toBe(own)
    expect(await program.findProgram('C:\\shop', machine([global]))).toBe(global)
  })

  test('is not the script beside it, which no program of Windows can run', async () => {
    expect(await program.findProgram('C:\\shop', machine(['C:\\npm\\serverless']))).toBeUndefined()
  })

  test('is started by the command processor, its path in quotes', () => {
    const command = deploy.deployCommand('C:\\Program Files\\npm\\serverless.cmd', ['deploy'], {
      env: {ComSpec: 'C:\\Windows\\system32\\cmd.exe'},
      platform: 'win32',
    })
    expect(command).toEqual({
      file: 'C:\\Windows\\system32\\cmd.exe',
      args: ['/d', '/s', '/c', '""C:\\Program Files\\npm\\serverless.cmd" deploy"'],
      options: {windowsVerbatimArguments: true},
    })
  })

  test('is started as it is elsewhere', () => {
    const command = deploy.deployCommand('/usr/bin/serverless', ['deploy'], {env: {}, platform: 'linux'})
    expect(command).toEqual({file: '/usr/bin/serverless', args: ['deploy'], options: {}})
  })
})

test('permission bits mean nothing: none is warned of, none is changed', async () => {
  const home = homeSandbox()
  mkdirSync(join(home.path, '.aws'))
  const credentials = join(home.path, '.aws', 'credentials')
  writeFileSync(credentials, '[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n', {mode: 0o644})
  const {journal, ...files} = locations.awsFiles({
    USERPROFILE: home.path,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_CONFIG_FILE: join(home.path, '.aws', 'config'),
  })
  const planned = await plan.planProfile(
    {
      profile: parseProfileName('default')!,
      key: {
        accessKeyId: parseAccessKeyId('AKIAQ7WERTYUIOPLKJH2')!,
        secretAccessKey: new Secret('s'.repeat(40)),
      },
    },
    files,
  )
  // As a path it would be one name in the folder of the project.
  expect(journal).toContain('\\')
  expect(planned.warnings).toEqual([])
  expect((await save.commitPlan(planned)).warnings).toEqual([])
  expect(readFileSync(credentials, 'utf8')).toContain('[default]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\n')
  // Where they mean something the old bits would have been kept.
  expect(statSync(credentials).mode & 0o777).toBe(0o600)
})
