import {inspect} from 'node:util'
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {verifyIdentity} from '../../src/aws/identity.js'
import {describeNetwork, networkFrom} from '../../src/aws/network.js'
import {proxyFor} from '../../src/aws/proxy.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {asKey, region, signal} from './keys.js'
import {connectProxy, type StandingProxy} from './support/servers.js'

let practice: Practice
const proxies: StandingProxy[] = []
beforeAll(async () => {
  practice = await startPractice()
})
afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close()
})
afterAll(async () => practice.close())

const limits = {connectMs: 500, callMs: 1_500}
const PASSWORD = 'hunter2-canary'

async function problemOf(env: Record<string, string>): Promise<Problem> {
  const key = asKey(practice.issueKey({userName: `proxy-${Math.random().toString(36).slice(2)}`}))
  try {
    const network = await networkFrom(env)
    const {arn} = await verifyIdentity(key, {region: region('us-east-1'), network, signal, limits})
    throw new Error(`expected a Failure, got ${arn}`)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    expect(inspect(error, {depth: 20, showHidden: true})).not.toContain(PASSWORD)
    return error.problem
  }
}

async function refusing(answer: string): Promise<StandingProxy> {
  const proxy = await connectProxy(Number(new URL(practice.url).port), answer)
  proxies.push(proxy)
  return proxy
}

const withPassword = (url: string) => url.replace('//', `//ada:${PASSWORD}@`)

