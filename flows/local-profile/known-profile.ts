import {say} from '../../src/text/safe-text.js'
import type {KnownProfile} from './ports.js'

/** What a profile is, in a few words: its kind, the ID of its key, its region. */
export function describe(known: KnownProfile) {
  const keyId = known.maskedKeyId ? say` ${known.maskedKeyId}` : say``
  return known.region ? say`${known.kind}${keyId}, ${known.region}` : say`${known.kind}${keyId}`
}
