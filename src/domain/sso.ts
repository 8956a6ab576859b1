/** What is known of an IAM Identity Center sign-in. All times are milliseconds since 1970. */
import type {RegionName} from './access-key.js'
import type {Secret} from '../text/secret.js'

/** One `[sso-session]`: where to sign in. */
export interface SsoSession {
  /** The name behind `sso-session` in the config file. */
  readonly name: string
  /** The AWS access portal, such as `https://d-1234567890.awsapps.com/start`. */
  readonly startUrl: string
  /** The region of Identity Center, which need not be one that is deployed to. */
  readonly region: RegionName
  /** What the sign-in may do; `['sso:account:access']` where nothing is said. */
  readonly scopes: readonly string[]
  /** It stands in no file yet: a command that names it would not find it. */
  readonly isNew?: boolean
}

/** This program, as Identity Center knows it for some weeks. */
export interface SsoRegistration {
  readonly clientId: string
  readonly clientSecret: Secret
  readonly expiresAt: number
  readonly scopes: readonly string[]
  /** Holds `authorization_code` where it was made for signing in with the browser. */
  readonly grantTypes?: readonly string[]
}

/** Proof of a sign-in. It opens every account and role of the person. */
export interface SsoToken {
  readonly startUrl: string
  readonly region: RegionName
  readonly accessToken: Secret
  readonly expiresAt: number
  /** With it and the registration a new token is had without a browser. */
  readonly refreshToken?: Secret
  readonly registration?: SsoRegistration
}

/** Grants the program credentials of accounts, and a refresh token. */
export const DEFAULT_SSO_SCOPES: readonly string[] = ['sso:account:access']