describe('which proxy', () => {
  test('the rules of the environment are those that curl has', () => {
    const sts = 'https://sts.eu-west-1.amazonaws.com'
    expect(proxyFor(sts, {HTTPS_PROXY: 'http://p:1'})).toBe('http://p:1')
    expect(proxyFor(sts, {https_proxy: 'p:1'})).toBe('http://p:1')
    expect(proxyFor(sts, {ALL_PROXY: 'http://all:1'})).toBe('http://all:1')
    expect(proxyFor(sts, {HTTP_PROXY: 'http://p:1'})).toBeUndefined()
    const exempts = [
      '*',
      'amazonaws.com',
      '.amazonaws.com',
      '*.amazonaws.com',
      'x, sts.eu-west-1.amazonaws.com:443',
    ]
    for (const exempt of exempts) {
      expect(proxyFor(sts, {HTTPS_PROXY: 'http://p:1', NO_PROXY: exempt})).toBeUndefined()
    }
    for (const other of ['aws.com', 'amazonaws.com:80', 'us.amazonaws.com']) {
      expect(proxyFor(sts, {HTTPS_PROXY: 'http://p:1', no_proxy: other})).toBe('http://p:1')
    }
  })

  test('NO_PROXY can name addresses of IPv6, with and without a port', () => {
    const at = (url: string, list: string) => proxyFor(url, {HTTP_PROXY: 'http://p:1', NO_PROXY: list})
    for (const list of ['::1', '[::1]', '[::1]:4566', 'localhost, ::1']) {
      expect([list, at('http://[::1]:4566', list)]).toEqual([list, undefined])
    }
    for (const list of ['[::1]:80', '::2', '1']) {
      expect([list, at('http://[::1]:4566', list)]).toEqual([list, 'http://p:1'])
    }
  })

  test('a call goes through it, and past it where NO_PROXY says so', async () => {
    const proxy = await connectProxy(Number(new URL(practice.url).port))
    proxies.push(proxy)
    const account = async (env: Record<string, string>) => {
      const key = asKey(practice.issueKey({userName: `via-${Math.random().toString(36).slice(2)}`}))
      const network = await networkFrom(env)
      return (await verifyIdentity(key, {region: region('us-east-1'), network, signal, limits})).accountId
    }
    expect(await account({AWS_ENDPOINT_URL: 'http://sts.example.com', HTTP_PROXY: proxy.url})).toBe(
      '123456789012',
    )
    expect(proxy.asked.map((head) => head.split('\r\n')[0])).toEqual(['CONNECT sts.example.com:80 HTTP/1.1'])
    const past = {AWS_ENDPOINT_URL: practice.url, HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1'}
    expect(await account(past)).toBe('123456789012')
    expect(proxy.asked.length).toBe(1)
  })
})

describe('a proxy that stands in the way', () => {
  test('wants another password', async () => {
    const proxy = await refusing(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
    )
    const problem = await problemOf({HTTPS_PROXY: withPassword(proxy.url)})
    expect(problem.code).toBe('PROXY_ANSWERED')
    expect(problem.why).toBe(
      `The proxy ${proxy.url} did not let the request through (status 407). This says nothing about the access key.`,
    )
    expect(problem.nextSteps.join('\n')).toContain('`export HTTPS_PROXY=http://USER:PASSWORD@')
  })

  test.each([
    [
      'a page of its own',
      'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>',
    ],
    [
      'a gateway that is down',
      'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n',
    ],
  ])('answers with %s', async (_name, answer) => {
    const proxy = await refusing(answer)
    expect((await problemOf({HTTPS_PROXY: withPassword(proxy.url)})).code).toBe('PROXY_ANSWERED')
  })

  test('is not there', async () => {
    const problem = await problemOf({HTTPS_PROXY: withPassword('http://127.0.0.1:9')})
    expect(problem.code).toBe('CONNECTION_REFUSED')
    expect(problem.what).toBe('The connection was refused by the proxy http://127.0.0.1:9.')
  })

  test('has a name that nobody knows', async () => {
    const problem = await problemOf({HTTPS_PROXY: withPassword('http://no-such-proxy.invalid:8080')})
    expect(problem.code).toBe('DNS_FAILED')
    expect(problem.what).toBe(
      'The address of the proxy http://no-such-proxy.invalid:8080 could not be found.',
    )
    expect(problem.nextSteps[0]).toContain('`nslookup no-such-proxy.invalid`')
  })

  test('hangs up', async () => {
    const proxy = await refusing('')
    expect(await problemOf({HTTPS_PROXY: withPassword(proxy.url)})).toMatchObject({
      code: 'CONNECTION_RESET',
      what: `The connection to sts.us-east-1.amazonaws.com (through the proxy ${proxy.url}) was cut.`,
    })
  })
})

describe('what cannot be a proxy', () => {
  test.each([
    ['of another kind', `socks5://ada:${PASSWORD}@127.0.0.1:1080`, /begins with socks5:/],
    ['with an @ in the password', `http://ada:${PASSWORD}/@x@proxy.example.com:8080`, /cannot be read/],
    ['with @ and / in the password', `http://me:${PASSWORD}p@ss/w@127.0.0.1:8080`, /%40 and %2F/],
    ['with / in the password', `http://me:1/${PASSWORD}@127.0.0.1:8080`, /%40 and %2F/],
    ['with ? in the name', `http://me?${PASSWORD}@127.0.0.1:8080`, /%40 and %2F/],
    ['with a word for a port', `http://ada:${PASSWORD}@proxy.example.com:port`, /cannot be read/],
  ])('%s is refused before anything is sent', async (_name, proxy, why) => {
    const problem = await problemOf({HTTPS_PROXY: proxy})
    expect(problem.code).toBe('PROXY_INVALID')
    expect(problem.why).toMatch(why)
  })

  test('does not matter where it would not be used', async () => {
    const env = {ALL_PROXY: 'socks5://127.0.0.1:1080', NO_PROXY: '127.0.0.1', AWS_ENDPOINT_URL: practice.url}
    await expect(networkFrom(env)).resolves.toBeDefined()
  })
})

describe('what is in force is told', () => {
  const told = async (env: Record<string, string>) => describeNetwork(await networkFrom(env)).join('\n')

  test('nothing, where nothing is', async () => {
    expect(await told({AWS_PROFILE: 'work', AWS_ENDPOINT_URL: ''})).toBe('')
    expect(
      await told({AWS_ENDPOINT_URL: 'http://localhost:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE'}),
    ).toBe('')
  })

  test('the proxy without its password', async () => {
    expect(await told({https_proxy: withPassword('http://proxy.example.com:8080')})).toBe(
      'The proxy http://proxy.example.com:8080 is used.',
    )
  })

  test('an address without encryption that leaves this machine', async () => {
    const warning = 'It is asked without encryption: others on the way can read along.'
    expect(await told({AWS_ENDPOINT_URL: 'http://aws.example.com'})).toContain(warning)
    for (const url of [
      'http://127.0.0.1:1',
      'http://localhost:1',
      'http://[::1]:1',
      'https://aws.example.com',
    ]) {
      expect(await told({AWS_ENDPOINT_URL: url})).toBe(`AWS is asked at ${url} (AWS_ENDPOINT_URL).`)
    }
    // A name that only looks like this machine.
    expect(await told({AWS_ENDPOINT_URL: 'http://127.0.0.1.example.com'})).toContain(warning)
  })

  test('an address that is none of a service is refused', async () => {
    expect((await problemOf({AWS_ENDPOINT_URL: 'ftp://somewhere'})).code).toBe('ENDPOINT_INVALID')
    const env = {AWS_ENDPOINT_URL: practice.url, AWS_ENDPOINT_URL_STS: 'nonsense'}
    expect((await problemOf(env)).what).toBe('AWS_ENDPOINT_URL_STS is not the address of a service.')
  })

  test('an address with a password is refused, and not repeated', async () => {
    const problem = await problemOf({AWS_ENDPOINT_URL_STS: `https://ada:${PASSWORD}@aws.example.com`})
    expect(problem.code).toBe('ENDPOINT_INVALID')
    expect(problem.what).toBe('AWS_ENDPOINT_URL_STS is not the address of a service.')
  })
})
