/** Clients, codes, sessions and tokens of the identity center: what is issued, to whom, and how long it is good. */
import {createHash} from 'node:crypto'
import {
  accessDeniedByPerson,
  authorizationPending,
  expiredCode,
  invalidClient,
  invalidGrant,
  invalidRequest,
  slowDown,
  unauthorizedClient,
} from './oidc-error.js'
import {
  CODE_GRANT,
  DEVICE_GRANT,
  REFRESH_GRANT,
  type AccessToken,
  type AuthorizationCode,
  type DeviceAttempt,
  type IssuedTokens,
  type RefreshToken,
  type RegisteredClient,
  type SignInSession,
} from './sign-in-entities.js'
import {
  newAccessToken,
  newAuthorizationCode,
  newClientId,
  newClientSecret,
  newDeviceCode,
  newRefreshToken,
  newUserCode,
} from './sign-in-ids.js'
import {Secret} from '../text/secret.js'

/** Timers may fire, and clocks may round, a little early. */
const POLL_TOLERANCE_MS = 50

export interface SignInSettings {
  /** How long a client's registration is good. */
  registrationSeconds: number
  /** How long a device code is good. */
  deviceSeconds: number
  /** Pause between two polls that the client is told, whole seconds. */
  intervalSeconds: number
  /** How long a code from the browser is good. */
  codeSeconds: number
  /** How long an access token is good when it can be refreshed; one that cannot lasts as long as its session. */
  tokenSeconds: number
  /** How long one stays signed in, refreshing or not. */
  sessionSeconds: number
}

export class SignIns {
  readonly clients = new Map<string, RegisteredClient>()
  /** By user code. */
  readonly devices = new Map<string, DeviceAttempt>()
  readonly #codes = new Map<string, AuthorizationCode>()
  readonly #accessTokens = new Map<string, AccessToken>()
  readonly #refreshTokens = new Map<string, RefreshToken>()
  readonly #sessions = new Set<SignInSession>()
  readonly settings: SignInSettings
  readonly #region: string
  /** Polls still to be answered with `slow_down`. */
  slowDownsLeft = 0

  constructor(settings: SignInSettings, region: string) {
    this.settings = settings
    this.#region = region
  }

