import fc from 'fast-check'
import {rawCall} from './raw.js'
import {browserClient, registered, signedIn, startedDevice} from './sso-support.js'
import {isAcceptable, isRegistered, withParameters} from '../../src/practice/redirect-uri.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {runs, seed} from '../support/proof.js'

let practice: Practice
const failures: unknown[] = []
const keepFailure = (failure: unknown) => failures.push(failure)
beforeAll(async () => {
  process.on('uncaughtException', keepFailure)
  process.on('unhandledRejection', keepFailure)
  practice = await startPractice()
})
afterAll(async () => {
  process.off('uncaughtException', keepFailure)
  process.off('unhandledRejection', keepFailure)
  await practice.close()
})
afterEach(async () => {
  expect((await signedIn(practice)).expiresIn).toBe(3600)
  expect(failures).toEqual([])
})

const odd = fc.oneof(
  fc.string({unit: 'binary', maxLength: 40}),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '',
    '\u0000<&>\ud800',
    '-1',
    '1e9',
    'http://[',
    'javascript:x',
    '%',
    '%00',
  ),
)

test('property: whatever JSON comes, the answer is JSON with an error of the model', async () => {
  const client = await registered(practice)
  const {deviceCode} = await startedDevice(practice, client)
  const known = {
    clientName: 'a test',
    clientType: 'public',
    ...client,
    deviceCode,
    startUrl: practice.identityCenter.startUrl,
    grantType: 'urn:ietf:params:oauth:grant-type:device_code',
  }
  const names = [
    ...Object.keys(known),
    'code',
    'codeVerifier',
    'redirectUri',
    'refreshToken',
    'scopes',
    'grantTypes',
    'redirectUris',
    'issuerUrl',
    '__proto__',
  ]
  const value = fc.oneof(odd, fc.jsonValue({maxDepth: 2}), fc.array(odd, {maxLength: 3}))
  const grants = fc.constantFrom(known.grantType, 'authorization_code', 'refresh_token')
  const body = fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .dictionary(fc.constantFrom(...names), value, {maxKeys: 3})
        .map((each) => JSON.stringify({...known, ...each})),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(grants, odd).map(([grantType, text]) =>
        JSON.stringify({
          ...known,
          grantType,
          code: text,
          refreshToken: text,
          codeVerifier: 'v'.repeat(43),
          redirectUri: text,
        }),
      ),
    },
    {weight: 2, arbitrary: fc.oneof(odd, fc.json({maxDepth: 3}), fc.constant('['.repeat(20_000)))},
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/client/register', '/device_authorization', '/token'),
      fc.constantFrom('', '?a=b', '?aws_iam=t'),
      body,
      async (path, query, text) => {
        const headers = {'content-type': 'application/json'}
        const answer = await rawCall(practice.url, {
          method: 'POST',
          target: path + query,
          headers,
          body: text,
        })
        expect([200, 400, 401]).toContain(answer.status)
        const told = JSON.parse(answer.body) as Record<string, unknown>
        if (answer.status === 200) return
        expect(told).toEqual({
          error: expect.stringMatching(/^[a-z_]+$/),
          error_description: expect.any(String),
        })
        expect(answer.headers['x-amzn-errortype']).toMatch(/^[A-Z]\w+Exception:http:/)
        expect(answer.body).not.toContain(client.clientSecret)
      },
    ),
    {numRuns: runs(600), seed},
  )
})

