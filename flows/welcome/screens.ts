import type {Panel, Verdict} from '../../src/engine/types.js'
import {isAboutCredentials, keepsFromDeploy, type Problem} from '../../src/domain/problem.js'
import {safe, say} from '../../src/text/safe-text.js'
import {shell} from '../../src/text/shell.js'
import {select} from '../ask.js'
import type {KnownProfile} from '../local-profile/ports.js'
import type {Survey, WelcomePorts} from './ports.js'
import type {Found, PathName, WelcomeEvent, WelcomeState} from './state.js'
import {words} from './words.js'
import {someOf} from '../../src/text/some-of.js'

type E = WelcomeEvent
type P = WelcomePorts

export function hasAnything(survey: Survey): boolean {
  return survey.inForce !== undefined || survey.profiles.some(({isEmpty}) => !isEmpty)
}

/** The profiles with a key, whole or half: one that signs in with a role or AWS SSO has none to repair. */
export function repairable(survey: Survey | undefined): readonly KnownProfile[] {
  return (survey?.profiles ?? []).filter(({hasKey, isHalf}) => hasKey || isHalf)
}

export function method(state: WelcomeState) {
  return select<E, P, PathName>({
    id: 'set-up-method',
    message: words.method.message,
    panels: [
      ...(state.input.isPractice ? [{kind: 'prose', lines: [words.practice], tone: 'warning'} as const] : []),
      ...methodPanels(state),
    ],
    choices: [
      ['role', words.method.role],
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
    {kind: 'heading', text: survey?.isUnused ? words.none.unused : words.none.heading},
    ...(survey?.isUnused && survey.whyNone ? [{kind: 'prose', lines: [survey.whyNone]} as const] : []),
    {kind: 'prose', lines: words.none.lines},
  ]
}

/** Something is here already: whose it is, and the ways on. */
export function found(state: WelcomeState) {
  const {survey} = state
  const problem = problemOf(state)
  const isKeyBroken = problem !== undefined && isAboutCredentials(problem.code)
  const isBroken = problem !== undefined && isKnownToFail(problem)
  const goOn = ['continue', words.continue] as const
  const canGoOn = survey?.inForce !== undefined && !isBroken
  // Another key in a profile mends nothing where the environment or the file of a service is at fault.
  const isInProfile = repairable(survey).some(({name}) => name === survey?.inForce?.profile)
  const repair = repairable(survey).length > 0 ? [['repair', words.repair] as const] : []
  const setUp =
    survey?.wantedProfile === undefined ? [] : [['set-up', words.setUp(survey.wantedProfile)] as const]
  return select<E, P, Found>({
    id: 'welcome',
    message: words.message,
    panels: [
      {kind: 'heading', text: headingOf(state)},
      {kind: 'verdicts', rows: foundRows(state)},
      ...(survey?.whyNone && !survey.inForce ? [{kind: 'prose', lines: [survey.whyNone]} as const] : []),
      ...(survey?.choose
        ? [{kind: 'code', label: words.found.choose, lines: [survey.choose], runsIn: shell()} as const]
        : []),
      ...(survey?.network.length ? [{kind: 'prose', lines: survey.network, tone: 'dim'} as const] : []),
      ...(survey?.problem ? [{kind: 'problem', problem: survey.problem} as const] : []),
      ...(problem ? [{kind: 'problem', problem} as const] : []),
    ],
    choices: [
      ...(canGoOn ? [goOn] : []),
      ...setUp,
      ...(survey?.endedSessions ?? []).map((name) => [`login:${name}`, words.login(name)] as const),
      ...(isKeyBroken && isInProfile ? repair : []),
      ['method', words.add],
      ...(isKeyBroken && isInProfile ? [] : repair),
      ['leave', words.leave],
    ],
    ...(problem && isNotTheKey(problem.code) ? {initial: setUp.length > 0 ? 'set-up' : 'leave'} : {}),
    unattended: {option: '--path local'},
    answer: (id) => ({type: 'chosen', id}),
  })
}

const SERVICE_STOPS = 'SERVICE_STOPS_DEPLOY'
/** A deploy would fail, and no other key would help. */
const isNotTheKey = (code: string) =>
  code === SERVICE_STOPS || (keepsFromDeploy(code) && !isAboutCredentials(code))

function isKnownToFail({code}: Problem): boolean {
  return keepsFromDeploy(code) || code === SERVICE_STOPS
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
  if (problem.code === SERVICE_STOPS) return words.found.serviceStops
  if (isNotTheKey(problem.code)) return words.found.failsThere
  return isAboutCredentials(problem.code) ? words.found.fails : words.found.uncheckable
}

function foundRows(state: WelcomeState): Verdict[] {
  const {survey, whose} = state
  const problem = problemOf(state)
  const inForce = survey?.inForce
  const names = survey?.profiles.map(({name}) => name) ?? []
  return [
    ...(inForce
      ? [
          {
            mark: whose ? 'good' : problem && isKnownToFail(problem) ? 'bad' : 'unknown',
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
    ...(names.length > 0
      ? [{mark: 'fact', label: words.found.profiles, value: someOf(names, 6)} as const]
      : []),
  ]
}