  register(
    asked: Pick<RegisteredClient, 'name' | 'scopes' | 'grantTypes' | 'redirectUris'>,
    now: number,
  ): RegisteredClient {
    const client: RegisteredClient = {
      ...asked,
      clientId: newClientId(this.#region),
      secret: newClientSecret(),
      issuedAt: now,
      expiresAt: now + this.settings.registrationSeconds * 1000,
    }
    this.clients.set(client.clientId, client)
    return client
  }

  /** @throws AwsError InvalidClientException for an unknown client, a wrong secret or an expired registration */
  client(clientId: string, secret: string, now: number): RegisteredClient {
    const client = this.clients.get(clientId)
    if (client === undefined || !client.secret.equals(new Secret(secret))) throw invalidClient()
    if (now >= client.expiresAt) throw invalidClient('Client secret has expired')
    return client
  }

  /** @throws AwsError UnauthorizedClientException */
  startDevice(client: RegisteredClient, now: number): DeviceAttempt {
    mayUse(client, DEVICE_GRANT)
    const attempt: DeviceAttempt = {
      deviceCode: newDeviceCode(),
      userCode: newUserCode(),
      client,
      startedAt: now,
      expiresAt: now + this.settings.deviceSeconds * 1000,
      state: 'pending',
    }
    this.devices.set(attempt.userCode, attempt)
    return attempt
  }

  approve(attempt: DeviceAttempt, username: string): void {
    attempt.state = 'approved'
    attempt.username = username
  }

  /** @throws AwsError every answer to a poll but the tokens */
  redeemDevice(client: RegisteredClient, deviceCode: string, now: number): IssuedTokens {
    mayUse(client, DEVICE_GRANT)
    const given = new Secret(deviceCode)
    const attempt = [...this.devices.values()].find((each) => each.deviceCode.equals(given))
    if (attempt?.client !== client || attempt.state === 'spent')
      throw invalidGrant('Invalid device code provided')
    if (now >= attempt.expiresAt) throw expiredCode('Device code has expired')
    if (attempt.state === 'denied') throw accessDeniedByPerson()
    if (this.#isTooFast(attempt, now)) throw slowDown('Polling faster than the interval')
    if (attempt.username === undefined) throw authorizationPending()
    attempt.state = 'spent'
    return this.#signIn(client, attempt.username, now)
  }

  /** A code for the browser to take back to the program. */
  issueCode(
    request: Pick<AuthorizationCode, 'client' | 'redirectUri' | 'challenge' | 'username'>,
    now: number,
  ): Secret {
    const code = newAuthorizationCode()
    this.#codes.set(code.reveal(), {...request, expiresAt: now + this.settings.codeSeconds * 1000})
    return code
  }

  /** @throws AwsError InvalidGrantException; a code is gone after the first try, right or wrong */
  redeemCode(
    client: RegisteredClient,
    {code, redirectUri, verifier}: {code: string; redirectUri: string; verifier: string},
    now: number,
  ): IssuedTokens {
    mayUse(client, CODE_GRANT)
    if (!/^[\w.~-]{43,128}$/.test(verifier)) throw invalidRequest('Invalid code verifier')
    const issued = this.#codes.get(code)
    this.#codes.delete(code)
    if (issued?.client !== client || now >= issued.expiresAt) {
      throw invalidGrant('Invalid authorization code provided')
    }
    if (issued.redirectUri !== redirectUri) throw invalidGrant('Redirect URI does not match')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (challenge !== issued.challenge) throw invalidGrant('Invalid code verifier provided')
    return this.#signIn(client, issued.username, now)
  }

  /** Each refresh token is good once: the answer brings the next. @throws AwsError InvalidGrantException */
  refresh(client: RegisteredClient, refreshToken: string, now: number): IssuedTokens {
    mayUse(client, REFRESH_GRANT)
    const token = this.#refreshTokens.get(refreshToken)
    if (token?.client !== client || hasEnded(token.session, now)) {
      throw invalidGrant('Invalid refresh token provided')
    }
    this.#refreshTokens.delete(refreshToken)
    return this.#issue(client, token.session, now)
  }

  /** Whose access token it is; `undefined` for one that is unknown, expired or signed out. */
  sessionOf(accessToken: string, now: number): SignInSession | undefined {
    const token = this.#accessTokens.get(accessToken)
    if (token === undefined || now >= token.expiresAt || hasEnded(token.session, now)) return undefined
    return token.session
  }

  /** Everybody is signed out. */
  endSessions(): void {
    for (const session of this.#sessions) session.isOver = true
  }

  #isTooFast(attempt: DeviceAttempt, now: number): boolean {
    const {lastPollAt} = attempt
    attempt.lastPollAt = now
    if (this.slowDownsLeft > 0) {
      this.slowDownsLeft -= 1
      return true
    }
    const pause = this.settings.intervalSeconds * 1000 - POLL_TOLERANCE_MS
    return lastPollAt !== undefined && now - lastPollAt < pause
  }

  #signIn(client: RegisteredClient, username: string, now: number): IssuedTokens {
    const session = {username, endsAt: now + this.settings.sessionSeconds * 1000, isOver: false}
    this.#sessions.add(session)
    return this.#issue(client, session, now)
  }

  #issue(client: RegisteredClient, session: SignInSession, now: number): IssuedTokens {
    // A registration without scopes is the older form, whose tokens cannot be refreshed.
    const isRefreshable = client.scopes.length > 0 && client.grantTypes.includes(REFRESH_GRANT)
    const left = session.endsAt - now
    const lifetime = isRefreshable ? Math.min(left, this.settings.tokenSeconds * 1000) : left
    const accessToken = newAccessToken()
    this.#accessTokens.set(accessToken.reveal(), {session, expiresAt: now + lifetime})
    const tokens = {accessToken, expiresInSeconds: Math.floor(lifetime / 1000)}
    if (!isRefreshable) return tokens
    const refreshToken = newRefreshToken()
    this.#refreshTokens.set(refreshToken.reveal(), {session, client})
    return {...tokens, refreshToken}
  }
}

function mayUse(client: RegisteredClient, grant: string): void {
  if (!client.grantTypes.includes(grant)) {
    throw unauthorizedClient(`Client is not registered for the grant type ${grant}`)
  }
}

function hasEnded(session: SignInSession, now: number): boolean {
  return session.isOver || now >= session.endsAt
}
