import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {GetUserCommand, ListAccountAliasesCommand} from '@aws-sdk/client-iam'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {iamClient, refusal, stsClient} from './clients.js'
import {rawCall, signedCall} from './raw.js'
import type {Fault} from '../../src/practice/faults.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
beforeEach(async () => {
  practice = await startPractice()
})
afterEach(() => practice.close())

const whoAmI = new GetCallerIdentityCommand({})
const sts = (requestTimeoutMs = 2_000) =>
  stsClient({url: practice.url, credentials: practice.issueKey(), requestTimeoutMs})

describe('refusals, as the SDK tells them', () => {
  test.each<[Fault, string, number, string]>([
    [
      {kind: 'invalid-key'},
      'InvalidClientTokenId',
      403,
      'The security token included in the request is invalid.',
    ],
    [
      {kind: 'wrong-partition'},
      'InvalidClientTokenId',
      403,
      'The security token included in the request is invalid.',
    ],
    [
      {kind: 'opt-in-required'},
      'InvalidClientTokenId',
      403,
      'The security token included in the request is invalid.',
    ],
    [
      {kind: 'signature-mismatch'},
      'SignatureDoesNotMatch',
      403,
      'The request signature we calculated does not match',
    ],
    [{kind: 'expired-token'}, 'ExpiredToken', 403, 'The security token included in the request is expired'],
    [{kind: 'clock-skew'}, 'SignatureDoesNotMatch', 403, 'Signature expired: '],
    [{kind: 'clock-skew', ms: -3_600_000}, 'SignatureDoesNotMatch', 403, 'Signature not yet current: '],
    [
      {kind: 'access-denied'},
      'AccessDenied',
      403,
      'User: arn:aws:iam::123456789012:user/serverless-framework is not authorized to perform: sts:GetCallerIdentity',
    ],
    [{kind: 'throttling'}, 'Throttling', 400, 'Rate exceeded'],
    [{kind: 'throttling', status: 503}, 'Throttling', 503, 'Rate exceeded'],
    [{kind: 'server-error'}, 'InternalFailure', 500, 'unknown error, exception or failure'],
    [{kind: 'server-error', status: 503}, 'ServiceUnavailable', 503, 'temporary failure'],
  ])('%j', async (fault, name, status, message) => {
    practice.faults.add(fault)
    expect(await refusal(sts().send(whoAmI))).toEqual({
      name,
      status,
      message: expect.stringContaining(message),
    })
    expect(practice.log.entries.at(-1)).toMatchObject({fault: fault.kind, status})
  })

  test('a region that is not enabled has other words outside STS', async () => {
    practice.faults.add({kind: 'opt-in-required', action: 'iam:*'})
    const iam = iamClient({url: practice.url, credentials: practice.issueKey()})
    expect(await refusal(iam.send(new GetUserCommand({})))).toMatchObject({
      name: 'OptInRequired',
      status: 403,
    })
  })

  test('a skewed clock shows in the Date header', async () => {
    const call = await signedCall(practice, practice.issueKey())
    practice.faults.add({kind: 'clock-skew', ms: 3_600_000})
    const {headers} = await rawCall(practice.url, call)
    expect(Date.parse(headers.date!) - Date.now()).toBeGreaterThan(3_590_000)
    expect(Date.parse(headers.date!) - Date.now()).toBeLessThan(3_610_000)
  })
})

