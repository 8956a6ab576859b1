import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer as createTcp, connect, type AddressInfo, type Server} from 'node:net'
import {createServer as createTls} from 'node:https'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {verifyIdentity} from '../../src/aws/identity.js'
import {describeNetwork, networkFrom} from '../../src/aws/network.js'
import {proxyFor} from '../../src/aws/proxy.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {Failure} from '../../src/safety/problem.js'
import {homeSandbox} from '../support/home.js'
import {asKey, region, signal} from './keys.js'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(async () => practice.close())

const limits = {connectMs: 500, callMs: 1_500}
async function ask(env: Record<string, string>): Promise<string> {
  const key = asKey(practice.issueKey({userName: `net-${Math.random().toString(36).slice(2)}`}))
  try {
    const network = await networkFrom(env)
    const {accountId} = await verifyIdentity(key, {region: region('us-east-1'), network, signal, limits})
    return accountId
  } catch (error) {
    if (error instanceof Failure) return error.problem.code
    throw error
  }
}

/** A proxy that tunnels CONNECT to the embedded AWS, whatever host is asked for. */
async function startProxy(answer = 'HTTP/1.1 200 OK'): Promise<{url: string; asked: string[]; server: Server}> {
  const asked: string[] = []
  const server = createTcp((client) => {
    client.on('error', () => undefined)
    client.once('data', (head) => {
      asked.push(head.toString().split('\r\n')[0] ?? '')
      client.write(`${answer}\r\n\r\n`)
      if (!answer.includes('200')) return client.end()
      const upstream = connect(Number(new URL(practice.url).port), '127.0.0.1')
      upstream.on('error', () => client.destroy())
      client.pipe(upstream).pipe(client)
      return undefined
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, server}
}

describe('proxies', () => {
  test('the rules of the environment are those that curl has', () => {
    const sts = 'https://sts.eu-west-1.amazonaws.com'
    expect(proxyFor(sts, {HTTPS_PROXY: 'http://p:1'})).toBe('http://p:1')
    expect(proxyFor(sts, {https_proxy: 'p:1'})).toBe('http://p:1')
    expect(proxyFor(sts, {ALL_PROXY: 'http://all:1'})).toBe('http://all:1')
    expect(proxyFor(sts, {HTTP_PROXY: 'http://p:1'})).toBeUndefined()
    for (const exempt of ['*', 'amazonaws.com', '.amazonaws.com', '*.amazonaws.com', 'x, sts.eu-west-1.amazonaws.com:443']) {
      expect(proxyFor(sts, {HTTPS_PROXY: 'http://p:1', NO_PROXY: exempt})).toBeUndefined()
    }
    for (const other of ['aws.com', 'amazonaws.com:80', 'us.amazonaws.com']) {
      expect(proxyFor(sts, {HTTPS_PROXY: 'http://p:1', no_proxy: other})).toBe('http://p:1')
    }
  })

  test('a call goes through the proxy, and past it where NO_PROXY says so', async () => {
    const proxy = await startProxy()
    const env = {AWS_ENDPOINT_URL: 'http://sts.example.com', HTTP_PROXY: proxy.url}
    expect(await ask(env)).toBe('123456789012')
    expect(proxy.asked).toEqual(['CONNECT sts.example.com:80 HTTP/1.1'])
    expect(await ask({AWS_ENDPOINT_URL: practice.url, HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1'})).toBe('123456789012')
    expect(proxy.asked.length).toBe(1)
    proxy.server.close()
  })

  test('a proxy that wants a password, or is down, is no bad key', async () => {
    const proxy = await startProxy('HTTP/1.1 407 Proxy Authentication Required')
    expect(await ask({AWS_ENDPOINT_URL: 'http://sts.example.com', HTTP_PROXY: proxy.url})).toBe('PROXY_ANSWERED')
    proxy.server.close()
    expect(await ask({AWS_ENDPOINT_URL: 'http://sts.example.com', HTTP_PROXY: 'http://127.0.0.1:9'})).toBe('CONNECTION_REFUSED')
  })

  test('what is in force is told without the password of the proxy', async () => {
    const network = await networkFrom({HTTPS_PROXY: 'http://ada:hunter2@proxy.example.com:8080', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:4566'})
    const lines = describeNetwork({...network, proxyFor: () => 'http://ada:hunter2@proxy.example.com:8080'}).join('\n')
    expect(lines).toContain('http://127.0.0.1:4566')
    expect(lines).toContain('proxy.example.com:8080')
    expect(lines).not.toContain('hunter2')
  })
})

describe('certificates', () => {
  test('an unknown authority is told with the way to trust it; AWS_CA_BUNDLE is that way', async () => {
    const home = homeSandbox()
    const [certificate, secret] = [join(home.path, 'ca.pem'), join(home.path, 'key.pem')]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', secret, '-out', certificate], {stdio: 'ignore'})
    const server = createTls({cert: readFileSync(certificate), key: readFileSync(secret)})
    server.on('secureConnection', (socket) => {
      const upstream = connect(Number(new URL(practice.url).port), '127.0.0.1')
      socket.pipe(upstream).pipe(socket)
      socket.on('error', () => upstream.destroy())
    })
    server.removeAllListeners('request')
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `https://localhost:${(server.address() as AddressInfo).port}`
    expect(await ask({AWS_ENDPOINT_URL: endpoint})).toBe('TLS_UNTRUSTED')
    expect(await ask({AWS_ENDPOINT_URL: endpoint.replace('localhost', '127.0.0.1'), AWS_CA_BUNDLE: certificate})).toBe('TLS_WRONG_HOST')
    server.close()
  })

  test('a bundle or an endpoint that cannot be used is named', async () => {
    expect(await ask({AWS_CA_BUNDLE: '/no/such/file.pem'})).toBe('CA_BUNDLE_UNREADABLE')
    expect(await ask({AWS_ENDPOINT_URL: 'ftp://somewhere'})).toBe('ENDPOINT_INVALID')
    expect(await ask({AWS_ENDPOINT_URL: practice.url, AWS_ENDPOINT_URL_STS: 'nonsense'})).toBe('ENDPOINT_INVALID')
  })
})

describe('what surrounds the program', () => {
  test('cannot leak into the call: other keys, profiles, files and the metadata service', async () => {
    const home = homeSandbox()
    mkdirSync(join(home.path, '.aws'))
    const pipe = join(home.path, 'trap')
    execFileSync('mkfifo', [pipe])
    // Whoever reads one of these waits for ever: the call below would run into its deadline.
    for (const file of ['config', 'credentials']) symlinkSync(pipe, join(home.path, '.aws', file))
    writeFileSync(join(home.path, 'read-by-nobody'), '')
    expect(existsSync(pipe)).toBe(true)
    const hostile = {
      HOME: home.path, AWS_PROFILE: 'no-such-profile', AWS_ACCESS_KEY_ID: 'AKIAAAAAAAAAAAAAAAAA', AWS_SECRET_ACCESS_KEY: 'z'.repeat(40),
      AWS_SESSION_TOKEN: 'other', AWS_REGION: 'mars-north-1', AWS_USE_FIPS_ENDPOINT: 'true', AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_MAX_ATTEMPTS: '9', AWS_RETRY_MODE: 'adaptive', AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9',
    }
    const before = {...process.env}
    Object.assign(process.env, hostile)
    try {
      practice.log.clear()
      expect(await ask({AWS_ENDPOINT_URL: practice.url})).toBe('123456789012')
      expect(practice.log.entries.map(({accessKeyId}) => accessKeyId)).not.toContain(hostile.AWS_ACCESS_KEY_ID)
    } finally {
      for (const name of Object.keys(hostile)) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name)
        else process.env[name] = before[name]
      }
    }
  })
})
