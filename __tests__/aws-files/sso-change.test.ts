/** Setting up a sign-in beside what people have in their files, and read by the tools that they use. */
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {Secret} from '../../src/text/secret.js'
import type {SsoSession} from '../../src/domain/sso.js'
import {parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {awsFiles, type AwsFiles} from '../../src/files/locations.js'
import {writeToken} from '../../src/aws-files/sso-cache.js'
import {commitPlan} from '../../src/files/commit.js'
import {planSso, readSsoSetup, type SsoChange} from '../../src/aws-files/sso-plan.js'
import {planUndo} from '../../src/files/undo.js'
import {whyNoBotocore} from './support/botocore.js'
import {testUnless} from './support/skip.js'

const session: SsoSession = {
  name: 'corp',
  startUrl: 'https://d-1234567890.awsapps.com/start',
  region: parseRegion('eu-west-1')!,
  scopes: ['sso:account:access'],
}
const one = {accountId: '000000000001', roleName: 'Admin', region: parseRegion('eu-central-1')!}
const named = (name: string, rest: object = {}) => ({...one, name: parseProfileName(name)!, ...rest})

let home: string
let files: AwsFiles
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'store-sso-'))
  files = awsFiles({HOME: home})
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

const read = (kind: 'credentials' | 'config') => readFileSync(files[kind], 'utf8')
function write(kind: 'credentials' | 'config', text: string): void {
  mkdirSync(dirname(files[kind]), {recursive: true, mode: 0o700})
  writeFileSync(files[kind], text, {mode: 0o600})
}
const plan = (profiles: SsoChange['profiles'], rest: Partial<SsoChange> = {}) =>
  planSso({session, profiles, ...rest}, files)
async function save(...asked: Parameters<typeof plan>) {
  const planned = await plan(...asked)
  await commitPlan(planned)
  return planned
}
const codes = (planned: {warnings: readonly {code: string}[]}) => planned.warnings.map(({code}) => code)
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: {problem?: {code: string}}) => error.problem?.code ?? String(error),
  )

const SESSION = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`
const PROFILE = `[profile acme]
sso_session = corp
sso_account_id = 000000000001
sso_role_name = Admin
region = eu-central-1
`

describe('a new sign-in', () => {
  test('can be the default profile, and have its output', async () => {
    await save([named('default', {output: 'json'})])
    expect(read('config')).toBe(`${SESSION}\n${PROFILE.replace('profile acme', 'default')}output = json\n`)
  })

  test('is taken back to the byte', async () => {
    const [config, credentials] = [
      '# mine\r\n[default]\r\nregion=us-east-1',
      '[acme]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = x\n',
    ]
    write('config', config)
    write('credentials', credentials)
    await save([named('acme')])
    expect(read('config')).not.toBe(config)
    expect(read('credentials')).not.toBe(credentials)
    await commitPlan(await planUndo(files))
    expect(read('config')).toBe(config)
    expect(read('credentials')).toBe(credentials)
  })
})

describe('what is there already', () => {
  test('keeps its comments, order and own name', async () => {
    const text = `# work\n[profile prod] # do not touch\noutput = text\nsso_session = corp\n# the account\nsso_account_id = 000000000001\nsso_role_name = Admin\n\n# sign-in\n${SESSION}`
    write('config', text.replace(' # do not touch', ''))
    await save([named('acme')])
    expect(read('config')).toBe(
      text.replace(' # do not touch', '').replace('Admin\n', 'Admin\nregion = eu-central-1\n'),
    )
  })

  test('in the old form becomes the new one in place', async () => {
    write(
      'config',
      `[profile old]\nsso_start_url = https://d-1234567890.awsapps.com/start#/\nsso_region = eu-west-1\nsso_account_id = 000000000001\n# why this role\nsso_role_name = Admin\ncli_pager =less\n`,
    )
    await save([named('acme', {region: undefined})])
    expect(read('config')).toBe(
      `[profile old]\nsso_account_id = 000000000001\n# why this role\nsso_role_name = Admin\ncli_pager =less\nsso_session = corp\n\n${SESSION}`,
    )
  })

  test('keeps a start URL that differs only in what stands behind it, and scopes it does not say', async () => {
    const text = `[sso-session corp]\nsso_start_url = https://d-1234567890.awsapps.com/start#/\nsso_region = eu-west-1\n\n${PROFILE}`
    write('config', text)
    expect((await plan([named('acme')])).nothingToDo).toBe(true)
    await save([named('acme')], {session: {...session, scopes: ['a:b', 'c:d']}})
    expect(read('config')).toContain('\nsso_registration_scopes = a:b,c:d\n')
  })

  test('standing for another role is warned of', async () => {
    write('config', `${SESSION}\n${PROFILE}`)
    expect(codes(await plan([named('acme', {roleName: 'Dev'})]))).toEqual(['SSO_PROFILE_CHANGED'])
  })

  test('twice or damaged is refused', async () => {
    write('config', `${SESSION}[sso-session "corp"]\nsso_region = eu-west-1\n`)
    expect(await codeOf(plan([named('acme')]))).toBe('PROFILE_TWICE')
    write('config', `${SESSION}${SESSION}`)
    expect(await codeOf(plan([named('acme')]))).toBe('FILE_NOT_UNDERSTOOD')
  })
})

