/** Signing in with the browser of this machine: authorization code with PKCE (RFC 7636, RFC 8252). */
import {createHash, randomBytes} from 'node:crypto'
import {Failure} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {listenOnLoopback} from '../safety/loopback-listener.js'
import {Secret} from '../safety/secret.js'
import type {SsoRegistration, SsoSession} from '../safety/sso.js'
import {officialEndpoint} from './client.js'
import {systemClock} from './clock.js'
import {cancelled} from './explain.js'
import {createToken} from './sso-oidc.js'
import {denied, expired} from './sso-device.js'
import type {BrowserAttempt, SsoContext} from './sso-types.js'

const PATH = '/oauth/callback'
/** The AWS CLI waits as long, in milliseconds. */
const WAIT_MS = 10 * 60_000

/** Begins to listen; the caller opens the page. @throws Failure SSO_NO_LISTENER */
export async function startBrowser(
  session: SsoSession,
  registration: SsoRegistration,
  context: SsoContext,
): Promise<BrowserAttempt> {
  const {clock = systemClock} = context
  const state = new Secret(randomBytes(24).toString('base64url'))
  const codeVerifier = new Secret(randomBytes(48).toString('base64url'))
  const listener = await listenOnLoopback({path: PATH, state}).catch((error: unknown) => {
    throw new Failure(noListener(error, session))
  })
  const redirectUri = `http://127.0.0.1:${listener.port}${PATH}`
  const endpoint = context.network.endpoints.SSO_OIDC ?? officialEndpoint('SSO_OIDC', session.region)
  const page = new URL(`${endpoint.replace(/\/$/, '')}/authorize`)
  const challenge = createHash('sha256').update(codeVerifier.reveal()).digest('base64url')
  page.search = new URLSearchParams({
    response_type: 'code',
    client_id: registration.clientId,
    redirect_uri: redirectUri,
    state: state.reveal(),
    code_challenge_method: 'S256',
    scopes: session.scopes.join(' '),
    code_challenge: challenge,
  }).toString()
  const expiresAt = clock.now() + WAIT_MS
  return {
    kind: 'browser',
    url: page.href,
    expiresAt,
    close: listener.close,
    finish: async (now) => {
      try {
        const {clock: time = systemClock} = now
        const answer = await Promise.race([
          listener.answer(now.signal),
          time.wait(Math.max(0, expiresAt - time.now()), now.signal).then(
            () => 'late' as const,
            () => 'left' as const,
          ),
        ])
        if (answer === 'left' || now.signal.aborted) throw new Failure(cancelled)
        if (answer === 'late') throw new Failure(expired(session))
        if ('error' in answer) throw new Failure(denied(session))
        const proof = {code: answer.code, codeVerifier, redirectUri}
        return await createToken(session, registration, proof, now, (name) =>
          /^(?:InvalidGrant|ExpiredToken|AccessDenied)Exception$/.test(name) ? expired(session) : undefined,
        )
      } finally {
        await listener.close()
      }
    },
  }
}

function noListener(error: unknown, {name}: SsoSession) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'nothing'
  return {
    code: 'SSO_NO_LISTENER',
    what: say`The browser could not come back to this program.`,
    why: say`Listening on 127.0.0.1 is not possible here: the system said ${code}.`,
    nextSteps: [
      say`Sign in with a code instead: \`serverless-setup sso login --session ${name} --device-code\``,
    ],
  }
}
