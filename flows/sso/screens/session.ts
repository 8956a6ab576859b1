import type {AskStep} from '../../../src/engine/types.js'
import {REGIONS} from '../../../src/domain/regions.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {checkStartUrl, parseStartUrl} from '../../../src/domain/sso-start-url.js'
import {checkProfileName} from '../../../src/domain/validators.js'
import {select, work} from '../../ask.js'
import {regionChoices} from '../../region-choices.js'
import type {KnownSession, SsoPorts} from '../ports.js'
import type {SsoEvent, SsoState} from '../state.js'
import {words} from '../words.js'

type E = SsoEvent
type P = SsoPorts

/** The answer that means a session that is not here yet; no session can have this name. */
const NEW = 'new session'

export function reading() {
  return work<E, P>({
    id: 'sso-reading',
    title: words.reading,
    run: async (ports) => ({type: 'surveyed', survey: await ports.ssoSurvey()}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function unreadable({problem}: SsoState) {
  return select<E, P, 'reading' | 'leave'>({
    id: 'sso-unreadable',
    message: words.whatNow,
    panels: problem ? [{kind: 'problem', problem}] : [],
    choices: [
      ['reading', words.retry],
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => (id === 'leave' ? {type: 'leave'} : {type: 'go', to: id}),
    trail: false,
  })
}

/** The sessions that are here; a new one can be set up wherever profiles are. */
export function session({survey, input}: SsoState) {
  const sessions = survey?.sessions ?? []
  const only = sessions.length === 1 ? sessions[0]?.session.name : undefined
  const assumed = input.session ?? only
  return select<E, P, string>({
    id: 'sso-session',
    message: input.mode === 'login' ? words.session.login : words.session.message,
    choices: [
      ...sessions.map((known) => [known.session.name, describeSession(known)] as const),
      ...(input.mode === 'setup' ? [[NEW, words.session.other] as const] : []),
    ],
    initial: assumed ?? sessions[0]?.session.name ?? NEW,
    unattended: {option: '--session NAME', ...(assumed === undefined ? {} : {assume: assumed})},
    answer: (name) => ({type: 'session', name}),
  })
}

export function describeSession({session: {name, startUrl}, tokenWords, profiles}: KnownSession) {
  return {
    label: say`${name}: ${tokenWords}`,
    hint: say`${startUrl}, ${words.session.profiles(profiles.length)}`,
  }
}

export function startUrl({input, draft}: SsoState): AskStep<E, P> {
  return {
    kind: 'ask',
    id: 'sso-start-url',
    panels: [
      ...(input.isPractice
        ? [{kind: 'prose', lines: [words.startUrl.isPractice], tone: 'warning'} as const]
        : []),
      {kind: 'heading', text: words.startUrl.heading},
      {kind: 'prose', lines: words.startUrl.lines},
      ...(input.isPractice ? [{kind: 'prose', lines: [words.startUrl.practice], tone: 'dim'} as const] : []),
    ],
    question: {
      kind: 'text',
      message: words.startUrl.message,
      ...(draft.startUrl === undefined ? {} : {initial: draft.startUrl}),
      hint: words.startUrl.hint,
      validate: checkStartUrl,
    },
    unattended: {option: '--start-url URL'},
    answer: (value) => ({type: 'start-url', text: value as string}),
  }
}

export function ssoRegion({survey, draft}: SsoState) {
  const partition = parseStartUrl(draft.startUrl ?? '')?.partition ?? 'aws'
  const fitting = REGIONS.filter((region) => region.partition === partition)
  const wanted = [draft.region, survey?.usualRegion, fitting[0]?.id].find((region) =>
    fitting.some(({id}) => id === region),
  )
  return select<E, P, string>({
    id: 'sso-region',
    message: words.ssoRegion.message,
    hint: words.ssoRegion.hint,
    choices: regionChoices(fitting),
    ...(wanted ? {initial: wanted as string} : {}),
    isSearchable: true,
    unattended: {option: '--sso-region REGION'},
    answer: (region) => ({type: 'sso-region', region}),
    trail: (region) => safe(region),
  })
}

export function sessionName({draft, survey}: SsoState): AskStep<E, P> {
  const taken = survey?.sessions.map((known) => known.session.name) ?? []
  const suggestion = freeName(suggestName(draft.startUrl ?? ''), taken)
  return {
    kind: 'ask',
    id: 'sso-session-name',
    question: {
      kind: 'text',
      message: words.sessionName.message,
      hint: words.sessionName.hint,
      initial: suggestion,
      validate: (text) =>
        checkProfileName(text) ??
        (taken.includes(text.trim())
          ? {what: words.sessionName.taken(text.trim()), example: safe(suggestion)}
          : undefined),
    },
    unattended: {option: '--session NAME', assume: suggestion},
    answer: (value) => ({type: 'session-name', name: value as string}),
  }
}

/** `https://acme.awsapps.com/start` is the portal of acme; one named by a number says nothing. */
function suggestName(startUrl: string): string {
  const label = URL.canParse(startUrl) ? (new URL(startUrl).hostname.split('.')[0] ?? '') : ''
  return /^[a-z][a-z0-9-]*$/.test(label) && !/^(?:d|ssoins|start|www|portal)(?:-|$)/.test(label)
    ? label
    : 'sso'
}

function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  for (let number = 2; ; number++) if (!taken.includes(`${name}-${number}`)) return `${name}-${number}`
}
