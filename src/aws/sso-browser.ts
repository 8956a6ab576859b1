/** Signing in with the browser of this machine: authorization code with PKCE (RFC 7636, RFC 8252). */
import {createHash, randomBytes} from 'node:crypto'
import {listenOnLoopback, type LoopbackAnswer, type LoopbackListener} from './loopback-listener.js'
import {Failure, type Problem} from '../domain/problem.js'
import {Secret} from '../text/secret.js'
import type {SsoRegistration, SsoSession} from '../domain/sso.js'
import {endpointOf} from './endpoints.js'
import {systemClock} from './clock.js'
import {cancelled} from './explain.js'
import {createToken, REDIRECT_URI} from './sso-oidc.js'
import {denied, expired, noListener, pageRefused, registrationGone} from './sso-problems.js'
import type {BrowserAttempt, SsoContext} from './sso-types.js'

/** The AWS CLI waits as long, in milliseconds. */
const WAIT_MS = 10 * 60_000

/** Begins to listen; the caller opens the page. @throws Failure SSO_NO_LISTENER, CANCELLED */
export async function startBrowser(
  session: SsoSession,
  registration: SsoRegistration,
  context: SsoContext,
): Promise<BrowserAttempt> {
  const {clock = systemClock, network, signal} = context
  const state = new Secret(randomBytes(24).toString('base64url'))
  const codeVerifier = new Secret(randomBytes(48).toString('base64url'))
  const {pathname: path} = new URL(REDIRECT_URI)
  const listener = await listenOnLoopback({path, state, lastsMs: WAIT_MS}).catch((error: unknown) => {
    throw new Failure(noListener(session, error))
  })
  if (signal.aborted) {
    await listener.close()
    throw new Failure(cancelled)
  }
  const redirectUri = REDIRECT_URI.replace('127.0.0.1', `127.0.0.1:${listener.port}`)
  const endpoint = endpointOf('SSO_OIDC', session.region, network)
  const page = new URL(`${endpoint.replace(/\/$/, '')}/authorize`)
  page.search = new URLSearchParams({
    response_type: 'code',
    client_id: registration.clientId,
    redirect_uri: redirectUri,
    state: state.reveal(),
    code_challenge_method: 'S256',
    scopes: session.scopes.join(' '),
    code_challenge: createHash('sha256').update(codeVerifier.reveal()).digest('base64url'),
  }).toString()
  const expiresAt = clock.now() + WAIT_MS
  return {
    kind: 'browser',
    url: page.href,
    expiresAt,
    close: listener.close,
    finish: async (now) => {
      try {
        const answer = await firstOf(listener, expiresAt, now)
        if (answer === 'late') throw new Failure(expired(session))
        if ('error' in answer)
          throw new Failure(
            answer.error === 'access_denied' ? denied(session) : pageRefused(session, answer.error),
          )
        const proof = {code: answer.code, codeVerifier, redirectUri}
        return await createToken(
          {session, registration, proof, refused: (name) => meaningOf(name, session)},
          now,
        )
      } finally {
        await listener.close()
      }
    },
  }
}

/** What comes first: the browser, the end of the time, or that the person leaves. @throws Failure CANCELLED */
async function firstOf(
  listener: LoopbackListener,
  expiresAt: number,
  {signal, clock = systemClock}: SsoContext,
): Promise<LoopbackAnswer | 'late'> {
  const over = new AbortController()
  const leave = () => over.abort()
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, {once: true})
  try {
    return await Promise.race([
      listener.answer(over.signal),
      clock.wait(Math.max(0, expiresAt - clock.now()), over.signal).then(() => 'late' as const),
    ])
  } catch (error) {
    throw signal.aborted ? new Failure(cancelled) : error
  } finally {
    signal.removeEventListener('abort', leave)
    // The timer would keep the program running for the rest of its ten minutes.
    leave()
  }
}

function meaningOf(name: string, session: SsoSession): Problem | undefined {
  switch (name) {
    case 'AccessDeniedException':
      return denied(session)
    case 'ExpiredTokenException':
    case 'InvalidGrantException':
      return expired(session)
    case 'InvalidClientException':
    case 'UnauthorizedClientException':
      return registrationGone()
    default:
      return undefined
  }
}
