import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {rootCertificates} from 'node:tls'
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {verifyIdentity} from '../../src/aws/identity.js'
import {describeNetwork, networkFrom} from '../../src/aws/network.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {homeSandbox} from '../support/home.js'
import {asKey, region, signal} from './keys.js'
import {authority, hasOpenssl, type Authority} from './support/certificates.js'
import {connectProxy, tlsInFrontOf, type Standing} from './support/servers.js'

if (!hasOpenssl) console.warn('skipped: no certificate is tried, because openssl is not installed')
const withOpenssl = hasOpenssl ? describe : describe.skip

const limits = {connectMs: 1_000, callMs: 3_000}
let practice: Practice
let company: Authority
const home = homeSandbox()
const standing: Standing[] = []
beforeAll(async () => {
  practice = await startPractice()
  if (hasOpenssl) company = authority(home.path)
})
afterEach(() => {
  for (const server of standing.splice(0)) server.close()
})
afterAll(async () => {
  home.remove()
  await practice.close()
})

/** The account, or the problem. */
async function ask(env: Record<string, string>): Promise<string | Problem> {
  const key = asKey(practice.issueKey({userName: `tls-${Math.random().toString(36).slice(2)}`}))
  try {
    const network = await networkFrom(env)
    const {accountId} = await verifyIdentity(key, {region: region('us-east-1'), network, signal, limits})
    return accountId
  } catch (error) {
    if (error instanceof Failure) return error.problem
    throw error
  }
}

async function secured(...leaf: Parameters<Authority['leaf']>): Promise<Standing> {
  const server = await tlsInFrontOf(practice.url, company.leaf(...leaf))
  standing.push(server)
  return server
}

withOpenssl('certificates', () => {
  test('of a company are refused with the way to trust them, and that way works', async () => {
    const {port} = await secured('localhost')
    const env = {AWS_ENDPOINT_URL: `https://localhost:${port}`}
    const problem = (await ask(env)) as Problem
    expect(problem.code).toBe('TLS_UNTRUSTED')
    expect(problem.what).toBe(`The certificate of localhost:${port} is not trusted here.`)
    expect(problem.why).toContain('This says nothing about the access key.')
    expect(problem.nextSteps[0]).toContain('`export AWS_CA_BUNDLE=/path/to/company-ca.pem`')
    expect(await ask({...env, AWS_CA_BUNDLE: company.file})).toBe('123456789012')
    const network = await networkFrom({...env, AWS_CA_BUNDLE: company.file})
    // The usual authorities stay trusted beside it.
    expect(network.ca).toEqual(expect.arrayContaining([...rootCertificates]))
    expect(describeNetwork(network)).toContain(`Certificates of ${company.file} are trusted (AWS_CA_BUNDLE).`)
  })

  test('of NODE_EXTRA_CA_CERTS stay trusted beside those of AWS_CA_BUNDLE', async () => {
    const {port} = await secured('localhost')
    const other = authority(homeSandbox().path)
    const env = {AWS_ENDPOINT_URL: `https://localhost:${port}`, AWS_CA_BUNDLE: other.file}
    expect(await ask(env)).toMatchObject({code: 'TLS_UNTRUSTED', why: expect.stringContaining(other.file)})
    expect(await ask({...env, NODE_EXTRA_CA_CERTS: company.file})).toBe('123456789012')
  })

  test('that have expired, or belong to another host, are told apart', async () => {
    const expired = await secured('localhost', {from: '20200101000000Z', to: '20200201000000Z'})
    const env = {AWS_CA_BUNDLE: company.file}
    const old = await ask({...env, AWS_ENDPOINT_URL: `https://localhost:${expired.port}`})
    expect(old).toMatchObject({code: 'TLS_EXPIRED', what: expect.stringContaining('not valid at this time')})
    const other = await secured('other.example.com')
    const wrong = await ask({...env, AWS_ENDPOINT_URL: `https://localhost:${other.port}`})
    expect(wrong).toMatchObject({code: 'TLS_WRONG_HOST', what: expect.stringContaining('another host')})
  })

  test('where no encryption is spoken at all', async () => {
    const problem = await ask({AWS_ENDPOINT_URL: practice.url.replace('http:', 'https:')})
    expect(problem).toMatchObject({
      code: 'TLS_FAILED',
      what: expect.stringContaining('No encrypted connection'),
    })
  })

  test('behind a proxy: the name in the certificate is that of the service, and the bundle counts there too', async () => {
    const {port} = await secured('sts.us-east-1.amazonaws.com')
    const proxy = await connectProxy(port)
    standing.push(proxy)
    const env = {HTTPS_PROXY: proxy.url.replace('//', '//ada:hunter%402@')}
    expect(await ask(env)).toMatchObject({code: 'TLS_UNTRUSTED'})
    expect(await ask({...env, AWS_CA_BUNDLE: company.file})).toBe('123456789012')
    const [first = ''] = proxy.asked
    expect(first).toMatch(/^CONNECT sts\.us-east-1\.amazonaws\.com:443 HTTP\/1\.1\r\n/)
    expect(first).toContain(`Proxy-Authorization: Basic ${Buffer.from('ada:hunter@2').toString('base64')}`)
    // What is signed never stands in what the proxy can read.
    expect(proxy.asked.join()).not.toContain('AWS4-HMAC-SHA256')
  })
})

describe('a bundle that cannot be used is named, with why', () => {
  test.each([
    ['missing', undefined, /no such file/i],
    ['no certificate', 'hello', /no certificate in PEM form/],
    ['damaged', '-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n', /./],
  ])('%s', async (name, text, why) => {
    const file = join(home.path, `${name}.pem`)
    if (text !== undefined) writeFileSync(file, text)
    const problem = (await ask({AWS_ENDPOINT_URL: practice.url, AWS_CA_BUNDLE: file})) as Problem
    expect(problem.code).toBe('CA_BUNDLE_UNREADABLE')
    expect(problem.what).toContain(file)
    expect(problem.why).toMatch(why)
  })
})
