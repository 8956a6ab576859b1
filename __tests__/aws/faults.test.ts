import {createServer} from 'node:http'
import {inspect} from 'node:util'
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {readAccess} from '../../src/aws/access.js'
import {classify} from '../../src/aws/errors.js'
import {explain} from '../../src/aws/explain.js'
import {verifyIdentity, type Identity} from '../../src/aws/identity.js'
import {endpointVariables, networkFrom, type Network} from '../../src/aws/network.js'
import type {Fault} from '../../src/practice/faults.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import type {AccessKey} from '../../src/domain/access-key.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {Secret} from '../../src/text/secret.js'
import {findCanary} from '../support/canary.js'
import {asKey, region, signal} from './keys.js'

let practice: Practice
let network: Network
let key: AccessKey
let identity: Identity
let secrets: readonly string[]
beforeAll(async () => {
  practice = await startPractice()
  network = await networkFrom({AWS_ENDPOINT_URL: practice.url})
  practice.newUser({userName: 'ada', policies: ['AdministratorAccess'], groups: {team: []}})
  // Longer than the hour by which a fault moves the clock.
  const session = practice.issueSession({of: 'ada', seconds: 36_000})
  secrets = [session.secretAccessKey, session.sessionToken ?? '']
  key = asKey(session)
  identity = await verifyIdentity(key, {region: region('us-east-1'), network, signal})
})
afterEach(() => practice.faults.clear())
afterAll(async () => practice.close())

/** No pause between tries; time itself is the real one. */
const clock = {now: Date.now, random: () => 0, wait: async () => undefined}
const limits = {connectMs: 300, callMs: 500}
/** Three tries, and what a busy machine adds, in milliseconds. */
const BOUND_MS = 3 * limits.callMs + 1_500

const KEY_CODES = [
  'INVALID_CLIENT_TOKEN',
  'SIGNATURE_MISMATCH',
  'EXPIRED_TOKEN',
  'WRONG_PARTITION',
  'REGION_DISABLED',
  'ACCESS_DENIED',
]

/** What happens, what it is called, the sentence about it, and whether it says anything about the key. */
const FAULTS: readonly (readonly [fault: Fault, code: string, what: RegExp])[] = [
  [{kind: 'invalid-key'}, 'INVALID_CLIENT_TOKEN', /^AWS does not know this access key\.$/],
  [{kind: 'wrong-partition'}, 'INVALID_CLIENT_TOKEN', /^AWS does not know this access key\.$/],
  [
    {kind: 'signature-mismatch'},
    'SIGNATURE_MISMATCH',
    /^AWS knows the key ID, but the secret does not belong/,
  ],
  [{kind: 'expired-token'}, 'EXPIRED_TOKEN', /^These temporary credentials have expired\.$/],
  [{kind: 'access-denied'}, 'ACCESS_DENIED', /^AWS knows the key, but does not allow (sts|iam):\w+\.$/],
  [{kind: 'clock-skew'}, 'CLOCK_SKEW', /^The clock of this machine is wrong\.$/],
  [{kind: 'throttling'}, 'THROTTLED', /^AWS is answering too many requests and asks to wait\.$/],
  [{kind: 'throttling', status: 503}, 'THROTTLED', /^AWS is answering too many requests/],
  [{kind: 'server-error'}, 'AWS_SERVER_ERROR', /^AWS has a fault of its own\.$/],
  [{kind: 'server-error', status: 503}, 'AWS_SERVER_ERROR', /^AWS has a fault of its own\.$/],
  [{kind: 'html'}, 'PROXY_ANSWERED', /did not answer as AWS would\.$/],
  [{kind: 'html', status: 403}, 'PROXY_ANSWERED', /did not answer as AWS would\.$/],
  [{kind: 'html', status: 407}, 'PROXY_ANSWERED', /did not answer as AWS would\.$/],
  [{kind: 'html', status: 502}, 'PROXY_ANSWERED', /did not answer as AWS would\.$/],
  [{kind: 'truncated'}, 'CONNECTION_RESET', /^The connection to 127\.0\.0\.1:\d+ was cut\.$/],
  [{kind: 'reset'}, 'CONNECTION_RESET', /^The connection to 127\.0\.0\.1:\d+ was cut\.$/],
  [{kind: 'silence'}, 'TIMED_OUT', /^127\.0\.0\.1:\d+ did not answer in time\.$/],
  [{kind: 'slow'}, 'TIMED_OUT', /^127\.0\.0\.1:\d+ did not answer in time\.$/],
  [{kind: 'empty'}, 'BAD_ANSWER', /^127\.0\.0\.1:\d+ gave an answer that AWS would not give\.$/],
  [{kind: 'not-xml'}, 'BAD_ANSWER', /gave an answer that AWS would not give\.$/],
  [{kind: 'redirect'}, 'BAD_ANSWER', /gave an answer that AWS would not give\.$/],
  [{kind: 'big-body'}, 'BAD_ANSWER', /gave an answer that AWS would not give\.$/],
]

