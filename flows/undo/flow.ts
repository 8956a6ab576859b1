import {lift} from '../../src/engine/compose.js'
import type {DiffLine, Flow, Panel, Step, WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import {select, work} from '../ask.js'
import {beginChange, changedFiles, diffPanels, nextChange, noticePanels, viewChange} from '../change/flow.js'
import type {Change, ChangeEvent, ChangeOutcome, ChangeState} from '../change/flow.js'
import type {PlannedChange, WriteOptions} from '../change/ports.js'
import {words} from './words.js'

/** With lines that another program has changed since: they stay, or what was there before takes their place. */
type TouchedWay = 'theirs' | 'old'

export interface PlannedUndo extends PlannedChange {
  readonly touched: readonly {readonly shownPath: SafeText; readonly lines: readonly DiffLine[]}[]
  /** What stood there before can be put back. */
  readonly canReplace: boolean
  /** Which command it is. */
  readonly id?: string
  /** All of it is gone from the files already: it is only to be taken off the list. */
  readonly isSpent?: true
}

/** What undo asks of the world. */
export interface UndoPorts {
  /** What would be put back; no files when there is nothing to undo. */
  planUndo(options: {
    readonly way?: TouchedWay
    readonly passed?: readonly string[]
    readonly isOfThisRun?: boolean
  }): Promise<PlannedUndo>
  write(plan: PlannedChange, context: WorkContext, options?: WriteOptions): Promise<readonly Problem[]>
}

export type UndoOutcome =
  | {readonly kind: 'undone'; readonly files: readonly SafeText[]}
  | {readonly kind: 'nothing-to-undo'}
  | {readonly kind: 'dry-run'; readonly files: readonly SafeText[]}
  | {readonly kind: 'declined'}
  | {readonly kind: 'failed'; readonly problem: Problem}

export interface UndoInput {
  readonly isYes?: boolean
  readonly isDryRun?: boolean
  /** Only what this run has written. */
  readonly isOfThisRun?: boolean
}

export interface UndoState {
  readonly input: UndoInput
  readonly change: ChangeState
  /** Asked about, as somebody else's lines stand where ours did. */
  readonly touched?: PlannedUndo['touched']
  /** Something is left to take back where those lines stay. */
  readonly hasRest?: boolean
  readonly canReplace?: boolean
  /** The command that is asked about, and those that were passed over. */
  readonly id?: string
  readonly passed?: readonly string[]
  readonly way?: TouchedWay
  /** Of which nothing is left in the files: it goes off the list. */
  readonly spent?: PlannedUndo
  readonly outcome?: UndoOutcome
}

export type UndoEvent =
  | {readonly type: 'change'; readonly event: ChangeEvent}
  | {readonly type: 'dropped'; readonly problem?: Problem}
  | {readonly type: 'way'; readonly way: TouchedWay | 'pass' | 'leave'}

/** Takes back what the last command wrote, with the comparison first. */
export function undo(input: UndoInput): Flow<UndoState, UndoEvent, UndoPorts, UndoOutcome> {
  return {initial: beginUndo(input), next: nextUndo, view: viewUndo}
}

/** From a receipt: what others have written since is not what it is about. */
export const OF_THIS_RUN: UndoInput = {isOfThisRun: true}

export function beginUndo(input: UndoInput): UndoState {
  return {input, change: beginChange}
}

export function nextUndo(state: UndoState, event: UndoEvent): UndoState {
  if (event.type === 'dropped') {
    const {problem} = event
    return {...state, outcome: problem ? {kind: 'failed', problem} : {kind: 'nothing-to-undo'}}
  }
  if (event.type === 'way') {
    const {touched: _, id, ...rest} = state
    if (event.way === 'leave') return {...rest, outcome: {kind: 'declined'}}
    // The command before is asked about by itself.
    if (event.way === 'pass')
      return {
        ...rest,
        passed: [...(state.passed ?? []), ...(id === undefined ? [] : [id])],
        change: beginChange,
      }
    return {...rest, way: event.way, change: beginChange}
  }
  const change = nextChange(state.change, event.event)
  const plan = event.event.type === 'planned' ? (event.event.plan as PlannedUndo) : undefined
  const touched = plan?.touched ?? []
  if (touched.length > 0 && state.way === undefined) {
    const files = touched.map(({shownPath}) => shownPath)
    // With --yes nobody is asked, and a dry run says what the run would come to.
    if (state.input.isDryRun && !state.input.isYes)
      return {...state, touched, change, outcome: {kind: 'dry-run', files}}
    if (!state.input.isYes)
      return {
        ...state,
        touched,
        hasRest: changedFiles(plan).length > 0,
        canReplace: plan?.canReplace === true,
        ...(plan?.id === undefined ? {} : {id: plan.id}),
        change: beginChange,
      }
    const problem = words.touched.refused(touched[0]!.shownPath)
    return {...state, change, outcome: {kind: 'failed', problem}}
  }
  if (change.outcome?.kind === 'nothing' && plan?.isSpent && !state.input.isDryRun)
    return {...state, change, spent: plan}
  return change.outcome ? {...state, change, outcome: outcomeOf(change.outcome)} : {...state, change}
}

export function viewUndo(state: UndoState): Step<UndoEvent, UndoPorts, UndoOutcome> {
  const {outcome, touched} = state
  if (outcome) return {kind: 'end', id: 'end', outcome, panels: lastPanels(state, outcome)}
  if (touched) return askAbout(touched, state)
  if (state.spent) return dropping(state.spent)
  return lift(viewChange(changeOf(state), state.change), (event): UndoEvent => ({type: 'change', event}))
}

function changeOf({input, way, passed}: UndoState): Change<UndoPorts> {
  return {
    id: 'undo',
    heading: words.heading,
    message: words.message,
    yes: words.yes,
    isYes: input.isYes === true,
    isDryRun: input.isDryRun === true,
    plan: async (ports) =>
      ports.planUndo({
        ...(way === undefined ? {} : {way}),
        ...(passed === undefined ? {} : {passed}),
        ...(input.isOfThisRun ? {isOfThisRun: true} : {}),
      }),
    write: async (ports, plan, context, options) => ports.write(plan, context, options),
  }
}

function dropping(plan: PlannedUndo) {
  return work<UndoEvent, UndoPorts>({
    id: 'undo-dropping',
    title: words.dropping,
    isCritical: true,
    run: async (ports, context) => {
      await ports.write(plan, context)
      return {type: 'dropped'}
    },
    failed: (problem) => ({type: 'dropped', problem}),
  })
}

function nothingLines({passed, input}: UndoState, plan: PlannedUndo | undefined) {
  if (plan?.isSpent) return input.isDryRun ? words.wouldBeGone : words.gone
  return passed ? words.nothingElse : words.nothing
}

/** What stands there now, and what stood there before. */
function askAbout(touched: PlannedUndo['touched'], {hasRest, canReplace}: UndoState) {
  return select<UndoEvent, UndoPorts, TouchedWay | 'pass' | 'leave'>({
    id: 'undo-touched',
    message: words.touched.message,
    panels: [
      ...touchedPanels(touched),
      ...(canReplace ? [] : [{kind: 'prose', lines: words.touched.stuck, tone: 'warning'} as const]),
    ],
    choices: [
      hasRest ? (['theirs', words.touched.theirs] as const) : (['pass', words.touched.pass] as const),
      ...(canReplace ? [['old', words.touched.old] as const] : []),
      ['leave', words.touched.leave],
    ],
    unattended: {},
    answer: (way) => ({type: 'way', way}),
  })
}

function touchedPanels(touched: PlannedUndo['touched']): Panel[] {
  return [
    {kind: 'prose', lines: words.touched.explain},
    ...touched.map(({shownPath, lines}) => ({kind: 'diff', path: shownPath, lines}) as const),
  ]
}

function outcomeOf(outcome: ChangeOutcome): UndoOutcome {
  switch (outcome.kind) {
    case 'written':
      return {kind: 'undone', files: outcome.files}
    case 'nothing':
      return {kind: 'nothing-to-undo'}
    default:
      return outcome
  }
}

/** What was taken back, and what stays. */
export function undonePanels({change, way, input}: UndoState, files: readonly SafeText[]): Panel[] {
  const warnings = (change.plan?.warnings ?? []).filter(({code}) => code !== 'SIGN_OUT_FIRST')
  const isPart = warnings.some(({code}) => code !== 'SIGN_IN_STAYS')
  const whole = input.isOfThisRun ? words.ownDone : words.done
  return [
    {
      kind: 'verdicts',
      rows: [
        {mark: 'good', label: isPart ? words.partly : whole},
        ...files.map((label) => ({mark: 'fact', label}) as const),
      ],
    },
    // Who chose that they stay need not be told how to choose.
    ...noticePanels(warnings.filter(({code}) => code !== 'CHANGED_SINCE' || way === undefined)),
    ...noticePanels(change.outcome?.kind === 'written' ? change.outcome.remarks : []),
  ]
}

function lastPanels(state: UndoState, outcome: UndoOutcome): Panel[] {
  const {change, touched} = state
  switch (outcome.kind) {
    case 'undone':
      return undonePanels(state, outcome.files)
    case 'nothing-to-undo':
      return [{kind: 'prose', lines: nothingLines(state, change.plan as PlannedUndo | undefined)}]
    case 'dry-run':
      return [
        ...(touched
          ? touchedPanels(touched)
          : [...noticePanels(change.plan?.warnings), ...diffPanels(change.plan)]),
        {kind: 'prose', lines: [words.dryRun]},
      ]
    case 'declined':
      return [{kind: 'prose', lines: [words.declined]}]
    case 'failed':
      return [{kind: 'problem', problem: outcome.problem}]
  }
}
