import {lift} from '../../src/engine/compose.js'
import {undoPanel} from '../change/flow.js'
import type {Flow, Panel, Step} from '../../src/engine/types.js'
import {keepsFromDeploy} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import {deployLine} from '../../src/text/deploy-line.js'
import {begin as beginRole, next as nextRole, view as viewRole} from '../dashboard-role/flow.js'
import {begin, next as nextLocal, view as viewLocal} from '../local-profile/flow.js'
import type {LocalProfileInput} from '../local-profile/state.js'
import {words as changeWords} from '../change/words.js'
import {beginResolvers, nextResolvers, viewResolvers} from '../resolvers/flow.js'
import {beginSkip, nextSkip, viewSkip, type SkipEvent} from '../skip/flow.js'
import {work} from '../ask.js'
import {nextStepPanels, type NextStep} from '../next-step.js'
import {firstView, looking, surveyed} from './first.js'
import type {Survey, WelcomePorts} from './ports.js'
import {repair} from './repair.js'
import {hasAnything, repairable} from './screens.js'
import type {WelcomeEvent, WelcomeInput, WelcomeOutcome, WelcomeState} from './state.js'
import {words} from './words.js'

export type * from './state.js'

type E = WelcomeEvent
type P = WelcomePorts

/** The first screen, and the paths that begin there. */
export function welcome(input: WelcomeInput): Flow<WelcomeState, E, P, WelcomeOutcome> {
  return {initial: looking(input), view, next}
}

function next(state: WelcomeState, event: E): WelcomeState {
  switch (event.type) {
    case 'surveyed': {
      const known = {...state, survey: event.survey}
      if (state.input.path === 'local') return enterLocal(known)
      if (state.input.path === 'skip') return enterSkip(known)
      if (state.input.path === 'role') return enterRole(known)
      if (state.input.path === 'resolvers') return enterResolvers(known)
      return surveyed(state, event.survey)
    }
    case 'identified':
      return {
        ...state,
        at: 'welcome',
        whose: event.whose,
        ...(state.survey ? {survey: taken(state.survey)} : {}),
      }
    case 'problem':
      // Not to know what comes next is no reason to say less than what is known.
      if (state.at === 'going-on') return goneOn(state)
      // That AWS could not be asked says nothing against what is known already.
      if (state.survey?.inForce?.problem && !keepsFromDeploy(event.problem.code))
        return {...state, at: 'welcome'}
      return {...state, at: state.at === 'looking' ? 'method' : 'welcome', problem: event.problem}
    case 'chosen':
      if (event.id === 'continue') return {...state, at: 'going-on'}
      if (event.id === 'leave') return {...state, at: 'end', outcome: {kind: 'declined'}}
      if (event.id === 'repair') return chooseRepair(state)
      if (event.id === 'set-up') return enterLocal(state, {intent: 'add'})
      if (event.id === 'method') return {...state, at: 'method'}
      return enterSkip(state, {type: 'chosen', id: event.id})
    case 'going-on':
      return goneOn(state, event.next)
    case 'path':
      if (event.path === 'skip') return enterSkip(state)
      if (event.path === 'role') return enterRole(state)
      return enterLocal(state, state.survey && hasAnything(state.survey) ? {intent: 'add'} : {})
    case 'repair':
      return enterLocal(state, {intent: 'repair', profile: event.profile})
    case 'local': {
      if (!state.local) return state
      const local = nextLocal(state.local, event.event)
      return localGone({...state, local})
    }
    case 'resolvers': {
      if (!state.resolvers) return state
      const resolvers = nextResolvers(state.resolvers, event.event)
      const {outcome} = resolvers
      if (!outcome) return {...state, resolvers}
      if (outcome.kind === 'resolvers' && outcome.makeProfile)
        return enterLocal({...state, resolvers}, {intent: 'add'})
      if (!state.local?.outcome) return {...state, at: 'end', resolvers, outcome}
      // The profile is saved, whatever becomes of the file of the service; only a fault is told in its place.
      if (outcome.kind === 'failed') return {...state, at: 'end', resolvers, outcome}
      return resolvers.written > 0
        ? {...state, at: 'going-on', resolvers}
        : {...state, at: 'end', resolvers, outcome: state.local.outcome}
    }
    case 'role': {
      if (!state.role) return state
      const role = nextRole(state.role, event.event)
      return role.outcome ? {...state, at: 'end', role, outcome: role.outcome} : {...state, role}
    }
    case 'skip': {
      if (!state.skip) return state
      const skip = nextSkip(state.skip, event.event)
      return skip.outcome ? {...state, at: 'end', skip, outcome: skip.outcome} : {...state, skip}
    }
  }
}

