/** What the first screen says of the credentials that are used, against what the doctor says. */
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {environmentKey, profileKey} from '../../src/credentials/access-key.js'
import {readSnapshot} from '../../src/credentials/snapshot.js'
import {diagnose} from '../../src/doctor/diagnose.js'
import {knownProfiles} from '../../src/adapters/known-profiles.js'
import {survey} from '../../src/adapters/survey.js'
import {homeSandbox, type Home} from '../support/home.js'

const ID = 'AKIAQ7WERTYUIOPLKJH2'
const SHOWN = 'AKIA************KJH2'
const OTHER = 'AKIAENVENVENVENVENV2'
const SECRET = 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr'
const TOKEN = 'IQoJb3JpZ2luX2VjE'.repeat(6)
const GOOD = `[default]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())

async function look(files: {credentials?: string; config?: string}, more: Record<string, string> = {}) {
  if (files.credentials !== undefined) home.write('.aws/credentials', files.credentials)
  if (files.config !== undefined) home.write('.aws/config', files.config)
  const env = {HOME: home.path, ...more}
  const s = await readSnapshot({env})
  const first = await survey(env, home.path)
  const serverless = diagnose(s).tools[0]!
  expect(JSON.stringify([first, serverless])).not.toContain(SECRET)
  // The two never contradict each other.
  if (first.inForce && !first.inForce.problem) {
    expect(first.inForce.source).toBe(serverless.detail)
    expect(first.inForce.profile).toBe(serverless.profile)
  }
  return {s, first, serverless}
}

describe('what the first screen says is what the doctor says', () => {
  test('keys of the environment win over the default profile, though AWS would refuse them', async () => {
    const {first, serverless} = await look(
      {credentials: GOOD},
      {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'},
    )
    expect(serverless.winner).toBe('environment')
    expect(first.inForce?.source).toBe(serverless.detail)
    expect(first.inForce?.problem?.code).toBe('KEY_MALFORMED')
    expect(first.inForce?.canCheck).toBe(false)
  })

  test('keys that only look odd are fine where something else than AWS is asked', async () => {
    const {first} = await look(
      {},
      {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: 'http://localhost:4566'},
    )
    expect(first.inForce).toMatchObject({source: 'the key **** of the environment'})
    expect(first.inForce?.problem).toBeUndefined()
  })

  test('an empty AWS_PROFILE names no profile', async () => {
    const {first} = await look({credentials: GOOD}, {AWS_PROFILE: ''})
    expect(first.inForce?.source).toBe(`the key ${SHOWN} of the profile default`)
  })

  test('AWS_PROFILE names a profile that is not there', async () => {
    const {first, serverless} = await look({credentials: GOOD}, {AWS_PROFILE: 'ghost'})
    expect(first.inForce).toBeUndefined()
    expect(first.whyNone).toBe(serverless.why)
    expect(first.whyNone).toContain('AWS_PROFILE=ghost names a profile that is in neither file')
  })

  test('web identity variables alone are credentials', async () => {
    home.write('token', 'ey')
    const {first} = await look(
      {},
      {AWS_WEB_IDENTITY_TOKEN_FILE: `${home.path}/token`, AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/ci'},
    )
    expect(first.inForce).toMatchObject({
      source: 'role arn:aws:iam::111122223333:role/ci',
      canCheck: false,
    })
  })

  test('of a key, a role and a program in one profile it is the key', async () => {
    const {first} = await look({
      credentials: `${GOOD}role_arn = arn:aws:iam::111122223333:role/x\ncredential_process = /bin/true\n`,
    })
    expect(first.inForce?.source).toBe(`the key ${SHOWN} of the profile default`)
    expect(first.inForce?.canCheck).toBe(true)
    expect(first.profiles).toMatchObject([{name: 'default', kind: 'access key', hasKey: true}])
  })

  test('AWS_PROFILE beside keys of the environment: the keys are skipped', async () => {
    const {first} = await look(
      {credentials: GOOD},
      {AWS_PROFILE: 'default', AWS_ACCESS_KEY_ID: OTHER, AWS_SECRET_ACCESS_KEY: SECRET},
    )
    expect(first.inForce?.source).toBe(`the key ${SHOWN} of the profile default`)
  })
})

describe('what a deploy would use now', () => {
  test.each([
    ['a key ID but no secret', `aws_access_key_id = ${ID}`],
    ['a secret but no key ID', `aws_secret_access_key = ${SECRET}`],
  ])('is told to be broken where a profile has %s', async (what, line) => {
    const {first} = await look({credentials: `[work]\n${line}\n`}, {AWS_PROFILE: 'work'})
    expect(first.inForce).toMatchObject({
      profile: 'work',
      canCheck: false,
      problem: {code: 'HALF_KEY_PAIR', what: `Profile work has ${what}: it cannot work.`},
    })
    expect(first.profiles).toMatchObject([{isHalf: true, hasKey: false}])
  })

  test('is nothing where the profile holds settings only', async () => {
    const {first} = await look({credentials: '[default]\nregion = eu-west-1\n'})
    expect(first.inForce).toBeUndefined()
    expect(first.profiles).toMatchObject([{isEmpty: true}])
  })

  test('is told where its time is said to be over, and AWS is asked whether that is so', async () => {
    const {first} = await look({
      credentials: `[default]\naws_access_key_id = ASIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ${SECRET}\naws_session_token = ${TOKEN}\nx_security_token_expires = 2020-01-01T00:00:00Z\n`,
    })
    expect(first.inForce).toMatchObject({canCheck: true, problem: {code: 'KEY_EXPIRED'}})
  })

  test('stops where the program that gives the keys is not there', async () => {
    const {first} = await look({config: '[default]\nsso_session = corp\n'})
    expect(first.inForce?.problem).toMatchObject({code: 'CREDENTIALS_UNUSABLE'})
  })
})

describe('where the fault is in no profile', () => {
  test('a token that does not belong to the key is taken out alone', async () => {
    const {first} = await look(
      {},
      {AWS_ACCESS_KEY_ID: OTHER, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: 'abc'},
    )
    expect(first.inForce?.problem?.nextSteps[0]).toBe('So that it is not used: `unset AWS_SESSION_TOKEN`')
  })

  test('a region that does not exist, with one that does', async () => {
    const {s, first} = await look({credentials: GOOD}, {AWS_REGION: 'eu-wst-1'})
    expect(diagnose(s).isUsable).toBe(false)
    expect(first.inForce?.problem).toMatchObject({
      code: 'REGION_UNKNOWN',
      why: 'The region "eu-wst-1" (AWS_REGION) does not exist.',
    })
    expect(first.inForce?.problem?.nextSteps[0]).toBe('Name one that does: `export AWS_REGION=eu-west-1`')
  })

  test('what the shell holds is named, and how it is taken out', async () => {
    const {first} = await look(
      {credentials: GOOD},
      {
        AWS_ACCESS_KEY_ID: 'ASIAQ7WERTYUIOPLKJH2',
        AWS_SECRET_ACCESS_KEY: SECRET,
        AWS_SESSION_TOKEN: TOKEN,
        AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      },
    )
    expect(first.inForce?.profile).toBeUndefined()
    expect(first.inForce?.problem?.nextSteps[0]).toBe(
      'So that it is not used: `unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION`',
    )
  })

  test('a web identity that cannot be read is not called a profile', async () => {
    const {first} = await look(
      {},
      {AWS_WEB_IDENTITY_TOKEN_FILE: '/nope', AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/r'},
    )
    expect(first.inForce?.source).toBe('the web identity of the environment')
  })

  test('a file that a variable names and that is not there is why nothing is found', async () => {
    const {first} = await look({credentials: GOOD}, {AWS_SHARED_CREDENTIALS_FILE: '/nope/credentials'})
    expect(first.inForce).toBeUndefined()
    expect(first.problem).toMatchObject({
      code: 'NAMED_FILE_MISSING',
      nextSteps: ['To have the usual one: `unset AWS_SHARED_CREDENTIALS_FILE`'],
    })
  })

  test('profiles of which none is used: named, with the line that chooses one', async () => {
    const {first} = await look({credentials: GOOD.replace('default', 'work')}, {AWS_PROFILE: 'ghost'})
    expect(first.choose).toBe('export AWS_PROFILE=work')
  })

  test('a key of a profile with an endpoint of its own is not judged by its form', async () => {
    const {first} = await look({
      credentials: '[default]\naws_access_key_id = test\naws_secret_access_key = test\n',
      config: '[default]\nendpoint_url = http://localhost:4566\n',
    })
    expect(first.inForce?.problem).toBeUndefined()
  })
})

describe('in the folder of a service', () => {
  const service = (text: string) =>
    home.write('serverless.yml', `service: shop\nprovider:\n  name: aws\n${text}`)
  const first = async (env: Record<string, string> = {}) =>
    survey({HOME: home.path, AWS_EC2_METADATA_DISABLED: 'true', ...env}, home.path)
  const twoProfiles = `${GOOD}[work]\naws_access_key_id = ${OTHER}\naws_secret_access_key = ${SECRET}\n`

  test('its profile is what is used now', async () => {
    home.write('.aws/credentials', twoProfiles)
    service('  profile: work\n')
    expect((await first()).inForce).toMatchObject({
      source: 'the key AKIA************ENV2 of the profile work',
      canCheck: true,
    })
    service('  profile: gone\n')
    const {inForce, whyNone} = await first()
    expect(inForce).toBeUndefined()
    expect(await first()).toMatchObject({isUnused: true, wantedProfile: 'gone'})
    expect(whyNone).toContain('provider.profile in the service file names a profile that is in neither file')
  })

  test('what its resolvers give, or that they stop a deploy, is said', async () => {
    home.write('.aws/credentials', twoProfiles)
    const resolver = (name: string) =>
      `      ${name}:\n        type: aws\n        accessKeyId: \${env:A}\n        secretAccessKey: \${env:B}\n`
    service(`stages:\n  default:\n    resolvers:\n${resolver('acme')}`)
    expect((await first({A: ID, B: 's'.repeat(40)})).inForce?.source).toMatch(
      /^the key .*of the resolver acme, as .*serverless\.yml says$/,
    )
    expect((await first({A: 'x'})).inForce?.problem?.why).toContain('B is not set in this shell')
    service('  region: eu-central-1\n')
    expect((await first()).usualRegion).toBe('eu-central-1')
    service('  profile: [\n')
    expect((await first()).inForce?.problem).toMatchObject({code: 'SERVICE_STOPS_DEPLOY'})
    service(`stages:\n  default:\n    resolvers:\n${resolver('acme')}${resolver('other')}`)
    expect((await first()).inForce?.problem).toMatchObject({code: 'SERVICE_STOPS_DEPLOY'})
  })
})

describe('the profiles here', () => {
  test('are named with their kind and place, without a secret', async () => {
    const {s} = await look({
      credentials: `${GOOD}\n[tmp]\naws_access_key_id = ASIAQ7WERTYUIOPLKJH2\naws_secret_access_key = ${SECRET}\naws_session_token = ${TOKEN}\n[half]\naws_access_key_id = ${ID}\n`,
      config:
        '[default]\nregion = eu-west-1\n[profile r]\nrole_arn = arn\nsource_profile = default\n[profile s]\nsso_session = c\n[profile p]\ncredential_process = x\n[profile w]\nrole_arn = a\nweb_identity_token_file = /t\n[profile l]\nlogin_session = arn\n[profile e]\n[sso-session c]\n[x]\n',
    })
    const known = knownProfiles(s)
    expect(known.map(({name, kind}) => `${name}: ${kind}`)).toEqual([
      'default: access key',
      'tmp: temporary key',
      'half: half a key pair',
      'r: a role',
      's: AWS SSO',
      'p: a program (credential_process)',
      'w: a web identity',
      'l: aws login',
      'e: settings only',
    ])
    expect(known[0]).toMatchObject({region: 'eu-west-1', where: '~/.aws/credentials:1', maskedKeyId: SHOWN})
    expect(JSON.stringify(known)).not.toContain(TOKEN)
    expect(profileKey(s, 'default')?.secretAccessKey.reveal()).toBe(SECRET)
    expect(profileKey(s, 'half')).toBeUndefined()
    expect(environmentKey({AWS_ACCESS_KEY_ID: OTHER})).toBeUndefined()
  })
})

describe('beside a compose file', () => {
  test('a service that stops is told on the first screen as well', async () => {
    home.write('serverless-compose.yml', 'services:\n  api:\n    path: api\n')
    home.write('api/serverless.yml', 'service: api\nprovider:\n  name: aws\n  profile: gone\n')
    const {first} = await look({credentials: GOOD})
    expect(first.inForce?.problem).toMatchObject({
      code: 'SERVICE_STOPS_DEPLOY',
      why: 'There is no profile gone on this machine.',
    })
    home.write('api/serverless.yml', 'service: api\nprovider:\n  name: aws\n')
    expect((await look({})).first.inForce?.problem).toBeUndefined()
  })

  test('what .env beside it decides is told to stand there', async () => {
    home.write('serverless-compose.yml', 'services:\n  api:\n    path: api\n')
    home.write('api/serverless.yml', 'service: api\nprovider:\n  name: aws\n')
    home.write('.env', 'AWS_PROFILE=work\n')
    home.write('.aws/credentials', GOOD.replace('[default]', '[work]'))
    const first = await survey({HOME: home.path}, home.path)
    expect(first.inForce?.source).toMatch(/of the profile work \(.*\.env sets AWS_PROFILE\)$/)
  })
})

test.each([
  ['[ default ]', 'HEADER_NOT_READ'],
  ['[profile work]', 'PREFIX_IN_CREDENTIALS'],
])('%s in the credentials file is told, and no name is offered that is not one', async (header, code) => {
  const {first} = await look({credentials: GOOD.replace('[default]', header)})
  expect(first.problem).toMatchObject({code, what: expect.stringContaining('/.aws/credentials, line 1: ')})
  expect(first.choose ?? '').not.toMatch(/' | '/)
})

test('a name that stands in .env is told to stand there', async () => {
  home.write('serverless.yml', 'service: api\nprovider:\n  name: aws\n')
  home.write('.env', 'AWS_PROFILE=nope\n')
  const {first} = await look({credentials: GOOD})
  expect(first.whyNone).toContain('AWS_PROFILE=nope names a profile that is in neither file. (')
  expect(first.whyNone).toContain('.env sets AWS_PROFILE')
})
