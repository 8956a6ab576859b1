import {lift} from '../../src/engine/compose.js'
import type {Flow, Panel, Step, Verdict} from '../../src/engine/types.js'
import type {Problem} from '../../src/safety/problem.js'
import {safe, say} from '../../src/safety/safe-text.js'
import {select, work} from '../ask.js'
import {begin, next as nextLocal, view as viewLocal} from '../local-profile/flow.js'
import {describe} from '../local-profile/screens/place.js'
import type {
  LocalProfileEvent,
  LocalProfileInput,
  LocalProfileOutcome,
  LocalProfileState,
} from '../local-profile/state.js'
import {beginSkip, nextSkip, viewSkip} from '../skip/flow.js'
import type {SkipEvent, SkipInput, SkipOutcome, SkipState} from '../skip/flow.js'
import type {KnownProfile} from '../local-profile/ports.js'
import type {Survey, WelcomePorts, Whose} from './ports.js'
import {words} from './words.js'

/** A path that can be taken from the first screen. */
export type PathName = 'local' | 'skip'

export interface WelcomeInput extends LocalProfileInput {
  /** Goes straight to this path. */
  readonly path?: PathName
  /** What was given beforehand for signing in with AWS SSO. */
  readonly skip?: SkipInput
}

type At = 'looking' | 'checking' | 'welcome' | 'repair' | 'method' | 'local' | 'skip' | 'end'

export interface WelcomeState {
  readonly at: At
  readonly input: WelcomeInput
  readonly survey?: Survey
  readonly whose?: Whose
  /** Why the credentials in force do not work. */
  readonly problem?: Problem
  readonly local?: LocalProfileState
  readonly skip?: SkipState
  readonly outcome?: WelcomeOutcome
}

export type WelcomeOutcome =
  LocalProfileOutcome | SkipOutcome | {readonly kind: 'continued'; readonly accountId?: string}

export type WelcomeEvent =
  | {readonly type: 'surveyed'; readonly survey: Survey}
  | {readonly type: 'identified'; readonly whose: Whose}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'chosen'; readonly id: 'continue' | 'method' | 'repair' | 'leave'}
  | {readonly type: 'path'; readonly path: PathName}
  | {readonly type: 'repair'; readonly profile: string}
  | {readonly type: 'local'; readonly event: LocalProfileEvent}
  | {readonly type: 'skip'; readonly event: SkipEvent}

type E = WelcomeEvent
type P = WelcomePorts

/** The first screen, and the paths that begin there. */
export function welcome(input: WelcomeInput): Flow<WelcomeState, E, P, WelcomeOutcome> {
  return {initial: {at: 'looking', input}, view, next}
}

function next(state: WelcomeState, event: E): WelcomeState {
  switch (event.type) {
    case 'surveyed': {
      const surveyed = {...state, survey: event.survey}
      if (state.input.path === 'local') return enterLocal(surveyed)
      if (state.input.path === 'skip') return enterSkip(surveyed)
      if (event.survey.inForce?.canCheck) return {...surveyed, at: 'checking'}
      return {...surveyed, at: hasAnything(event.survey) ? 'welcome' : 'method'}
    }
    case 'identified':
      return {...state, at: 'welcome', whose: event.whose}
    case 'problem':
      return {...state, at: state.at === 'looking' ? 'method' : 'welcome', problem: event.problem}
    case 'chosen':
      if (event.id === 'continue') return {...state, at: 'end', outcome: continued(state)}
      if (event.id === 'leave') return {...state, at: 'end', outcome: {kind: 'declined'}}
      if (event.id === 'repair') return chooseRepair(state)
      return {...state, at: event.id}
    case 'path':
      if (event.path === 'skip') return enterSkip(state)
      return enterLocal(state, state.survey && hasAnything(state.survey) ? {intent: 'add'} : {})
    case 'repair':
      return enterLocal(state, {intent: 'repair', profile: event.profile})
    case 'local': {
      if (!state.local) return state
      const local = nextLocal(state.local, event.event)
      return local.outcome ? {...state, at: 'end', local, outcome: local.outcome} : {...state, local}
    }
    case 'skip': {
      if (!state.skip) return state
      const skip = nextSkip(state.skip, event.event)
      return skip.outcome ? {...state, at: 'end', skip, outcome: skip.outcome} : {...state, skip}
    }
  }
}

function enterSkip(state: WelcomeState): WelcomeState {
  return {...state, at: 'skip', skip: beginSkip(state.input.skip ?? {})}
}

function hasAnything(survey: Survey): boolean {
  return survey.inForce !== undefined || survey.profiles.some(({isEmpty}) => !isEmpty)
}

/** The profiles with a key, whole or half: one that signs in with a role or AWS SSO has none to repair. */
function repairable(survey: Survey | undefined): readonly KnownProfile[] {
  return (survey?.profiles ?? []).filter(({hasKey, isHalf}) => hasKey || isHalf)
}

/** The profile in force is marked, where it is one of those. */
function initialRepair({survey}: WelcomeState): {readonly initial?: string} {
  const used = repairable(survey).find(({name}) => name === survey?.inForce?.profile)
  return used ? {initial: used.name} : {}
}

/** Which profile is asked where there is a choice. */
function chooseRepair(state: WelcomeState): WelcomeState {
  const [only, ...others] = repairable(state.survey)
  return only && others.length === 0
    ? enterLocal(state, {intent: 'repair', profile: only.name})
    : {...state, at: 'repair'}
}

function continued({whose}: WelcomeState): WelcomeOutcome {
  return whose ? {kind: 'continued', accountId: whose.accountId} : {kind: 'continued'}
}

