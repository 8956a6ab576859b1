import {createHash} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {administratorAccess} from '../../src/domain/policies.js'
import {networkFrom} from '../../src/aws/network.js'
import {awaitDevice, startDevice} from '../../src/aws/sso-device.js'
import {register} from '../../src/aws/sso-oidc.js'
import type {WorkContext} from '../../src/engine/types.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {parseRegion} from '../../src/domain/validators.js'
import {readToken, writeToken} from '../../src/aws-files/sso-cache.js'
import {askers} from '../../src/adapters/asker.js'
import {verifyDiagnosis, verifyProfiles} from '../../src/adapters/verify.js'
import {findCanary} from '../support/canary.js'
import {readSnapshot, type Snapshot} from '../../src/credentials/snapshot.js'
import type {Asked} from '../../src/credentials/types.js'
import {homeSandbox, type Home} from '../support/home.js'

let practice: Practice
let home: Home
let env: Record<string, string>
beforeEach(async () => {
  practice = await startPractice()
  home = homeSandbox({env: {AWS_ENDPOINT_URL: practice.url}})
  env = home.env
})
afterEach(async () => {
  home.remove()
  await practice.close()
})

const verify = async (s: Snapshot, asked: Asked, of: WorkContext) => verifyDiagnosis(s, asked, askers(of))

const notes: string[] = []
const context = (signal = new AbortController().signal): WorkContext => {
  notes.length = 0
  return {signal, report: (note) => notes.push(note)}
}
const keys = ({accessKeyId, secretAccessKey}: {accessKeyId: string; secretAccessKey: string}) =>
  `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`

/** A program that prints this JSON. */
function program(text: string): string {
  const file = join(home.path, 'keys.json')
  writeFileSync(file, text)
  return `cat ${file}`
}

const SESSION = () =>
  `[sso-session corp]\nsso_start_url = ${practice.identityCenter.startUrl}\nsso_region = eu-west-1\n`
const SSO_ROLE = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = AdministratorAccess\n'

/** Signed in, with a token in the cache that lasts so long. */
async function signIn(lastsMs: number) {
  const {startUrl} = practice.identityCenter
  const session = {
    name: 'corp',
    startUrl,
    region: parseRegion('eu-west-1')!,
    scopes: ['sso:account:access'],
  }
  const calling = {network: await networkFrom(env), signal: new AbortController().signal}
  const registration = await register(session, 'device', calling)
  const attempt = await startDevice(session, registration, calling)
  practice.identityCenter.approveDevice(attempt.userCode)
  const token = await awaitDevice(session, registration, attempt, calling)
  await writeToken(home.path, session, {...token, expiresAt: Date.now() + lastsMs})
  return session
}

async function problemOf(profile: string): Promise<string | undefined> {
  const [answer] = await verifyProfiles([profile], env, context())
  return answer?.problem?.code
}

