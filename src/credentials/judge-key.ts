/** What can be told of a key without asking AWS: that it is none, that it lacks its token, that its time is over. */
import {
  checkAccessKeyId,
  checkSecretAccessKey,
  isShapedLikeAccessKeyId,
  isShapedLikeSecret,
} from '../domain/key-validators.js'
import {say, type SafeText} from '../text/safe-text.js'
import {KEY_ENDS, TOKENS} from '../aws-files/keys.js'
import type {Env} from './snapshot.js'
import {endOf, validity} from '../text/time.js'
import type {Values} from './views.js'

export interface KeyParts {
  readonly id: string
  readonly secret: string | undefined
  readonly token: string | undefined
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  /** Where a setting of a file sends requests of STS. */
  readonly endpoint?: string | undefined
}

export interface KeyFault {
  readonly code:
    'KEY_MALFORMED' | 'KEY_EXPIRED' | 'TEMPORARY_KEY_WITHOUT_TOKEN' | 'TOKEN_BESIDE_LONG_LIVED_KEY'
  readonly words: SafeText
  /** The part it lies in. */
  readonly part: 'id' | 'secret' | 'token'
}

interface Judged {
  readonly env: Env
  readonly now: number
  readonly accepted?: ReadonlySet<string>
}

/**
 * Why AWS will refuse it; `undefined` where nothing speaks against it. Stand-ins for AWS take any key: with one of them
 * in the environment its form is not looked at.
 */
export function keyFault(parts: KeyParts, {env, now, accepted}: Judged): KeyFault | undefined {
  const {id, token, expiresAt, endpoint} = parts
  const fault = (hasStandIn(env, endpoint) ? misplaced(parts) : malformed(parts)) ?? mismatched(id, token)
  if (fault) return fault
  if (expiresAt === undefined || !(expiresAt <= now) || accepted?.has(id)) return undefined
  return {code: 'KEY_EXPIRED', words: say`The temporary key ${validity(expiresAt, now)}.`, part: 'id'}
}

function mismatched(id: string, token: string | undefined): KeyFault | undefined {
  if (id.startsWith('ASIA') && !token)
    return {
      code: 'TEMPORARY_KEY_WITHOUT_TOKEN',
      words: say`A key that begins with ASIA is temporary and works only with its session token, which is missing.`,
      part: 'token',
    }
  if (id.startsWith('AKIA') && token)
    return {
      code: 'TOKEN_BESIDE_LONG_LIVED_KEY',
      words: say`A session token stands beside a long-lived key (AKIA); AWS refuses the two together.`,
      part: 'token',
    }
  return undefined
}

