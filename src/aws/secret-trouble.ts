import {say, type SafeText} from '../text/safe-text.js'
import type {Secret} from '../text/secret.js'

const LENGTH = 40

/** What looks wrong with a secret that AWS did not accept, from its shape alone; never a character of it. */
export function secretTrouble(secret: Secret): SafeText {
  const value = secret.reveal()
  if (/%(?:2F|2B|3D)/i.test(value))
    return say`The secret is URL-encoded (%2F, %2B): it was copied from an address.`
  if (/["'`“”‘’]/.test(value)) return say`There are quotes in the secret: they do not belong to it.`
  if (/\s/.test(value)) return say`There is a blank inside the secret.`
  if (value.length < LENGTH) {
    return say`The secret has ${value.length} characters instead of ${LENGTH}: a part is missing, often at a / or + where a double click stops.`
  }
  if (value.length > LENGTH)
    return say`The secret has ${value.length} characters instead of ${LENGTH}: something else was copied with it.`
  if (/[^A-Za-z0-9/+]/.test(value)) return say`There is a character in the secret that AWS never uses.`
  return say`The secret has the right shape (${LENGTH} characters), so it belongs to another key, or a character was changed.`
}
