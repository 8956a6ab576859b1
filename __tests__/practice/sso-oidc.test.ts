import {
  CreateTokenCommand,
  RegisterClientCommand,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc'
import {refusal} from './clients.js'
import {rawCall} from './raw.js'
import {
  authorizeUrl,
  browserClient,
  listener,
  newPkce,
  oidcClient,
  poll,
  registered,
  signedIn,
  startedDevice,
} from './sso-support.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let now: number
beforeEach(async () => {
  now = Date.now()
  practice = await startPractice({now: () => now})
})
afterEach(() => practice.close())

const later = (seconds: number) => {
  now += seconds * 1000
}
const refused = async (call: Promise<unknown>) => {
  const {name, status} = await refusal(call)
  return `${name} ${status}`
}

describe('a client is registered', () => {
  const register = (fields: object) =>
    oidcClient(practice).send(
      new RegisterClientCommand({clientName: 'a test', clientType: 'public', ...fields}),
    )

  test('for 90 days, times in seconds', async () => {
    const answer = await register({scopes: ['sso:account:access']})
    expect(answer.clientIdIssuedAt).toBe(Math.floor(now / 1000))
    expect(answer.clientSecretExpiresAt).toBe(Math.floor(now / 1000) + 90 * 24 * 3600)
    expect(Buffer.from(answer.clientId!, 'base64url').subarray(16).toString()).toBe('eu-west-1')
  })

  const browser = {grantTypes: ['authorization_code'], redirectUris: ['http://127.0.0.1/oauth/callback']}
  test.each([
    ['InvalidClientMetadataException 400', {clientType: 'confidential'}],
    ['InvalidRequestException 400', {clientName: ''}],
    ['InvalidRequestException 400', {scopes: 'sso:account:access'}],
    ['InvalidScopeException 400', {scopes: ['everything']}],
    ['UnsupportedGrantTypeException 400', {grantTypes: ['password']}],
    ['InvalidRedirectUriException 400', {...browser, redirectUris: []}],
    ['InvalidRedirectUriException 400', {redirectUris: ['http://192.0.2.1/oauth/callback']}],
    ['InvalidRedirectUriException 400', {redirectUris: ['https://a;script-src/']}],
    ['InvalidRedirectUriException 400', {redirectUris: ['https://me@example.com/']}],
    ['InvalidRedirectUriException 400', {redirectUris: ['not an address']}],
    ['InvalidRequestException 400', browser],
    ['InvalidRequestException 400', {...browser, issuerUrl: 'https://d-0000000000.awsapps.com/start'}],
  ])('or refused: %s for %j', async (expected, fields) => {
    expect(await refused(register(fields))).toBe(expected)
  })

  test('and taken at its word only with its secret, and before it expires', async () => {
    const client = await registered(practice)
    const start = (given: object) =>
      oidcClient(practice).send(
        new StartDeviceAuthorizationCommand({
          ...client,
          startUrl: practice.identityCenter.startUrl,
          ...given,
        }),
      )
    expect(await refused(start({clientSecret: 'wrong'}))).toBe('InvalidClientException 401')
    expect(await refused(start({clientId: 'unknown'}))).toBe('InvalidClientException 401')
    expect(await refused(start({startUrl: 'https://d-0000000000.awsapps.com/start'}))).toBe(
      'InvalidRequestException 400',
    )
    await start({startUrl: `${practice.identityCenter.startUrl}/#/`})
    later(91 * 24 * 3600)
    expect(await refused(start({}))).toBe('InvalidClientException 401')
    practice.identityCenter.forgetClients()
    expect(await refused(start({}))).toBe('InvalidClientException 401')
  })
})

describe('a device code', () => {
  test('waits for a person, is good once, and can be refreshed', async () => {
    const client = await registered(practice)
    const {deviceCode, userCode, ...told} = await startedDevice(practice, client)
    expect(userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    expect(told).toEqual({
      verificationUri: `${practice.url}/device`,
      verificationUriComplete: `${practice.url}/device?user_code=${userCode}`,
      expiresIn: 600,
      interval: 1,
    })
    expect(await refused(poll(practice, client, deviceCode))).toBe('AuthorizationPendingException 400')
    expect(practice.identityCenter.pendingCodes()).toEqual([userCode])
    practice.identityCenter.approveDevice()
    later(1)
    const answer = await poll(practice, client, deviceCode)
    expect(answer).toMatchObject({tokenType: 'Bearer', expiresIn: 3600, refreshToken: expect.any(String)})
    later(1)
    expect(await refused(poll(practice, client, deviceCode))).toBe('InvalidGrantException 400')
    expect(() => practice.identityCenter.approveDevice(userCode)).toThrow('no such code waits')
  })

  test('polled faster than told is answered with slow_down, and goes on afterwards', async () => {
    const client = await registered(practice)
    const {deviceCode} = await startedDevice(practice, client)
    expect(await refused(poll(practice, client, deviceCode))).toBe('AuthorizationPendingException 400')
    later(0.5)
    expect(await refused(poll(practice, client, deviceCode))).toBe('SlowDownException 400')
    later(1)
    expect(await refused(poll(practice, client, deviceCode))).toBe('AuthorizationPendingException 400')
    practice.identityCenter.slowDown(2)
    practice.identityCenter.approveDevice()
    for (const expected of ['SlowDownException 400', 'SlowDownException 400']) {
      later(60)
      expect(await refused(poll(practice, client, deviceCode))).toBe(expected)
    }
    later(6)
    expect(await poll(practice, client, deviceCode)).toMatchObject({tokenType: 'Bearer'})
  })

  test('denied or expired says so', async () => {
    const client = await registered(practice)
    const denied = await startedDevice(practice, client)
    practice.identityCenter.denyDevice(denied.userCode)
    expect(await refused(poll(practice, client, denied.deviceCode))).toBe('AccessDeniedException 400')
    const expired = await startedDevice(practice, client)
    practice.identityCenter.expireDevice(expired.userCode)
    expect(await refused(poll(practice, client, expired.deviceCode))).toBe('ExpiredTokenException 400')
    const old = await startedDevice(practice, client)
    practice.identityCenter.approveDevice(old.userCode)
    later(600)
    expect(await refused(poll(practice, client, old.deviceCode))).toBe('ExpiredTokenException 400')
  })

  test('of another client, or of none, is refused', async () => {
    const [one, other] = [await registered(practice), await registered(practice)]
    const {deviceCode} = await startedDevice(practice, one)
    expect(await refused(poll(practice, other, deviceCode))).toBe('InvalidGrantException 400')
    expect(await refused(poll(practice, one, 'made up'))).toBe('InvalidGrantException 400')
    const browser = await browserClient(practice)
    expect(await refused(startedDevice(practice, browser))).toBe('UnauthorizedClientException 400')
    expect(await refused(poll(practice, browser, deviceCode))).toBe('UnauthorizedClientException 400')
  })

  test('approves itself after a while when the demo has nobody', async () => {
    practice.identityCenter.autoApprove(1500)
    const client = await registered(practice)
    const {deviceCode} = await startedDevice(practice, client)
    later(1)
    expect(await refused(poll(practice, client, deviceCode))).toBe('AuthorizationPendingException 400')
    later(1)
    expect(await poll(practice, client, deviceCode)).toMatchObject({tokenType: 'Bearer'})
    practice.identityCenter.autoApprove(false)
    const waits = await startedDevice(practice, client)
    later(60)
    expect(await refused(poll(practice, client, waits.deviceCode))).toBe('AuthorizationPendingException 400')
  })
})

describe('a code of the browser', () => {
  async function brought() {
    const client = await browserClient(practice)
    const {redirectUri, got, close} = await listener()
    const {verifier, challenge} = newPkce()
    const url = authorizeUrl(practice, {
      client_id: client.clientId,
      redirect_uri: redirectUri,
      code_challenge: challenge,
    })
    const seen = await practice.identityCenter.visit(url)
    await close()
    expect(seen.page).toBe('Signed in. You can close this page.')
    expect(got).toHaveLength(1)
    expect(got[0]!.get('state')).toBe('a-state')
    const code = got[0]!.get('code')!
    return {client, redirectUri, codeVerifier: verifier, code}
  }
  const redeem = ({client, ...fields}: Awaited<ReturnType<typeof brought>>) =>
    oidcClient(practice).send(new CreateTokenCommand({...client, grantType: 'authorization_code', ...fields}))

  test('gives tokens once', async () => {
    const code = await brought()
    expect(await redeem(code)).toMatchObject({
      tokenType: 'Bearer',
      expiresIn: 3600,
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
    })
    expect(await refused(redeem(code))).toBe('InvalidGrantException 400')
  })

  test.each([
    ['InvalidGrantException 400', {codeVerifier: newPkce().verifier}],
    ['InvalidGrantException 400', {redirectUri: 'http://127.0.0.1:1/oauth/callback'}],
    ['InvalidGrantException 400', {code: 'made up'}],
    ['InvalidRequestException 400', {codeVerifier: 'short'}],
    ['InvalidRequestException 400', {code: ''}],
    ['InvalidRequestException 400', {redirectUri: ''}],
    ['InvalidRequestException 400', {codeVerifier: ''}],
  ])('is refused, %s, with %j', async (expected, change) => {
    expect(await refused(redeem({...(await brought()), ...change}))).toBe(expected)
  })

  test('is not given to another client, nor after ten minutes', async () => {
    const code = await brought()
    expect(await refused(redeem({...code, client: await browserClient(practice)}))).toBe(
      'InvalidGrantException 400',
    )
    expect(await refused(redeem({...code, client: await registered(practice)}))).toBe(
      'UnauthorizedClientException 400',
    )
    const old = await brought()
    later(600)
    expect(await refused(redeem(old))).toBe('InvalidGrantException 400')
  })
})

describe('a refresh token', () => {
  const refresh = (client: object, refreshToken: string) =>
    oidcClient(practice).send(
      new CreateTokenCommand({
        ...(client as {clientId: string; clientSecret: string}),
        grantType: 'refresh_token',
        refreshToken,
      }),
    )

  test('is good once and brings the next, until the session ends', async () => {
    const {client, refreshToken: first} = await signedIn(practice)
    later(3600)
    const {refreshToken: second} = await refresh(client, first!)
    expect(await refused(refresh(client, first!))).toBe('InvalidGrantException 400')
    later(6.5 * 3600)
    const last = await refresh(client, second!)
    expect(last.expiresIn).toBe(1800)
    later(1800)
    expect(await refused(refresh(client, last.refreshToken!))).toBe('InvalidGrantException 400')
  })

  test('is refused once everybody is signed out', async () => {
    const {client, refreshToken} = await signedIn(practice)
    practice.identityCenter.endSessions()
    expect(await refused(refresh(client, refreshToken!))).toBe('InvalidGrantException 400')
  })

  test('is not given to a client without scopes, whose token lasts the whole session', async () => {
    const {refreshToken, expiresIn} = await signedIn(practice, {scopes: []})
    expect(refreshToken).toBeUndefined()
    expect(expiresIn).toBe(8 * 3600)
  })
})

describe('on the wire', () => {
  const post = (target: string, body: string) =>
    rawCall(practice.url, {method: 'POST', target, headers: {'content-type': 'application/json'}, body})

  test('a refusal has the header and the body of the real service', async () => {
    const client = await registered(practice)
    const body = JSON.stringify({...client, grantType: 'refresh_token', refreshToken: 'old'})
    const answer = await post('/token', body)
    expect(answer).toMatchObject({
      status: 400,
      headers: {
        'x-amzn-errortype': 'InvalidGrantException:http://internal.amazon.com/coral/com.amazonaws.sso.oidc/',
        'content-type': 'application/json',
        'cache-control': 'no-store',
      },
    })
    expect(JSON.parse(answer.body)).toEqual({
      error: 'invalid_grant',
      error_description: 'Invalid refresh token provided',
    })
  })

  test.each([
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '{"grantType":7,"clientId":"a","clientSecret":{}}',
    '{"__proto__":{}}',
  ])('a body that is no request is invalid_request: %j', async (body) => {
    for (const target of ['/token', '/client/register', '/device_authorization']) {
      const answer = await post(target, body)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({error: 'invalid_request'})
    }
  })

  test('an unknown grant and an unknown method are told', async () => {
    const client = await registered(practice)
    const answer = await post('/token', JSON.stringify({...client, grantType: 'password'}))
    expect(JSON.parse(answer.body)).toMatchObject({error: 'unsupported_grant_type'})
    const wrong = await rawCall(practice.url, {method: 'GET', target: '/token', headers: {}, body: ''})
    expect(wrong.status).toBe(404)
    expect(wrong.headers['x-amzn-errortype']).toContain('UnknownOperationException')
  })
})

test('lifetimes and the interval are as they are set', async () => {
  const quick = await startPractice({
    now: () => now,
    identityCenter: {intervalSeconds: 3, deviceSeconds: 60, tokenSeconds: 30, region: 'us-east-2'},
  })
  const client = await registered(quick)
  expect(await startedDevice(quick, client)).toMatchObject({interval: 3, expiresIn: 60})
  expect((await signedIn(quick)).expiresIn).toBe(30)
  quick.identityCenter.settings.tokenSeconds = 20
  expect((await signedIn(quick)).expiresIn).toBe(20)
  await quick.close()
})

test('the log tells calls and refusals, and no code, token or secret', async () => {
  const client = await browserClient(practice)
  const {redirectUri, got, close} = await listener()
  const {verifier, challenge} = newPkce()
  await practice.identityCenter.visit(
    authorizeUrl(practice, {
      client_id: client.clientId,
      redirect_uri: redirectUri,
      code_challenge: challenge,
    }),
  )
  await close()
  const code = got[0]!.get('code')!
  const tokens = await oidcClient(practice).send(
    new CreateTokenCommand({
      ...client,
      grantType: 'authorization_code',
      code,
      redirectUri,
      codeVerifier: verifier,
    }),
  )
  const device = await registered(practice)
  const {deviceCode, userCode} = await startedDevice(practice, device)
  await refusal(poll(practice, device, deviceCode))
  await practice.identityCenter.visit(`${practice.url}/device?user_code=${userCode}`)
  const told = practice.log.entries.map(({service, action, errorCode}) =>
    [service, action, errorCode].filter(Boolean).join(' '),
  )
  expect(told).toEqual([
    'sso-oidc RegisterClient',
    'portal Authorize',
    'portal Authorize',
    'sso-oidc CreateToken',
    'sso-oidc RegisterClient',
    'sso-oidc StartDeviceAuthorization',
    'sso-oidc CreateToken AuthorizationPendingException',
    'portal Device',
    'portal Device',
  ])
  const log = JSON.stringify(practice.log.entries)
  const secrets = [
    client.clientSecret,
    device.clientSecret,
    code,
    verifier,
    tokens.accessToken!,
    tokens.refreshToken!,
    deviceCode,
    userCode,
  ]
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
})
