/** Who is signed in to the practice Dashboard: tokens of people and access keys of organisations. */
import {randomBytes} from 'node:crypto'
import {DashboardError} from './dashboard-error.js'

/** The person of the practice Dashboard. */
export const PERSON = {
  userName: 'practice',
  userUid: 'practice-user-1',
  fullName: 'Practice Person',
  email: 'practice@example.com',
} as const

/** As the login broker and the refresh answer name them. */
export interface IssuedTokens {
  readonly id_token: string
  readonly access_token: string
  readonly refresh_token: string
  /** Seconds. */
  readonly expires_in: number
}

/** Who asks: the person in all organisations, or a key in one. */
export interface Caller {
  readonly orgName?: string
}

const DEFAULT_LIFETIME_S = 36_000
/** The oldest are forgotten beyond this many. */
const MAX_KEPT = 1000

export class DashboardSessions {
  /** Seconds that the next tokens live. */
  lifetimeS = DEFAULT_LIFETIME_S
  readonly #now: () => number
  /** Token to the end of its life, milliseconds since 1970. */
  readonly #idTokens = new Map<string, number>()
  readonly #refreshTokens = new Set<string>()
  readonly #accessKeys = new Map<string, string>()

  constructor(now: () => number) {
    this.#now = now
  }

  issue(): IssuedTokens {
    const expiresAt = this.#now() + this.lifetimeS * 1000
    const id_token = newJwt(this.#now(), expiresAt)
    const refresh_token = randomBytes(32).toString('base64url')
    this.#idTokens.set(id_token, expiresAt)
    this.#refreshTokens.add(refresh_token)
    forgetOldest(this.#idTokens)
    forgetOldest(this.#refreshTokens)
    return {
      id_token,
      access_token: randomBytes(32).toString('base64url'),
      refresh_token,
      expires_in: this.lifetimeS,
    }
  }

  /** A refresh token serves once: the answer has its successor. @throws DashboardError 401 */
  refresh(refreshToken: string): IssuedTokens {
    if (!this.#refreshTokens.delete(refreshToken)) throw new DashboardError(401, 'Invalid refresh token')
    return this.issue()
  }

  newAccessKey(orgName: string): string {
    const key = randomBytes(30).toString('base64url')
    this.#accessKeys.set(key, orgName)
    forgetOldest(this.#accessKeys)
    return key
  }

  /** @throws DashboardError 401 for a token or key that is not, or no longer, of here */
  callerOf(authorization: string | undefined): Caller {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? ''
    const orgName = this.#accessKeys.get(token)
    if (orgName !== undefined) return {orgName}
    if ((this.#idTokens.get(token) ?? 0) > this.#now()) return {}
    throw new DashboardError(401, 'Unauthorized')
  }

  /** Tokens are refused from now on; `all` also ends the refresh tokens and the access keys. */
  expire(which: 'tokens' | 'all'): void {
    this.#idTokens.clear()
    if (which === 'tokens') return
    this.#refreshTokens.clear()
    this.#accessKeys.clear()
  }
}

function forgetOldest(kept: Map<string, unknown> | Set<string>): void {
  const [oldest] = kept.keys()
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
}

/** With the claims that clients read; the signature is noise, as no client can check it. */
function newJwt(now: number, expiresAt: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    sub: `auth0|${PERSON.userUid}`,
    tracking_id: PERSON.userUid,
    name: PERSON.fullName,
    email: PERSON.email,
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
    jti: randomBytes(9).toString('base64url'),
  }
  return `${part({alg: 'RS256', typ: 'JWT'})}.${part(claims)}.${randomBytes(64).toString('base64url')}`
}
