/** The Dashboard says no, or somebody else answers in its place: each told as what it is, and the token goes nowhere else. */
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {createApp, listApps, listProviders} from '../../src/dashboard/client.js'
import {beginLogin} from '../../src/dashboard/login.js'
import {dashboardEndpoints} from '../../src/dashboard/endpoints.js'
import {Secret} from '../../src/text/secret.js'
import {findCanary} from '../support/canary.js'
import {runs, seed} from '../support/proof.js'
import {answering, contextAt, idleClock, problemOf, type Fake} from './support.js'

const TOKEN = 'tOkEntOkEntOkEntOkEntOkEn.tOkEn'
const bearer = new Secret(TOKEN)
const ORG = {orgUid: 'o1', orgName: 'acme'}

let fakes: Fake[] = []
afterEach(() => {
  for (const fake of fakes) fake.close()
  fakes = []
})

async function fake(...answer: Parameters<typeof answering>): Promise<Fake> {
  const made = await answering(...answer)
  fakes.push(made)
  return made
}

const says = (
  status: number,
  body: string,
  type = 'application/json',
  headers: Record<string, string> = {},
) => fake((_, response) => response.writeHead(status, {'Content-Type': type, ...headers}).end(body))

describe('an answer that says no', () => {
  test.each([
    [401, 'DASHBOARD_SIGNED_OUT', 1],
    [403, 'DASHBOARD_FORBIDDEN', 1],
    [404, 'DASHBOARD_NOT_FOUND', 1],
    [400, 'DASHBOARD_REFUSED', 1],
    [429, 'DASHBOARD_BUSY', 3],
    [500, 'DASHBOARD_DOWN', 3],
    [503, 'DASHBOARD_DOWN', 3],
  ])('%i is %s, asked %i times, with a way on', async (status, code, times) => {
    const {url, seen} = await says(status, `{"message":"no ${TOKEN} \\u001b[31m"}`)
    const problem = await problemOf(listApps(ORG, bearer, await contextAt(url)))
    expect(problem.code).toBe(code)
    expect(problem.nextSteps.length).toBeGreaterThan(0)
    expect(seen).toHaveLength(times)
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`)
    const text = JSON.stringify(problem)
    expect(findCanary(text, [TOKEN])).toEqual([])
    expect(text).not.toContain('\\u001b')
  })

  test('what is changed is asked for once only', async () => {
    const {url, seen} = await says(503, '{}')
    expect((await problemOf(createApp(ORG, 'web', bearer, await contextAt(url)))).code).toBe('DASHBOARD_DOWN')
    expect(seen).toHaveLength(1)
  })

  test('what passes by itself is waited out', async () => {
    let turn = 0
    const {url} = await fake((_, response) => {
      turn += 1
      response.writeHead(turn < 3 ? 503 : 200).end(turn < 3 ? '{}' : '[{"appName":"web"}]')
    })
    const clock = idleClock()
    expect(await listApps(ORG, bearer, await contextAt(url, {clock}))).toEqual(['web'])
    expect(clock.waits).toHaveLength(2)
  })
})

describe('somebody else answers', () => {
  test.each([
    ['a web page', 200, '<html>Sign in to the hotel</html>', 'text/html', 'PROXY_ANSWERED'],
    ['a web page with an error', 403, '<html>', 'text/html', 'PROXY_ANSWERED'],
    ['no JSON', 200, 'hello', 'text/plain', 'BAD_ANSWER'],
    ['another shape', 200, '{"a":1}', 'application/json', 'BAD_ANSWER'],
    ['a list of something else', 200, '[1]', 'application/json', 'BAD_ANSWER'],
    ['more than any real answer', 200, `["${'x'.repeat(2_000_000)}"]`, 'application/json', 'BAD_ANSWER'],
  ])('%s', async (_, status, body, type, code) => {
    const {url} = await says(status, body, type)
    const problem = await problemOf(listApps(ORG, bearer, await contextAt(url)))
    expect(problem.code).toBe(code)
    expect(findCanary(JSON.stringify(problem), [TOKEN])).toEqual([])
  })

  test('a redirect is not followed', async () => {
    const other = await says(200, '[]')
    const {url} = await says(302, '', 'text/plain', {Location: `${other.url}/`})
    expect((await problemOf(listApps(ORG, bearer, await contextAt(url)))).code).toBe('BAD_ANSWER')
    expect(other.seen).toHaveLength(0)
  })

  test('an answer that trickles ends in time', async () => {
    const {url} = await fake((_, response) => void response.writeHead(200).write('['))
    const limits = {connectMs: 300, callMs: 300}
    expect((await problemOf(listApps(ORG, bearer, await contextAt(url, {limits})))).code).toBe('TIMED_OUT')
  })

  test('nobody does', async () => {
    const gone = await says(200, '[]')
    gone.close()
    expect((await problemOf(listApps(ORG, bearer, await contextAt(gone.url)))).code).toBe(
      'CONNECTION_REFUSED',
    )
  })

  test('leaving ends it at once', async () => {
    const abort = new AbortController()
    const {url} = await fake(() => abort.abort())
    const context = await contextAt(url, {signal: abort.signal})
    expect((await problemOf(listApps(ORG, bearer, context))).code).toBe('CANCELLED')
  })
})

test('a proxy of the environment is used, and not for what it is exempt from', async () => {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 502 No way\r\n\r\n')
  })
  fakes.push({url: '', seen: [], close: () => proxy.close()})
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const env = {HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`}
  const direct = await says(200, '[{"appName":"direct"}]')
  const problem = await problemOf(listApps(ORG, bearer, await contextAt(direct.url, {}, env)))
  expect(problem.code).toBe('PROXY_ANSWERED')
  expect(asked[0]).toBe(new URL(direct.url).host)
  expect(direct.seen).toHaveLength(0)
  const before = asked.length
  await problemOf(beginLogin(await contextAt(direct.url, {}, env)))
  expect(asked).toHaveLength(before + 1)
  expect(direct.seen).toHaveLength(0)
  const exempt = await contextAt(direct.url, {}, {...env, NO_PROXY: '127.0.0.1'})
  expect(await listApps(ORG, bearer, exempt)).toEqual(['direct'])
})

describe('Providers', () => {
  test('are read with their account; those of other clouds are left out', async () => {
    const {url} = await says(
      200,
      JSON.stringify({
        result: [
          {
            providerUid: 'p1',
            alias: 'main',
            providerName: 'aws',
            providerType: 'roleArn',
            providerDetails: {roleArn: 'arn:aws:iam::123456789012:role/r'},
            isDefault: true,
          },
          {
            providerUid: 'p2',
            alias: 'k',
            providerType: 'accessKey',
            providerDetails: {accessKeyId: 'AKIAX', accountId: '210987654321'},
          },
          {providerUid: 'p3', alias: 'other', providerName: 'stripe'},
        ],
      }),
    )
    expect(await listProviders(ORG, bearer, await contextAt(url))).toEqual([
      {
        providerUid: 'p1',
        alias: 'main',
        type: 'roleArn',
        detail: 'arn:aws:iam::123456789012:role/r',
        accountId: '123456789012',
        isDefault: true,
      },
      {
        providerUid: 'p2',
        alias: 'k',
        type: 'accessKey',
        detail: 'AKIAX',
        accountId: '210987654321',
        isDefault: false,
      },
    ])
  })

  test('whatever is answered, it is read or told, and never thrown as something else', async () => {
    let body = ''
    const {url} = await fake((_, response) =>
      response.writeHead(200, {'Content-Type': 'application/json'}).end(body),
    )
    const context = await contextAt(url)
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        body = json
        const found = await listProviders(ORG, bearer, context).then(
          () => 'read',
          (error: unknown) => (error as {problem?: {code: string}}).problem?.code,
        )
        expect(['read', 'BAD_ANSWER']).toContain(found)
      }),
      {numRuns: runs(60), seed},
    )
  })
})

