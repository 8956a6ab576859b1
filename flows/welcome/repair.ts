import {safe} from '../../src/text/safe-text.js'
import {select} from '../ask.js'
import {describe} from '../local-profile/known-profile.js'
import type {WelcomePorts} from './ports.js'
import {repairable} from './screens.js'
import type {WelcomeEvent, WelcomeState} from './state.js'
import {words} from './words.js'

type E = WelcomeEvent
type P = WelcomePorts

/** The profile in force is marked, where it is one of those. */
function initialRepair({survey}: WelcomeState): {readonly initial?: string} {
  const used = repairable(survey).find(({name}) => name === survey?.inForce?.profile)
  return used ? {initial: used.name} : {}
}

export function repair(state: WelcomeState) {
  return select<E, P, string>({
    id: 'repair',
    message: words.repairWhich,
    choices: repairable(state.survey).map((known) => [
      known.name,
      {label: safe(known.name), hint: describe(known)},
    ]),
    isSearchable: true,
    ...initialRepair(state),
    unattended: {option: '--path local --profile NAME'},
    answer: (profile) => ({type: 'repair', profile}),
  })
}
