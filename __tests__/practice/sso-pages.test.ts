import {refusal} from './clients.js'
import {rawCall} from './raw.js'
import {
  authorizeUrl,
  browserClient,
  listener,
  newPkce,
  poll,
  registered,
  startedDevice,
  type Registered,
} from './sso-support.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let now: number
beforeEach(async () => {
  now = Date.now()
  practice = await startPractice({now: () => now})
})
afterEach(() => practice.close())

const host = () => new URL(practice.url).host
const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
  rawCall(practice.url, {
    method: 'GET',
    target: url.replace(practice.url, ''),
    headers: {host: host(), ...headers},
    body: '',
  })
const post = (
  target: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) =>
  rawCall(practice.url, {
    method: 'POST',
    target,
    headers: {host: host(), 'content-type': 'application/x-www-form-urlencoded', ...headers},
    body: new URLSearchParams(fields).toString(),
  })
const tokenOf = (page: string) => /name="token" value="([^"]+)"/.exec(page)![1]!

const CALLBACK = 'http://127.0.0.1:4711/oauth/callback'
const asked = (client: Registered, changes: Readonly<Record<string, string>> = {}) =>
  authorizeUrl(practice, {
    client_id: client.clientId,
    redirect_uri: CALLBACK,
    code_challenge: newPkce().challenge,
    ...changes,
  })

describe('the page that allows access', () => {
  test('asks, and keeps scripts, frames and other places out', async () => {
    const {status, headers, body} = await get(asked(await browserClient(practice)))
    expect(status).toBe(200)
    expect(body).toContain('PRACTICE – a stand-in for the AWS access portal')
    expect(body).toContain('<button name="choice" value="allow">Allow access</button>')
    expect(body).toContain('<button name="choice" value="deny">Deny access</button>')
    expect(body).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1:4711\/oauth\/callback")/)
    // Browsers hold the redirect that answers a form to this list too.
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; .*form-action 'self' http:\/\/127\.0\.0\.1:4711; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  })

  test('denied tells the program so', async () => {
    const client = await browserClient(practice)
    const {redirectUri, got, close} = await listener()
    await practice.identityCenter.visit(asked(client, {redirect_uri: redirectUri}), {choose: 'deny'})
    await close()
    expect(got.map((each) => Object.fromEntries(each))).toEqual([
      {error: 'access_denied', error_description: 'The request was denied', state: 'a-state'},
    ])
  })

  test('redirects with 302 and nothing but code and state', async () => {
    const client = await browserClient(practice)
    const url = asked(client, {state: 'a&b=c#d\r\nX: y'})
    const fields = Object.fromEntries(new URL(url).searchParams)
    const token = tokenOf((await get(url)).body)
    const {status, headers} = await post('/authorize', {...fields, token, choice: 'allow'})
    expect(status).toBe(302)
    const to = new URL(headers.location!)
    expect(to.origin + to.pathname).toBe(CALLBACK)
    expect([...to.searchParams.keys()]).toEqual(['code', 'state'])
    expect(to.searchParams.get('state')).toBe('a&b=c#d\r\nX: y')
  })

  test('is answered only to its own form', async () => {
    const client = await browserClient(practice)
    const url = asked(client)
    const fields = {...Object.fromEntries(new URL(url).searchParams), choice: 'allow'}
    const token = tokenOf((await get(url)).body)
    const refusals = [
      await post('/authorize', fields),
      await post('/authorize', {...fields, token: `${token.slice(0, -1)}!`}),
      await post('/authorize', {...fields, token}, {origin: 'https://example.com'}),
      await post('/authorize', {...fields, token}, {host: 'example.com'}),
    ]
    expect(refusals.map(({status, headers}) => [status, headers.location])).toEqual(
      refusals.map(() => [403, undefined]),
    )
    expect((await get(url, {host: 'rebound.example.com'})).status).toBe(403)
    expect((await post('/authorize', {...fields, token})).status).toBe(302)
  })

  test.each([
    ['client_id', 'unknown'],
    ['client_id', '__proto__'],
    ['redirect_uri', ''],
    ['redirect_uri', 'http://127.0.0.1:4711/elsewhere'],
    ['redirect_uri', 'http://localhost:4711/oauth/callback'],
    ['redirect_uri', 'http://example.com/oauth/callback'],
    ['redirect_uri', 'http://127.0.0.1:4711@example.com/oauth/callback'],
    ['redirect_uri', 'http://127.0.0.1:4711/oauth/callback#here'],
    ['redirect_uri', 'javascript:alert(1)'],
  ])('sends the browser nowhere when %s is %j', async (name, value) => {
    const {status, headers, body} = await get(asked(await browserClient(practice), {[name]: value}))
    expect([status, headers.location]).toEqual([400, undefined])
    expect(body).toContain('Not possible')
  })

  test.each([
    ['unsupported_response_type', {response_type: 'token'}],
    ['invalid_request', {code_challenge: 'short'}],
    ['invalid_request', {code_challenge_method: 'plain'}],
    ['invalid_scope', {scopes: 'sso:account:access other:thing'}],
  ])('tells the program %s for %j', async (error, changes) => {
    const {status, headers} = await get(asked(await browserClient(practice), changes))
    expect(status).toBe(302)
    expect(Object.fromEntries(new URL(headers.location!).searchParams)).toMatchObject({
      error,
      state: 'a-state',
    })
  })

  test('tells a program of the device flow that it may not', async () => {
    const client = await registered(practice, {redirectUris: [CALLBACK]})
    const {headers} = await get(asked(client))
    expect(new URL(headers.location!).searchParams.get('error')).toBe('unauthorized_client')
  })

  test('shows what the program calls itself as text', async () => {
    const client = await registered(practice, {
      clientName: '<img src=x>"\'&\u0000',
      grantTypes: ['authorization_code'],
      redirectUris: [CALLBACK],
      issuerUrl: practice.identityCenter.startUrl,
    })
    const {body} = await get(asked(client, {state: '"><script>alert(1)</script>'}))
    expect(body).toContain('&lt;img src=x&gt;&quot;&#39;&amp;\ufffd')
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;')
    expect(body).not.toMatch(/<img|<script/)
  })

  test('approves itself when the demo has nobody', async () => {
    practice.identityCenter.autoApprove()
    const {headers} = await get(asked(await browserClient(practice)))
    expect(new URL(headers.location!).searchParams.has('code')).toBe(true)
  })
})