test('property: whatever is asked of the portal, the answer is JSON', async () => {
  const {accessToken} = await signedIn(practice)
  const names = fc.constantFrom(
    'account_id',
    'role_name',
    'max_result',
    'next_token',
    'accountId',
    '__proto__',
  )
  const values = fc.oneof(
    odd,
    fc.constantFrom('000000000042', 'ReadOnlyAccess', '1', '100', 'YWNjb3VudHNAOTk5'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
      fc.constantFrom('/assignment/accounts', '/assignment/roles', '/federation/credentials'),
      fc.dictionary(names, values, {maxKeys: 4}),
      fc.constantFrom(accessToken, accessToken, accessToken, 'made up', ''),
      async (method, path, query, token) => {
        const answer = await rawCall(practice.url, {
          method,
          target: `${path}?${new URLSearchParams(query).toString()}`,
          headers: {'x-amz-sso_bearer_token': token},
          body: '',
        })
        expect([200, 400, 401, 403, 404]).toContain(answer.status)
        const told = JSON.parse(answer.body) as Record<string, unknown>
        if (answer.status !== 200) {
          expect(told).toEqual({message: expect.any(String), __type: expect.stringMatching(/#\w+Exception$/)})
        }
      },
    ),
    {numRuns: runs(400), seed},
  )
})

test('property: whatever the pages are asked, they answer with a page or a redirect to the program', async () => {
  const client = await browserClient(practice)
  const {userCode} = await startedDevice(practice, await registered(practice))
  const known: Readonly<Record<string, string>> = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: 'http://127.0.0.1:4711/oauth/callback',
    state: 's',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
    user_code: userCode,
  }
  const names = fc.constantFrom(...Object.keys(known), 'token', 'choice', 'username', 'scopes', '__proto__')
  const uri = fc.tuple(
    fc.constantFrom(
      'http://127.0.0.1',
      'http://127.0.0.1:1',
      'http://localhost',
      'https://127.0.0.1',
      'http:127.0.0.1',
      '//127.0.0.1',
    ),
    fc.constantFrom(
      '/oauth/callback',
      '/oauth/./callback',
      '/oauth/callback?x',
      '@example.com/',
      '.example.com/oauth/callback',
      '\\@example.com',
    ),
  )
  const values = fc.oneof(
    odd,
    uri.map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'DELETE'),
      fc.constantFrom('/authorize', '/device', '/authorize/', '/device/'),
      fc.dictionary(names, values, {maxKeys: 3}),
      async (method, path, change) => {
        const fields = new URLSearchParams({...known, ...change}).toString()
        const {status, headers, body} = await rawCall(practice.url, {
          method,
          target: method === 'GET' ? `${path}?${fields}` : path,
          headers: {host: new URL(practice.url).host},
          body: method === 'GET' ? '' : fields,
        })
        expect([200, 302, 400, 403, 404, 405]).toContain(status)
        if (status === 302)
          expect(headers.location).toMatch(/^http:\/\/127\.0\.0\.1(:\d+)?\/oauth\/callback\?/)
        else expect(body).toMatch(/^<!DOCTYPE html>/)
        expect(headers['content-security-policy']).toMatch(
          /form-action 'self'( http:\/\/127\.0\.0\.1(:\d+)?)?; base-uri/,
        )
      },
    ),
    {numRuns: runs(500), seed},
  )
})

test('property: a loopback address is a registered one on every port, and nothing else is', () => {
  const registeredUris = ['http://127.0.0.1/oauth/callback']
  fc.assert(
    fc.property(fc.integer({min: 1, max: 65_535}), odd, (port, text) => {
      const uri = `http://127.0.0.1:${port}/oauth/callback`
      expect(isRegistered(uri, registeredUris)).toBe(true)
      const back = new URL(withParameters(uri, {state: text, code: undefined}))
      expect(back.host).toBe(port === 80 ? '127.0.0.1' : `127.0.0.1:${port}`)
      expect([...back.searchParams.keys()]).toEqual(['state'])
      for (const other of [uri + text, text + uri, `http://${text}/oauth/callback`]) {
        if (!isRegistered(other, registeredUris)) continue
        const {hostname, pathname, search} = new URL(other)
        expect([hostname, pathname, search]).toEqual(['127.0.0.1', '/oauth/callback', ''])
      }
      expect(isAcceptable(text)).toBe(false)
    }),
    {numRuns: runs(2_000), seed},
  )
})
