import type {Offer, Step, Turn} from './types.js'

/** The keys of a step beside those of its question. */
export function offersOf<E, P, O>(step: Step<E, P, O>): readonly (Offer<P> | Turn<E>)[] {
  if (step.kind === 'end') return []
  const offers = step.offers ?? []
  return step.kind === 'work' ? [...offers, ...(step.turns ?? [])] : offers
}
