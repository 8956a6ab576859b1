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
