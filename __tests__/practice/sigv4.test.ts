import {GetUserCommand} from '@aws-sdk/client-iam'
import {GetCallerIdentityCommand, GetSessionTokenCommand} from '@aws-sdk/client-sts'
import {SignatureV4} from '@smithy/signature-v4'
import fc from 'fast-check'
import {iamClient, refusal, stsClient} from './clients.js'
import {codeOf, rawCall, signedCall, type RawCall} from './raw.js'
import {Sha256} from './sha256.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {readAuthorization, verifySignature, type WireRequest} from '../../src/practice/sigv4.js'
import {Secret} from '../../src/text/secret.js'
import {runs, seed} from '../support/proof.js'

let practice: Practice
let nowMs = Date.now()
beforeEach(async () => {
  nowMs = Date.now()
  practice = await startPractice({now: () => nowMs})
})
afterEach(() => practice.close())

const MINUTE_MS = 60_000
const whoAmI = new GetCallerIdentityCommand({})
const sts = (credentials = practice.issueKey(), region = 'us-east-1') =>
  stsClient({url: practice.url, credentials, region})

const INVALID = {
  name: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
  status: 403,
}
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

describe('keys, asked by the SDK', () => {
  test('the right secret is let in and named', async () => {
    const identity = await sts().send(whoAmI)
    expect(identity).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/serverless-framework',
    })
    expect(identity.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/)
  })

  test('IAM lets in whatever region the client signs for, as one address stands for all of them', async () => {
    const client = iamClient({url: practice.url, credentials: practice.issueKey(), region: 'eu-west-1'})
    expect((await client.send(new GetUserCommand({}))).User?.UserName).toBe('serverless-framework')
  })

  test('a wrong secret does not match', async () => {
    const credentials = {...practice.issueKey(), secretAccessKey: practice.issueKey().secretAccessKey}
    expect(await refusal(sts(credentials).send(whoAmI))).toEqual({
      name: 'SignatureDoesNotMatch',
      message: MISMATCH,
      status: 403,
    })
  })

  test('an unknown key is invalid', async () => {
    const credentials = practice.issueKey()
    practice.account.accessKeys.clear()
    expect(await refusal(sts(credentials).send(whoAmI))).toEqual(INVALID)
  })

  test('an inactive key is invalid', async () => {
    const credentials = practice.issueKey()
    practice.account.accessKey(credentials.accessKeyId).status = 'Inactive'
    expect(await refusal(sts(credentials).send(whoAmI))).toEqual(INVALID)
  })

  test('a key of the root user is let in as root', async () => {
    const identity = await sts(practice.issueRootKey()).send(whoAmI)
    expect(identity).toMatchObject({Arn: 'arn:aws:iam::123456789012:root', UserId: '123456789012'})
  })

  test('a new key is refused for as long as the delay says', async () => {
    practice.account.keyDelayMs = 8_000
    const client = sts()
    expect(await refusal(client.send(whoAmI))).toEqual(INVALID)
    nowMs += 8_000
    expect((await client.send(whoAmI)).Account).toBe('123456789012')
  })

  test('a new key is refused as often as the account says', async () => {
    practice.account.validAfterAttempts = 2
    const client = sts()
    expect(await refusal(client.send(whoAmI))).toEqual(INVALID)
    expect(await refusal(client.send(whoAmI))).toEqual(INVALID)
    expect((await client.send(whoAmI)).Account).toBe('123456789012')
  })
})

