import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {ListAccountsCommand} from '@aws-sdk/client-sso'
import {RegisterClientCommand} from '@aws-sdk/client-sso-oidc'
import {refusal} from './clients.js'
import {rawCall} from './raw.js'
import {oidcClient, signedIn, ssoClient} from './sso-support.js'
import type {Fault} from '../../src/practice/faults.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let accessToken: string
beforeEach(async () => {
  practice = await startPractice()
  accessToken = (await signedIn(practice)).accessToken
  practice.log.clear()
})
afterEach(() => practice.close())

const register = () =>
  oidcClient(practice).send(new RegisterClientCommand({clientName: 'a test', clientType: 'public'}))
const listAccounts = (requestTimeout?: number) =>
  ssoClient(practice, requestTimeout).send(new ListAccountsCommand({accessToken}))
const refused = async (call: Promise<unknown>) => {
  const {name, status} = await refusal(call)
  return `${name} ${status}`
}

describe('refusals, in the words of each service', () => {
  test.each<[Fault, string, string]>([
    [{kind: 'throttling'}, 'SlowDownException 400', 'TooManyRequestsException 429'],
    [{kind: 'throttling', status: 503}, 'SlowDownException 400', 'TooManyRequestsException 429'],
    [{kind: 'server-error'}, 'InternalServerException 500', 'InternalServerException 500'],
    [
      {kind: 'server-error', status: 503},
      'ServiceUnavailableException 503',
      'ServiceUnavailableException 503',
    ],
    [{kind: 'expired-token'}, 'ExpiredTokenException 400', 'UnauthorizedException 401'],
    [{kind: 'access-denied'}, 'AccessDeniedException 400', 'ForbiddenException 403'],
    [{kind: 'invalid-key'}, 'InvalidClientException 401', 'UnauthorizedException 401'],
    [{kind: 'signature-mismatch'}, 'InvalidClientException 401', 'UnauthorizedException 401'],
    [{kind: 'wrong-partition'}, 'InvalidClientException 401', 'UnauthorizedException 401'],
    [{kind: 'opt-in-required'}, 'InvalidClientException 401', 'ForbiddenException 403'],
  ])('%j', async (fault, oidc, portal) => {
    practice.faults.add(fault)
    expect(await refused(register())).toBe(oidc)
    expect(await refused(listAccounts())).toBe(portal)
    expect(practice.log.entries.map((entry) => [entry.service, entry.action, entry.fault])).toEqual([
      ['sso-oidc', 'RegisterClient', fault.kind],
      ['sso', 'ListAccounts', fault.kind],
    ])
  })
})

test('a fault strikes the call it names, as often as it says', async () => {
  practice.faults.add({kind: 'throttling', action: 'sso:ListAccounts', times: 1})
  await register()
  expect(await refused(listAccounts())).toBe('TooManyRequestsException 429')
  expect((await listAccounts()).accountList).toHaveLength(5)
  practice.faults.add({kind: 'server-error', action: 'sso-oidc:*'})
  await listAccounts()
  expect(await refused(register())).toBe('InternalServerException 500')
})

test('a clock that is ahead shows, and ends what has expired by it', async () => {
  practice.faults.add({kind: 'clock-skew', ms: 2 * 3_600_000, action: 'sso:*'})
  const answer = await rawCall(practice.url, {
    method: 'GET',
    target: '/assignment/accounts',
    headers: {'x-amz-sso_bearer_token': accessToken},
    body: '',
  })
  expect(answer.status).toBe(401)
  expect(Date.parse(answer.headers.date!) - Date.now()).toBeGreaterThan(3_600_000)
})

describe('broken answers', () => {
  const fetched = async (fault: Fault) => {
    practice.faults.add({...fault, action: 'sso:ListAccounts'})
    return fetch(`${practice.url}/assignment/accounts`, {
      headers: {'x-amz-sso_bearer_token': accessToken},
      redirect: 'manual',
    })
  }

  test('a web page of a proxy', async () => {
    const answer = await fetched({kind: 'html', status: 403})
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'text/html'])
    expect(await answer.text()).toContain('proxy')
  })

  test('nothing, text, and far too much', async () => {
    const empty = await fetched({kind: 'empty', times: 1})
    expect([empty.headers.get('content-type'), await empty.text()]).toEqual(['application/json', ''])
    const text = await fetched({kind: 'not-xml', times: 1})
    expect(await text.text()).toBe('upstream said: {"ok": true')
    const big = await fetched({kind: 'big-body', bytes: 200_000, times: 1})
    expect(big.headers.get('content-type')).toBe('application/json')
    expect((await big.text()).length).toBe(200_000)
  })

  test('half an answer, and none', async () => {
    await expect(fetched({kind: 'truncated', times: 1}).then((answer) => answer.text())).rejects.toThrow()
    await expect(fetched({kind: 'reset', times: 1})).rejects.toThrow()
    practice.faults.add({kind: 'silence'})
    expect((await refusal(listAccounts(200))).name).toBe('TimeoutError')
  })

  test('another place, which no client sends the token to', async () => {
    const seen: unknown[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.headers)
      response.end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const {port} = elsewhere.address() as AddressInfo
    practice.faults.add({kind: 'redirect', location: `http://127.0.0.1:${port}/`})
    expect((await refusal(listAccounts())).status).toBe(307)
    expect(seen).toEqual([])
    elsewhere.close()
  })
})
