/** What can be shown before anything is asked. The paths beyond, which are larger, are not needed for it. */
import type {Step} from '../../src/engine/types.js'
import {say} from '../../src/text/safe-text.js'
import {work} from '../ask.js'
import type {Survey, WelcomePorts} from './ports.js'
import {found, hasAnything, method} from './screens.js'
import type {WelcomeEvent, WelcomeInput, WelcomeState} from './state.js'
import {words} from './words.js'

type E = WelcomeEvent
type P = WelcomePorts

/** The step of one of the first screens; nothing where a path has begun. */
export function firstView(state: WelcomeState): Exclude<Step<E, P, never>, {kind: 'end'}> | undefined {
  switch (state.at) {
    case 'looking':
      return work<E, P>({
        id: 'looking',
        title: words.looking,
        run: async (ports) => ({type: 'surveyed', survey: await ports.survey()}),
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'checking':
      return work<E, P>({
        id: 'whose',
        title: words.checking(state.survey?.inForce?.source ?? say`credentials`),
        run: async (ports, context) => ({type: 'identified', whose: await ports.identify(context)}),
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'welcome':
      return found(state)
    case 'method':
      return method(state)
    default:
      return undefined
  }
}

export function looking(input: WelcomeInput): WelcomeState {
  return {at: 'looking', input}
}

/** Where what was found leads, as long as no path was asked for. */
export function surveyed(state: WelcomeState, survey: Survey): WelcomeState {
  if (survey.inForce?.canCheck) return {...state, survey, at: 'checking'}
  return {...state, survey, at: hasAnything(survey) ? 'welcome' : 'method'}
}
