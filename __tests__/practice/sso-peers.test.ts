import {execFile, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {signedIn} from './sso-support.js'
import {testWith, type Ran} from './tools.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let home: string
beforeEach(async () => {
  practice = await startPractice()
  home = await mkdtemp(join(tmpdir(), 'practice-sso-'))
})
afterEach(async () => {
  await practice.close()
  await rm(home, {recursive: true, force: true})
})

const PROFILE = 'legacy-reader'
const who = /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ada$/

/** A home as the AWS CLI leaves it after `aws sso login`, made by hand. */
async function signedInHome({expiresInMs = 3_600_000, profile = PROFILE} = {}): Promise<string> {
  const {startUrl, region} = practice.identityCenter
  const {client, accessToken, refreshToken} = await signedIn(practice)
  const cache = join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update('work').digest('hex')}.json`)
  await mkdir(dirname(cache), {recursive: true})
  const iso = (ms: number) => new Date(Date.now() + ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
  const token = {
    startUrl,
    region,
    accessToken,
    expiresAt: iso(expiresInMs),
    ...client,
    registrationExpiresAt: iso(90 * 24 * 3_600_000),
    refreshToken,
  }
  await writeFile(cache, JSON.stringify(token), {mode: 0o600})
  await writeFile(
    join(home, '.aws', 'config'),
    `[sso-session work]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access

[profile ${profile}]
sso_session = work
sso_account_id = 000000000042
sso_role_name = ReadOnlyAccess
region = eu-west-1
`,
  )
  return cache
}

function run(program: string, args: readonly string[]): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'],
    PYENV_ROOT: process.env['PYENV_ROOT'],
    HOME: home,
    USERPROFILE: home,
    AWS_ENDPOINT_URL: practice.url,
    AWS_MAX_ATTEMPTS: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
  return new Promise((resolve) => {
    execFile(program, args, {env, timeout: 30_000}, (error, stdout, stderr) => {
      resolve({code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr})
    })
  })
}

const javascript = (source: string) => run(process.execPath, ['--input-type=module', '-e', source])

function withBotocore(): typeof test | typeof test.skip {
  const isThere = spawnSync('python', ['-c', 'import botocore'], {timeout: 20_000}).status === 0
  if (isThere) return test
  console.warn('SKIPPED: botocore is not installed, so what it says is not compared')
  return test.skip
}
const testBotocore = withBotocore()

describe.each(['fromSSO', 'fromIni'])('%s of the JavaScript SDK', (provider) => {
  const ask = (profile = PROFILE) =>
    javascript(`
      import {${provider}} from '@aws-sdk/credential-providers'
      import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
      const credentials = ${provider}({profile: '${profile}'})
      try {
        const {expiration} = await credentials()
        const {Arn} = await new STSClient({region: 'eu-west-1', credentials}).send(new GetCallerIdentityCommand({}))
        console.log(JSON.stringify({Arn, isLimited: expiration > new Date()}))
      } catch (error) { console.log(JSON.stringify({name: error.name, message: error.message})) }`)

  test('is given the role', async () => {
    await signedInHome()
    const {stdout} = await ask()
    expect(JSON.parse(stdout)).toEqual({
      Arn: expect.stringMatching(who),
      isLimited: true,
    })
  })

  test('hears that nobody is signed in any more', async () => {
    await signedInHome()
    practice.identityCenter.endSessions()
    expect(JSON.parse((await ask()).stdout)).toMatchObject({
      message: expect.stringContaining('Session token not found or invalid'),
    })
  })
})

test('the JavaScript SDK refreshes a token that has nearly expired, and keeps the new one', async () => {
  const cache = await signedInHome({expiresInMs: 60_000})
  const before = JSON.parse(await readFile(cache, 'utf8')) as Record<string, string>
  const {stdout} = await javascript(`
    import {fromSSO} from '@aws-sdk/credential-providers'
    console.log((await fromSSO({profile: '${PROFILE}'})()).accessKeyId.slice(0, 4))`)
  expect(stdout.trim()).toBe('ASIA')
  const after = JSON.parse(await readFile(cache, 'utf8')) as Record<string, string>
  expect(after['accessToken']).not.toBe(before['accessToken'])
  expect(after['refreshToken']).not.toBe(before['refreshToken'])
  expect(practice.log.count('sso-oidc:CreateToken')).toBe(2)
})

describe('botocore', () => {
  testBotocore('signs in with a device code and lists everything by its own paginators', async () => {
    practice.identityCenter.settings.intervalSeconds = 0
    practice.identityCenter.autoApprove()
    const {stdout, stderr} = await run('python', [
      '-c',
      `
import botocore.session, botocore.exceptions as x, json
from botocore import UNSIGNED
from botocore.config import Config
session = botocore.session.Session()
unsigned = Config(signature_version=UNSIGNED, retries={'total_max_attempts': 1})
oidc = session.create_client('sso-oidc', region_name='eu-west-1', config=unsigned)
sso = session.create_client('sso', region_name='eu-west-1', config=unsigned)
client = oidc.register_client(clientName='botocore', clientType='public', scopes=['sso:account:access'])
who = {name: client[name] for name in ('clientId', 'clientSecret')}
device = oidc.start_device_authorization(startUrl='${practice.identityCenter.startUrl}', **who)
token = oidc.create_token(grantType='urn:ietf:params:oauth:grant-type:device_code', deviceCode=device['deviceCode'], **who)
access = token['accessToken']
accounts = [a for p in sso.get_paginator('list_accounts').paginate(accessToken=access) for a in p['accountList']]
roles = [r['roleName'] for p in sso.get_paginator('list_account_roles').paginate(accessToken=access, accountId='444444444402') for r in p['roleList']]
keys = sso.get_role_credentials(accessToken=access, accountId='000000000042', roleName='ReadOnlyAccess')['roleCredentials']
sts = session.create_client('sts', region_name='eu-west-1', aws_access_key_id=keys['accessKeyId'], aws_secret_access_key=keys['secretAccessKey'], aws_session_token=keys['sessionToken'])
def refused(call, **parameters):
    try:
        call(**parameters)
    except x.ClientError as error:
        return [type(error).__name__, error.response['ResponseMetadata']['HTTPStatusCode'], error.response.get('error')]
sso.logout(accessToken=access)
print(json.dumps({
    'accounts': len(accounts), 'named': sum('accountName' in a for a in accounts), 'roles': len(roles),
    'arn': sts.get_caller_identity()['Arn'], 'expiration': type(keys['expiration']).__name__,
    'again': refused(oidc.create_token, grantType='urn:ietf:params:oauth:grant-type:device_code', deviceCode=device['deviceCode'], **who),
    'client': refused(oidc.create_token, grantType='refresh_token', refreshToken='x', clientId='x', clientSecret='x'),
    'out': refused(sso.list_accounts, accessToken=access),
}))`,
    ])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      accounts: 13,
      named: 12,
      roles: 7,
      arn: expect.stringMatching(who),
      expiration: 'int',
      again: ['InvalidGrantException', 400, 'invalid_grant'],
      client: ['InvalidClientException', 401, 'invalid_client'],
      out: ['UnauthorizedException', 401, null],
    })
  })
})

describe('the AWS CLI', () => {
  const testAws = testWith('aws')
  const ask = () => run('aws', ['sts', 'get-caller-identity', '--profile', PROFILE, '--output', 'json'])

  testAws('reads a token made by hand and says who the profile is', async () => {
    await signedInHome()
    const {stdout} = await ask()
    expect(JSON.parse(stdout)).toMatchObject({Account: '000000000042', Arn: expect.stringMatching(who)})
  })

  testAws('refreshes a token that has expired', async () => {
    await signedInHome({expiresInMs: -60_000})
    expect(JSON.parse((await ask()).stdout)).toMatchObject({Account: '000000000042'})
    expect(practice.log.count('sso-oidc:CreateToken')).toBe(2)
  })

  testAws('hears that a role is no longer assigned', async () => {
    await signedInHome()
    practice.identityCenter.removeRole('000000000042', 'ReadOnlyAccess')
    const {code, stderr} = await ask()
    expect(code).not.toBe(0)
    expect(stderr).toContain('(ForbiddenException) when calling the GetRoleCredentials operation: No access')
  })

  testAws('hears that the sign-in is over', async () => {
    await signedInHome({expiresInMs: -60_000})
    practice.identityCenter.endSessions()
    expect((await ask()).stderr).toContain('Token has expired and refresh failed')
  })
})
