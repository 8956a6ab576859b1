import type {AskStep, EndStep, Panel} from '../../../src/engine/types.js'
import {program} from '../../../src/text/program-name.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {work} from '../../ask.js'
import {nextStepPanels} from '../../next-step.js'
import {diffPanels, takenOut, undoPanel} from '../../change/flow.js'
import {words as changeWords} from '../../change/words.js'
import type {SsoPorts} from '../ports.js'
import type {SsoEvent, SsoOutcome, SsoState} from '../state.js'
import {words} from '../words.js'
import {describeSession} from './session.js'
import {receiptPanels} from './write.js'

type E = SsoEvent
type P = SsoPorts

export function logout({survey, input}: SsoState): AskStep<E, P> {
  const sessions = (survey?.sessions ?? []).filter(({token}) => token !== 'none')
  const all = sessions.map(({session}) => session.name)
  const initial = input.session === undefined ? all : all.filter((name) => name === input.session)
  return {
    kind: 'ask',
    id: 'sso-logout',
    question: {
      kind: 'choose-many',
      message: words.logout.message,
      hint: words.logout.hint,
      choices: sessions.map((known) => ({id: known.session.name, ...describeSession(known)})),
      initial,
    },
    unattended: {option: '--session NAME', assume: initial},
    answer: (names) => ({type: 'logout', names: names as readonly string[]}),
  }
}

export function signingOut({survey, chosen}: SsoState) {
  const sessions = (survey?.sessions ?? [])
    .map(({session}) => session)
    .filter(({name}) => chosen.includes(name))
  return work<E, P>({
    id: 'sso-signing-out',
    title: words.logout.working,
    isCritical: true,
    run: async (ports, context) => ({type: 'signed-out', lines: await ports.signOut(sessions, context)}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function end(state: SsoState): EndStep<SsoOutcome> {
  const outcome = state.outcome ?? {kind: 'declined'}
  return {kind: 'end', id: 'end', outcome, panels: lastPanels(state, outcome)}
}

function lastPanels(state: SsoState, outcome: SsoOutcome): Panel[] {
  switch (outcome.kind) {
    case 'saved':
      return receiptPanels(state)
    case 'dry-run':
      return [
        ...diffPanels(state.change?.plan),
        {kind: 'prose', lines: [changeWords.dryRun], tone: 'warning'},
      ]
    case 'signed-in':
      return signedInPanels(state, outcome)
    case 'signed-out':
      return [
        {
          kind: 'verdicts',
          rows:
            outcome.sessions.length === 0
              ? [{mark: 'good', label: words.logout.nobody}]
              : (state.loggedOut ?? []).map((label) => ({mark: 'good', label}) as const),
        },
      ]
    case 'status':
      return statusPanels(state)
    case 'failed':
      return [{kind: 'problem', problem: outcome.problem}]
    case 'unchanged':
    case 'declined':
      return [{kind: 'prose', lines: [words.declined]}]
  }
}

function signedInPanels(
  {signedIn, kept, session, change}: SsoState,
  {profiles, next, files = []}: Extract<SsoOutcome, {kind: 'signed-in'}>,
): Panel[] {
  const [first] = profiles
  return [
    {
      kind: 'verdicts',
      rows: [
        {mark: 'good', label: words.signedIn(signedIn ?? say``)},
        {mark: 'fact', label: words.receipt.session, value: safe(session?.name ?? '')},
        ...(kept ? [{mark: 'fact', label: words.receipt.file, value: kept} as const] : []),
        ...files.map((value) => ({mark: 'fact', label: words.receipt.file, value}) as const),
        ...(files.length > 0 ? takenOut(change?.plan) : []),
        ...(first === undefined
          ? []
          : [{mark: 'fact', label: words.receipt.profiles, value: safe(profiles.join(', '))} as const]),
      ],
    },
    ...(next
      ? nextStepPanels(next, words.receipt)
      : [{kind: 'code', label: words.receipt.noProfiles, lines: [say`${program()} sso`]} as const]),
    ...(files.length > 0 ? [undoPanel] : []),
  ]
}

function statusPanels({survey}: SsoState): Panel[] {
  const sessions = survey?.sessions ?? []
  if (sessions.length === 0)
    return [
      {kind: 'prose', lines: [words.status.none]},
      {kind: 'code', label: words.receipt.noProfiles, lines: [say`${program()} sso`]},
    ]
  const isAnyExpired = sessions.some(({token}) => token === 'expired' || token === 'none')
  return [
    {
      kind: 'verdicts',
      rows: sessions.map(({session, token, tokenWords, profiles, where}) => ({
        mark: token === 'valid' ? 'good' : token === 'refreshable' ? 'good' : 'bad',
        label: safe(session.name),
        value: tokenWords,
        note: say`${session.startUrl} (${where}), ${words.session.profiles(profiles.length)}`,
      })),
    },
    ...(isAnyExpired
      ? [{kind: 'code', label: words.status.login, lines: [say`${program()} sso login`]} as const]
      : []),
  ]
}
