import {inspect} from 'node:util'
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {verifyIdentity, type IdentityOptions} from '../../src/aws/identity.js'
import {networkFrom, type Network} from '../../src/aws/network.js'
import type {Clock} from '../../src/aws/clock.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {Failure, type Problem} from '../../src/domain/problem.js'
import {Secret} from '../../src/text/secret.js'
import {findCanary} from '../support/canary.js'
import {asKey, region, signal} from './keys.js'

let practice: Practice
let network: Network
beforeAll(async () => {
  practice = await startPractice()
  network = await networkFrom({AWS_ENDPOINT_URL: practice.url})
})
afterEach(() => practice.faults.clear())
afterAll(async () => practice.close())

/** Time that passes only by waiting. */
function testClock(): Clock & {readonly waited: number[]} {
  const waited: number[] = []
  let now = Date.now()
  return {
    waited,
    now: () => now,
    random: () => 0,
    wait: async (ms) => {
      waited.push(ms)
      now += ms
    },
  }
}

const limits = {connectMs: 300, callMs: 600}
const options = (changes: Partial<IdentityOptions> = {}): IdentityOptions => ({
  region: region('us-east-1'),
  network,
  signal,
  limits,
  clock: testClock(),
  ...changes,
})

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Failure)) throw new Error(`expected a Failure, got ${inspect(error)}`)
  return error.problem
}

describe('whose a key is', () => {
  test('a user, the root user and a role are told apart', async () => {
    const user = await verifyIdentity(asKey(practice.issueKey({userName: 'ada'})), options())
    expect(user).toMatchObject({
      accountId: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/ada',
      kind: 'user',
      userName: 'ada',
      partition: 'aws',
    })
    const root = await verifyIdentity(asKey(practice.issueRootKey()), options())
    expect(root.kind).toBe('root')
    const session = await verifyIdentity(asKey(practice.issueSession({of: 'ada'})), options())
    expect(session.accountId).toBe('123456789012')
  })

  test('a fresh key that is not yet valid is tried again with a countdown, up to 30 seconds', async () => {
    practice.account.validAfterAttempts = 3
    const key = asKey(practice.issueKey({userName: 'fresh'}))
    const clock = testClock()
    const notes: string[] = []
    const found = await verifyIdentity(
      key,
      options({isFresh: true, clock, report: (note) => notes.push(note)}),
    )
    practice.account.validAfterAttempts = 0
    expect(found.userName).toBe('fresh')
    expect(notes[0]).toBe('New keys can take a few seconds to become valid. Trying again, 30 s left.')

    practice.faults.add({kind: 'invalid-key'})
    const never = testClock()
    const problem = await problemOf(verifyIdentity(key, options({isFresh: true, clock: never})))
    expect(problem.code).toBe('INVALID_CLIENT_TOKEN')
    const seconds = never.waited.reduce((sum, ms) => sum + ms, 0) / 1000
    expect(seconds).toBeGreaterThanOrEqual(30)
    expect(seconds).toBeLessThanOrEqual(33)
  })

  test('a key of another partition is told, with where it belongs', async () => {
    const china = await startPractice({partition: 'aws-cn'})
    const key = asKey(china.issueKey())
    const other = await networkFrom({AWS_ENDPOINT_URL: china.url})
    const problem = await problemOf(
      verifyIdentity(key, options({network: other, region: region('eu-west-1')})),
    )
    await china.close()
    expect(problem.code).toBe('WRONG_PARTITION')
    expect(problem.nextSteps.join()).toContain('cn-north-1')
  })

  test('a region that is not enabled is told apart from a bad key', async () => {
    const problem = await problemOf(
      verifyIdentity(asKey(practice.issueKey({userName: 'opt'})), options({region: region('ap-east-1')})),
    )
    expect(problem.code).toBe('REGION_DISABLED')
    expect(problem.nextSteps.join()).toContain('enable-region --region-name ap-east-1')
  })
})

