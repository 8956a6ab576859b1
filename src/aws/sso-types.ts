import type {SafeText} from '../text/safe-text.js'
import type {Secret} from '../text/secret.js'
import type {SsoToken} from '../domain/sso.js'
import type {TimeLimits} from './client.js'
import type {Clock} from './clock.js'
import type {Network} from './network.js'

/** What every call of signing in is given. */
export interface SsoContext {
  readonly network: Network
  readonly signal: AbortSignal
  readonly clock?: Clock
  readonly limits?: TimeLimits
  /** Tells how far it has come. */
  readonly report?: (note: SafeText) => void
}

/** How the program is to sign in: in the browser of this machine, or with a code given in any browser. */
export type SsoGrant = 'browser' | 'device'

/** A sign-in with a code, as AWS began it. Times are milliseconds, `expiresAt` since 1970. */
export interface DeviceAttempt {
  readonly kind: 'device'
  /** To be compared with the page: `ABCD-EFGH`. */
  readonly userCode: string
  readonly verificationUri: string
  /** The page that holds the code already. */
  readonly verificationUriComplete: string
  readonly expiresAt: number
  readonly intervalMs: number
  readonly deviceCode: Secret
}

/** A sign-in that ends at a listener on this machine. */
export interface BrowserAttempt {
  readonly kind: 'browser'
  /** The page to open. */
  readonly url: string
  readonly expiresAt: number
  /** Waits for the browser to come back, and has the token given out. Ends the listener. */
  finish(context: SsoContext): Promise<SsoToken>
  close(): Promise<void>
}
