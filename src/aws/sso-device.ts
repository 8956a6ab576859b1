/** Signing in with a code that is given in a browser on any device (RFC 8628). */
import {Failure} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {Secret} from '../text/secret.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../domain/sso.js'
import {systemClock} from './clock.js'
import {cancelled} from './explain.js'
import {ssoCall} from './sso-call.js'
import {createToken, oidc} from './sso-oidc.js'
import {denied, expired, portalRefused, registrationGone} from './sso-problems.js'
import type {DeviceAttempt, SsoContext} from './sso-types.js'

/** RFC 8628, 3.5: without an interval five seconds, and five more each time AWS asks to slow down. */
const DEFAULT_INTERVAL_S = 5
const SLOWER_MS = 5_000
/** What no sign-in waits longer for, whatever AWS says. */
const MAX_INTERVAL_MS = 60_000
const DEFAULT_LIFE_S = 600
const MAX_LIFE_S = 3_600
/** Faults of the way there in a row after which the waiting is given up. */
const MAX_FAULTS = 4
/** What passes by itself, as where a laptop changes from one network to another. */
const PASSING: readonly string[] = [
  'THROTTLED',
  'AWS_SERVER_ERROR',
  'TIMED_OUT',
  'CONNECTION_RESET',
  'CONNECTION_REFUSED',
  'DNS_FAILED',
  'OFFLINE',
]

/** @throws Failure SSO_PORTAL_REFUSED, SSO_REGISTRATION_GONE, or the code of a fault */
export async function startDevice(
  session: SsoSession,
  {clientId, clientSecret}: SsoRegistration,
  context: SsoContext,
): Promise<DeviceAttempt> {
  const {clock = systemClock} = context
  const {StartDeviceAuthorizationCommand} = await import('./sdk.js')
  const {startUrl} = session
  return ssoCall({
    ...oidc(session, context),
    operation: 'sso-oidc:StartDeviceAuthorization',
    secrets: [clientSecret],
    send: async (client, abortSignal) => {
      const {deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn, interval} =
        await client.send(
          new StartDeviceAuthorizationCommand({clientId, clientSecret: clientSecret.reveal(), startUrl}),
          {abortSignal},
        )
      if (!deviceCode || !userCode || !isPage(verificationUri))
        throw new Error('The answer holds no code for the browser.')
      return {
        kind: 'device' as const,
        userCode,
        verificationUri,
        verificationUriComplete: isPage(verificationUriComplete) ? verificationUriComplete : verificationUri,
        expiresAt: clock.now() + within(expiresIn, DEFAULT_LIFE_S, MAX_LIFE_S) * 1000,
        intervalMs: within(interval, DEFAULT_INTERVAL_S, MAX_INTERVAL_MS / 1000) * 1000,
        deviceCode: new Secret(deviceCode),
      }
    },
    refused: (name) => {
      if (name === 'InvalidRequestException') return portalRefused(session)
      return isAboutRegistration(name) ? registrationGone() : undefined
    },
  })
}

function isPage(address: string | undefined): address is string {
  return address !== undefined && URL.canParse(address) && /^https?:\/\/[!-~]+$/.test(address)
}

function within(seconds: number | undefined, usual: number, most: number): number {
  return seconds !== undefined && seconds > 0 ? Math.min(seconds, most) : usual
}

function isAboutRegistration(name: string): boolean {
  return name === 'InvalidClientException' || name === 'UnauthorizedClientException'
}

/**
 * Asks until the person has decided.
 * @throws Failure SSO_DENIED, SSO_CODE_EXPIRED, SSO_REGISTRATION_GONE, CANCELLED, or the code of a fault that stays
 */
export async function awaitDevice(
  session: SsoSession,
  registration: SsoRegistration,
  attempt: DeviceAttempt,
  context: SsoContext,
): Promise<SsoToken> {
  const {clock = systemClock, signal, report} = context
  let {intervalMs} = attempt
  for (let faults = 0; ;) {
    await clock.wait(intervalMs, signal).catch(() => undefined)
    if (signal.aborted) throw new Failure(cancelled)
    if (clock.now() >= attempt.expiresAt) throw new Failure(expired(session))
    const answer = await ask(session, registration, attempt, context)
    if (answer === 'pending' || answer === 'slow down') {
      faults = 0
      if (answer === 'slow down') intervalMs = Math.min(intervalMs + SLOWER_MS, MAX_INTERVAL_MS)
    } else if (answer instanceof Failure) {
      faults += 1
      if (!PASSING.includes(answer.problem.code) || faults >= MAX_FAULTS) throw answer
      // RFC 8628, 3.5: a client that cannot connect has to ask less often.
      intervalMs = Math.min(intervalMs * 2, MAX_INTERVAL_MS)
      report?.(say`${answer.problem.what} Asking again in ${Math.round(intervalMs / 1000)} s.`)
    } else {
      return answer
    }
  }
}

/** One question. The SDK tells "not yet" and "slow down" as errors. */
async function ask(
  session: SsoSession,
  registration: SsoRegistration,
  {deviceCode}: DeviceAttempt,
  context: SsoContext,
): Promise<SsoToken | Failure | 'pending' | 'slow down'> {
  let said = ''
  const refused = (name: string) => {
    said = name
    if (name === 'AccessDeniedException') return denied(session)
    if (name === 'ExpiredTokenException' || name === 'InvalidGrantException') return expired(session)
    return isAboutRegistration(name) ? registrationGone() : undefined
  }
  try {
    return await createToken(
      // Asked once: a "slow down" that is answered by asking again at once would make it worse.
      {session, registration, proof: {deviceCode}, refused, patience: {maxTries: 1, maxTryingMs: 0}},
      context,
    )
  } catch (error) {
    if (said === 'AuthorizationPendingException') return 'pending'
    if (said === 'SlowDownException') return 'slow down'
    if (error instanceof Failure) return error
    throw error
  }
}
