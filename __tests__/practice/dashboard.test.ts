import {once} from 'node:events'
import {WebSocket} from 'ws'
import {api, beginLogin, messageOf, signedIn} from './dashboard-support.js'
import {rawCall} from './raw.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let clock = 1_800_000_000_000
let practice: Practice
beforeEach(async () => {
  practice = await startPractice({now: () => clock})
})
afterEach(() => practice.close())

const org = () => practice.dashboard.state.orgByName('practice-org')
const providersPath = () => `/orgs/${org().orgUid}/providers`
const quickCreate = (id = '1a2b3c') =>
  `https://console.aws.amazon.com/cloudformation/home?region=us-east-1#/stacks/quickcreate?templateURL=https://serverless-framework-template.s3.amazonaws.com/roleTemplate.yml&stackName=SFSetup-${id}&param_Alias=team%20one&param_RoleName=SFRole-${id}&param_OrgUid=${org().orgUid}`

async function listed(token: string): Promise<readonly Record<string, unknown>[]> {
  const {json} = await api(practice, providersPath(), {token})
  return (json as {result: readonly Record<string, unknown>[]}).result
}

describe('signing in', () => {
  test('the program waits until the person has allowed it', async () => {
    const {page, fulfilled, transactionId, socket} = await beginLogin(practice)
    expect(practice.dashboard.pendingLogins()).toEqual([transactionId])
    const {page: shown, status} = await practice.dashboard.visit(page)
    expect([status, shown]).toEqual([200, expect.stringContaining('You are logged in')])
    expect(await fulfilled).toEqual({
      event: 'fulfilled',
      id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 36_000,
      username: 'practice',
      user_uid: 'practice-user-1',
    })
    expect(practice.dashboard.pendingLogins()).toEqual([])
    socket.close()
  })

  test('a Deny closes the socket without tokens', async () => {
    const {page, fulfilled} = await beginLogin(practice)
    const {page: shown} = await practice.dashboard.visit(page, {choose: 'deny'})
    expect(shown).toContain('Nobody was logged in')
    await expect(fulfilled).rejects.toThrow('the socket was closed')
  })

  test('a page serves once, and not when the program is gone', async () => {
    const first = await beginLogin(practice)
    await practice.dashboard.visit(first.page)
    expect((await practice.dashboard.visit(first.page)).status).toBe(410)
    first.socket.close()
    practice.dashboard.dropSocket('before')
    const dropped = await beginLogin(practice)
    await dropped.closed
    expect((await practice.dashboard.visit(dropped.page)).status).toBe(410)
  })

  test('the socket can be cut before and after the tokens', async () => {
    const before = await beginLogin(practice)
    practice.dashboard.dropSocket('before')
    await practice.dashboard.visit(before.page)
    await expect(before.fulfilled).rejects.toThrow('the socket was closed')
    const after = await beginLogin(practice)
    practice.dashboard.dropSocket('after')
    await practice.dashboard.visit(after.page)
    expect((await after.fulfilled).event).toBe('fulfilled')
    await after.closed
    expect((await signedIn(practice)).event).toBe('fulfilled')
  })

  test('a program that asks again on its socket leaves one sign-in waiting', async () => {
    const {socket} = await beginLogin(practice)
    socket.send('{"action":"login"}')
    const {transactionId} = await messageOf(socket, 'ready')
    expect(practice.dashboard.pendingLogins()).toEqual([transactionId])
    socket.close()
  })

  test('without a person when told so', async () => {
    practice.dashboard.autoApprove()
    const {fulfilled, socket} = await beginLogin(practice)
    expect((await fulfilled).username).toBe('practice')
    socket.close()
  })

  test('a form of another page is refused, and so is another origin', async () => {
    const {page, transactionId, fulfilled, socket} = await beginLogin(practice)
    const shown = await (await fetch(page)).text()
    const token = /name="token" value="([^"]+)"/.exec(shown)![1]!
    const post = (given: string, origin: string) =>
      rawCall(practice.url, {
        method: 'POST',
        target: '/dashboard/login',
        headers: {'content-type': 'application/x-www-form-urlencoded', origin},
        body: new URLSearchParams({token: given, transactionId, choice: 'allow'}).toString(),
      })
    expect((await post('guessed', 'null')).status).toBe(403)
    expect((await post(token, 'https://evil.example')).status).toBe(403)
    expect(practice.dashboard.pendingLogins()).toEqual([transactionId])
    expect((await post(token, 'null')).status).toBe(200)
    expect((await fulfilled).event).toBe('fulfilled')
    socket.close()
  })

  test.each([
    ['a web page of elsewhere', '/login/broker', {origin: 'https://evil.example'}, 403],
    ['another name for this machine', '/login/broker', {host: 'evil.example'}, 403],
    ['another path', '/elsewhere', {}, 404],
  ])('the broker refuses %s', async (_, path, headers, status) => {
    const socket = new WebSocket(`${practice.url.replace('http:', 'ws:')}${path}`, {headers})
    const [error] = (await once(socket, 'error')) as [Error]
    expect(error.message).toContain(String(status))
  })
})

