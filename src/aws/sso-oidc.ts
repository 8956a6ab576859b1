/** Signing in to IAM Identity Center: who this program is, and tokens. https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/ */
import type {CreateTokenCommandOutput} from '@aws-sdk/client-sso-oidc'
import {Failure, type Problem} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../safety/sso.js'
import {oidcClient, TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import {sessionExpired, ssoCall} from './sso-call.js'
import type {SsoContext, SsoGrant} from './sso-types.js'

/** Where the browser comes back to; AWS takes any port of it. */
export const REDIRECT_URI = 'http://127.0.0.1/oauth/callback'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
const GRANTS: Readonly<Record<SsoGrant, readonly string[]>> = {
  browser: ['authorization_code', 'refresh_token'],
  device: [DEVICE_GRANT, 'refresh_token'],
}

/** Makes this program known to the Identity Center for some weeks. Nobody signs in by it. @throws Failure */
export async function register(
  session: SsoSession,
  grant: SsoGrant,
  context: SsoContext,
): Promise<SsoRegistration> {
  const {RegisterClientCommand} = await import('@aws-sdk/client-sso-oidc')
  const isBrowser = grant === 'browser'
  const answer = await ssoCall({
    ...oidc(session, context),
    operation: 'sso-oidc:RegisterClient',
    secrets: [],
    send: async (client, abortSignal) =>
      client.send(
        new RegisterClientCommand({
          clientName: 'serverless-setup',
          clientType: 'public',
          scopes: [...session.scopes],
          grantTypes: [...GRANTS[grant]],
          ...(isBrowser ? {redirectUris: [REDIRECT_URI], issuerUrl: session.startUrl} : {}),
        }),
        {abortSignal},
      ),
    refused: (name) => (/^Invalid|^Unauthorized/.test(name) ? refusedPortal(session) : undefined),
  })
  const {clientId, clientSecret, clientSecretExpiresAt} = answer
  if (!clientId || !clientSecret) throw notAnAnswer(session)
  return {
    clientId,
    clientSecret: new Secret(clientSecret),
    expiresAt: (clientSecretExpiresAt ?? 0) * 1000,
    scopes: session.scopes,
    // As the AWS CLI: only what was made for the browser says so in the cache.
    ...(isBrowser ? {grantTypes: GRANTS.browser} : {}),
  }
}

/** What a token is asked for with: exactly one of the three. */
export type TokenProof =
  | {readonly deviceCode: Secret}
  | {readonly code: Secret; readonly codeVerifier: Secret; readonly redirectUri: string}
  | {readonly refreshToken: Secret}

/** @throws Failure `refused` says what an error of AWS means */
export async function createToken(
  session: Pick<SsoSession, 'startUrl' | 'region'>,
  registration: SsoRegistration,
  proof: TokenProof,
  context: SsoContext,
  refused: (name: string) => Problem | undefined,
): Promise<SsoToken> {
  const {CreateTokenCommand} = await import('@aws-sdk/client-sso-oidc')
  const {clientId, clientSecret} = registration
  const answer = await ssoCall({
    ...oidc(session, context),
    operation: 'sso-oidc:CreateToken',
    secrets: [clientSecret, ...Object.values(proof).filter((each) => each instanceof Secret)],
    send: async (client, abortSignal) =>
      client.send(
        new CreateTokenCommand({clientId, clientSecret: clientSecret.reveal(), ...fieldsOf(proof)}),
        {abortSignal},
      ),
    refused,
  })
  return tokenFrom(answer, session, registration, context)
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

function tokenFrom(
  {accessToken, expiresIn, refreshToken}: CreateTokenCommandOutput,
  session: Pick<SsoSession, 'startUrl' | 'region'>,
  registration: SsoRegistration,
  {clock = systemClock}: SsoContext,
): SsoToken {
  if (!accessToken || typeof expiresIn !== 'number' || expiresIn <= 0) throw notAnAnswer(session)
  return {
    startUrl: session.startUrl,
    region: session.region,
    accessToken: new Secret(accessToken),
    expiresAt: clock.now() + expiresIn * 1000,
    registration,
    ...(refreshToken ? {refreshToken: new Secret(refreshToken)} : {}),
  }
}

/** A new token without a browser. @throws Failure SSO_SESSION_EXPIRED where the person has to sign in */
export async function refresh(token: SsoToken, context: SsoContext): Promise<SsoToken> {
  const {refreshToken, registration} = token
  if (!refreshToken || !registration) throw new Failure(sessionExpired())
  const renewed = await createToken(token, registration, {refreshToken}, context, (name) =>
    /^(?:InvalidGrant|ExpiredToken|InvalidClient|UnauthorizedClient|AccessDenied|InvalidRequest)Exception$/.test(
      name,
    )
      ? sessionExpired()
      : undefined,
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
    client: async (observation: Parameters<typeof oidcClient>[0]['observation']) =>
      oidcClient({region: session.region, network, limits, observation, now: clock.now}),
  } as const
}

/** The start URL or the region is not one of this Identity Center. */
export function refusedPortal({startUrl, region}: Pick<SsoSession, 'startUrl' | 'region'>): Problem {
  return {
    code: 'SSO_PORTAL_REFUSED',
    what: say`AWS does not know this start URL in ${region}.`,
    why: say`${startUrl} is mistyped, or its Identity Center is in another region.`,
    nextSteps: [
      say`Compare both with your AWS access portal, or ask whoever manages your AWS accounts.`,
      say`Then: \`serverless-setup sso\``,
    ],
  }
}

function notAnAnswer({region}: Pick<SsoSession, 'region'>): Failure {
  return new Failure({
    code: 'BAD_ANSWER',
    what: say`The sign-in service in ${region} gave an answer that AWS would not give.`,
    why: say`It holds no token. This says nothing about your sign-in.`,
    nextSteps: [say`Check what stands between: \`env | grep -i -e proxy -e AWS_ENDPOINT\``],
  })
}
