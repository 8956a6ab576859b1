import {lift} from '../../src/engine/compose.js'
import type {Flow, Panel, Step} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import {select, work} from '../ask.js'
import {beginChange, diffPanels, nextChange, viewChange} from '../change/flow.js'
import {words as changeWords} from '../change/words.js'
import type {Change, ChangeEvent, ChangeState} from '../change/flow.js'
import type {Checkup, DoctorPorts, Mendable} from './ports.js'
import {words} from './words.js'

export interface DoctorInput {
  /** Asks AWS at once. */
  readonly verify?: boolean
  /** Goes on to mending. */
  readonly fix?: boolean
  readonly isYes?: boolean
  readonly isDryRun?: boolean
  /** Part of another path: the report is a screen with ways on, not the end. */
  readonly isEmbedded?: boolean
}

export interface DoctorState {
  readonly at: 'diagnosing' | 'failed' | 'report' | 'mends' | 'change' | 'end'
  readonly input: DoctorInput
  readonly verify: boolean
  readonly checkup?: Checkup
  /** What is still to be mended, the one at hand first. */
  readonly queue: readonly Mendable[]
  readonly change?: ChangeState
  /** What was written. */
  readonly mended: readonly Mendable[]
  /** How many of them were gone through. */
  readonly handled: number
  /** What a dry run would have written. */
  readonly previews: readonly Panel[]
  /** All that was marked has been gone through. */
  readonly isMended: boolean
  readonly problem?: Problem
  readonly outcome?: DoctorOutcome
}

export type DoctorOutcome =
  | {
      readonly kind: 'diagnosed'
      readonly usable: boolean
      readonly mended: number
      readonly diagnosis: Readonly<Record<string, unknown>>
      readonly exitCode?: number
    }
  | {readonly kind: 'failed'; readonly problem: Problem}

export type DoctorEvent =
  | {readonly type: 'diagnosed'; readonly checkup: Checkup}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'chosen'; readonly id: 'verify' | 'mend' | 'again' | 'back'}
  | {readonly type: 'after'; readonly retry: boolean}
  | {readonly type: 'mends'; readonly ids: readonly string[]}
  | {readonly type: 'change'; readonly event: ChangeEvent}

type E = DoctorEvent
type P = DoctorPorts

/** Which credentials win here, which lose, why, and the fix. */
export function doctor(input: DoctorInput): Flow<DoctorState, E, P, DoctorOutcome> {
  return {initial: beginDoctor(input), view: viewDoctor, next: nextDoctor}
}

export function beginDoctor(input: DoctorInput): DoctorState {
  return {
    at: 'diagnosing',
    input,
    verify: input.verify ?? false,
    queue: [],
    mended: [],
    handled: 0,
    previews: [],
    isMended: false,
  }
}

export function nextDoctor(state: DoctorState, event: E): DoctorState {
  switch (event.type) {
    case 'diagnosed':
      return diagnosed(state, event.checkup)
    case 'problem':
      return {...state, at: 'failed', problem: event.problem}
    case 'after':
      if (event.retry) return {...state, at: 'diagnosing'}
      return state.problem
        ? {...state, at: 'end', outcome: {kind: 'failed', problem: state.problem}}
        : ended(state)
    case 'chosen':
      switch (event.id) {
        case 'verify':
          return {...state, at: 'diagnosing', verify: true}
        case 'again':
          return {...state, at: 'diagnosing', isMended: false}
        case 'mend':
          return {...state, at: 'mends'}
        case 'back':
          return ended(state)
      }
      break
    case 'mends': {
      const queue = (state.checkup?.mends ?? []).filter(({id}) => event.ids.includes(id))
      return mendNext({...state, queue})
    }
    case 'change': {
      if (!state.change) return state
      const change = nextChange(state.change, event.event)
      if (!change.outcome) return {...state, change}
      const written = change.outcome.kind === 'written' ? state.queue.slice(0, 1) : []
      const mended = [...state.mended, ...written]
      const isPreview = change.outcome.kind === 'dry-run'
      const previews = isPreview ? [...state.previews, ...diffPanels(change.plan)] : state.previews
      return mendNext({...state, mended, handled: state.handled + 1, previews, queue: state.queue.slice(1)})
    }
  }
  return state
}

function diagnosed(state: DoctorState, checkup: Checkup): DoctorState {
  const known = {...state, checkup}
  const wantsMending = state.input.fix === true && !state.isMended && checkup.mends.length > 0
  if (wantsMending) return {...known, at: 'mends'}
  return state.input.isEmbedded ? {...known, at: 'report'} : ended(known)
}

/** The next of those that were marked; after the last one everything is looked at again. */
function mendNext(state: DoctorState): DoctorState {
  return state.queue.length > 0
    ? {...state, at: 'change', change: beginChange}
    : {...state, at: 'diagnosing', isMended: true}
}

