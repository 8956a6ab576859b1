import {CloudFormationClient} from '@aws-sdk/client-cloudformation'
import {IAMClient} from '@aws-sdk/client-iam'
import {SSOClient} from '@aws-sdk/client-sso'
import {SSOOIDCClient} from '@aws-sdk/client-sso-oidc'
import {STSClient} from '@aws-sdk/client-sts'
import {describe, expect, test} from '@jest/globals'
import {officialEndpoint} from '../../src/aws/endpoints.js'
import {describeNetwork, networkFrom, type ServiceId} from '../../src/aws/network.js'
import {verifyIdentity} from '../../src/aws/identity.js'
import {checkPage} from '../../src/adapters/page-address.js'
import {Failure} from '../../src/domain/problem.js'
import {Secret} from '../../src/text/secret.js'
import {parseAccessKeyId, parseRegion} from '../../src/domain/validators.js'

const CLIENTS = {
  STS: STSClient,
  IAM: IAMClient,
  SSO: SSOClient,
  SSO_OIDC: SSOOIDCClient,
  CLOUDFORMATION: CloudFormationClient,
}
const REGIONS = [
  'us-east-1',
  'eu-west-1',
  'ap-southeast-7',
  'us-gov-west-1',
  'us-gov-east-1',
  'cn-north-1',
  'cn-northwest-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
]
const region = (name: string) => parseRegion(name)!

describe.each(Object.entries(CLIENTS))(
  'the endpoint of %s is that of the rules of its SDK',
  (service, Client) => {
    test.each(REGIONS)('in %s, with and without FIPS and dual-stack', (name) => {
      const rules = new Client({region: name}).config as unknown as {
        endpointProvider(parameters: object): {url: URL}
      }
      for (const isFips of [false, true])
        for (const isDualStack of [false, true]) {
          const {url} = rules.endpointProvider({
            Region: name,
            UseFIPS: isFips,
            UseDualStack: isDualStack,
            UseGlobalEndpoint: false,
          })
          const ours = officialEndpoint(service as ServiceId, region(name), {isFips, isDualStack})
          expect([isFips, isDualStack, `${ours}/`]).toEqual([isFips, isDualStack, url.href])
        }
    })
  },
)

test('the sign-in page of each is one that may be opened', () => {
  for (const name of REGIONS.filter((each) => !each.startsWith('us-iso')))
    for (const isFips of [false, true])
      for (const isDualStack of [false, true]) {
        const page = `${officialEndpoint('SSO_OIDC', region(name), {isFips, isDualStack})}/authorize?state=a`
        expect(checkPage(page)).toEqual({url: page})
      }
  for (const page of ['https://oidc.eu-west-1.api.aws.evil.com/', 'https://evil-oidc.eu-west-1.api.aws/'])
    expect(checkPage(page)).toHaveProperty('refused')
})

describe('what the environment asks for', () => {
  test.each([
    [{AWS_USE_FIPS_ENDPOINT: 'true'}, 'AWS is asked at its FIPS endpoints (AWS_USE_FIPS_ENDPOINT).'],
    [
      {AWS_USE_DUALSTACK_ENDPOINT: 'True'},
      'AWS is asked at its dual-stack endpoints (AWS_USE_DUALSTACK_ENDPOINT).',
    ],
  ])('%j is told', async (env, words) => {
    expect(describeNetwork(await networkFrom(env))).toEqual([words])
  })

  test('`false` and nothing are not', async () => {
    expect(describeNetwork(await networkFrom({AWS_USE_FIPS_ENDPOINT: 'false'}))).toEqual([])
  })

  test('is where a request goes', async () => {
    const network = await networkFrom({AWS_USE_FIPS_ENDPOINT: 'true', HTTPS_PROXY: 'http://127.0.0.1:9'})
    const key = {
      accessKeyId: parseAccessKeyId('AKIAQ7WERTYUIOPLKJH2')!,
      secretAccessKey: new Secret('s'.repeat(40)),
    }
    const asked: string[] = []
    const watched = {
      ...network,
      proxyFor: (url: string) => {
        asked.push(url)
        return network.proxyFor(url)
      },
    }
    const {signal} = new AbortController()
    await expect(
      verifyIdentity(key, {region: region('eu-west-1'), network: watched, isFresh: false, signal}),
    ).rejects.toThrow(Failure)
    expect(asked).toContain('https://sts-fips.eu-west-1.amazonaws.com')
  })

  test('an override comes before both', async () => {
    const network = await networkFrom({
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_ENDPOINT_URL_STS: 'https://sts.example.com',
    })
    expect(network.endpoints.STS).toBe('https://sts.example.com')
  })
})
