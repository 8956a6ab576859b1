/** The way to the services of signing in: their addresses, endpoint overrides, proxies and certificates. */
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {officialEndpoint} from '../../src/aws/endpoints.js'
import {describeNetwork, networkFrom} from '../../src/aws/network.js'
import {startDevice} from '../../src/aws/sso-device.js'
import {register} from '../../src/aws/sso-oidc.js'
import {listAccounts} from '../../src/aws/sso-portal.js'
import type {SsoContext} from '../../src/aws/sso-types.js'
import type {SsoToken} from '../../src/domain/sso.js'
import {region} from './keys.js'
import {failure, startPlace, type Place} from './sso-support.js'
import {answering} from './sso-stub.js'
import {connectProxy, type StandingProxy} from './support/servers.js'

let place: Place
let token: SsoToken
const proxies: StandingProxy[] = []
beforeAll(async () => {
  place = await startPlace()
  token = await place.signIn()
})
afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close()
})
afterAll(async () => place.practice.close())

const through = async (env: Record<string, string>): Promise<SsoContext> => ({
  ...place.context,
  network: await networkFrom(env),
})
const portOf = (url: string) => Number(new URL(url).port)

describe('where AWS is asked', () => {
  test.each([
    ['eu-west-1', 'oidc.eu-west-1.amazonaws.com', 'portal.sso.eu-west-1.amazonaws.com'],
    ['us-gov-west-1', 'oidc.us-gov-west-1.amazonaws.com', 'portal.sso.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'oidc.cn-north-1.amazonaws.com.cn', 'portal.sso.cn-north-1.amazonaws.com.cn'],
    ['eusc-de-east-1', 'oidc.eusc-de-east-1.amazonaws.eu', 'portal.sso.eusc-de-east-1.amazonaws.eu'],
  ])('in %s', (name, oidc, portal) => {
    expect(officialEndpoint('SSO_OIDC', region(name))).toBe(`https://${oidc}`)
    expect(officialEndpoint('SSO', region(name))).toBe(`https://${portal}`)
  })

  test('each service has an override of its own, and both are told', async () => {
    const portal = await answering([{accountList: [{accountId: '123456789012'}]}])
    const {SSO} = portal.network.endpoints
    const network = await networkFrom({
      AWS_ENDPOINT_URL: place.practice.url,
      AWS_ENDPOINT_URL_SSO: SSO!,
    })
    const context = {...place.context, network}
    expect(await listAccounts(token, context)).toEqual([{accountId: '123456789012'}])
    expect((await register(place.session, 'device', context)).clientId.length).toBeGreaterThan(5)
    expect(portal.requests).toHaveLength(1)
    expect(describeNetwork(network)).toContain(`AWS SSO is asked at ${SSO} (AWS_ENDPOINT_URL_SSO).`)
    await portal.close()
  })
})

describe('a proxy', () => {
  test('is gone through by both services', async () => {
    const proxy = await connectProxy(portOf(place.practice.url))
    proxies.push(proxy)
    const context = await through({AWS_ENDPOINT_URL: 'http://aws.example.com', HTTP_PROXY: proxy.url})
    expect((await listAccounts(token, context)).length).toBe(13)
    await startDevice(place.session, place.registration, context)
    expect(proxy.asked.map((head) => head.split('\r\n')[0])).toEqual([
      'CONNECT aws.example.com:80 HTTP/1.1',
      'CONNECT aws.example.com:80 HTTP/1.1',
    ])
    expect(proxy.asked.join()).not.toContain(token.accessToken.reveal())
  })

  test.each([
    ['that wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'PROXY_ANSWERED'],
    ['that forbids it', 'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n', 'PROXY_ANSWERED'],
    ['that hangs up', '', 'CONNECTION_RESET'],
  ])('%s is told as that, not as an ended session', async (_, refusal, code) => {
    const proxy = await connectProxy(portOf(place.practice.url), refusal)
    proxies.push(proxy)
    const context = await through({AWS_ENDPOINT_URL: 'https://aws.example.com', HTTPS_PROXY: proxy.url})
    const told = [
      await failure(listAccounts(token, context)),
      await failure(startDevice(place.session, place.registration, context)),
    ]
    for (const {problem} of told) {
      expect(problem.code).toBe(code)
      expect(problem.why).toContain('This says nothing about your sign-in.')
    }
  })
})

test('nobody there, or a name that nobody knows, is a fault of the network', async () => {
  const codes = []
  for (const url of ['http://127.0.0.1:9', 'http://portal.invalid'])
    codes.push((await failure(listAccounts(token, await through({AWS_ENDPOINT_URL: url})))).problem.code)
  expect(codes).toEqual(['CONNECTION_REFUSED', 'DNS_FAILED'])
})