function ended(state: DoctorState): DoctorState {
  const usable = state.checkup?.isUsable ?? false
  // What a dry run is asked for is the plan: that it was shown is what its exit code says.
  const isPlan = state.input.isDryRun === true && state.previews.length > 0
  return {
    ...state,
    at: 'end',
    outcome: {
      kind: 'diagnosed',
      usable,
      mended: state.mended.length,
      get diagnosis() {
        return state.checkup?.data() ?? {}
      },
      ...(usable || isPlan ? {} : {exitCode: 1}),
    },
  }
}

export function viewDoctor(state: DoctorState): Step<E, P, DoctorOutcome> {
  switch (state.at) {
    case 'diagnosing':
      return work<E, P>({
        id: 'diagnosing',
        title: state.verify ? words.asking : words.looking,
        run: async (ports, context) => ({
          type: 'diagnosed',
          checkup: await ports.diagnose({verify: state.verify}, context),
        }),
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'failed':
      return select<E, P, 'retry' | 'leave'>({
        id: 'doctor-failed',
        message: words.message,
        panels: state.problem ? [{kind: 'problem', problem: state.problem}] : [],
        choices: [
          ['retry', words.retry],
          ['leave', words.leave],
        ],
        unattended: {assume: 'leave'},
        answer: (id) => ({type: 'after', retry: id === 'retry'}),
        trail: false,
      })
    case 'report':
      return report(state)
    case 'mends':
      return mends(state)
    case 'change':
      return lift(viewChange(changeOf(state), state.change ?? beginChange), (event): E => ({
        type: 'change',
        event,
      }))
    case 'end':
      return {kind: 'end', id: 'end', ...endOf(state)}
  }
}

function report({checkup, mended, isMended}: DoctorState) {
  const count = checkup?.mends.length ?? 0
  return select<E, P, 'verify' | 'mend' | 'again' | 'back'>({
    id: 'doctor',
    message: words.message,
    panels: [...(isMended ? mendedPanels(mended) : []), ...(checkup?.report ?? [])],
    choices: [
      ['back', words.back],
      ...(checkup?.wasVerified ? [] : [['verify', words.verify] as const]),
      ...(count > 0 ? [['mend', words.mend(count)] as const] : []),
      ['again', words.again],
    ],
    unattended: {assume: 'back'},
    answer: (id) => ({type: 'chosen', id}),
    trail: false,
  })
}

function mends({checkup, input}: DoctorState): Step<E, P, never> {
  const all = checkup?.mends ?? []
  return {
    kind: 'ask',
    id: 'mends',
    question: {
      kind: 'choose-many',
      message: words.mends.message,
      choices: all.map(({id, label, where}) => ({id, label, ...(where ? {hint: where} : {})})),
      initial: all.map(({id}) => id),
    },
    unattended: {option: '--yes', ...(input.isYes || input.isDryRun ? {assume: all.map(({id}) => id)} : {})},
    answer: (ids) => ({type: 'mends', ids: ids as readonly string[]}),
    trail: (ids) => words.mends.chosen((ids as readonly string[]).length),
  }
}

function changeOf({queue, input, handled}: DoctorState): Change<P> {
  const [mend] = queue
  return {
    // Each of them is a question of its own.
    id: `mend-${handled + 1}`,
    heading: words.change.heading,
    message: words.change.message,
    yes: words.change.yes,
    ...(mend ? {lead: [{kind: 'prose', lines: [mend.label]}]} : {}),
    ...(mend?.isOfRights ? {isOfRights: true} : {}),
    isYes: input.isYes ?? false,
    isDryRun: input.isDryRun ?? false,
    plan: async (ports) => {
      if (!mend) throw new Error('There is nothing to mend in this state.')
      return ports.planMend(mend)
    },
    write: async (ports, plan, context, options) => ports.writeMend(plan, context, options),
  }
}

function mendedPanels(mended: readonly Mendable[]): Panel[] {
  const count = mended.length
  const rights = mended.filter(({isOfRights}) => isOfRights === true).length
  const lines = [
    ...(rights < count ? [changeWords.undoHint] : []),
    ...(rights > 0 ? [changeWords.rightsStay] : []),
  ]
  return [
    {kind: 'verdicts', rows: [{mark: count > 0 ? 'good' : 'fact', label: words.mended(count)}]},
    ...(lines.length > 0 ? [{kind: 'prose', lines, tone: 'dim'} as const] : []),
  ]
}

function endOf(state: DoctorState) {
  const {checkup, input, mended} = state
  const outcome = state.outcome ?? {
    kind: 'diagnosed',
    usable: false,
    mended: mended.length,
    diagnosis: {},
    exitCode: 1,
  }
  if (outcome.kind === 'failed')
    return {outcome, panels: [{kind: 'problem', problem: outcome.problem} as const]}
  const wasNothing = input.fix && !state.isMended
  return {
    outcome,
    panels: [
      ...state.previews,
      ...(state.previews.length > 0
        ? [{kind: 'prose', lines: [changeWords.dryRun], tone: 'warning'} as const]
        : []),
      ...(state.isMended ? mendedPanels(mended) : []),
      ...(checkup?.report ?? []),
      ...(wasNothing ? [{kind: 'prose', lines: [words.nothingToMend]} as const] : []),
    ],
  }
}
