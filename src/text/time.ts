/** Times, as they are read and as a person says them. */
import {say, type SafeText} from './safe-text.js'

/** "valid for 2 h 5 min", or "expired 3 days ago". Both in milliseconds since 1970. */
export function validity(expiresAt: number, now: number): SafeText {
  const left = expiresAt - now
  return left > 0 ? say`for ${duration(left)}` : say`expired ${duration(-left)} ago`
}

/** Milliseconds in the two largest units that matter. */
export function duration(ms: number): SafeText {
  const minutes = Math.floor(ms / 60_000)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (minutes < 1) return say`less than a minute`
  if (hours < 1) return say`${minutes} min`
  if (days < 2) return minutes % 60 === 0 ? say`${hours} h` : say`${hours} h ${minutes % 60} min`
  return say`${days} days`
}

/** Milliseconds since 1970. The oldest CLI wrote `UTC` in place of `Z`; no zone at all is UTC, too. NaN for no time. */
export function parseTime(value: string): number {
  const zoned = value.replace(/UTC$/, 'Z')
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(zoned) ? zoned : `${zoned}Z`)
}

/**
 * When a key ends, in whatever form the tool that made it has written that: ISO 8601 with or without signs and zone, the date of an
 * HTTP header, what Go prints, seconds or milliseconds since 1970. Milliseconds since 1970; NaN for no time.
 */
export function endOf(value: string): number {
  const text = value.trim().replace(/ \+0000 UTC$/, 'Z')
  if (/^\d{10}$/.test(text)) return Number(text) * 1_000
  if (/^\d{13}$/.test(text)) return Number(text)
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z?)?$/.exec(text) ?? []
  if (year !== undefined) return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const iso = /^\d{4}-\d\d/.test(text) ? parseTime(text) : NaN
  return Number.isNaN(iso) && /\d/.test(text) && /[a-z]{3}/i.test(text) ? Date.parse(text) : iso
}
