/**
 * Which profiles name which way of getting credentials. Made in one pass over the keys: thousands of profiles are
 * looked at before the first word is shown, and each rule cares for a few of them.
 */
import {methodOfKey, PROFILE_METHODS, type ProfileMethod} from './tools/methods.js'
import type {Sections, Values} from './views.js'

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
    const methods = methodsIn(data)
    for (const method of methods) names[method].push(profile)
    if (methods.length > 1) several.push(profile)
  }
  return {names, several}
}

function methodsIn(data: Values): readonly ProfileMethod[] {
  const found: ProfileMethod[] = []
  for (const key of data.keys()) {
    const method = methodOfKey(key)
    if (method !== undefined && !found.includes(method)) found.push(method)
  }
  return found
}
