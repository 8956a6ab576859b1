import type {RegionName} from '../../src/domain/access-key.js'
import {parseRegion} from '../../src/domain/validators.js'
import type {LocalProfileState} from './state.js'

const ANYWHERE = parseRegion('us-east-1')!

/** Whose a key is can be asked in any region of its partition: in the one that is wanted, as far as that is known. */
export function regionToAsk({region, input, pasted}: LocalProfileState): RegionName {
  if (region) return region
  for (const text of [input.region, pasted?.region, input.usualRegion]) {
    const named = parseRegion(text ?? '')
    if (named) return named
  }
  return ANYWHERE
}
