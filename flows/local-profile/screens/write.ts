import type {EndStep, Panel} from '../../../src/engine/types.js'
import {lift} from '../../../src/engine/compose.js'
import {toProblem} from '../../../src/engine/to-problem.js'
import {isAboutCredentials, type Problem} from '../../../src/domain/problem.js'
import {program} from '../../../src/text/program-name.js'
import {shell, word} from '../../../src/text/shell.js'
import {safe, say, type SafeText} from '../../../src/text/safe-text.js'
import {doneHeading, practiceEnd} from '../../practice-end.js'
import {select, show, work} from '../../ask.js'
import {
  beginChange,
  changedFiles,
  diffPanels,
  noticePanels,
  shownFiles,
  takenOut,
  viewChange,
  type Change,
  undoPanel,
} from '../../change/flow.js'
import {beginUndo, OF_THIS_RUN, undonePanels, viewUndo} from '../../undo/flow.js'
import {nextStepPanels} from '../../next-step.js'
import type {LocalProfilePorts} from '../ports.js'
import {concernsOf, replacedId, sameKey} from '../concerns.js'
import type {LocalProfileEvent, LocalProfileOutcome, LocalProfileState} from '../state.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

/** Of both files; what the key lacks is said again above the comparison. */
function changeOf(state: LocalProfileState): Change<P> {
  const {profile, key, region, input} = state
  return {
    id: 'plan',
    notes: concernPanels(state),
    edit: {instead: words.plan.change, after: words.refused.place},
    isYes: input.isYes === true,
    isDryRun: input.isDryRun === true,
    plan: async (ports) => {
      if (!profile || !key || !region) throw new Error('There is nothing to plan in this state.')
      return ports.plan({profile, key, region})
    },
    write: async (ports, plan, context, options) => ports.write(plan, context, options),
  }
}

export function change(state: LocalProfileState) {
  return lift(viewChange(changeOf(state), state.change ?? beginChange), (event): E => ({
    type: 'change',
    event,
  }))
}

export function nothingToDo() {
  return show<E, P>({
    id: 'nothing-to-do',
    panels: [{kind: 'prose', lines: words.nothingToDo.lines}],
    proceed: words.nothingToDo.proceed,
    next: {type: 'next'},
  })
}