describe('temporary credentials, asked by the SDK', () => {
  test('are let in with their token, which ends in == as real ones may', async () => {
    const {userName, arn} = practice.newUser()
    const credentials = practice.issueSession({of: userName})
    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(credentials.sessionToken).toMatch(/==$/)
    expect((await sts(credentials).send(whoAmI)).Arn).toBe(arn)
  })

  test('expire', async () => {
    const {userName} = practice.newUser()
    const credentials = practice.issueSession({of: userName, seconds: 900})
    const client = stsClient({url: practice.url, credentials})
    practice.account.temporaryKeys.set(credentials.accessKeyId, {
      ...practice.account.temporaryKeys.get(credentials.accessKeyId)!,
      expiresAt: nowMs,
    })
    expect(await refusal(client.send(whoAmI))).toMatchObject({
      name: expect.stringMatching(/^ExpiredToken/),
      message: 'The security token included in the request is expired',
      status: 403,
    })
  })

  test('are invalid without their token, with another, or when the user is gone', async () => {
    const {userName} = practice.newUser()
    const {sessionToken, ...bare} = practice.issueSession({of: userName})
    expect(await refusal(sts(bare).send(whoAmI))).toEqual(INVALID)
    expect(await refusal(sts({...bare, sessionToken: `${sessionToken}A`}).send(whoAmI))).toEqual(INVALID)
    practice.account.deleteUser(userName)
    expect(await refusal(sts({...bare, sessionToken: sessionToken!}).send(whoAmI))).toEqual(INVALID)
  })

  test('an old session token left beside a new key makes it invalid', async () => {
    const key = practice.issueKey()
    const {sessionToken} = practice.issueSession({of: 'serverless-framework'})
    expect(await refusal(sts({...key, sessionToken: sessionToken!}).send(whoAmI))).toEqual(INVALID)
  })

  test('of GetSessionToken open STS, and IAM only with MFA', async () => {
    practice.newUser({policies: ['AdministratorAccess'], mfaCode: '246810'})
    const key = practice.issueKey()
    const client = sts(key)
    const session = async (mfa: object) => {
      const {Credentials: c} = await client.send(new GetSessionTokenCommand(mfa))
      return {
        accessKeyId: c!.AccessKeyId!,
        secretAccessKey: c!.SecretAccessKey!,
        sessionToken: c!.SessionToken!,
      }
    }
    const plain = await session({})
    expect((await sts(plain).send(whoAmI)).Account).toBe('123456789012')
    const iam = (credentials: typeof plain) => iamClient({url: practice.url, credentials})
    expect(await refusal(iam(plain).send(new GetUserCommand({})))).toEqual(INVALID)
    const SerialNumber = 'arn:aws:iam::123456789012:mfa/serverless-framework'
    const strong = await session({SerialNumber, TokenCode: '246810'})
    expect((await iam(strong).send(new GetUserCommand({}))).User?.UserName).toBe('serverless-framework')
    expect(
      await refusal(client.send(new GetSessionTokenCommand({SerialNumber, TokenCode: '000000'}))),
    ).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    })
  })
})

describe('clock', () => {
  test.each([
    [
      'slow',
      6,
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ],
    [
      'fast',
      -6,
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)$/,
    ],
  ])(
    'a machine whose clock is %s by six minutes is refused with the two times',
    async (_, minutes, message) => {
      const client = sts()
      nowMs += minutes * MINUTE_MS
      expect(await refusal(client.send(whoAmI))).toEqual({
        name: 'SignatureDoesNotMatch',
        message: expect.stringMatching(message),
        status: 403,
      })
    },
  )

  test.each([4, -4])('%i minutes are let pass', async (minutes) => {
    const client = sts()
    nowMs += minutes * MINUTE_MS
    expect((await client.send(whoAmI)).Account).toBe('123456789012')
  })
})

describe('scope', () => {
  test.each([
    ['another partition', 'cn-north-1'],
    ['a region not enabled', 'af-south-1'],
  ])('%s: the key is unknown there', async (_, region) => {
    expect(await refusal(sts(practice.issueKey(), region).send(whoAmI))).toEqual(INVALID)
  })

  test('an opt-in region that is enabled lets in', async () => {
    practice.account.enabledRegions.add('af-south-1')
    expect((await sts(practice.issueKey(), 'af-south-1').send(whoAmI)).Account).toBe('123456789012')
  })

  test('a region that does not exist', async () => {
    expect(await refusal(sts(practice.issueKey(), 'mars-north-1').send(whoAmI))).toEqual({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining("Credential should be scoped to a valid region, not 'mars-north-1'."),
      status: 403,
    })
  })

  test('China and GovCloud have their own ARNs', async () => {
    const china = await startPractice({partition: 'aws-cn'})
    const client = stsClient({url: china.url, credentials: china.issueKey(), region: 'cn-north-1'})
    expect((await client.send(whoAmI)).Arn).toBe('arn:aws-cn:iam::123456789012:user/serverless-framework')
    await china.close()
  })
})