/** AWS takes what was said to have ended. */
function taken({inForce, ...survey}: Survey): Survey {
  if (!inForce) return survey
  const {problem: _, ...works} = inForce
  return {...survey, inForce: works}
}

function localGone(state: WelcomeState): WelcomeState {
  const outcome = state.local?.outcome
  if (!outcome) return state
  if (outcome.kind !== 'saved' || !outcome.inService) return {...state, at: 'end', outcome}
  const {profile, region} = outcome
  const {isYes, isDryRun} = state.input
  const given = {...(isYes ? {isYes} : {}), ...(isDryRun ? {isDryRun} : {})}
  return {...state, at: 'resolvers', resolvers: beginResolvers({mode: 'screens', profile, region, ...given})}
}

/** @param event that which was chosen already */
function enterSkip(state: WelcomeState, event?: SkipEvent): WelcomeState {
  const skip = beginSkip(state.input.skip ?? {})
  return {...state, at: 'skip', skip: event ? nextSkip(skip, event) : skip}
}

function enterResolvers(state: WelcomeState): WelcomeState {
  const input = {...state.input.resolvers, mode: 'screens', canMakeProfile: true} as const
  return {...state, at: 'resolvers', resolvers: beginResolvers(input)}
}

/** Chosen by a person, it is what they want, whatever credentials are here. */
function enterRole(state: WelcomeState): WelcomeState {
  const {isYes, isDryRun, isPractice} = state.input
  const given = {isYes, isDryRun, isPractice, ...state.input.role}
  const input = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return {...state, at: 'role', role: beginRole({...input, isAsked: true})}
}

/** Which profile is asked where there is a choice. */
function chooseRepair(state: WelcomeState): WelcomeState {
  const [only, ...others] = repairable(state.survey)
  return only && others.length === 0
    ? enterLocal(state, {intent: 'repair', profile: only.name})
    : {...state, at: 'repair'}
}

/** Of a profile that was saved and put to use, what its receipt says is said anew. */
function goneOn(state: WelcomeState, next?: NextStep): WelcomeState {
  const {local, whose} = state
  const known = next ? {next} : {}
  if (local?.outcome?.kind === 'saved') {
    const files = [...local.outcome.files, ...(state.resolvers?.written ? serviceFiles(state) : [])]
    const outcome = {...local.outcome, files, ...known}
    return {...state, at: 'end', outcome, local: {...local, outcome, ...known}}
  }
  const account = whose ? {accountId: whose.accountId} : {}
  return {...state, at: 'end', outcome: {kind: 'continued', ...account, ...known}}
}

function serviceFiles({resolvers}: WelcomeState): readonly SafeText[] {
  const view = resolvers?.services.find(({path}) => path === resolvers.path) ?? resolvers?.services[0]
  return view ? [view.file] : []
}

