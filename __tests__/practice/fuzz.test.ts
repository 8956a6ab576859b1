import {connect} from 'node:net'
import {SignatureV4} from '@smithy/signature-v4'
import fc from 'fast-check'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {stsClient} from './clients.js'
import {rawCall, signedCall} from './raw.js'
import {Sha256} from './sha256.js'
import {decide, matchesGlob, parsePolicy} from '../../src/practice/policy.js'
import {element} from '../../src/practice/xml.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {runs, seed} from '../support/proof.js'

let practice: Practice
const failures: unknown[] = []
const keepFailure = (failure: unknown) => failures.push(failure)
beforeAll(async () => {
  process.on('uncaughtException', keepFailure)
  process.on('unhandledRejection', keepFailure)
  practice = await startPractice()
})
afterAll(async () => {
  process.off('uncaughtException', keepFailure)
  process.off('unhandledRejection', keepFailure)
  await practice.close()
})

/** Still serving, and nothing was thrown past it. */
async function isWell(): Promise<void> {
  practice.account.accessKeys.clear()
  const client = stsClient({url: practice.url, credentials: practice.issueKey()})
  expect((await client.send(new GetCallerIdentityCommand({}))).Account).toBe('123456789012')
  expect(failures).toEqual([])
}

const headerName = fc.constantFrom(
  'authorization',
  'x-amz-date',
  'date',
  'x-amz-security-token',
  'content-type',
  'x-amz-target',
  'origin',
  'x-odd',
)
const headerValue = fc.oneof(
  fc.stringMatching(/^[ -~]{0,60}$/),
  fc.constantFrom(
    'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=;;, Signature=zz',
    'AWS4-HMAC-SHA256 Credential=AKIAQQQQQQQQQQQQQQQQ/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00',
    'AWS4-HMAC-SHA256 Credential=__proto__/20260101/us-east-1/sts/aws4_request, SignedHeaders=__proto__, Signature=00',
    'AWS4-HMAC-SHA256 ,=,=',
    '20260101T000000Z',
    '99999999T999999Z',
  ),
)
const target = fc.oneof(
  fc.stringMatching(/^\/[!-~]{0,40}$/),
  fc.constantFrom(
    '/console/users/%',
    '/console/users/__proto__',
    '/console/users/%00',
    '/console/../x',
    '//',
    '/%',
    '/?Action=constructor&Version=2010-05-08',
    '/?%',
  ),
)
const body = fc.oneof(
  fc.string({unit: 'binary', maxLength: 200}),
  fc.constantFrom(
    'Action=__proto__',
    'Action=toString&Version=2010-05-08',
    'Action=%',
    'Action=GetUser&Action=&Version=x',
    `Action=${'A'.repeat(9_000)}`,
  ),
)

test('property: any path, header and body is answered, with 4xx at worst', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
      target,
      fc.dictionary(headerName, headerValue, {maxKeys: 4}),
      body,
      async (method, path, headers, text) => {
        const {status} = await rawCall(practice.url, {method, target: path, headers, body: text})
        expect([200, 303, 400, 403, 404, 405]).toContain(status)
      },
    ),
    {numRuns: runs(800), seed},
  )
  await isWell()
})