describe('whose a profile is', () => {
  test('that has a key of its own', async () => {
    home.write('.aws/credentials', `[work]\n${keys(practice.issueKey({userName: 'ada'}))}`)
    expect(await verifyProfiles(['work'], env, context())).toEqual([
      {
        profile: 'work',
        accountId: '123456789012',
        arn: 'arn:aws:iam::123456789012:user/ada',
        deploy: {mark: 'good', label: 'serverless deploy', value: 'may do what a deploy needs'},
      },
    ])
  })

  test('that is a role, with the key of another profile', async () => {
    practice.account.addRole('deploy')
    home.write('.aws/credentials', `[base]\n${keys(practice.issueKey({userName: 'ada'}))}`)
    const role = 'role_arn = arn:aws:iam::123456789012:role/deploy\n'
    home.write(
      '.aws/config',
      `[profile work]\n${role}source_profile = base\nrole_session_name = me\n[profile locked]\n${role}source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/ada\n[profile closed]\nrole_arn = arn:aws:iam::123456789012:role/other\nsource_profile = base\n`,
    )
    const [work] = await verifyProfiles(['work'], env, context())
    expect(work?.arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/me')
    expect(await problemOf('locked')).toBe('MFA_NEEDED')
    expect(await problemOf('closed')).toBe('ACCESS_DENIED')
  })

  test('that is a role on a role on AWS SSO, and one on the key of the environment', async () => {
    practice.account.addRole('first').attached.add(administratorAccess('aws'))
    practice.account.addRole('second')
    await signIn(60 * 60_000)
    const {accessKeyId, secretAccessKey} = practice.issueKey({userName: 'ada'})
    home.write(
      '.aws/config',
      `${SESSION()}[profile base]\n${SSO_ROLE}` +
        `[profile one]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\n` +
        `[profile two]\nrole_arn = arn:aws:iam::123456789012:role/second\nsource_profile = one\nrole_session_name = two\n` +
        `[profile env]\nrole_arn = arn:aws:iam::123456789012:role/first\ncredential_source = Environment\nrole_session_name = env\n`,
    )
    const own = {...env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey}
    const before = {...process.env}
    const [two, onEnvironment] = await verifyProfiles(['two', 'env'], own, context())
    expect(two?.arn).toBe('arn:aws:sts::123456789012:assumed-role/second/two')
    expect(onEnvironment?.arn).toBe('arn:aws:sts::123456789012:assumed-role/first/env')
    expect({...process.env}).toEqual(before)
  })

  test('whose role of AWS SSO is not theirs any more is told so', async () => {
    await signIn(60 * 60_000)
    home.write(
      '.aws/config',
      `${SESSION()}[profile work]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Gone\n`,
    )
    expect(await problemOf('work')).toBe('SSO_ROLE_GONE')
  })

  test('that is a web identity', async () => {
    practice.account.addRole('ci')
    home.write('token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjaSJ9.x')
    home.write(
      '.aws/config',
      `[profile work]\nrole_arn = arn:aws:iam::123456789012:role/ci\nweb_identity_token_file = ${join(home.path, 'token')}\nrole_session_name = ci\n`,
    )
    const [work] = await verifyProfiles(['work'], env, context())
    // The embedded AWS knows no such roles: that it is asked, unsigned, is what is seen here.
    expect(work?.problem).toMatchObject({what: 'AWS refused sts:AssumeRoleWithWebIdentity.'})
  })

  test.each([
    ['its own line', (url: string) => `endpoint_url = ${url}\n`],
    [
      'a section of services',
      (url: string) => `services = local\n[services local]\nsts =\n  endpoint_url = ${url}\n`,
    ],
  ])('that sends its requests elsewhere by %s is asked about there', async (_, line) => {
    const {AWS_ENDPOINT_URL: __, ...bare} = env
    practice.account.addRole('deploy')
    const role = `[profile role]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = work\n`
    home.write('.aws/credentials', `[work]\n${keys(practice.issueKey({userName: 'grace'}))}`)
    home.write('.aws/config', `${role}endpoint_url = ${practice.url}\n[profile work]\n${line(practice.url)}`)
    const {answers} = await verify(await readSnapshot({env: bare}), {}, context())
    expect(answers.profiles.get('work')).toMatchObject({accountId: '123456789012'})
    expect(answers.profiles.get('role')).toMatchObject({accountId: '123456789012'})
  })

  test('whose requests go elsewhere is asked about its rights there as well', async () => {
    const {AWS_ENDPOINT_URL: _, ...bare} = env
    home.write('.aws/credentials', `[work]\n${keys(practice.issueKey({userName: 'grace'}))}`)
    home.write('.aws/config', `[profile work]\nendpoint_url = ${practice.url}\n`)
    const [work] = await verifyProfiles(['work'], bare, context())
    expect(work?.deploy).toMatchObject({mark: 'good'})
  })

  test('that sends its requests to what is no address, or to nobody, says so', async () => {
    const {AWS_ENDPOINT_URL: _, ...bare} = env
    home.write(
      '.aws/credentials',
      `[a]\n${keys(practice.issueKey({userName: 'grace'}))}[b]\n${keys(practice.issueKey({userName: 'ada'}))}`,
    )
    home.write(
      '.aws/config',
      '[profile a]\nendpoint_url = nowhere\n[profile b]\nendpoint_url = http://127.0.0.1:9\n',
    )
    const {answers} = await verify(await readSnapshot({env: bare}), {}, context())
    expect(answers.profiles.get('a')).toMatchObject({
      problem: {
        code: 'ENDPOINT_INVALID',
        what: 'endpoint_url of the profile a is not the address of a service.',
      },
    })
    expect(answers.profiles.get('b')).toMatchObject({
      problem: {
        code: 'CONNECTION_REFUSED',
        why: expect.stringContaining('as endpoint_url of the profile b says.'),
      },
    })
  })

  test('that gets its keys from a program', async () => {
    const {accessKeyId, secretAccessKey} = practice.issueKey({userName: 'grace'})
    const json = {Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey}
    home.write('.aws/config', `[profile work]\ncredential_process = ${program(JSON.stringify(json))}\n`)
    const [work] = await verifyProfiles(['work'], env, context())
    expect(work?.arn).toBe('arn:aws:iam::123456789012:user/grace')
  })

  test.each([
    ['not json', 'invalid JSON'],
    ['[]', 'Version 1'],
    [JSON.stringify({Version: 2}), 'Version 1'],
    [JSON.stringify({Version: 1, AccessKeyId: '"x"', SecretAccessKey: 'sEcr3t'}), 'no access key ID'],
    [
      JSON.stringify({
        Version: 1,
        AccessKeyId: 'AKIAQ7WERTYUIOPLKJH2',
        SecretAccessKey: 'sEcr3t',
        Expiration: '2020-01-01T00:00:00Z',
      }),
      'expired credentials',
    ],
  ])('a program that prints %p is told as what it is, and nothing of it is shown', async (text, why) => {
    home.write('.aws/config', `[profile work]\ncredential_process = ${program(text)}\n`)
    const [answer] = await verifyProfiles(['work'], env, context())
    expect(answer?.problem).toMatchObject({code: 'PROCESS_FAILED', why: expect.stringMatching(why)})
    expect(findCanary(JSON.stringify(answer), ['sEcr3t'])).toEqual([])
  })

  test('a program that fails, and one that never ends, are told so', async () => {
    home.write(
      '.aws/config',
      '[profile work]\ncredential_process = exit 7\n[profile slow]\ncredential_process = sleep 60\n',
    )
    const [work] = await verifyProfiles(['work'], env, context())
    expect(work?.problem?.why).toContain('It ended with 7')
    const leaving = new AbortController()
    const asked = verifyProfiles(['slow'], env, context(leaving.signal))
    setImmediate(() => leaving.abort())
    await expect(asked).rejects.toThrow()
  })

  test('of AWS SSO that is not signed in is told with the way to sign in', async () => {
    home.write('.aws/config', `${SESSION()}[profile work]\n${SSO_ROLE}`)
    expect(await problemOf('work')).toBe('SSO_SESSION_EXPIRED')
  })

  test('of AWS SSO whose token is over is renewed, as a deploy would, and the new one kept', async () => {
    const session = await signIn(-1_000)
    home.write('.aws/config', `${SESSION()}[profile work]\n${SSO_ROLE}`)
    const [work] = await verifyProfiles(['work'], env, context())
    expect(work?.arn).toContain('AWSReservedSSO_AdministratorAccess')
    expect((await readToken(home.path, session))?.expiresAt).toBeGreaterThan(Date.now())
  })

  test('of a console sign-in, as long as its credentials last', async () => {
    const arn = 'arn:aws:iam::123456789012:user/ada'
    practice.newUser({userName: 'ada'})
    const {accessKeyId, secretAccessKey, sessionToken} = practice.issueSession({of: 'ada'})
    const file = `.aws/login/cache/${createHash('sha256').update(arn).digest('hex')}.json`
    const cached = (expiresAt: string) =>
      JSON.stringify({
        accessToken: {accessKeyId, secretAccessKey, sessionToken, accountId: '123456789012', expiresAt},
        clientId: 'arn:aws:signin:::devtools/same-device',
        refreshToken: 'r',
        dpopKey: 'k',
      })
    home.write('.aws/config', `[profile work]\nlogin_session = ${arn}\n`)
    env['AWS_LOGIN_CACHE_DIRECTORY'] = join(home.path, '.aws/login/cache')
    home.write(file, cached('2099-01-01T00:00:00Z'))
    expect((await verifyProfiles(['work'], env, context()))[0]?.arn).toBe(arn)
    home.write(file, cached('2020-01-01T00:00:00Z'))
    expect(await problemOf('work')).toBe('LOGIN_NOT_SIGNED_IN')
  })

  test('that another tool has to be asked for', async () => {
    home.write('.aws/config', '[profile work]\nregion = eu-west-1\n')
    expect(await problemOf('work')).toBe('NO_KEYS_TO_CHECK')
  })
})

describe('all at once', () => {
  test('one bad profile stops no other; the way is told; what won and is refused is not usable', async () => {
    const good = practice.issueKey({userName: 'ada'})
    const bad = {accessKeyId: 'AKIAQ7WERTYUIOPLKJH2', secretAccessKey: good.secretAccessKey}
    const many = Array.from({length: 12}, (_, index) => `[p${index}]\n${keys(index % 3 === 0 ? bad : good)}`)
    home.write('.aws/credentials', `[default]\n${keys(bad)}${many.join('')}`)
    const {diagnosis, answers} = await verify(await readSnapshot({env}), {}, context())
    expect(answers.profiles.size).toBe(13)
    expect([...answers.profiles.keys()].slice(0, 3)).toEqual(['default', 'p0', 'p1'])
    const works = [...answers.profiles.values()].filter((answer) => 'whose' in answer)
    expect(works).toHaveLength(8)
    expect(notes.at(-1)).toBe('13 of 13 profiles asked about')
    expect(diagnosis.isUsable).toBe(false)
    expect(diagnosis.findings.find(({code}) => code === 'SAME_ACCOUNT')).toMatchObject({
      severity: 'warning',
      what: 'The profiles p1, p2, p4, p5 and 4 more lead to one account, 123456789012: stages that use them are not apart.',
    })
  })

  test('one that cannot be signed with is told without asking', async () => {
    home.write(
      '.aws/credentials',
      `[quoted]\naws_access_key_id = "AKIAQ7WERTYUIOPLKJH2"\naws_secret_access_key = "x"\n`,
    )
    const own = {...env, AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_STS: undefined}
    const s = await readSnapshot({env})
    const {answers} = await verify({...s, env: own}, {}, context())
    const quoted = answers.profiles.get('quoted')
    expect(quoted).toMatchObject({problem: {code: 'CREDENTIALS_UNUSABLE'}})
    expect(JSON.stringify(quoted)).toContain('quotation marks')
  })

  test('a network fault is not held against the credentials', async () => {
    home.write('.aws/credentials', `[default]\n${keys(practice.issueKey())}`)
    practice.faults.add({kind: 'reset', action: 'sts:*'})
    const {diagnosis, answers} = await verify(await readSnapshot({env}), {}, context())
    expect(JSON.stringify([...answers.profiles])).toContain('CONNECTION_RESET')
    expect(diagnosis.isUsable).toBe(true)
  })

  test('the keys in the environment are asked about, and a wrong clock is found', async () => {
    const {accessKeyId, secretAccessKey} = practice.issueKey({userName: 'ada'})
    const own = {...env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey}
    const {diagnosis, answers} = await verify(await readSnapshot({env: own}), {}, context())
    expect(answers.environment).toMatchObject({whose: expect.stringContaining('user/ada')})
    expect(diagnosis.sources.find(({id}) => id === 'environment')?.whose).toContain('user/ada')
  })
})
