import {suggestRegion} from '../../../src/domain/regions.js'
import {safe} from '../../../src/text/safe-text.js'
import {parseRegion} from '../../../src/domain/validators.js'
import {select} from '../../ask.js'
import {regionChoices} from '../../region-choices.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

const DEFAULT_REGION = 'us-east-1'
/** Offered where the default is the one that was refused. */
const FURTHER_REGION = 'us-west-2'

export function region(state: LocalProfileState) {
  const current = state.profiles.find((candidate) => candidate.name === state.profile)?.region
  const {input, pasted, refusedRegion} = state
  const named = [state.region, input.region, pasted?.region, current, input.usualRegion, DEFAULT_REGION]
  const given = named.filter(isGiven)
  const offered = given.map(meantRegion).filter(isGiven)
  const wanted = offered.find((id) => id !== refusedRegion) ?? FURTHER_REGION
  // What is written in its place where nobody is there must have been asked for, not guessed.
  const isGuessed = parseRegion(given[0] ?? '') === undefined
  const choices = regionChoices()
  // A region that this program does not know yet must still be kept.
  const isKnown = choices.some(([id]) => id === wanted)
  return select<E, P, string>({
    // What was given beforehand answers the first question only: that it did not hold is why there is another.
    id: (state.region ?? refusedRegion) ? 'other-region' : 'region',
    message: words.region.message,
    hint: refusedRegion ? words.region.refused(refusedRegion) : regionHint(current),
    choices: isKnown ? choices : [[wanted, {label: safe(wanted)}], ...choices],
    initial: wanted,
    isSearchable: true,
    unattended: {option: '--region REGION', ...(isGuessed ? {} : {assume: wanted})},
    answer: (id) => ({type: 'region', region: id}),
    trail: (id) => safe(id),
  })
}

function regionHint(current: string | undefined) {
  if (!current) return words.region.hint
  return parseRegion(current) ? words.region.keep(current) : words.region.odd(current)
}

/** Only what can be written is offered: the region itself, or the one a misspelling means. */
function meantRegion(text: string): string | undefined {
  return parseRegion(text) ?? suggestRegion(text)?.id
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}