async function failure(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Failure) return error
  throw new Error(`expected a Failure, got ${inspect(error)}`)
}

describe.each(FAULTS)('%o', (fault, code, what) => {
  test(`whose the key is: ${code}, in bounded time, without a secret`, async () => {
    practice.faults.add({...fault, action: 'sts:*'})
    const start = performance.now()
    const error = await failure(
      verifyIdentity(key, {region: region('us-east-1'), network, signal, limits, clock}),
    )
    expect(performance.now() - start).toBeLessThan(BOUND_MS)
    const {problem} = error
    expect(problem.code).toBe(code)
    expect(problem.what).toMatch(what)
    expect(problem.nextSteps.length).toBeGreaterThan(0)
    // A network fault is never told as a bad key, and says so.
    if (!KEY_CODES.includes(code) && code !== 'CLOCK_SKEW')
      expect(problem.why).toContain('This says nothing about the access key.')
    const everything = inspect(error, {depth: 20, showHidden: true}) + JSON.stringify(error) + error.stack
    expect(findCanary(everything, secrets)).toEqual([])
  })

  test('what it may do: one line says it of all, and none is guessed', async () => {
    practice.faults.add({...fault, action: 'iam:*'})
    const start = performance.now()
    const report = await readAccess(key, identity, {network, signal, limits})
    expect(performance.now() - start).toBeLessThan(BOUND_MS)
    expect(report.missing).toBeUndefined()
    expect(report.keyAgeDays).toBeUndefined()
    expect(report.hasAdministratorAccess).toBeUndefined()
    const unread = report.findings.filter(({mark}) => mark === 'unknown')
    expect(unread.map(({label}) => label)).toEqual([
      'Policies, serverless deploy, Age of the key, Second factor',
    ])
    // A denial names another call for each of them.
    if (code !== 'ACCESS_DENIED') expect(unread[0]?.note).toMatch(what)
    expect(findCanary(inspect(report, {depth: 20}), secrets)).toEqual([])
  })
})

test('one question that fails spoils no other', async () => {
  const labels = {
    ListAccountAliases: undefined,
    ListAttachedUserPolicies: 'Policies',
    ListAccessKeys: 'Age of the key',
    ListMFADevices: 'Second factor',
    SimulatePrincipalPolicy: 'serverless deploy',
  }
  const own = asKey(practice.issueKey({userName: 'grace'}))
  const grace = await verifyIdentity(own, {region: region('us-east-1'), network, signal})
  for (const [action, label] of Object.entries(labels)) {
    const takeBack = practice.faults.add({kind: 'reset', action: `iam:${action}`})
    const {findings} = await readAccess(own, grace, {network, signal, limits})
    takeBack()
    // An administrator may deploy, whether it can be simulated or not.
    const unknown = findings.filter(({mark}) => mark === 'unknown').map((finding) => finding.label)
    expect([action, ...unknown]).toEqual([action, ...(label && label !== 'serverless deploy' ? [label] : [])])
  }
})

describe('leaving', () => {
  test.each(['silence', 'slow'] as const)('in mid-call (%s) ends it at once', async (kind) => {
    practice.faults.add({kind, action: 'sts:*'})
    const leaving = new AbortController()
    const asked = failure(
      verifyIdentity(key, {region: region('us-east-1'), network, signal: leaving.signal, clock}),
    )
    while (practice.log.entries.length === 0) await new Promise((resolve) => setImmediate(resolve))
    leaving.abort()
    const start = performance.now()
    expect((await asked).problem.code).toBe('CANCELLED')
    expect(performance.now() - start).toBeLessThan(500)
  })

  test('while a new key is waited for is no bad key', async () => {
    practice.faults.add({kind: 'invalid-key', action: 'sts:*'})
    const leaving = new AbortController()
    const waiting = {
      ...clock,
      wait: async () => {
        leaving.abort()
      },
    }
    const options = {
      region: region('us-east-1'),
      network,
      signal: leaving.signal,
      isFresh: true,
      clock: waiting,
    }
    const {problem} = await failure(verifyIdentity(key, options))
    expect(problem.code).toBe('CANCELLED')
  })
})

