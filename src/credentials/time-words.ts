/** Times as a person says them. */
import {say, type SafeText} from '../safety/safe-text.js'

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