describe('taking profiles out', () => {
  test('takes their sections only', async () => {
    write('config', `${SESSION}\n# about acme\n${PROFILE}# about the next\n[profile next]\nregion = x\n`)
    write('credentials', '[acme]\nregion = us-east-1\n')
    await save([], {remove: ['acme']})
    expect(read('config')).toBe(`${SESSION}\n# about acme\n# about the next\n[profile next]\nregion = x\n`)
    expect(read('credentials')).toBe('[acme]\nregion = us-east-1\n')
  })

  test('is refused for an access key, and warns for a source of others', async () => {
    write('credentials', '[keys]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\naws_secret_access_key = x\n')
    write(
      'config',
      `${SESSION}\n${PROFILE}\n[profile chained]\nsource_profile = acme\nrole_arn = arn:aws:iam::1:role/R\n`,
    )
    expect(await codeOf(plan([], {remove: ['keys']}))).toBe('NOT_AN_SSO_PROFILE')
    expect(await codeOf(plan([], {remove: ['absent']}))).toBe('NOT_AN_SSO_PROFILE')
    const planned = await plan([], {remove: ['acme']})
    expect(codes(planned)).toEqual(['SSO_PROFILE_IN_USE'])
    expect(planned.warnings[0]!.what).toContain('chained')
    expect((await plan([named('acme')], {remove: ['acme']})).nothingToDo).toBe(true)
  })
})

describe('the setup', () => {
  test('is read with its lines, in both forms', async () => {
    write(
      'config',
      `${SESSION}\n${PROFILE}\n[profile old]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 2\nsso_role_name = R\n[profile keys]\nregion = x\n[sso-session half]\nsso_region = eu-west-1\n`,
    )
    write('credentials', '[acme]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\n')
    const setup = await readSsoSetup(files)
    expect(setup.sessions).toEqual([
      {name: 'corp', session, where: {file: files.config, line: 1}},
      {name: 'half', where: {file: files.config, line: 19}},
    ])
    expect(setup.profiles).toEqual([
      {
        name: 'acme',
        form: 'session',
        session: 'corp',
        startUrl: session.startUrl,
        ...one,
        otherMethods: ['aws_access_key_id'],
        where: {file: files.config, line: 6},
      },
      {
        name: 'old',
        form: 'legacy',
        startUrl: 'https://x.awsapps.com/start',
        accountId: '2',
        roleName: 'R',
        otherMethods: [],
        where: {file: files.config, line: 12},
      },
    ])
  })
})

test('five hundred profiles are planned in a few seconds', async () => {
  const many = Array.from({length: 500}, (_, index) =>
    named(`account-${index}`, {accountId: String(index).padStart(12, '0')}),
  )
  const before = performance.now()
  await save(many)
  expect(performance.now() - before).toBeLessThan(10_000)
  expect((await readSsoSetup(files)).profiles).toHaveLength(500)
  expect((await plan(many)).nothingToDo).toBe(true)
})

describe('what is written is used as it is', () => {
  const token = {
    startUrl: session.startUrl,
    region: session.region,
    accessToken: new Secret('access-token-1'),
    expiresAt: Date.now() + 3_600_000,
  }
  const environment = () => ({
    PATH: process.env['PATH'],
    HOME: home,
    AWS_CONFIG_FILE: files.config,
    AWS_SHARED_CREDENTIALS_FILE: files.credentials,
  })

  test('by the token provider of the SDK for JavaScript', async () => {
    await save([named('acme')])
    await writeToken(home, session, token)
    const program = `
      import {fromSso} from '@aws-sdk/token-providers'
      const {token, expiration} = await fromSso({profile: 'acme'})()
      console.log(JSON.stringify([token, expiration.getTime()]))`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], {env: environment()})
    expect(JSON.parse(said.toString())).toEqual(['access-token-1', Math.floor(token.expiresAt / 1000) * 1000])
  })

  testUnless(whyNoBotocore())('by the token provider and the profiles of botocore', async () => {
    await save([named('acme'), named('default', {roleName: 'Dev'})])
    await writeToken(home, session, token)
    const program = `
import json, botocore.session
from botocore.tokens import SSOTokenProvider
s = botocore.session.Session(profile='acme')
c = s.full_config
t = SSOTokenProvider(s, profile_name='acme').load_token().get_frozen_token()
print(json.dumps([t.token, int(t.expiration.timestamp()), c['profiles'], c['sso_sessions']]))`
    const said = execFileSync('python3', ['-c', program], {env: environment()}).toString()
    const region = 'eu-central-1'
    const keys = (role: string) => ({
      sso_session: 'corp',
      sso_account_id: '000000000001',
      sso_role_name: role,
      region,
    })
    expect(JSON.parse(said)).toEqual([
      'access-token-1',
      Math.floor(token.expiresAt / 1000),
      {acme: keys('Admin'), default: keys('Dev')},
      {
        corp: {
          sso_start_url: session.startUrl,
          sso_region: 'eu-west-1',
          sso_registration_scopes: 'sso:account:access',
        },
      },
    ])
  })

  const whyNoCli = spawnSync('aws', ['--version']).status === 0 ? undefined : 'the AWS CLI is not installed'
  testUnless(whyNoCli)('by the AWS CLI', async () => {
    await save([named('acme')])
    const get = (key: string) =>
      execFileSync('aws', ['configure', 'get', key, '--profile', 'acme'], {env: environment()})
        .toString()
        .trim()
    expect([get('sso_account_id'), get('sso_role_name'), get('region')]).toEqual([
      '000000000001',
      'Admin',
      'eu-central-1',
    ])
  })
})