function enterLocal(
  state: WelcomeState,
  asked: Pick<LocalProfileInput, 'intent' | 'profile'> = {},
): WelcomeState {
  const {path: _path, skip: _skip, ...input} = state.input
  const local = begin({
    ...input,
    canDeploy: state.survey?.canDeploy ?? false,
    network: state.survey?.network ?? [],
    ...(state.survey?.lastRegion ? {lastRegion: state.survey.lastRegion} : {}),
    ...asked,
  })
  return {...state, at: 'local', local}
}

function view(state: WelcomeState): Step<E, P, WelcomeOutcome> {
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
    case 'repair':
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
    case 'method':
      return method(state)
    case 'local': {
      const step = viewLocal(state.local ?? begin(state.input))
      if (step.kind === 'end') return step
      return lift(step, (event): E => ({type: 'local', event}))
    }
    case 'skip': {
      const step = viewSkip(state.skip ?? beginSkip({}))
      return step.kind === 'end' ? step : lift(step, (event): E => ({type: 'skip', event}))
    }
    case 'end':
      return end(state)
  }
}

function method(state: WelcomeState) {
  return select<E, P, PathName>({
    id: 'set-up-method',
    message: words.method.message,
    panels: methodPanels(state),
    choices: [
      ['local', words.method.local],
      ['skip', words.method.skip],
    ],
    unattended: {option: '--path local'},
    answer: (path) => ({type: 'path', path}),
  })
}

function methodPanels({survey, problem}: WelcomeState): Panel[] {
  if (problem && !survey)
    return [
      {kind: 'heading', text: words.unreadable},
      {kind: 'problem', problem},
    ]
  if (survey && hasAnything(survey)) return []
  // That nothing was found says nothing where a file could not be looked into.
  if (survey?.problem)
    return [
      {kind: 'heading', text: words.unreadable},
      {kind: 'problem', problem: survey.problem},
    ]
  return [
    {kind: 'heading', text: words.none.heading},
    {kind: 'prose', lines: words.none.lines},
  ]
}

/** Something is here already: whose it is, and the ways on. */
function found(state: WelcomeState) {
  const {survey} = state
  const problem = problemOf(state)
  const isBroken = problem !== undefined && isAboutKey(problem)
  const goOn = ['continue', words.continue] as const
  const canGoOn = survey?.inForce !== undefined && !isBroken
  const repair = repairable(survey).length > 0 ? [['repair', words.repair] as const] : []
  return select<E, P, 'continue' | 'method' | 'repair' | 'leave'>({
    id: 'welcome',
    message: words.message,
    panels: [
      {kind: 'heading', text: headingOf(state)},
      {kind: 'verdicts', rows: foundRows(state)},
      ...(survey?.network.length ? [{kind: 'prose', lines: survey.network, tone: 'dim'} as const] : []),
      ...(survey?.problem ? [{kind: 'problem', problem: survey.problem} as const] : []),
      ...(problem ? [{kind: 'problem', problem} as const] : []),
    ],
    choices: [
      ...(canGoOn ? [goOn] : []),
      ...(isBroken ? repair : []),
      ['method', words.add],
      ...(isBroken ? [] : repair),
      ['leave', words.leave],
    ],
    unattended: {option: '--path local'},
    answer: (id) => ({type: 'chosen', id}),
  })
}

/** What is wrong with the credentials in force: AWS said it, or the files do. */
function problemOf({problem, survey}: WelcomeState): Problem | undefined {
  return problem ?? survey?.inForce?.problem
}

function headingOf(state: WelcomeState) {
  const {survey, whose} = state
  const problem = problemOf(state)
  if (whose) return words.found.works
  if (!survey?.inForce) return words.found.notInForce
  if (!problem) return words.found.unknown
  return isAboutKey(problem) ? words.found.fails : words.found.uncheckable
}

/** A fault of the network says nothing about the key, and is never told as a bad one. */
function isAboutKey({code}: Problem): boolean {
  return ['INVALID_CLIENT_TOKEN', 'SIGNATURE_MISMATCH', 'EXPIRED_TOKEN', 'HALF_KEY_PAIR'].includes(code)
}

function foundRows(state: WelcomeState): Verdict[] {
  const {survey, whose} = state
  const problem = problemOf(state)
  const inForce = survey?.inForce
  const names = survey?.profiles.map(({name}) => name) ?? []
  const shown =
    names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')
  return [
    ...(inForce
      ? [
          {
            mark: whose ? 'good' : problem && isAboutKey(problem) ? 'bad' : 'unknown',
            label: words.found.inForce,
            value: inForce.source,
          } as const,
        ]
      : []),
    ...(whose
      ? ([
          {
            mark: 'fact',
            label: words.found.account,
            value: whose.alias ? say`${whose.accountId} (${whose.alias})` : safe(whose.accountId),
          },
          {mark: 'fact', label: words.found.arn, value: safe(whose.arn)},
        ] as const)
      : []),
    ...(names.length > 0 ? [{mark: 'fact', label: words.found.profiles, value: safe(shown)} as const] : []),
  ]
}

function end(state: WelcomeState): Step<E, P, WelcomeOutcome> {
  if (state.local?.outcome) {
    const step = viewLocal(state.local)
    if (step.kind === 'end') return step
  }
  if (state.skip?.outcome) {
    const step = viewSkip(state.skip)
    if (step.kind === 'end') return step
  }
  const outcome = state.outcome ?? {kind: 'declined'}
  const source = state.survey?.inForce?.source
  const panels: Panel[] =
    outcome.kind === 'continued'
      ? [
          {kind: 'prose', lines: source ? [words.continued.line(source)] : []},
          {kind: 'code', label: words.continued.next, lines: [say`serverless deploy`]},
        ]
      : []
  return {kind: 'end', id: 'end', outcome, panels}
}