describe('tokens', () => {
  test('a refresh token serves once and brings the next', async () => {
    const {refresh_token: refreshToken} = await signedIn(practice)
    const refresh = () => api(practice, '/core/tokens/refresh', {method: 'POST', body: {refreshToken}})
    const {status, json} = await refresh()
    expect(status).toBe(200)
    expect((await api(practice, '/core/me', {token: (json as {id_token: string}).id_token})).json).toEqual({
      userName: 'practice',
      userUid: 'practice-user-1',
      fullName: 'Practice Person',
      email: 'practice@example.com',
    })
    expect(await refresh()).toEqual({
      status: 401,
      json: {message: 'Invalid refresh token', statusCode: 401},
    })
  })

  test('end with their time, or when told so', async () => {
    const {id_token: token, refresh_token: refreshToken} = await signedIn(practice)
    clock += 36_000_000 - 1
    expect((await api(practice, '/core/me', {token})).status).toBe(200)
    clock += 1
    expect((await api(practice, '/core/me', {token})).status).toBe(401)
    practice.dashboard.expireSessions('all')
    const body = {refreshToken}
    expect((await api(practice, '/core/tokens/refresh', {method: 'POST', body})).status).toBe(401)
  })

  test('an access key opens its own organisation only', async () => {
    const other = practice.dashboard.addOrg('other-org', 'contributor')
    const token = practice.dashboard.newAccessKey('other-org')
    const {json} = await api(practice, '/core/tenants?userName=practice', {token})
    expect(json).toEqual([expect.objectContaining({orgName: 'other-org', role: 'contributor'})])
    expect((await api(practice, `/orgs/${other.orgUid}/providers`, {token})).status).toBe(200)
    expect((await api(practice, providersPath(), {token})).status).toBe(403)
    expect((await api(practice, '/core/tenants/practice-org', {token})).status).toBe(403)
  })

  test('none of them is in the log', async () => {
    const {id_token, refresh_token} = await signedIn(practice)
    const key = practice.dashboard.newAccessKey()
    await api(practice, '/core/me', {token: id_token})
    await api(practice, `/core/${id_token}`, {token: key})
    await api(practice, '/core/tokens/refresh', {method: 'POST', body: {refreshToken: refresh_token}})
    const log = JSON.stringify(practice.log.entries)
    for (const secret of [id_token, refresh_token, key]) expect(log).not.toContain(secret)
    expect(practice.log.count('dashboard:Refresh')).toBe(1)
  })
})

