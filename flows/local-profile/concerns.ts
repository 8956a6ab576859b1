/** What is worth knowing of a key that is saved: what it lacks, that it ends, and which one it takes the place of. */
import type {Verdict} from '../../src/engine/types.js'
import type {SafeText} from '../../src/text/safe-text.js'
import {changedFiles} from '../change/flow.js'
import type {LocalProfileState} from './state.js'

export function concernsOf({written, verified}: LocalProfileState): readonly Verdict[] {
  const {findings = []} = written ?? verified ?? {}
  return findings.filter(({mark}) => mark === 'warning' || mark === 'bad')
}

/** The ID of the key that stood in the profile before, masked; `undefined` where none did, or the same. */
export function replacedId({profiles, profile, key, change}: LocalProfileState): SafeText | undefined {
  const before = profiles.find(({name}) => name === profile)
  if (!before?.hasKey || !key || changedFiles(change?.plan).length === 0) return undefined
  return before.sharesWith?.(key) ? undefined : before.maskedKeyId
}

/** What the key that was given has in common with the one that stands in the profile. */
export function sameKey({profiles, profile, key}: LocalProfileState): 'all' | 'id' | undefined {
  return key && profiles.find(({name}) => name === profile)?.sharesWith?.(key)
}
