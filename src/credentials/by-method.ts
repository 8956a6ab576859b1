/**
 * Which profiles name which way of getting credentials. Made in one pass over the keys: thousands of profiles are
 * looked at before the first word is shown, and each rule cares for a few of them.
 */
import {methodOfKey, PROFILE_METHODS, type ProfileMethod} from './tools/methods.js'
import type {Sections} from './views.js'

export interface ByMethod {
  /** In the order of the files. A role counts by its ARN, whatever else is there. */
  readonly names: Readonly<Record<ProfileMethod, readonly string[]>>
  /** Those with more than one. */
  readonly several: readonly string[]
}

const made = new WeakMap<Sections, ByMethod>()

export function profilesByMethod(profiles: Sections): ByMethod {
  let found = made.get(profiles)
  if (!found) made.set(profiles, (found = sort(profiles)))
  return found
}

function sort(profiles: Sections): ByMethod {
  const names = Object.fromEntries(PROFILE_METHODS.map((method) => [method, [] as string[]])) as Record<
    ProfileMethod,
    string[]
  >
  const several: string[] = []
  for (const [profile, data] of profiles) {
    // One bit a method: nothing is made for a profile, as there may be thousands.
    let seen = 0
    for (const key of data.keys()) {
      const method = methodOfKey(key)
      if (method === undefined) continue
      const bit = BITS[method]
      if ((seen & bit) !== 0) continue
      seen |= bit
      names[method].push(profile)
    }
    if ((seen & (seen - 1)) !== 0) several.push(profile)
  }
  return {names, several}
}

const BITS = Object.fromEntries(PROFILE_METHODS.map((method, index) => [method, 1 << index])) as Record<
  ProfileMethod,
  number
>
