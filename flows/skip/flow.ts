import {lift} from '../../src/engine/compose.js'
import type {Flow, Panel, Step} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import {program} from '../../src/text/program-name.js'
import {say} from '../../src/text/safe-text.js'
import {select, show, work} from '../ask.js'
import {beginDoctor, nextDoctor, viewDoctor} from '../doctor/flow.js'
import type {DoctorEvent, DoctorState} from '../doctor/flow.js'
import type {Checkup} from '../doctor/ports.js'
import {beginSso, next as nextSso, view as viewSso} from '../sso/flow.js'
import type {SsoEvent, SsoInput, SsoOutcome, SsoState} from '../sso/state.js'
import type {Here, SkipPorts} from './ports.js'
import {WAYS, wayPanels, type Way} from './ways.js'
import {words} from './words.js'
import {deployLine} from '../../src/text/deploy-line.js'

export type SkipInput = Omit<SsoInput, 'mode'>

export interface SkipState {
  readonly at: 'looking' | 'menu' | 'way' | 'doctor' | 'sso' | 'end'
  readonly input: SkipInput
  readonly checkup?: Checkup
  readonly here?: Here
  readonly way: Way
  readonly doctor?: DoctorState
  readonly sso?: SsoState
  readonly problem?: Problem
  readonly outcome?: SkipOutcome
}

export type SkipOutcome =
  | {
      readonly kind: 'skipped'
      readonly usable: boolean
      readonly diagnosis: Readonly<Record<string, unknown>>
    }
  | SsoOutcome

type Next = 'sso' | `login:${string}` | Way | 'recheck' | 'doctor' | 'leave'

export type SkipEvent =
  | {readonly type: 'looked'; readonly checkup: Checkup; readonly here: Here}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'chosen'; readonly id: Next}
  | {readonly type: 'back'}
  | {readonly type: 'doctor'; readonly event: DoctorEvent}
  | {readonly type: 'sso'; readonly event: SsoEvent}

type E = SkipEvent
type P = SkipPorts

/** The ways left to someone who wants no key in a profile now; what is here; and AWS SSO, set up when wanted. */
export function skip(input: SkipInput): Flow<SkipState, E, P, SkipOutcome> {
  return {initial: beginSkip(input), view: viewSkip, next: nextSkip}
}

export function beginSkip(input: SkipInput): SkipState {
  return {at: 'looking', input, way: 'env'}
}

export function nextSkip(state: SkipState, event: E): SkipState {
  switch (event.type) {
    case 'looked': {
      const {problem: _problem, ...rest} = state
      return {...rest, at: 'menu', checkup: event.checkup, here: event.here}
    }
    case 'problem':
      return {...state, at: 'menu', problem: event.problem}
    case 'chosen':
      return chosen(state, event.id)
    case 'back':
      return {...state, at: 'menu'}
    case 'doctor': {
      if (!state.doctor) return state
      const doctor = nextDoctor(state.doctor, event.event)
      if (!doctor.outcome) return {...state, doctor}
      // What the doctor has seen last is what stands in the list.
      return {...state, at: 'menu', ...(doctor.checkup ? {checkup: doctor.checkup} : {})}
    }
    case 'sso': {
      if (!state.sso) return state
      const sso = nextSso(state.sso, event.event)
      return sso.outcome ? {...state, at: 'end', sso, outcome: sso.outcome} : {...state, sso}
    }
  }
}

function chosen(state: SkipState, id: Next): SkipState {
  const way = WAYS.find((each) => each === id)
  if (way) return {...state, at: 'way', way}
  if (id.startsWith('login:'))
    return enterSso(state, {...state.input, mode: 'login', session: id.slice('login:'.length)})
  switch (id) {
    case 'sso':
      return enterSso(state, {...state.input, mode: 'setup'})
    case 'recheck':
      return {...state, at: 'looking'}
    case 'doctor':
      return {...state, at: 'doctor', doctor: beginDoctor({isEmbedded: true})}
    default:
      return {
        ...state,
        at: 'end',
        outcome: {
          kind: 'skipped',
          usable: state.checkup?.isUsable ?? false,
          get diagnosis() {
            return state.checkup?.data() ?? {}
          },
        },
      }
  }
}

function enterSso(state: SkipState, input: SsoInput): SkipState {
  return {...state, at: 'sso', sso: beginSso(input)}
}

export function viewSkip(state: SkipState): Step<E, P, SkipOutcome> {
  switch (state.at) {
    case 'looking':
      return work<E, P>({
        id: 'skip-looking',
        title: words.looking,
        run: async (ports, context) => {
          const [checkup, here] = await Promise.all([ports.diagnose({verify: false}, context), ports.here()])
          return {type: 'looked', checkup, here}
        },
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'menu':
      return menu(state)
    case 'way':
      return show<E, P>({
        id: `way-${state.way}`,
        panels: state.here ? wayPanels(state.way, state.here) : [],
        proceed: words.back,
        next: {type: 'back'},
        isAside: true,
      })
    case 'doctor': {
      const step = viewDoctor(state.doctor ?? beginDoctor({isEmbedded: true}))
      return step.kind === 'end' ? menu(state) : lift(step, (event): E => ({type: 'doctor', event}))
    }
    case 'sso': {
      const step = viewSso(state.sso ?? beginSso({...state.input, mode: 'setup'}))
      return step.kind === 'end' ? step : lift(step, (event): E => ({type: 'sso', event}))
    }
    case 'end':
      return end(state)
  }
}

function menu({checkup, problem}: SkipState) {
  const ended = checkup?.endedSessions ?? []
  return select<E, P, Next>({
    id: 'skip',
    message: words.message,
    panels: [
      {kind: 'heading', text: problem ? words.failed : words.now},
      ...(problem ? [{kind: 'problem', problem} as const] : (checkup?.summary ?? [])),
    ],
    choices: [
      ...ended.map((name) => [`login:${name}`, words.login(name)] as const),
      ['sso', words.sso],
      ...WAYS.map((way) => [way, words.ways[way]] as const),
      ['recheck', words.recheck],
      ['doctor', words.doctor],
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => ({type: 'chosen', id}),
    trail: false,
  })
}

function end(state: SkipState): Step<E, P, SkipOutcome> {
  if (state.sso?.outcome) {
    const step = viewSso(state.sso)
    if (step.kind === 'end') return step
  }
  const outcome = state.outcome ?? {kind: 'declined'}
  return {kind: 'end', id: 'end', outcome, panels: outcome.kind === 'skipped' ? lastPanels(state) : []}
}

/** Leaving says how to come back. */
function lastPanels({checkup}: SkipState): Panel[] {
  const isUsable = checkup?.isUsable ?? false
  return [
    ...(checkup?.summary ?? []),
    {kind: 'prose', lines: [isUsable ? words.end.usable : words.end.nothing]},
    ...(isUsable ? [{kind: 'code', label: words.end.deploy, lines: [deployLine()]} as const] : []),
    {kind: 'code', label: words.end.comeBack, lines: [say`${program()}`]},
    {kind: 'code', label: words.end.check, lines: [say`${program()} doctor`]},
  ]
}