describe('each fault is told by its own name', () => {
  const cases: readonly [kind: string, code: string, words: RegExp][] = [
    ['invalid-key', 'INVALID_CLIENT_TOKEN', /does not know this access key/],
    ['signature-mismatch', 'SIGNATURE_MISMATCH', /the secret does not belong to it/],
    ['expired-token', 'EXPIRED_TOKEN', /have expired/],
    ['access-denied', 'ACCESS_DENIED', /does not allow sts:GetCallerIdentity/],
    ['throttling', 'THROTTLED', /too many requests/],
    ['server-error', 'AWS_SERVER_ERROR', /a fault of its own/],
    ['html', 'PROXY_ANSWERED', /did not answer as AWS would/],
    ['truncated', 'CONNECTION_RESET', /was cut/],
    ['reset', 'CONNECTION_RESET', /was cut/],
    ['silence', 'TIMED_OUT', /did not answer in time/],
    ['slow', 'TIMED_OUT', /did not answer in time/],
    ['empty', 'BAD_ANSWER', /an answer that AWS would not give/],
    ['not-xml', 'BAD_ANSWER', /an answer that AWS would not give/],
    ['opt-in-required', 'REGION_DISABLED', /is not enabled/],
    ['redirect', 'BAD_ANSWER', /an answer that AWS would not give/],
    ['big-body', 'BAD_ANSWER', /an answer that AWS would not give/],
  ]
  test.each(cases)('%s is %s', async (kind, code, words) => {
    practice.faults.add({
      kind: kind as 'html',
      action: 'sts:GetCallerIdentity',
      ...(kind === 'opt-in-required' ? {times: 1} : {}),
    })
    const key = asKey(practice.issueKey({userName: `fault-${kind}`}))
    const problem = await problemOf(verifyIdentity(key, options({region: region('us-west-2')})))
    expect(problem.code).toBe(code)
    expect(problem.what).toMatch(words)
    expect(problem.nextSteps.length).toBeGreaterThan(0)
  })

  test('a wrong clock is measured, and both times are shown', async () => {
    practice.faults.add({kind: 'clock-skew', ms: 3_600_000})
    const problem = await problemOf(verifyIdentity(asKey(practice.issueKey({userName: 'clock'})), options()))
    expect(problem.code).toBe('CLOCK_SKEW')
    expect(problem.why).toMatch(
      /Here it is \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, at AWS .* UTC: 60 minutes apart/,
    )
  })

  test('every kind of web page from between is no bad key', async () => {
    const key = asKey(practice.issueKey({userName: 'html'}))
    for (const status of [200, 403, 407, 502]) {
      practice.faults.add({kind: 'html', status})
      const problem = await problemOf(verifyIdentity(key, options()))
      expect([status, problem.code]).toEqual([status, 'PROXY_ANSWERED'])
      practice.faults.clear()
    }
  })

  test('refused, unknown host: bounded, and never a bad key', async () => {
    for (const [url, code] of [
      ['http://127.0.0.1:9', 'CONNECTION_REFUSED'],
      ['http://no-such-host.invalid', 'DNS_FAILED'],
    ] as const) {
      const bad = await networkFrom({AWS_ENDPOINT_URL: url})
      const problem = await problemOf(
        verifyIdentity(asKey(practice.issueKey({userName: 'net'})), options({network: bad})),
      )
      expect(problem.code).toBe(code)
      expect(problem.why).toContain(`AWS was asked at ${url}`)
    }
  })

  test('throttling that passes is not told at all', async () => {
    practice.faults.add({kind: 'throttling', times: 2})
    const clock = testClock()
    const found = await verifyIdentity(asKey(practice.issueKey({userName: 'busy'})), options({clock}))
    expect(found.userName).toBe('busy')
    expect(clock.waited.length).toBe(2)
  })

  test.each([
    ['cut at a slash', (secret: string) => secret.slice(0, 22), /22 characters instead of 40/],
    ['with a blank', (secret: string) => `${secret.slice(0, 20)} ${secret.slice(20)}`, /blank inside/],
    ['in quotes', (secret: string) => `"${secret}"`, /quotes/],
    ['URL-encoded', (secret: string) => `${secret.slice(0, 37)}%2F`, /URL-encoded/],
    [
      'with one character changed',
      (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('a') ? 'b' : 'a'}`,
      /right shape/,
    ],
  ])('a secret %s: the words say what looks wrong', async (_name, damage, words) => {
    const issued = practice.issueKey({userName: `damaged-${Math.random().toString(36).slice(2)}`})
    const key = {...asKey(issued), secretAccessKey: new Secret(damage(issued.secretAccessKey))}
    const problem = await problemOf(verifyIdentity(key, options()))
    expect(problem.code).toBe('SIGNATURE_MISMATCH')
    expect(problem.why).toMatch(words)
    expect(findCanary(inspect(problem), [key.secretAccessKey.reveal()])).toEqual([])
  })
})

test('no failure holds a secret: not its words, its stack, or its causes', async () => {
  const issued = practice.issueKey({userName: 'canary'})
  const key = asKey(issued)
  for (const kind of [
    'invalid-key',
    'signature-mismatch',
    'html',
    'reset',
    'not-xml',
    'server-error',
    'access-denied',
  ] as const) {
    practice.faults.add({kind})
    const error = await verifyIdentity(key, options()).catch((reason: unknown) => reason)
    practice.faults.clear()
    const everything =
      inspect(error, {depth: 20, showHidden: true}) + JSON.stringify(error) + String((error as Error).stack)
    expect(findCanary(everything, [issued.secretAccessKey])).toEqual([])
  }
})