function goingOn(state: WelcomeState) {
  const {survey, local} = state
  const saved = local?.outcome?.kind === 'saved' ? local.outcome : undefined
  const {profile, region} = saved ?? {region: survey?.inForce?.region}
  return work<E, P>({
    id: 'going-on',
    title: words.goingOn,
    run: async (ports) => ({
      type: 'going-on',
      next: await ports.nextStep({
        ...(profile === undefined ? {} : {profile}),
        ...(region === undefined ? {} : {region}),
      }),
    }),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

function enterLocal(
  state: WelcomeState,
  asked: Pick<LocalProfileInput, 'intent' | 'profile'> = {},
): WelcomeState {
  const {path: _path, skip: _skip, role: _role, resolvers: _resolvers, ...input} = state.input
  const local = begin({
    ...input,
    canDeploy: state.survey?.canDeploy ?? false,
    hasService: state.survey?.hasService ?? false,
    network: state.survey?.network ?? [],
    ...(state.survey?.usualRegion ? {usualRegion: state.survey.usualRegion} : {}),
    ...(state.survey?.wantedProfile ? {wanted: state.survey.wantedProfile} : {}),
    ...asked,
  })
  return {...state, at: 'local', local}
}

function view(state: WelcomeState): Step<E, P, WelcomeOutcome> {
  const first = firstView(state)
  if (first) return first
  switch (state.at) {
    case 'repair':
      return repair(state)
    case 'going-on':
      return goingOn(state)
    case 'local': {
      const step = viewLocal(state.local ?? begin(state.input))
      if (step.kind === 'end') return step
      return lift(step, (event): E => ({type: 'local', event}))
    }
    case 'skip': {
      const step = viewSkip(state.skip ?? beginSkip({}))
      return step.kind === 'end' ? step : lift(step, (event): E => ({type: 'skip', event}))
    }
    case 'resolvers': {
      const step = viewResolvers(state.resolvers ?? beginResolvers({mode: 'report'}))
      return step.kind === 'end' ? end(state) : lift(step, (event): E => ({type: 'resolvers', event}))
    }
    case 'role': {
      const step = viewRole(state.role ?? beginRole({}))
      return step.kind === 'end' ? step : lift(step, (event): E => ({type: 'role', event}))
    }
    default:
      return end(state)
  }
}

/** A file of the service that could not be written takes nothing from what was saved before. */
function savedBefore({local, resolvers}: WelcomeState): Panel[] {
  const saved = local?.outcome
  if (resolvers?.outcome?.kind !== 'failed' || saved?.kind !== 'saved') return []
  const {profile, files} = saved
  return [
    {
      kind: 'verdicts',
      rows: [
        {mark: 'good', label: words.savedBefore(profile)},
        ...files.map((value) => ({mark: 'fact', label: changeWords.saved, value}) as const),
      ],
    },
    ...(files.length > 0 ? [undoPanel] : []),
  ]
}

function end(state: WelcomeState): Step<E, P, WelcomeOutcome> {
  const {resolvers} = state
  if (resolvers?.outcome && (resolvers.outcome.kind === 'failed' || !state.local?.outcome)) {
    const step = viewResolvers(resolvers)
    if (step.kind === 'end') return {...step, panels: [...(step.panels ?? []), ...savedBefore(state)]}
  }
  if (state.local?.outcome) {
    const step = viewLocal(state.local)
    if (step.kind === 'end') return step
  }
  if (state.skip?.outcome) {
    const step = viewSkip(state.skip)
    if (step.kind === 'end') return step
  }
  if (state.role?.outcome) {
    const step = viewRole(state.role)
    if (step.kind === 'end') return step
  }
  const outcome = state.outcome ?? {kind: 'declined'}
  const source = state.survey?.inForce?.source
  const panels: Panel[] =
    outcome.kind === 'continued'
      ? [
          {kind: 'prose', lines: source ? [words.continued.line(source)] : []},
          ...('next' in outcome && outcome.next
            ? nextStepPanels(outcome.next, words.continued)
            : [{kind: 'code', label: words.continued.next, lines: [deployLine()]} as const]),
        ]
      : []
  return {kind: 'end', id: 'end', outcome, panels}
}