/** What no service takes, whatever its keys look like. */
function misplaced({id, secret, token}: KeyParts): KeyFault | undefined {
  const spoilt = (
    [
      ['id', id, say`key ID`],
      ['secret', secret, say`secret`],
      ['token', token, say`session token`],
    ] as const
  ).find(([, value]) => value !== undefined && /[\s\x00-\x1f\x7f]/.test(value))
  if (spoilt)
    return {
      code: 'KEY_MALFORMED',
      words: say`There is a blank or line end in or around the ${spoilt[2]}.`,
      part: spoilt[0],
    }
  const isQuoted = (value = '') => /^(["']).*\1$/.test(value)
  const [inId, inSecret] = [isQuoted(id), isQuoted(secret)]
  if (inId || inSecret)
    return {
      code: 'KEY_MALFORMED',
      words: say`There are quotation marks around the ${inId && inSecret ? 'key ID and the secret' : inId ? 'key ID' : 'secret'}, and tools read them as a part of it.`,
      part: inId ? 'id' : 'secret',
    }
  return swapped(id, secret)
}

function swapped(id: string, secret: string | undefined): KeyFault | undefined {
  return secret !== undefined && isShapedLikeSecret(id) && isShapedLikeAccessKeyId(secret)
    ? {code: 'KEY_MALFORMED', words: say`The key ID and the secret have changed places.`, part: 'id'}
    : undefined
}

/** Looks at the form alone: which keys there are, AWS knows. */
function malformed({id, secret, token}: KeyParts): KeyFault | undefined {
  const of = (part: KeyFault['part'], words: SafeText | undefined): KeyFault | undefined =>
    words && {code: 'KEY_MALFORMED', words, part}
  const isSwapped = swapped(id, secret)
  if (isSwapped) return isSwapped
  // The example of the documentation is refused where a key is typed as well.
  if (isShapedLikeAccessKeyId(id) && id.endsWith('EXAMPLE')) return of('id', checkAccessKeyId(id)?.what)
  if (!isShapedLikeAccessKeyId(id))
    return of('id', placeholder(id, say`key ID`) ?? checkAccessKeyId(id)?.what ?? blank(say`key ID`))
  if (secret !== undefined && !isShapedLikeSecret(secret))
    return of(
      'secret',
      placeholder(secret, say`secret`) ?? checkSecretAccessKey(secret)?.what ?? blank(say`secret`),
    )
  if (token && !/^[A-Za-z0-9/+=_-]+$/.test(token))
    return of(
      'token',
      say`The session token holds something that no token does: a blank, a quotation mark, a comment.`,
    )
  return undefined
}

function placeholder(value: string, what: SafeText): SafeText | undefined {
  return /^[<[{$%].*[>\]}%]?$/.test(value) || /^(?:your|my|insert|replace|xxx+|todo|changeme)/i.test(value)
    ? say`A placeholder stands where the ${what} belongs.`
    : undefined
}

function blank(what: SafeText): SafeText {
  return say`There is a blank or line end around the ${what}.`
}

/** Another service than AWS is asked, such as LocalStack: what a key looks like there is its own affair. */
export function hasStandIn(env: Env, ofProfile: string | undefined): boolean {
  return [env['AWS_ENDPOINT_URL_STS'], env['AWS_ENDPOINT_URL'], ofProfile].some(
    (url) =>
      url !== undefined && url !== '' && !/^https:\/\/[^/]*\.amazonaws\.com(?:\.cn)?(?:[:/]|$)/i.test(url),
  )
}

/** The key of a profile, as the SDK for JavaScript takes it: it knows aws_session_token only. */
export function keyPartsOf(data: Values, endpoint?: string): KeyParts {
  const expiresAt = expiryOf(data)
  return {
    endpoint,
    id: data.get('aws_access_key_id') ?? '',
    secret: data.get('aws_secret_access_key'),
    token: data.get('aws_session_token'),
    ...(expiresAt === undefined ? {} : {expiresAt}),
  }
}

/** When a temporary key of a profile ends, where the tool that wrote it says so. Milliseconds since 1970. */
export function expiryOf(data: Values): number | undefined {
  if (!TOKENS.some((key) => data.has(key)) && !data.get('aws_access_key_id')?.startsWith('ASIA'))
    return undefined
  const text = KEY_ENDS.map((key) => data.get(key)).find((value) => value !== undefined)
  const time = text === undefined ? NaN : endOf(text)
  return Number.isNaN(time) ? undefined : time
}

export const EXPIRY_VARIABLE = 'AWS_CREDENTIAL_EXPIRATION'
/** What a key in the environment is made of. */
export const KEY_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  EXPIRY_VARIABLE,
] as const

/** By its token, or as its ID says. */
export function isTemporaryKey(env: Env): boolean {
  return Boolean(env['AWS_SESSION_TOKEN'] || env['AWS_ACCESS_KEY_ID']?.startsWith('ASIA'))
}

/** The key of the environment. */
export function environmentParts(env: Env, endpoint?: string): KeyParts {
  const [id, token] = [env['AWS_ACCESS_KEY_ID'] ?? '', env['AWS_SESSION_TOKEN']]
  // Beside a key that does not end, it is of another one.
  const expiresAt = isTemporaryKey(env) ? endOf(env[EXPIRY_VARIABLE] ?? '') : NaN
  return {
    endpoint,
    id,
    secret: env['AWS_SECRET_ACCESS_KEY'],
    token,
    ...(Number.isNaN(expiresAt) ? {} : {expiresAt}),
  }
}
