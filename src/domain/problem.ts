import type {SafeText} from '../text/safe-text.js'

/**
 * An error as data: what happened, why, and what to do next. One banner draws it, `--json` prints it,
 * docs/errors.md lists it by `code` (SCREAMING_SNAKE_CASE, stable across releases).
 */
export interface Problem {
  readonly code: string
  readonly what: SafeText
  readonly why: SafeText
  /** In the order to try them. A command to copy stands alone between back-ticks. */
  readonly nextSteps: readonly SafeText[]
}

/** A problem on its way up: thrown by services, caught by the driver, drawn by the front end. */
export class Failure extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: {cause?: unknown}) {
    super(`${problem.code}: ${problem.what}`, options)
    this.name = 'Failure'
    this.problem = problem
  }
}

/** What is wrong with one typed or given value, with an example of right. Never holds the value itself if it may be a secret. */
export interface ValidationError {
  readonly what: SafeText
  readonly example?: SafeText
}

/** What says that credentials do not work. A fault of the way to AWS says nothing about them. */
const ABOUT_CREDENTIALS: ReadonlySet<string> = new Set([
  'INVALID_CLIENT_TOKEN',
  'SIGNATURE_MISMATCH',
  'EXPIRED_TOKEN',
  'ACCESS_DENIED',
  'WEB_IDENTITY_REFUSED',
  'SSO_SESSION_EXPIRED',
  'SSO_ROLE_GONE',
  'LOGIN_NOT_SIGNED_IN',
  'PROCESS_FAILED',
  'HALF_KEY_PAIR',
  'KEY_MALFORMED',
  'KEY_EXPIRED',
  'TEMPORARY_KEY_WITHOUT_TOKEN',
  'TOKEN_BESIDE_LONG_LIVED_KEY',
  'ROLE_MALFORMED',
  'CREDENTIALS_UNUSABLE',
  'SERVICE_STOPS_DEPLOY',
  'NO_KEYS_TO_CHECK',
  'ROLE_REFUSED',
])

/** They are fine, and a deploy to this region fails all the same. */
const OF_REGION: ReadonlySet<string> = new Set(['WRONG_PARTITION', 'REGION_DISABLED', 'REGION_UNKNOWN'])

/** What is no fault of the network, or of the moment: it would keep a deploy from working as well. */
export function keepsFromDeploy(code: string): boolean {
  return isAboutCredentials(code) || OF_REGION.has(code)
}

/** Whether a problem of this code is one of the credentials themselves. */
export function isAboutCredentials(code: string): boolean {
  return ABOUT_CREDENTIALS.has(code)
}