export function checking(state: LocalProfileState) {
  const {profile, region} = state
  return work<E, P>({
    id: 'checking',
    title: words.checking,
    isBarrier: true,
    run: async (ports, context) => {
      if (!profile || !region) throw new Error('There is nothing to check in this state.')
      const next = await ports.nextStep({profile, region})
      try {
        const expiresAt = state.key?.expiresAt
        const written = {profile, region, ...(expiresAt === undefined ? {} : {expiresAt})}
        const verified = await ports.verifyWritten(written, context)
        return {type: 'verified', verified, askedIn: region, next}
      } catch (error) {
        if (context.signal.aborted) throw error
        return {type: 'problem', problem: toProblem(error), next}
      }
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function receipt(state: LocalProfileState) {
  const isPractice = state.input.isPractice === true
  const canDeploy =
    state.input.canDeploy === true && state.next?.args !== undefined && !state.problem && !isPractice
  const {isNamedHere, isClosedHere} = state.next ?? {}
  const canUse =
    state.input.hasService === true && !state.problem && !isPractice && !isNamedHere && !isClosedHere
  const canUndo = changedFiles(state.change?.plan).length > 0
  return select<E, P, 'done' | 'deploy' | 'service' | 'undo'>({
    id: 'receipt',
    isBarrier: true,
    message: words.receipt.message,
    panels: receiptPanels(state),
    choices: [
      ...(canDeploy ? [['deploy', words.receipt.deploy] as const] : []),
      ['done', words.receipt.done],
      ...(canUse ? [['service', words.receipt.service] as const] : []),
      ...(canUndo ? [['undo', words.receipt.undo] as const] : []),
    ],
    // A service that names what is not there deploys with nothing until its file is changed.
    initial: canUse && state.next?.isMissingHere ? 'service' : 'done',
    unattended: {assume: 'done'},
    answer: (id) => {
      if (id === 'undo') return {type: 'go', to: 'undoing'}
      return {type: 'finish', deploy: id === 'deploy', ...(id === 'service' ? {inService: true} : {})}
    },
    trail: false,
  })
}

/** The next command, where it is seen without scrolling; then where it is and whose it is. */
function receiptPanels(state: LocalProfileState): Panel[] {
  const isRefused = state.problem !== undefined && isAboutCredentials(state.problem.code)
  const found = isRefused ? undefined : (state.written ?? state.verified)
  const profile = state.profile ?? ''
  const {isPractice} = state.input
  return [
    state.problem
      ? {
          kind: 'heading',
          text: isRefused ? words.unchecked.refused : words.unchecked.heading,
        }
      : doneHeading(
          isPractice
            ? words.receipt.practiceHeading
            : changedFiles(state.change?.plan).length > 0
              ? words.receipt.heading
              : writtenFiles(state).length > 0
                ? words.receipt.onlyService
                : words.receipt.unchanged,
          words.receipt,
          isPractice,
        ),
    ...(state.problem ? [{kind: 'problem', problem: state.problem} as const] : []),
    ...concernsInShort(state),
    ...nextPanels(state, isRefused),
    {
      kind: 'verdicts',
      rows: [
        {mark: 'fact', label: words.receipt.profile, value: safe(profile)},
        ...writtenFiles(state).map((value) => ({mark: 'fact', label: words.receipt.file, value}) as const),
        ...replacedKey(state),
        ...takenOut(state.change?.plan),
        {mark: 'fact', label: words.receipt.region, value: safe(state.region ?? '')},
        ...(found
          ? ([
              {
                mark: 'fact',
                label: words.receipt.account,
                value: found.alias ? say`${found.accountId} (${found.alias})` : safe(found.accountId),
              },
              {mark: 'fact', label: words.receipt.arn, value: safe(found.arn)},
            ] as const)
          : []),
      ],
    },
    ...(state.input.isYes ? noticePanels(state.change?.plan?.warnings) : []),
    ...noticePanels(remarksOf(state)),
    ...concernPanels(state),
    ...afterwards(state),
    ...(isPractice ? [practiceEnd(words.receipt)] : []),
  ]
}

function nextPanels({next, profile, input}: LocalProfileState, isRefused: boolean): Panel[] {
  if (isRefused)
    return [
      {
        kind: 'code',
        label: words.unchecked.next,
        lines: [say`${program()} doctor --verify --profile ${word(profile ?? '')}`],
        runsIn: shell(),
      },
    ]
  return next ? nextStepPanels(next, words.receipt, input.isPractice) : []
}

/** With the file of a service, where the profile was put to use in one. */
function writtenFiles(state: LocalProfileState): readonly SafeText[] {
  return state.outcome?.kind === 'saved' ? state.outcome.files : shownFiles(state.change ?? {})
}

/** Whose key it was is asked only where somebody is there to be asked. */
function replacedKey(state: LocalProfileState) {
  const id = replacedId(state)
  return id === undefined ? [] : [{mark: 'fact', label: words.receipt.replaced, value: id} as const]
}

/** Before the command that it may keep from working; all of it stands below. */
function concernsInShort(state: LocalProfileState): Panel[] {
  const lines = concernsOf(state).map(({label, value}) =>
    label === DEPLOY ? words.receipt.lacking : say`${label}: ${value ?? ''}`,
  )
  return lines.length > 0 ? [{kind: 'prose', lines, tone: 'warning'}] : []
}

const DEPLOY: string = say`serverless deploy`

/** What the key lacks and that it ends is said again where it is written, and once it is. */
function concernPanels(state: LocalProfileState): Panel[] {
  const rows = concernsOf(state)
  return rows.length > 0 ? [{kind: 'verdicts', rows}] : []
}

/** What is to be done later, and where it was not meant. */
function afterwards(state: LocalProfileState): Panel[] {
  return [
    ...(state.method === 'same-user' ||
    (state.input.intent === 'repair' &&
      hadKey(state) &&
      !sameKey(state) &&
      state.whose !== words.replace.whoseUnknown['INVALID_CLIENT_TOKEN'])
      ? [{kind: 'prose', lines: [words.receipt.oldKey]} as const]
      : []),
    ...(writtenFiles(state).length > 0 && !state.input.isPractice && isKept(state) ? [undoPanel] : []),
  ]
}

function remarksOf({change}: LocalProfileState): readonly Problem[] {
  return change?.outcome?.kind === 'written' ? change.outcome.remarks : []
}

/** What was replaced, so that it can be taken back. */
function isKept(state: LocalProfileState): boolean {
  return remarksOf(state).every(({code}) => code !== 'NOT_KEPT')
}

/** Whether another key stood in the profile before. */
function hadKey({profiles, profile}: LocalProfileState): boolean {
  return profiles.some(({name, hasKey}) => name === profile && hasKey)
}

/** Shown before it is done, as any other change. */
export function undoing({undo = beginUndo(OF_THIS_RUN)}: LocalProfileState) {
  const step = viewUndo(undo)
  if (step.kind === 'end') throw new Error('It has ended already.')
  return lift(step, (event): E => ({type: 'undo', event}))
}

export function end(state: LocalProfileState): EndStep<LocalProfileOutcome> {
  const outcome = state.outcome ?? {kind: 'declined'}
  return {kind: 'end', id: 'end', outcome, panels: lastPanels(state, outcome)}
}

function lastPanels(state: LocalProfileState, outcome: LocalProfileOutcome): Panel[] {
  switch (outcome.kind) {
    case 'saved':
      return receiptPanels(state)
    case 'failed':
      return [{kind: 'problem', problem: outcome.problem}]
    case 'dry-run':
      return [
        ...noticePanels(state.change?.plan?.warnings),
        ...diffPanels(state.change?.plan),
        {kind: 'prose', lines: [words.plan.dryRun], tone: 'warning'},
      ]
    case 'undone':
      return state.undo
        ? undonePanels(state.undo, outcome.files)
        : [{kind: 'prose', lines: [words.undoneAlready]}]
    case 'declined':
      return [{kind: 'prose', lines: [words.declined]}]
  }
}