test('property: any parameters, well signed, are answered, with 4xx at worst, in readable XML', async () => {
  practice.account.accessKeys.clear()
  const credentials = practice.issueKey()
  const signer = new SignatureV4({service: 'iam', region: 'us-east-1', sha256: Sha256, credentials})
  const actions = [
    'GetUser',
    'CreateUser',
    'DeleteUser',
    'ListUsers',
    'PutUserPolicy',
    'CreatePolicy',
    'SimulatePrincipalPolicy',
    'AttachUserPolicy',
    'ListAccessKeys',
    'UpdateAccessKey',
    'GetAccessKeyLastUsed',
    'ListGroupsForUser',
    'ListMFADevices',
    'GetPolicyVersion',
    'GetRole',
    '__proto__',
    '',
  ]
  const names = [
    'UserName',
    'RoleName',
    'Path',
    'PolicyName',
    'PolicyArn',
    'PolicyDocument',
    'PolicySourceArn',
    'ActionNames.member.1',
    'ResourceArns.member.1',
    'MaxItems',
    'Marker',
    'AccessKeyId',
    'Status',
    'GroupName',
    'VersionId',
    '__proto__',
  ]
  const values = fc.oneof(
    fc.string({unit: 'binary', maxLength: 40}),
    fc.constantFrom(
      '__proto__',
      '-1',
      '1e9',
      '{"Statement":[null]}',
      '{"Statement":{"Effect":"Allow","Action":["*"],"Resource":"*","Condition":{"__proto__":{"a":"b"}}}}',
      'arn:aws:iam::123456789012:user/serverless-framework',
      '\u0000<&>\ud800',
    ),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...actions),
      fc.dictionary(fc.constantFrom(...names), values, {maxKeys: 5}),
      async (Action, parameters) => {
        const text = new URLSearchParams({...parameters, Action, Version: '2010-05-08'}).toString()
        const {host, hostname, port} = new URL(practice.url)
        const signed = await signer.sign({
          method: 'POST',
          protocol: 'http:',
          hostname,
          port: Number(port),
          path: '/',
          query: {},
          headers: {host, 'content-type': 'application/x-www-form-urlencoded'},
          body: text,
        })
        const answer = await rawCall(practice.url, {
          method: 'POST',
          target: '/',
          headers: signed.headers,
          body: text,
        })
        expect([200, 400, 403, 404, 409]).toContain(answer.status)
        expect(answer.body).not.toMatch(/SignatureDoesNotMatch|[\u0000-\u0008\ufffe\uffff]/)
        expect(answer.body.match(/<\w/g)!.length).toBe(answer.body.match(/<\//g)!.length)
      },
    ),
    {numRuns: runs(500), seed},
  )
  expect(failures).toEqual([])
})

test('property: any bytes on the wire leave it well', async () => {
  const {port} = new URL(practice.url)
  const talk = (bytes: Uint8Array) =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes))
      socket.on('data', () => undefined).on('error', () => undefined)
      socket.on('close', () => {
        resolve()
      })
    })
  const start = fc.constantFrom(
    '',
    'POST / HTTP/1.1\r\nHost: a\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n',
    'GET /console HTTP/1.0\r\n\r\n',
  )
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({maxLength: 300}), (head, bytes) =>
      talk(Buffer.concat([Buffer.from(head), bytes])),
    ),
    {numRuns: runs(300), seed},
  )
  await isWell()
})

test('a body without end is refused, not kept', async () => {
  practice.account.accessKeys.clear()
  const call = await signedCall(practice, practice.issueKey())
  const status = await rawCall(practice.url, {...call, body: 'A'.repeat(3_000_000)}).then(
    (answer) => answer.status,
    (error: NodeJS.ErrnoException) => error.code,
  )
  expect([413, 'EPIPE', 'ECONNRESET']).toContain(status)
  await isWell()
})

test('property: globs agree with a plain regular expression, and stay quick on the worst pattern', () => {
  const piece = fc.stringMatching(/^[ab*?:]{0,10}$/)
  fc.assert(
    fc.property(piece, fc.stringMatching(/^[ab:]{0,12}$/), (pattern, text) => {
      const expected = new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(text)
      expect(matchesGlob(pattern, text)).toBe(expected)
    }),
    {numRuns: runs(5_000), seed},
  )
  const before = performance.now()
  expect(matchesGlob('a*'.repeat(2_000), 'a'.repeat(5_000) + 'b'.repeat(5_000) + 'c')).toBe(true)
  expect(matchesGlob(`${'a*'.repeat(2_000)}x`, 'a'.repeat(20_000))).toBe(false)
  expect(performance.now() - before).toBeLessThan(1_000)
})

test('property: text in XML comes back as it was, but for what XML cannot hold', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 40}), (text) => {
      const inner = element('a', text).slice(3, -4)
      expect(inner).not.toMatch(/[<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
      const back = inner.replace(
        /&(lt|gt|quot|amp|#39|#13);/g,
        (_, name: string) => ({lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'", '#13': '\r'})[name]!,
      )
      expect(back).toBe(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd'))
    }),
    {numRuns: runs(2_000), seed},
  )
})

test('policies: an operator that is not known never matches', () => {
  const statement = {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: {constructor: {'aws:username': 'a'}},
  }
  const documents = [parsePolicy(JSON.stringify({Statement: statement}))]
  expect(decide(documents, 's3:GetObject', '*', {'aws:username': 'a'})).toBe('implicitDeny')
})