describe('answers broken on the way, as the SDK tells them', () => {
  test.each<[Fault, Partial<{name: unknown; message: unknown; status: unknown}>]>([
    [{kind: 'html', status: 403}, {status: 403}],
    [{kind: 'html', status: 407}, {status: 407}],
    [{kind: 'html', status: 502}, {status: 502}],
    [{kind: 'truncated'}, {message: expect.stringMatching(/aborted|ECONNRESET/)}],
    [{kind: 'reset'}, {message: expect.stringMatching(/ECONNRESET|socket hang up/)}],
    [{kind: 'silence'}, {name: 'TimeoutError'}],
    [{kind: 'redirect'}, {status: 307}],
  ])('%j', async (fault, expected) => {
    practice.faults.add(fault)
    expect(await refusal(sts(300).send(whoAmI))).toMatchObject(expected)
  })

  test.each<Fault['kind']>(['empty', 'not-xml', 'html', 'big-body'])(
    '%s never looks like an identity',
    async (kind) => {
      practice.faults.add({kind, bytes: 3_000_000})
      const identity = await sts()
        .send(whoAmI)
        .catch(() => ({Account: undefined}))
      expect(identity.Account).toBeUndefined()
    },
  )

  test('a slow answer outlives every limit on silence; only a signal ends it', async () => {
    practice.faults.add({kind: 'slow', ms: 50})
    const signal = AbortSignal.timeout(300)
    expect(await refusal(sts(100).send(whoAmI, {abortSignal: signal}))).toMatchObject({name: 'AbortError'})
    expect(signal.aborted).toBe(true)
  })

  test('a slow answer is whole in the end', async () => {
    const call = await signedCall(practice, practice.issueKey())
    practice.faults.add({kind: 'slow', ms: 1})
    const {status, body} = await rawCall(practice.url, call)
    expect([status, body.endsWith('</GetCallerIdentityResponse>\n')]).toEqual([200, true])
  })

  test('a big body is as big as asked', async () => {
    const call = await signedCall(practice, practice.issueKey())
    practice.faults.add({kind: 'big-body', bytes: 3_000_001})
    expect((await rawCall(practice.url, call)).body).toHaveLength(3_000_001)
  })

  test('the SDK follows no redirect, so the signature reaches no other host', async () => {
    let visits = 0
    const elsewhere = createServer((_, response) => {
      visits++
      response.end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const {port} = elsewhere.address() as AddressInfo
    practice.faults.add({kind: 'redirect', location: `http://127.0.0.1:${port}/`})
    expect(await refusal(sts().send(whoAmI))).toMatchObject({status: 307})
    expect(visits).toBe(0)
    await new Promise((resolve) => elsewhere.close(resolve))
  })
})

describe('when a fault strikes', () => {
  test('as often as asked, then no more', async () => {
    practice.faults.add({kind: 'throttling', action: 'sts:GetCallerIdentity', times: 2})
    const client = sts()
    expect(await refusal(client.send(whoAmI))).toMatchObject({name: 'Throttling'})
    expect(await refusal(client.send(whoAmI))).toMatchObject({name: 'Throttling'})
    expect((await client.send(whoAmI)).Account).toBe('123456789012')
  })

  test('only the action named', async () => {
    practice.faults.add({kind: 'access-denied', action: 'iam:GetUser'})
    const credentials = practice.issueKey()
    const iam = iamClient({url: practice.url, credentials})
    expect(await refusal(iam.send(new GetUserCommand({})))).toMatchObject({name: 'AccessDenied'})
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['practice-account'])
    expect((await stsClient({url: practice.url, credentials}).send(whoAmI)).Account).toBe('123456789012')
  })

  test('until it is taken back', async () => {
    const takeBack = practice.faults.add({kind: 'reset'})
    takeBack()
    practice.faults.add({kind: 'silence'})
    practice.faults.clear()
    expect((await sts().send(whoAmI)).Account).toBe('123456789012')
  })

  test('two, one after the other', async () => {
    practice.faults.add({kind: 'throttling', times: 1})
    practice.faults.add({kind: 'server-error', times: 1})
    const client = sts()
    expect((await refusal(client.send(whoAmI))).name).toBe('Throttling')
    expect((await refusal(client.send(whoAmI))).name).toBe('InternalFailure')
  })
})

test('close ends a connection that is kept waiting', async () => {
  const call = await signedCall(practice, practice.issueKey())
  practice.faults.add({kind: 'silence'})
  const waiting = rawCall(practice.url, call)
  const ended = expect(waiting).rejects.toThrow(/ECONNRESET|hang up/)
  await practice.log.next()
  await practice.close()
  await ended
})

test.each([
  ['with', 'abcdefghijklmnopqrst/vwxyz0123456789+/AB', 'IncompleteSignature'],
  ['without', 'abcdefghijklmnopqrstuvwxyz0123456789+0AB', 'InvalidClientTokenId'],
])(
  'the log keeps no secret, not even one %s a slash typed in place of the key ID',
  async (_, secret, errorCode) => {
    const key = practice.issueKey()
    await stsClient({url: practice.url, credentials: key}).send(whoAmI)
    const swapped = {accessKeyId: secret, secretAccessKey: key.accessKeyId}
    await refusal(stsClient({url: practice.url, credentials: swapped}).send(whoAmI))
    expect(practice.log.entries).toMatchObject([
      {
        method: 'POST',
        service: 'sts',
        action: 'GetCallerIdentity',
        accessKeyId: key.accessKeyId,
        status: 200,
      },
      {service: 'sts', action: 'GetCallerIdentity', errorCode},
    ])
    expect(practice.log.entries[1]).not.toHaveProperty('accessKeyId')
    expect(JSON.stringify(practice.log.entries)).not.toContain(secret.slice(0, 20))
    expect(JSON.stringify([...practice.account.accessKeys.values()])).not.toContain(key.secretAccessKey)
    expect(practice.log.count('sts:GetCallerIdentity')).toBe(2)
  },
)
