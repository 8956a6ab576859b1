/** Every fault of the embedded AWS against every call of signing in: bounded time, the right words, no secret. */
import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals'
import {startBrowser} from '../../src/aws/sso-browser.js'
import {awaitDevice, startDevice} from '../../src/aws/sso-device.js'
import {refresh, register} from '../../src/aws/sso-oidc.js'
import {listAccounts, listAllRoles, listRoles, roleCredentials, signOut} from '../../src/aws/sso-portal.js'
import type {SsoContext} from '../../src/aws/sso-types.js'
import type {Fault} from '../../src/practice/faults.js'
import type {SsoRegistration, SsoToken} from '../../src/domain/sso.js'
import {findCanary} from '../support/canary.js'
import {
  everythingOf,
  failure,
  limits,
  outcome,
  quickClock,
  reveal,
  startPlace,
  type Place,
} from './sso-support.js'

/** As many tries as any call has, and what a busy machine adds, in milliseconds. */
const BOUND_MS = 4 * limits.callMs + 1_500

let place: Place
let token: SsoToken
let browserRegistration: SsoRegistration
beforeAll(async () => {
  place = await startPlace()
  token = await place.signIn()
  browserRegistration = await register(place.session, 'browser', place.context)
})
afterEach(() => {
  place.practice.faults.clear()
})
afterAll(async () => place.practice.close())

const ROLE = {accountId: '123456789012', roleName: 'AdministratorAccess'}

/** What is done before the fault strikes, then the call itself. */
type Call = (context: SsoContext) => Promise<() => Promise<unknown>>

const CALLS: Readonly<Record<string, readonly [action: string, call: Call]>> = {
  'register for a code': [
    'sso-oidc:RegisterClient',
    async (context) => () => register(place.session, 'device', context),
  ],
  'register for the browser': [
    'sso-oidc:RegisterClient',
    async (context) => () => register(place.session, 'browser', context),
  ],
  startDevice: [
    'sso-oidc:StartDeviceAuthorization',
    async (context) => () => startDevice(place.session, place.registration, context),
  ],
  awaitDevice: [
    'sso-oidc:CreateToken',
    async (context) => {
      const {session, registration, practice} = place
      const attempt = await startDevice(session, registration, context)
      practice.identityCenter.approveDevice(attempt.userCode)
      return () => awaitDevice(session, registration, attempt, context)
    },
  ],
  'finish in the browser': [
    'sso-oidc:CreateToken',
    async (context) => {
      const attempt = await startBrowser(place.session, browserRegistration, context)
      const finished = attempt.finish({...context, clock: {...quickClock(), wait: waitForBrowser}})
      finished.catch(() => undefined)
      return async () => {
        // Nobody is there to be visited where the person has left.
        await place.practice.identityCenter.visit(attempt.url).catch(() => undefined)
        return finished
      }
    },
  ],
  refresh: [
    'sso-oidc:CreateToken',
    async (context) => {
      // Good for one use, also where the answer is lost.
      const own = await place.signIn()
      return () => refresh(own, context)
    },
  ],
  listAccounts: ['sso:ListAccounts', async (context) => () => listAccounts(token, context)],
  listRoles: ['sso:ListAccountRoles', async (context) => () => listRoles(token, ROLE.accountId, context)],
  listAllRoles: [
    'sso:ListAccountRoles',
    async (context) => {
      const accounts = await listAccounts(token, context)
      return () => listAllRoles(token, accounts, context)
    },
  ],
  roleCredentials: ['sso:GetRoleCredentials', async (context) => () => roleCredentials(token, ROLE, context)],
  signOut: [
    'sso:Logout',
    async (context) => {
      const own = await place.signIn()
      return () => signOut(own, context)
    },
  ],
}

/** The ten minutes do not pass; a pause between two tries does. */
async function waitForBrowser(ms: number, signal: AbortSignal): Promise<void> {
  if (ms < 60_000) return
  await new Promise<void>((_resolve, reject) => {
    const leave = () => reject(new Error('left'))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, {once: true})
  })
}

const HOST = String.raw`127\.0\.0\.1:\d+`
const BAD = new RegExp(`^${HOST} gave an answer that AWS would not give\\.$`)
const CUT = new RegExp(`^The connection to ${HOST} was cut\\.$`)
const SILENT = new RegExp(`^${HOST} did not answer in time\\.$`)
const PROXY = /did not answer as AWS would\.$/
const BUSY = /^AWS is answering too many requests and asks to wait\.$/
const BROKEN = /^AWS has a fault of its own\.$/

/** Faults of the way there and of AWS: none of them says anything about a sign-in. */
const NETWORK_FAULTS: readonly (readonly [fault: Fault, code: string, what: RegExp])[] = [
  [{kind: 'throttling'}, 'THROTTLED', BUSY],
  [{kind: 'throttling', status: 503}, 'THROTTLED', BUSY],
  [{kind: 'server-error'}, 'AWS_SERVER_ERROR', BROKEN],
  [{kind: 'server-error', status: 503}, 'AWS_SERVER_ERROR', BROKEN],
  [{kind: 'html'}, 'PROXY_ANSWERED', PROXY],
  [{kind: 'html', status: 403}, 'PROXY_ANSWERED', PROXY],
  [{kind: 'html', status: 407}, 'PROXY_ANSWERED', PROXY],
  [{kind: 'html', status: 502}, 'PROXY_ANSWERED', PROXY],
  [{kind: 'truncated'}, 'CONNECTION_RESET', CUT],
  [{kind: 'reset'}, 'CONNECTION_RESET', CUT],
  [{kind: 'silence'}, 'TIMED_OUT', SILENT],
  [{kind: 'slow'}, 'TIMED_OUT', SILENT],
  [{kind: 'empty'}, 'BAD_ANSWER', BAD],
  [{kind: 'not-xml'}, 'BAD_ANSWER', BAD],
  [{kind: 'redirect'}, 'BAD_ANSWER', BAD],
  [{kind: 'big-body'}, 'BAD_ANSWER', BAD],
]

