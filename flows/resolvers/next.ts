import {beginChange, nextChange, type ChangeEvent} from '../change/flow.js'
import {added, isUseOpen, plainUse} from './add.js'
import type {ResolverEdit, ServiceView} from './ports.js'
import type {At, ResolversEvent, ResolversInput, ResolversState} from './state.js'

type State = ResolversState

export function beginResolvers(input: ResolversInput): State {
  return {
    at: 'reading',
    input,
    verify: input.verify ?? false,
    services: [],
    draft: {},
    written: 0,
  }
}

/** The service at hand. */
export function serviceOf({services, path}: State): ServiceView | undefined {
  return services.find((each) => each.path === path)
}

/** Every transition. An event that means nothing in a state leaves it as it is. */
export function nextResolvers(state: State, event: ResolversEvent): State {
  switch (event.type) {
    case 'read':
      return read(state, event.services)
    case 'problem':
      return {...state, at: 'failed', problem: event.problem}
    case 'retry':
      return to(state, 'reading')
    case 'service':
      return entered({...state, path: event.path})
    case 'go':
      return to(state, event.to)
    case 'verify':
      return {...to(state, 'reading'), verify: true}
    case 'explain':
      return {...to(state, 'explained'), stage: event.stage}
    case 'draft':
      return drafted({...to(state, event.to), draft: {...state.draft, ...event.draft}})
    case 'edit':
      return {...to(state, 'change'), edit: event.edit, change: beginChange}
    case 'change':
      return changed(state, event.event)
    case 'make-profile': {
      const {outcome} = ended(state)
      return outcome?.kind === 'resolvers'
        ? {...state, at: 'end', outcome: {...outcome, makeProfile: true}}
        : state
    }
    case 'leave':
      return state.problem
        ? {...state, at: 'end', outcome: {kind: 'failed', problem: state.problem}}
        : ended(state)
  }
}

function to(state: State, at: At): State {
  const {problem: _problem, ...rest} = state
  return {...rest, at}
}

/** Whether it deploys is asked only where the person can choose. */
function drafted(state: State): State {
  if (state.at !== 'deploys' || isUseOpen(state)) return state
  return {...to(state, 'change'), edit: added(state.draft, plainUse(state)), change: beginChange}
}

function read(state: State, services: readonly ServiceView[]): State {
  const known = {...state, services}
  if (state.input.mode !== 'screens') return ended(known)
  if (serviceOf(known)) return entered(known)
  const [only, ...others] = services
  return only && others.length === 0 ? entered({...known, path: only.path}) : to(known, 'service')
}

/** A profile that waits to be used leads straight to the change, and once it is written to the end. */
function entered(state: State): State {
  return isWaiting(state)
    ? {...to(state, 'change'), edit: profileUse(state.input), change: beginChange}
    : to(state, 'overview')
}

function isWaiting(state: State): boolean {
  const {input, written} = state
  return input.profile !== undefined && written === 0 && serviceOf(state)?.canEdit === true
}

/** For all stages. */
export function profileUse({profile = '', region}: ResolversInput): ResolverEdit {
  return {kind: 'use-profile', profile, ...(region === undefined ? {} : {region})}
}

function changed(state: State, event: ChangeEvent): State {
  if (!state.change) return state
  const change = nextChange(state.change, event)
  switch (change.outcome?.kind) {
    case undefined:
      return {...state, change}
    case 'written':
      // A profile that came from a receipt is put to use: that was all.
      if (isWaiting(state) && state.edit?.kind === 'use-profile')
        return ended({...state, change, written: state.written + 1})
      // What is shown next is read from the disk, not remembered.
      return {...to(state, 'reading'), change, draft: {}, written: state.written + 1}
    case 'failed':
      return {...state, at: 'end', change, outcome: change.outcome}
    case 'dry-run':
      return ended({...state, change})
    case 'declined':
      // There are other ways to use it than the one that was shown.
      if (isWaiting(state) && state.edit?.kind === 'use-profile')
        return {...to(state, 'how'), change, draft: {profile: state.edit.profile}}
      return {...to(state, 'overview'), change, draft: {}}
    default:
      return {...to(state, 'overview'), change, draft: {}}
  }
}

function ended(state: State): State {
  const errors = state.services.some(({hasErrors}) => hasErrors)
  const {services, written} = state
  // What a dry run is asked for is the plan: that it was shown is what its exit code says.
  const isPlan = state.change?.outcome?.kind === 'dry-run'
  return {
    ...state,
    at: 'end',
    outcome: {
      kind: 'resolvers',
      errors,
      written,
      get services() {
        return services.map((each) => each.data())
      },
      ...(errors && !isPlan ? {exitCode: 1} : {}),
    },
  }
}
