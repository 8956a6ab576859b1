import {describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {checkStartUrl, parseStartUrl} from '../../src/domain/sso-start-url.js'
import {runs} from '../support/proof.js'

describe('the start URL', () => {
  test.each([
    ['https://d-1234567890.awsapps.com/start', 'https://d-1234567890.awsapps.com/start', undefined, 'aws'],
    ['  https://acme.awsapps.com/start#/  ', 'https://acme.awsapps.com/start', undefined, 'aws'],
    ['https://ACME.awsapps.com/start/?tab=accounts#x', 'https://acme.awsapps.com/start', undefined, 'aws'],
    [
      'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws',
      'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws',
      'eu-west-1',
      'aws',
    ],
    [
      'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890',
      'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890',
      'us-gov-west-1',
      'aws-us-gov',
    ],
    [
      'https://start.us-gov-home.awsapps.com/directory/acme',
      'https://start.us-gov-home.awsapps.com/directory/acme',
      undefined,
      'aws-us-gov',
    ],
    [
      'https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890',
      'https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890',
      'cn-north-1',
      'aws-cn',
    ],
    [
      'https://start.home.awsapps.cn/directory/acme',
      'https://start.home.awsapps.cn/directory/acme',
      undefined,
      'aws-cn',
    ],
    ['https://acme.awsapps.com', 'https://acme.awsapps.com/start', undefined, 'aws'],
    ['https://acme.awsapps.com/#/', 'https://acme.awsapps.com/start', undefined, 'aws'],
    [
      'https://ssoins-1234567890abcdef.us-gov-west-1.portal.amazonaws.com/#',
      'https://ssoins-1234567890abcdef.us-gov-west-1.portal.amazonaws.com',
      'us-gov-west-1',
      'aws-us-gov',
    ],
    [
      'https://ssoins-1234567890abcdef.cn-north-1.portal.amazonaws.com.cn',
      'https://ssoins-1234567890abcdef.cn-north-1.portal.amazonaws.com.cn',
      'cn-north-1',
      'aws-cn',
    ],
    [
      'https://ssoins-1234567890abcdef.portal.cn-north-1.app.amazonwebservices.com.cn',
      'https://ssoins-1234567890abcdef.portal.cn-north-1.app.amazonwebservices.com.cn',
      'cn-north-1',
      'aws-cn',
    ],
    [
      'https://ssoins-1234567890abcdef.eusc-de-east-1.portal.amazonaws.eu',
      'https://ssoins-1234567890abcdef.eusc-de-east-1.portal.amazonaws.eu',
      'eusc-de-east-1',
      'aws-eusc',
    ],
    [
      'https://ssoins-1234567890abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu',
      'https://ssoins-1234567890abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu',
      'eusc-de-east-1',
      'aws-eusc',
    ],
    [
      'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
      'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
      undefined,
      'aws',
    ],
    // A region that nobody knows yet, and one that is none.
    [
      'https://ssoins-1234567890abcdef.portal.eu-west-9.app.aws',
      'https://ssoins-1234567890abcdef.portal.eu-west-9.app.aws',
      'eu-west-9',
      'aws',
    ],
    [
      'https://ssoins-1234567890abcdef.portal.nonsense.app.aws',
      'https://ssoins-1234567890abcdef.portal.nonsense.app.aws',
      undefined,
      'aws',
    ],
    ['https://sso.acme.example', 'https://sso.acme.example', undefined, 'aws'],
  ])('%s is taken as %s', (text, startUrl, region, partition) => {
    expect(checkStartUrl(text)).toBeUndefined()
    expect(parseStartUrl(text)).toEqual({startUrl, partition, ...(region ? {region} : {})})
  })

  test.each([
    ['', /needed/, 'https://acme.awsapps.com/start'],
    ['acme', /whole address/, 'https://acme.awsapps.com/start'],
    ['d-1234567890', /whole address/, 'https://d-1234567890.awsapps.com/start'],
    ['http://acme.awsapps.com/start', /https only/, 'https://acme.awsapps.com/start'],
    ['acme.awsapps.com/start', /https:\/\/ before it/, 'https://acme.awsapps.com/start'],
    [
      'https://console.aws.amazon.com/console/home',
      /page of the AWS console/,
      'https://acme.awsapps.com/start',
    ],
    ['https://user:pw@acme.awsapps.com/start', /not the address/, 'https://acme.awsapps.com/start'],
    ['https://127.0.0.1/start', /not the address/, 'https://acme.awsapps.com/start'],
    ['https://acme.awsapps.com/start #x', /not the address/, 'https://acme.awsapps.com/start'],
  ])('%p is refused with an example of right', (text, what, example) => {
    expect(checkStartUrl(text)?.what).toMatch(what)
    expect(checkStartUrl(text)?.example).toBe(example)
    expect(parseStartUrl(text)).toBeUndefined()
  })

  test('whatever is taken can stand in a file, and is taken the same again', () => {
    const pieces = fc.constantFrom(
      'https://',
      'acme',
      '.awsapps.com',
      '/start',
      '#',
      ' ',
      '\n',
      '[',
      ';',
      '\u202e',
      '=',
      'ä',
      '/',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.array(pieces, {maxLength: 8}).map((each) => each.join('')),
          fc.string(),
        ),
        (text) => {
          const parsed = parseStartUrl(text)
          expect(parsed === undefined).toBe(checkStartUrl(text) !== undefined)
          if (!parsed) return
          expect(parsed.startUrl).toMatch(/^https:\/\/[!-~]+$/)
          expect(parsed.startUrl).not.toMatch(/[#\s]/)
          expect(parseStartUrl(parsed.startUrl)).toEqual(parsed)
        },
      ),
      {numRuns: runs(5_000)},
    )
  })
})