/** Where it is not a fault: a code that AWS asks to be slow with runs out, and a sign-out has no answer to be spoilt. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'awaitDevice throttling': 'SSO_CODE_EXPIRED',
  'signOut truncated': 'ok',
  'signOut slow': 'ok',
  'signOut empty': 'ok',
  'signOut not-xml': 'ok',
}

describe.each(Object.entries(CALLS))('%s', (name, [action, call]) => {
  test.each(NETWORK_FAULTS)('%o ends in bounded time, as %s', async (fault, code, what) => {
    const now = await call({...place.context, clock: quickClock()})
    place.practice.faults.add({...fault, action})
    const start = performance.now()
    const otherwise = OTHERWISE[`${name} ${fault.kind}`]
    if (otherwise !== undefined) return expect(await outcome(now())).toBe(otherwise)
    const error = await failure(now())
    expect(performance.now() - start).toBeLessThan(BOUND_MS)
    const {problem} = error
    expect([problem.code, problem.what]).toEqual([code, expect.stringMatching(what)])
    expect(problem.why).toContain('This says nothing about your sign-in.')
    expect(problem.nextSteps.length).toBeGreaterThan(0)
    expect(problem.nextSteps.join('\n')).not.toContain('--path local')
    const secrets = reveal(
      token.accessToken,
      token.refreshToken,
      place.registration.clientSecret,
      browserRegistration.clientSecret,
    )
    expect(findCanary(everythingOf(error), secrets)).toEqual([])
    return undefined
  })

  test.each(['silence', 'slow'] as const)('is left at once (%s)', async (kind) => {
    if (OTHERWISE[`${name} ${kind}`]) return
    const leaving = new AbortController()
    const unhurried = {connectMs: 5_000, callMs: 10_000}
    const now = await call({
      ...place.context,
      clock: quickClock(),
      signal: leaving.signal,
      limits: unhurried,
    })
    place.practice.faults.add({kind, action})
    const before = place.practice.log.entries.filter((entry) => entry.service !== 'portal').length
    const asked = failure(now())
    while (place.practice.log.entries.filter((entry) => entry.service !== 'portal').length === before)
      await new Promise((resolve) => setImmediate(resolve))
    leaving.abort()
    const start = performance.now()
    expect((await asked).problem.code).toBe('CANCELLED')
    expect(performance.now() - start).toBeLessThan(500)
  })

  test('is not begun where the person has left already', async () => {
    const leaving = new AbortController()
    const now = await call({...place.context, clock: quickClock(), signal: leaving.signal})
    leaving.abort()
    expect(await outcome(now())).toBe('CANCELLED')
  })

  test('a clock that is an hour off spoils nothing', async () => {
    const now = await call({...place.context, clock: quickClock()})
    place.practice.faults.add({kind: 'clock-skew', ms: -3_600_000, action})
    expect(await outcome(now())).toBe('ok')
  })
})

/** What AWS itself refuses, by the fault and the call. Nothing here is about an access key. */
const REFUSALS: Readonly<Record<string, Partial<Record<Fault['kind'], string>>>> = {
  'register for a code': {
    'invalid-key': 'AWS_REFUSED',
    'access-denied': 'AWS_REFUSED',
    'expired-token': 'AWS_REFUSED',
  },
  'register for the browser': {'invalid-key': 'AWS_REFUSED', 'access-denied': 'AWS_REFUSED'},
  startDevice: {'invalid-key': 'SSO_REGISTRATION_GONE', 'access-denied': 'AWS_REFUSED'},
  awaitDevice: {
    'invalid-key': 'SSO_REGISTRATION_GONE',
    'access-denied': 'SSO_DENIED',
    'expired-token': 'SSO_CODE_EXPIRED',
  },
  'finish in the browser': {
    'invalid-key': 'SSO_REGISTRATION_GONE',
    'access-denied': 'SSO_DENIED',
    'expired-token': 'SSO_CODE_EXPIRED',
  },
  refresh: {
    'invalid-key': 'SSO_SESSION_EXPIRED',
    'access-denied': 'SSO_SESSION_EXPIRED',
    'expired-token': 'SSO_SESSION_EXPIRED',
  },
  listAccounts: {'expired-token': 'SSO_SESSION_EXPIRED', 'access-denied': 'AWS_REFUSED'},
  listRoles: {'expired-token': 'SSO_SESSION_EXPIRED', 'access-denied': 'SSO_ROLE_GONE'},
  listAllRoles: {'expired-token': 'SSO_SESSION_EXPIRED', 'access-denied': 'ok'},
  roleCredentials: {'expired-token': 'SSO_SESSION_EXPIRED', 'access-denied': 'SSO_ROLE_GONE'},
  signOut: {'expired-token': 'ok', 'access-denied': 'AWS_REFUSED'},
}

describe.each(Object.entries(REFUSALS))('%s, refused by AWS', (name, cells) => {
  test.each(Object.entries(cells))('%s is %s', async (kind, code) => {
    const [action, call] = CALLS[name]!
    const now = await call({...place.context, clock: quickClock()})
    place.practice.faults.add({kind: kind as Fault['kind'], action})
    if (code === 'ok') return expect(await outcome(now())).toBe('ok')
    const {problem} = await failure(now())
    expect(problem.code).toBe(code)
    expect([problem.what, problem.why, ...problem.nextSteps].join('\n')).not.toMatch(/access key|\bkey ID\b/i)
    return undefined
  })
})