test('an answer larger than any real one is cut where it becomes that', async () => {
  practice.faults.add({kind: 'big-body', action: 'sts:*'})
  const {problem} = await failure(verifyIdentity(key, {region: region('us-east-1'), network, signal, clock}))
  expect(problem.why).toContain('The answer is larger than 1 MiB.')
})

describe('the clock', () => {
  test('is to blame for a wrong signature where it is far off, whatever AWS says of it', () => {
    const error = {name: 'SignatureDoesNotMatch', $fault: 'client', $metadata: {httpStatusCode: 403}}
    const seen = (ahead: number) => classify(error, {status: 403, serverTime: 0, localTime: ahead * 1000})
    expect([seen(0), seen(300), seen(301), seen(-301)]).toEqual([
      'SIGNATURE_MISMATCH',
      'SIGNATURE_MISMATCH',
      'CLOCK_SKEW',
      'CLOCK_SKEW',
    ])
  })

  test('is told even where a service lets it pass', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, {
        'Content-Type': 'text/xml',
        Date: new Date(Date.now() - 3_600_000).toUTCString(),
      })
      response.end(
        '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:root</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = await networkFrom({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as {port: number}).port}`,
    })
    const {problem} = await failure(
      verifyIdentity(key, {region: region('us-east-1'), network: at, signal, clock}),
    )
    server.close()
    server.closeAllConnections()
    expect(problem.code).toBe('CLOCK_SKEW')
    expect(problem.why).toContain('60 minutes apart')
  })
})

describe('a refusal of AWS that has no name here', () => {
  test('is told in the words of AWS, without what they repeat of the secret', async () => {
    const secret = new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYZZZZZZZZZZ')
    const server = createServer((_request, response) => {
      response.writeHead(403, {'Content-Type': 'text/xml'})
      const message = `The account of ${secret.reveal()} is closed.\u001b]0;owned\u0007`
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>AccountProblem</Code><Message>${message.replace(/[\u001b\u0007]/g, (c) => `&#${c.charCodeAt(0)};`)}</Message></Error></ErrorResponse>`,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as {port: number}
    const at = await networkFrom({AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`})
    const {problem} = await failure(
      verifyIdentity(
        {...key, secretAccessKey: secret},
        {region: region('us-east-1'), network: at, signal, clock},
      ),
    )
    server.close()
    server.closeAllConnections()
    expect(problem.code).toBe('AWS_REFUSED')
    expect(problem.why).toContain('is closed.')
    expect(sounds(problem)).not.toMatch(/\u001b|\u0007/)
    expect(findCanary(sounds(problem), [secret.reveal()])).toEqual([])
  })
})

function sounds({what, why, nextSteps}: Problem): string {
  return [what, why, ...nextSteps].join('\n')
}

describe('a web page in the place of an answer', () => {
  const told = async (env: Record<string, string>) =>
    explain('PROXY_ANSWERED', {
      service: 'STS',
      operation: 'sts:GetCallerIdentity',
      region: region('eu-west-1'),
      network: await networkFrom(env),
      observation: {status: 200},
    })

  test('of AWS itself: something stands between', async () => {
    expect((await told({})).what).toBe('Something between this machine and AWS answered instead of AWS.')
  })

  test('of an endpoint that the person set: that is none, and the way back to AWS is printed', async () => {
    const env = {AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:4566'}
    const {what, nextSteps} = await told(env)
    expect(what).toBe('127.0.0.1:4566 did not answer as AWS would.')
    expect(nextSteps.join(' ')).toMatch(/AWS_ENDPOINT_URL/)
    expect(endpointVariables(env)).toEqual(['AWS_ENDPOINT_URL_STS'])
  })

  test('through a proxy that the person set: it is the proxy', async () => {
    const {what, why} = await told({
      AWS_ENDPOINT_URL_STS: 'http://sts.example.com',
      HTTP_PROXY: 'http://127.0.0.1:3128',
    })
    expect(what).toContain('Something between')
    expect(why).toContain('The proxy http://127.0.0.1:3128')
  })
})

test.each([
  ['IncompleteSignature', 'SIGNATURE_UNREADABLE'],
  ['OptInRequired', 'SIGN_UP_UNFINISHED'],
])('%s says nothing about the key, and is %s', (name, code) => {
  const error = Object.assign(new Error('as AWS says it'), {
    name,
    $fault: 'client',
    $metadata: {httpStatusCode: 403},
  })
  expect(classify(error, {})).toBe(code)
})