describe('the address', () => {
  test('is that of the Dashboard, or of its makers', () => {
    expect(dashboardEndpoints({})).toMatchObject({
      core: 'https://api.serverless.com/core',
      broker: 'wss://api.serverless.com/login/broker',
      providers: 'https://sp-providers-v1.serverless-platform.com',
      frontend: 'https://app.serverless.com',
    })
    expect(dashboardEndpoints({SERVERLESS_PLATFORM_STAGE: 'dev'})).toMatchObject({
      core: 'https://api.serverless-dev.com/core',
      providers: 'https://sp-providers-v1.serverless-platform-dev.com',
      roleTemplate: 'https://serverless-framework-template-dev.s3.amazonaws.com/roleTemplate.yml',
    })
  })

  test('another one is refused, unless it is of this machine', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({withFragments: true}), fc.string()), (url) => {
        fc.pre(url !== '')
        const isHere = /^http:\/\/(?:127\.|localhost|\[::1\])/.test(url)
        if (!isHere) expect(() => dashboardEndpoints({SERVERLESS_SETUP_DASHBOARD_URL: url})).toThrow()
      }),
      {numRuns: runs(300), seed},
    )
    for (const url of [
      'https://127.0.0.1',
      'http://127.0.0.1.example.com',
      'http://user@example.com',
      'file:///x',
    ])
      expect(() => dashboardEndpoints({SERVERLESS_SETUP_DASHBOARD_URL: url})).toThrow()
    expect(dashboardEndpoints({SERVERLESS_SETUP_DASHBOARD_URL: 'http://localhost:4000/x'}).providers).toBe(
      'http://localhost:4000',
    )
  })
})