describe('requests changed on the way', () => {
  let good: RawCall
  beforeEach(async () => {
    good = await signedCall(practice, practice.issueKey())
  })
  const header = (name: string, value: string | undefined): RawCall => {
    const others = Object.entries(good.headers).filter(([other]) => other !== name)
    return {...good, headers: Object.fromEntries(value === undefined ? others : [...others, [name, value]])}
  }

  test('unchanged, it is let in', async () => {
    expect((await rawCall(practice.url, good)).status).toBe(200)
  })

  const scope = (from: string, to: string) => (): RawCall =>
    header('authorization', good.headers['authorization']!.replace(from, to))
  test.each<[string, () => RawCall, number, string]>([
    [
      'body',
      () => ({...good, body: good.body.replace('GetCallerIdentity', 'GetSessionToken')}),
      403,
      'SignatureDoesNotMatch',
    ],
    ['one more parameter', () => ({...good, body: `${good.body}&A=b`}), 403, 'SignatureDoesNotMatch'],
    ['path', () => ({...good, target: '/elsewhere'}), 403, 'SignatureDoesNotMatch'],
    ['query', () => ({...good, target: '/?a=b'}), 403, 'SignatureDoesNotMatch'],
    ['signed header', () => header('content-type', 'text/plain'), 403, 'SignatureDoesNotMatch'],
    ['host', () => header('host', 'elsewhere.invalid'), 403, 'SignatureDoesNotMatch'],
    ['an x-amz header added', () => header('x-amz-extra', '1'), 403, 'SignatureDoesNotMatch'],
    ['no authorization', () => header('authorization', undefined), 403, 'MissingAuthenticationToken'],
    ['another scheme', () => header('authorization', 'Bearer abc'), 400, 'IncompleteSignature'],
    ['no signature', scope('Signature=', 'Sig='), 400, 'IncompleteSignature'],
    ['a cut authorization', scope(', Signature=', ' '), 400, 'IncompleteSignature'],
    ['another signature', scope('Signature=', 'Signature=0'), 403, 'SignatureDoesNotMatch'],
    ['another scope date', scope(`/${new Date().getUTCFullYear()}`, '/1999'), 403, 'SignatureDoesNotMatch'],
    ['another terminator', scope('aws4_request', 'aws5_request'), 403, 'SignatureDoesNotMatch'],
    ['another service', scope('/sts/', '/iam/'), 403, 'SignatureDoesNotMatch'],
    ['host not signed', scope(';host', ''), 403, 'SignatureDoesNotMatch'],
    ['no date', () => header('x-amz-date', undefined), 400, 'IncompleteSignature'],
    ['a date that is none', () => header('x-amz-date', '20269999T000000Z'), 400, 'IncompleteSignature'],
  ])('%s', async (_, changed, status, code) => {
    const answer = await rawCall(practice.url, changed())
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    expect(answer.headers['content-type']).toBe('text/xml')
    expect(answer.body).toContain(`<RequestId>${String(answer.headers['x-amzn-requestid'])}</RequestId>`)
  })

  test('an answer never repeats the signature', async () => {
    const signature = /Signature=(\w+)/.exec(good.headers['authorization']!)![1]!
    const answers = await Promise.all(
      [scope('SignedHeaders', 'Nothing')(), header('x-amz-date', undefined)].map((call) =>
        rawCall(practice.url, call),
      ),
    )
    expect(answers.map((answer) => answer.body).join()).not.toContain(signature)
  })
})

test("property: whatever the SDK's signer signs is verified, and with another secret or body is not", async () => {
  const secretAccessKey = 'abcdefghijklmnopqrstuvwxyz0123456789+/AB'
  const value = fc.string({unit: 'grapheme', maxLength: 12})
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.stringMatching(/^[\w.~ ()'*!é&=+-]{0,8}$/), {maxLength: 4}),
      fc.dictionary(
        fc.stringMatching(/^[\w.~ '*!é+-]{1,8}$/),
        fc.oneof(value, fc.array(value, {minLength: 1, maxLength: 3})),
        {maxKeys: 4},
      ),
      fc.dictionary(fc.stringMatching(/^x-amz-[a-z]{1,8}$/), fc.stringMatching(/^[!-~]( {0,3}[!-~]){0,6}$/), {
        maxKeys: 3,
      }),
      fc.string({unit: 'binary', maxLength: 200}),
      async (segments, query, headers, body) => {
        const path = `/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`
        const signer = new SignatureV4({
          service: 'execute-api',
          region: 'eu-west-1',
          sha256: Sha256,
          credentials: {accessKeyId: 'AKIAQQQQQQQQQQQQQQQQ', secretAccessKey},
        })
        const unsigned = {
          method: 'POST',
          protocol: 'http:',
          hostname: '127.0.0.1',
          path,
          query,
          headers: {host: '127.0.0.1', ...headers},
          body,
        }
        const signed = await signer.sign(unsigned, {signingDate: new Date(nowMs)})
        const pairs = Object.entries(query).flatMap(([name, values]) =>
          [values].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`),
        )
        const request = {
          method: 'POST',
          target: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
          headers: new Map(
            Object.entries(signed.headers).map(([name, each]) => [name.toLowerCase(), [each]]),
          ),
          body: Buffer.from(body, 'utf8'),
        }
        const verify =
          (secret: string, sent: WireRequest = request) =>
          () => {
            verifySignature(sent, readAuthorization(sent), new Secret(secret), nowMs)
          }
        expect(verify(secretAccessKey)).not.toThrow()
        expect(verify(secretAccessKey.replace('a', 'b'))).toThrow(/does not match/)
        expect(request.headers.has('x-amz-content-sha256')).toBe(true)
        expect(verify(secretAccessKey, {...request, body: Buffer.from(`${body}+`)})).toThrow(/does not match/)
      },
    ),
    {numRuns: runs(500), seed},
  )
})
