/** The shapes of the Dashboard's answers, read with care: what is not as it should be is `NotAnswered`. */
import {Secret} from '../text/secret.js'
import {NotAnswered} from './call.js'

export type Json = Readonly<Record<string, unknown>>

export function object(value: unknown): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw new NotAnswered('The answer is not of the shape that the Dashboard gives.')
}

/** More than this is cut off: no organisation has as many. */
const MAX_ITEMS = 5_000

export function list(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) throw new NotAnswered('The answer is not a list.')
  return value.slice(0, MAX_ITEMS).map(object)
}

/** Under the first of these names that is there. */
export function optionalText(json: Json, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

export function text(json: Json, ...names: readonly string[]): string {
  const found = optionalText(json, ...names)
  if (found === undefined) throw new NotAnswered(`The answer has no ${names[0] ?? 'value'}.`)
  return found
}

/** Visible ASCII, as it goes into a header. */
export function token(json: Json, name: string): Secret {
  const value = text(json, name)
  if (!/^[\x21-\x7e]{1,65536}$/.test(value)) throw new NotAnswered(`The ${name} cannot be used.`)
  return new Secret(value)
}

/** Milliseconds since 1970, from `expires_in` (seconds) or `expires_at` (seconds or milliseconds, or a date). */
export function expiry(json: Json, now: number): number {
  const {expires_in: lasts, expires_at: end} = json
  if (typeof lasts === 'number' && lasts > 0) return now + lasts * 1000
  const at = typeof end === 'string' ? Date.parse(end) : end
  // A number that would be a time in 1970 as milliseconds is one in seconds.
  if (typeof at === 'number' && at > 0) return at < 100_000_000_000 ? at * 1000 : at
  // Unknown: it is renewed before it is used the next time.
  return now
}
