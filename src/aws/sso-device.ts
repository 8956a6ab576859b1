/** Signing in with a code that is given in a browser on any device (RFC 8628). */
import {Failure, type Problem} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../safety/sso.js'
import {systemClock} from './clock.js'
import {cancelled} from './explain.js'
import {ssoCall} from './sso-call.js'
import {createToken, oidc, refusedPortal} from './sso-oidc.js'
import type {DeviceAttempt, SsoContext} from './sso-types.js'

/** RFC 8628, 3.5: without an interval five seconds, and five more each time AWS asks to slow down. */
const DEFAULT_INTERVAL_S = 5
const SLOWER_MS = 5_000
/** What no sign-in waits longer for, whatever AWS says. */
const MAX_INTERVAL_MS = 60_000

/** @throws Failure SSO_PORTAL_REFUSED, or the code of a fault */
export async function startDevice(
  session: SsoSession,
  {clientId, clientSecret}: SsoRegistration,
  context: SsoContext,
): Promise<DeviceAttempt> {
  const {clock = systemClock} = context
  const {StartDeviceAuthorizationCommand} = await import('@aws-sdk/client-sso-oidc')
  const answer = await ssoCall({
    ...oidc(session, context),
    operation: 'sso-oidc:StartDeviceAuthorization',
    secrets: [clientSecret],
    send: async (client, abortSignal) =>
      client.send(
        new StartDeviceAuthorizationCommand({
          clientId,
          clientSecret: clientSecret.reveal(),
          startUrl: session.startUrl,
        }),
        {abortSignal},
      ),
    refused: (name) => (/^Invalid|^Unauthorized/.test(name) ? refusedPortal(session) : undefined),
  })
  const {deviceCode, userCode, verificationUri, verificationUriComplete} = answer
  if (!deviceCode || !userCode || !verificationUri) throw new Failure(refusedPortal(session))
  return {
    kind: 'device',
    userCode,
    verificationUri,
    verificationUriComplete: verificationUriComplete ?? verificationUri,
    expiresAt: clock.now() + (answer.expiresIn ?? 600) * 1000,
    intervalMs: (answer.interval || DEFAULT_INTERVAL_S) * 1000,
    deviceCode: new Secret(deviceCode),
  }
}

/** Asks until the person has decided. @throws Failure SSO_DENIED, SSO_CODE_EXPIRED, CANCELLED, or the code of a fault */
export async function awaitDevice(
  session: SsoSession,
  registration: SsoRegistration,
  attempt: DeviceAttempt,
  context: SsoContext,
): Promise<SsoToken> {
  const {clock = systemClock, signal} = context
  let {intervalMs} = attempt
  for (;;) {
    await clock.wait(intervalMs, signal).catch(() => undefined)
    if (signal.aborted) throw new Failure(cancelled)
    if (clock.now() >= attempt.expiresAt) throw new Failure(expired(session))
    const decided = await ask(session, registration, attempt, context)
    if (typeof decided === 'object') return decided
    if (decided === 'slower') intervalMs = Math.min(intervalMs + SLOWER_MS, MAX_INTERVAL_MS)
  }
}

async function ask(
  session: SsoSession,
  registration: SsoRegistration,
  {deviceCode}: DeviceAttempt,
  context: SsoContext,
): Promise<SsoToken | 'pending' | 'slower'> {
  const {signal, clock = systemClock} = context
  // An answer that asks to slow down is no fault to be tried again at once.
  const answers: {name?: string} = {}
  try {
    return await createToken(session, registration, {deviceCode}, {...context, clock, signal}, (name) => {
      answers.name = name
      return meaningOf(name, session)
    })
  } catch (error) {
    if (answers.name === 'AuthorizationPendingException') return 'pending'
    if (answers.name === 'SlowDownException') return 'slower'
    throw error
  }
}

function meaningOf(name: string, session: SsoSession): Problem | undefined {
  switch (name) {
    case 'AccessDeniedException':
      return denied(session)
    case 'ExpiredTokenException':
    case 'InvalidGrantException':
      return expired(session)
    default:
      return undefined
  }
}

export function denied({name}: SsoSession): Problem {
  return {
    code: 'SSO_DENIED',
    what: say`The sign-in was denied in the browser.`,
    why: say`Somebody chose "Deny", or this person may not sign in.`,
    nextSteps: [
      say`Sign in again and choose "Allow access": \`serverless-setup sso login --session ${name}\``,
    ],
  }
}

export function expired({name}: SsoSession): Problem {
  return {
    code: 'SSO_CODE_EXPIRED',
    what: say`The sign-in was not finished in time.`,
    why: say`Its code is good for some minutes only.`,
    nextSteps: [say`Begin anew: \`serverless-setup sso login --session ${name}\``],
  }
}
