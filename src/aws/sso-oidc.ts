/** Signing in to IAM Identity Center: who this program is, and tokens. https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/ */
import {Failure, type Problem} from '../domain/problem.js'
import {Secret} from '../text/secret.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../domain/sso.js'
import type {Patience} from './call.js'
import {oidcClient, TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import type {Observation} from './observation.js'
import {ssoCall} from './sso-call.js'
import {portalRefused, sessionExpired} from './sso-problems.js'
import type {SsoContext, SsoGrant} from './sso-types.js'

/** Where the browser comes back to; AWS takes any port of it. */
export const REDIRECT_URI = 'http://127.0.0.1/oauth/callback'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
const GRANTS: Readonly<Record<SsoGrant, readonly string[]>> = {
  browser: ['authorization_code', 'refresh_token'],
  device: [DEVICE_GRANT, 'refresh_token'],
}

/**
 * Makes this program known to the Identity Center for some weeks. Nobody signs in by it.
 * @throws Failure SSO_PORTAL_REFUSED, or the code of a fault
 */
export async function register(
  session: SsoSession,
  grant: SsoGrant,
  context: SsoContext,
): Promise<SsoRegistration> {
  const {RegisterClientCommand} = await import('./sdk.js')
  const isBrowser = grant === 'browser'
  return ssoCall({
    ...oidc(session, context),
    operation: 'sso-oidc:RegisterClient',
    secrets: [],
    send: async (client, abortSignal) => {
      const {clientId, clientSecret, clientSecretExpiresAt} = await client.send(
        new RegisterClientCommand({
          clientName: 'serverless-setup',
          clientType: 'public',
          scopes: [...session.scopes],
          grantTypes: [...GRANTS[grant]],
          ...(isBrowser ? {redirectUris: [REDIRECT_URI], issuerUrl: session.startUrl} : {}),
        }),
        {abortSignal},
      )
      if (!clientId || !clientSecret) throw new Error('The answer registers nobody.')
      return {
        clientId,
        clientSecret: new Secret(clientSecret),
        expiresAt: (clientSecretExpiresAt ?? 0) * 1000,
        scopes: session.scopes,
        // As the AWS CLI: only what was made for the browser says so in the cache.
        ...(isBrowser ? {grantTypes: GRANTS.browser} : {}),
      }
    },
    // Only the browser's registration names the start URL; the name says nothing about other fields.
    refused: (name) => (isBrowser && name === 'InvalidRequestException' ? portalRefused(session) : undefined),
  })
}

/** What a token is asked for with: exactly one of the three. */
type TokenProof =
  | {readonly deviceCode: Secret}
  | {readonly code: Secret; readonly codeVerifier: Secret; readonly redirectUri: string}
  | {readonly refreshToken: Secret}

interface TokenRequest {
  readonly session: Pick<SsoSession, 'startUrl' | 'region'>
  readonly registration: SsoRegistration
  readonly proof: TokenProof
  /** What an error of AWS means, by its name. */
  readonly refused: (name: string) => Problem | undefined
  readonly patience?: Patience
}

/** @throws Failure as `refused` says, or the code of a fault */
export async function createToken(
  {session, registration, proof, refused, patience}: TokenRequest,
  context: SsoContext,
): Promise<SsoToken> {
  const {CreateTokenCommand} = await import('./sdk.js')
  const {clientId, clientSecret} = registration
  const {clock = systemClock} = context
  return ssoCall({
    ...oidc(session, context),
    operation: 'sso-oidc:CreateToken',
    secrets: [clientSecret, ...Object.values(proof).filter((each) => each instanceof Secret)],
    refused,
    ...(patience ? {patience} : {}),
    send: async (client, abortSignal) => {
      const {accessToken, expiresIn, refreshToken} = await client.send(
        new CreateTokenCommand({clientId, clientSecret: clientSecret.reveal(), ...fieldsOf(proof)}),
        {abortSignal},
      )
      if (!accessToken || typeof expiresIn !== 'number' || !(expiresIn > 0))
        throw new Error('The answer holds no token.')
      return {
        startUrl: session.startUrl,
        region: session.region,
        accessToken: new Secret(accessToken),
        expiresAt: clock.now() + expiresIn * 1000,
        registration,
        ...(refreshToken ? {refreshToken: new Secret(refreshToken)} : {}),
      }
    },
  })
}

function fieldsOf(proof: TokenProof) {
  if ('deviceCode' in proof) return {grantType: DEVICE_GRANT, deviceCode: proof.deviceCode.reveal()}
  if ('refreshToken' in proof) return {grantType: 'refresh_token', refreshToken: proof.refreshToken.reveal()}
  const {code, codeVerifier, redirectUri} = proof
  return {
    grantType: 'authorization_code',
    code: code.reveal(),
    codeVerifier: codeVerifier.reveal(),
    redirectUri,
  }
}

/** After these the person has to sign in: what is kept of the session is good for nothing more. */
const OVER: readonly string[] = [
  'InvalidGrantException',
  'ExpiredTokenException',
  'InvalidClientException',
  'UnauthorizedClientException',
  'AccessDeniedException',
  'InvalidRequestException',
]

/** A new token without a browser. @throws Failure SSO_SESSION_EXPIRED where the person has to sign in, or the code of a fault */
export async function refresh(token: SsoToken, context: SsoContext): Promise<SsoToken> {
  const {refreshToken, registration} = token
  if (!refreshToken || !registration) throw new Failure(sessionExpired())
  const renewed = await createToken(
    {
      session: token,
      registration,
      proof: {refreshToken},
      refused: (name) => (OVER.includes(name) ? sessionExpired() : undefined),
    },
    context,
  )
  // Where AWS gives no new one, the old one stays good.
  return renewed.refreshToken ? renewed : {...renewed, refreshToken}
}

/** What all calls of the sign-in service share. */
export function oidc(session: Pick<SsoSession, 'region'>, context: SsoContext) {
  const {network, limits = TIME_LIMITS, clock = systemClock} = context
  return {
    service: 'SSO_OIDC',
    region: session.region,
    context,
    client: async (observation: Observation) =>
      oidcClient({region: session.region, network, limits, observation, now: clock.now}),
  } as const
}