describe('the page of a device code', () => {
  test('takes the code as people type it', async () => {
    const {userCode} = await startedDevice(practice, await registered(practice))
    expect((await get('/device')).body).toContain('Enter the code')
    for (const typed of [
      userCode,
      userCode.toLowerCase(),
      userCode.replace('-', ''),
      ` ${userCode.replace('-', ' ')}`,
    ]) {
      const {status, body} = await get(`/device?user_code=${encodeURIComponent(typed)}`)
      expect(status).toBe(200)
      expect(body).toContain(`<code id="user-code">${userCode}</code>`)
    }
    const wrong = await get('/device?user_code=%3Cb%3E')
    expect(wrong.status).toBe(404)
    expect(wrong.body).toContain('There is no such code. Example of a code: BCDF-GHJK')
    expect(wrong.body).not.toContain('<b>')
  })

  test('allowed or denied, it is done; the code asks no second time', async () => {
    const client = await registered(practice)
    const [good, bad] = [await startedDevice(practice, client), await startedDevice(practice, client)]
    const {visit} = practice.identityCenter
    expect((await visit(good.verificationUriComplete)).page).toContain('Request approved')
    expect((await visit(bad.verificationUriComplete, {choose: 'deny'})).page).toContain('Request denied')
    expect(await poll(practice, client, good.deviceCode)).toMatchObject({tokenType: 'Bearer'})
    expect((await refusal(poll(practice, client, bad.deviceCode))).name).toBe('AccessDeniedException')
    expect((await get(good.verificationUriComplete)).body).toContain('Request approved')
    expect((await get(bad.verificationUriComplete)).body).toContain('Request denied')
  })

  test('of a code that has expired says so', async () => {
    const {verificationUriComplete} = await startedDevice(practice, await registered(practice))
    now += 600_000
    const {status, body} = await get(verificationUriComplete)
    expect(status).toBe(410)
    expect(body).toContain('This code has expired. Start again in your terminal.')
  })

  test('is answered only to its own form', async () => {
    const {userCode} = await startedDevice(practice, await registered(practice))
    const fields = {user_code: userCode, choice: 'allow'}
    const token = tokenOf((await get(`/device?user_code=${userCode}`)).body)
    expect((await post('/device', fields)).status).toBe(403)
    expect((await post('/device', {...fields, token}, {origin: 'http://127.0.0.1:1'})).status).toBe(403)
    expect(practice.identityCenter.pendingCodes()).toEqual([userCode])
    expect((await post('/device', {...fields, token}, {origin: practice.url})).status).toBe(200)
    expect(practice.identityCenter.pendingCodes()).toEqual([])
  })

  test('offers everyone who could sign in, and takes nobody else', async () => {
    practice.identityCenter.addUser('grace@example.com')
    const client = await registered(practice)
    const {userCode, verificationUriComplete} = await startedDevice(practice, client)
    expect((await get(verificationUriComplete)).body).toContain('<option value="grace@example.com">')
    await practice.identityCenter.visit(verificationUriComplete, {username: 'mallory'})
    expect(practice.identityCenter.state.signIns.devices.get(userCode)!.username).toBe('ada')
    const next = await startedDevice(practice, client)
    await practice.identityCenter.visit(next.verificationUriComplete, {username: 'grace@example.com'})
    expect(practice.identityCenter.state.signIns.devices.get(next.userCode)!.username).toBe(
      'grace@example.com',
    )
  })
})

test('other methods are refused', async () => {
  for (const target of ['/authorize', '/device']) {
    const {status} = await rawCall(practice.url, {method: 'PUT', target, headers: {host: host()}, body: ''})
    expect(status).toBe(405)
  }
})

test('the person played here visits pages of this machine only', async () => {
  await expect(practice.identityCenter.visit('https://example.com/')).rejects.toThrow(
    'only pages of this machine',
  )
  const gone = await browserClient(practice)
  const {redirectUri, close} = await listener()
  await close()
  await expect(practice.identityCenter.visit(asked(gone, {redirect_uri: redirectUri}))).rejects.toMatchObject(
    {code: 'ECONNREFUSED'},
  )
})