describe('the stack of quick-create', () => {
  test('its role becomes a Provider of the organisation', async () => {
    const {id_token} = await signedIn(practice)
    const {url, page} = await practice.dashboard.createStack(quickCreate())
    expect(url).toBe(`${practice.url}/dashboard/stacks/SFSetup-1a2b3c`)
    expect(page).toContain('CREATE_COMPLETE')
    expect(await listed(id_token)).toEqual([
      {
        providerUid: expect.any(String),
        alias: 'team one',
        providerName: 'aws',
        providerType: 'roleArn',
        providerDetails: {roleArn: 'arn:aws:iam::123456789012:role/SFRole-1a2b3c'},
        isDefault: true,
      },
    ])
  })

  test('takes its time', async () => {
    const {id_token} = await signedIn(practice)
    practice.dashboard.addProvider({accessKeyId: 'AKIAIOSFODNN7EXAMPLE', accountId: '123456789012'})
    practice.dashboard.slowStack(60_000)
    expect((await practice.dashboard.createStack(quickCreate())).page).toContain('CREATE_IN_PROGRESS')
    clock += 59_999
    expect(await listed(id_token)).toHaveLength(1)
    clock += 1
    expect((await listed(id_token)).map(({isDefault}) => isDefault)).toEqual([true, false])
  })

  test('can fail, with the reason on its page', async () => {
    const {id_token} = await signedIn(practice)
    practice.dashboard.failStack('The role <SFRole> already exists')
    const {page} = await practice.dashboard.createStack(quickCreate())
    expect(page).toContain('ROLLBACK_COMPLETE')
    expect(page).toContain('The role &lt;SFRole&gt; already exists')
    expect(await listed(id_token)).toEqual([])
  })

  test('is not made on Cancel, twice, or for nobody', async () => {
    const {page} = await practice.dashboard.createStack(quickCreate(), {choose: 'deny'})
    expect(page).toContain('No stack was created')
    expect(practice.dashboard.stacks()).toEqual([])
    await practice.dashboard.createStack(quickCreate())
    expect((await practice.dashboard.createStack(quickCreate())).status).toBe(409)
    const elsewhere = quickCreate('9f9f9f').replace(org().orgUid, 'nobody')
    expect((await practice.dashboard.createStack(elsewhere)).status).toBe(404)
    expect((await practice.dashboard.createStack(quickCreate('no_'))).status).toBe(400)
    await expect(practice.dashboard.createStack('https://console.aws.amazon.com/')).rejects.toThrow(
      'no stack in it',
    )
  })

  test('a browser hands its fragment on to the page', async () => {
    const response = await fetch(`${practice.url}/cloudformation/home?region=us-east-1`)
    const page = await response.text()
    const nonce = /<script nonce="([^"]+)">/.exec(page)![1]!
    expect(response.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`)
    expect(page).toContain("location.replace('/dashboard/create-stack?'")
  })
})

test('the role belongs to the partition of the account', async () => {
  const china = await startPractice({partition: 'aws-cn'})
  const {orgUid} = china.dashboard.state.orgByName('practice-org')
  await china.dashboard.createStack(quickCreate().replace(org().orgUid, orgUid))
  const [provider] = china.dashboard.state.orgByUid(orgUid).providers.values()
  expect(provider!.providerDetails.roleArn).toBe('arn:aws-cn:iam::123456789012:role/SFRole-1a2b3c')
  await china.close()
})

test('troubles strike the next calls and no more', async () => {
  const {id_token: token} = await signedIn(practice)
  practice.dashboard.down(2)
  const status = async () => (await api(practice, '/core/me', {token})).status
  expect([await status(), await status(), await status()]).toEqual([503, 503, 200])
  practice.dashboard.tooMany()
  expect([await status(), await status()]).toEqual([429, 200])
  practice.dashboard.html()
  const page = await fetch(`${practice.url}/core/me`, {headers: {authorization: `Bearer ${token}`}})
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await status()).toBe(200)
})

test('the server closes with a sign-in still waiting', async () => {
  const {closed} = await beginLogin(practice)
  await practice.close()
  await closed
})
