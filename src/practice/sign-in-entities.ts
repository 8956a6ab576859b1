/** What signing in through the identity center is made of. Times are milliseconds since 1970. */
import type {Secret} from '../text/secret.js'

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
export const CODE_GRANT = 'authorization_code'
export const REFRESH_GRANT = 'refresh_token'

export interface RegisteredClient {
  readonly clientId: string
  readonly secret: Secret
  readonly name: string
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly issuedAt: number
  readonly expiresAt: number
}

export interface DeviceAttempt {
  readonly deviceCode: Secret
  readonly userCode: string
  readonly client: RegisteredClient
  readonly startedAt: number
  expiresAt: number
  state: 'pending' | 'approved' | 'denied' | 'spent'
  /** Who approved it. */
  username?: string
  lastPollAt?: number
}

export interface AuthorizationCode {
  readonly client: RegisteredClient
  readonly redirectUri: string
  readonly challenge: string
  readonly username: string
  readonly expiresAt: number
}

/** From one sign-in to its end; tokens come and go within it. */
export interface SignInSession {
  readonly username: string
  readonly endsAt: number
  isOver: boolean
}

export interface AccessToken {
  readonly session: SignInSession
  readonly expiresAt: number
}

export interface RefreshToken {
  readonly session: SignInSession
  readonly client: RegisteredClient
}

export interface IssuedTokens {
  readonly accessToken: Secret
  readonly refreshToken?: Secret
  readonly expiresInSeconds: number
}
