/** The JSON of a cached sign-in. Whatever is in a file, reading it gives checked values or nothing, and never throws. */
import {Secret} from '../text/secret.js'
import type {SsoRegistration, SsoToken} from '../domain/sso.js'
import {parseRegion} from '../domain/validators.js'

/** What is understood of a file. A key that is absent was absent, of another type, or out of all bounds. */
export interface CacheJson {
  readonly startUrl?: string
  readonly region?: string
  readonly accessToken?: Secret
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  readonly refreshToken?: Secret
  readonly clientId?: string
  readonly clientSecret?: Secret
  readonly registrationExpiresAt?: number
  readonly scopes?: readonly string[]
  readonly grantTypes?: readonly string[]
}

/** Real ones have a few thousand bytes. */
const MAX_BYTES = 256 * 1024
/** Sent in a header or as a value of JSON: visible ASCII. */
const TOKEN = /^[\x21-\x7e]{1,65536}$/
const LINE = /^[^\x00-\x1f\x7f]{1,2048}$/
/** As the AWS CLI, old versions of it, and the SDKs write them. */
const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|UTC|[+-]\d\d:?\d\d)$/
/** The last second of the year 9999: beyond it the other readers know no date. */
const LAST_DATE = 253_402_300_799_000

/** `undefined` for what is no JSON object with an access token or a client ID. */
export function readCacheJson(bytes: Uint8Array): CacheJson | undefined {
  if (bytes.length > MAX_BYTES) return undefined
  const value = parse(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const own = (key: string): unknown =>
    Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
  const json = withoutAbsent({
    startUrl: text(own('startUrl'), LINE),
    region: text(own('region'), LINE),
    accessToken: secret(own('accessToken')),
    expiresAt: parseSsoDate(own('expiresAt')),
    refreshToken: secret(own('refreshToken')),
    clientId: text(own('clientId'), TOKEN),
    clientSecret: secret(own('clientSecret')),
    registrationExpiresAt: parseSsoDate(own('registrationExpiresAt')),
    scopes: texts(own('scopes')),
    grantTypes: texts(own('grantTypes')),
  })
  return json.accessToken || json.clientId ? json : undefined
}

/** Milliseconds since 1970 of `…Z`, `….123Z` and `…UTC`, or of an offset; `undefined` for all else. */
function parseSsoDate(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? DATE.exec(value) : null
  if (!parts) return undefined
  const [, seconds, fraction = '', zone] = parts
  // `Date.parse` takes the 30th of February for the 1st of March.
  const isDay = new Date(`${seconds!.slice(0, 10)}T00:00:00Z`).toJSON()?.startsWith(seconds!.slice(0, 10))
  const offset = zone === 'UTC' ? 'Z' : zone!.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  const time = Date.parse(`${seconds}${fraction.slice(0, 4)}${offset}`)
  return isDay && !Number.isNaN(time) ? time : undefined
}

/** As the AWS CLI writes it: whole seconds, rounded down so that nothing is used too long. */
function ssoDate(ms: number): string {
  const seconds = Math.floor(Math.min(Math.max(ms, 0), LAST_DATE) / 1000)
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

/** The least that all tools accept is a token with a date; the session says where it is from if the file does not. */
export function tokenFrom(
  json: CacheJson,
  session: {readonly startUrl: string; readonly region?: string},
): SsoToken | undefined {
  const {accessToken, expiresAt, refreshToken, clientId, clientSecret, registrationExpiresAt} = json
  const region = parseRegion(json.region ?? session.region ?? '')
  if (!accessToken || expiresAt === undefined || !region) return undefined
  // Without its date botocore does not use a registration either.
  const registration: SsoRegistration | undefined =
    clientId !== undefined && clientSecret && registrationExpiresAt !== undefined
      ? {clientId, clientSecret, expiresAt: registrationExpiresAt, scopes: json.scopes ?? []}
      : undefined
  return {
    startUrl: json.startUrl ?? session.startUrl,
    region,
    accessToken,
    expiresAt,
    ...(refreshToken ? {refreshToken} : {}),
    ...(registration ? {registration} : {}),
  }
}

export function tokenJson({registration, refreshToken, ...token}: SsoToken): string {
  return JSON.stringify({
    startUrl: token.startUrl,
    region: token.region,
    accessToken: token.accessToken.reveal(),
    expiresAt: ssoDate(token.expiresAt),
    ...(registration
      ? {
          clientId: registration.clientId,
          clientSecret: registration.clientSecret.reveal(),
          registrationExpiresAt: ssoDate(registration.expiresAt),
        }
      : {}),
    ...(refreshToken ? {refreshToken: refreshToken.reveal()} : {}),
  })
}

export function registrationFrom(json: CacheJson): SsoRegistration | undefined {
  const {clientId, clientSecret, expiresAt, scopes = [], grantTypes, accessToken} = json
  if (accessToken || clientId === undefined || !clientSecret || expiresAt === undefined) return undefined
  return {clientId, clientSecret, expiresAt, scopes, ...(grantTypes ? {grantTypes} : {})}
}

export function registrationJson(registration: SsoRegistration): string {
  const {clientId, clientSecret, expiresAt, scopes, grantTypes} = registration
  return JSON.stringify({
    clientId,
    clientSecret: clientSecret.reveal(),
    expiresAt: ssoDate(expiresAt),
    ...(scopes.length > 0 ? {scopes} : {}),
    ...(grantTypes ? {grantTypes} : {}),
  })
}

/** Start URLs are copied with and without `/` and `#/` behind them; they open the same page. */
export function samePortal(one: string, other: string): boolean {
  return portalOf(one) === portalOf(other)
}

function portalOf(startUrl: string): string {
  const bare = startUrl.trim().replace(/[/#]+$/, '')
  return URL.canParse(bare) ? new URL(bare).href.replace(/\/+$/, '') : bare
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

function text(value: unknown, shape: RegExp): string | undefined {
  return typeof value === 'string' && shape.test(value) ? value : undefined
}

function secret(value: unknown): Secret | undefined {
  const found = text(value, TOKEN)
  return found === undefined ? undefined : new Secret(found)
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.length <= 100 && value.every((each) => text(each, LINE) !== undefined)
    ? (value as string[])
    : undefined
}

function withoutAbsent<T extends object>(values: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
