import type {Panel, Step, Verdict, WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import {safe, type SafeText} from '../../src/text/safe-text.js'
import {select, show, work} from '../ask.js'
import type {PlannedChange, WriteOptions} from './ports.js'
import {words} from './words.js'

/**
 * A change of files from the plan to the write: the comparison is shown, and only a yes writes it. A part of every
 * path that ends in a write.
 */
export interface Change<P> {
  /** Stands before the ids of its steps: `undo`, `undo-planning`. */
  readonly id: string
  /** The usual words where they are left out. */
  readonly heading?: SafeText
  readonly message?: SafeText
  readonly yes?: SafeText
  /** What is to be said above the comparison, and below it. */
  readonly lead?: readonly Panel[]
  readonly notes?: readonly Panel[]
  /** Where what is written can be chosen otherwise: in place of a yes, and after a failure. */
  readonly edit?: {readonly instead: {readonly label: SafeText}; readonly after: {readonly label: SafeText}}
  /** `--yes`. */
  readonly isYes?: boolean
  readonly isDryRun?: boolean
  /** It changes nothing but who may read a file. */
  readonly isOfRights?: boolean
  plan(ports: P): Promise<PlannedChange>
  write(
    ports: P,
    plan: PlannedChange,
    context: WorkContext,
    options: WriteOptions,
  ): Promise<readonly Problem[]>
}

export interface ChangeState {
  readonly at: 'planning' | 'plan' | 'writing' | 'problem' | 'end'
  readonly plan?: PlannedChange
  /** The files had changed since the comparison was shown. */
  readonly isRenewed?: boolean
  readonly agreed?: WriteOptions
  readonly problem?: Problem
  readonly outcome?: ChangeOutcome
}

export type ChangeOutcome =
  | {readonly kind: 'written'; readonly files: readonly SafeText[]; readonly remarks: readonly Problem[]}
  /** The files say already what is wanted. */
  | {readonly kind: 'nothing'}
  | {readonly kind: 'dry-run'; readonly files: readonly SafeText[]}
  /** `isToEdit`: something else is to be written. */
  | {readonly kind: 'declined'; readonly isToEdit?: true}
  | {readonly kind: 'failed'; readonly problem: Problem}

export type ChangeEvent =
  | {readonly type: 'planned'; readonly plan: PlannedChange}
  | {readonly type: 'answered'; readonly yes: boolean; readonly isPrivate?: boolean}
  | {readonly type: 'edit'}
  | {readonly type: 'dry-run'}
  | {readonly type: 'written'; readonly remarks: readonly Problem[]}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'after'; readonly way: 'retry' | 'in-place' | 'leave'}

export const beginChange: ChangeState = {at: 'planning'}

export function nextChange(state: ChangeState, event: ChangeEvent): ChangeState {
  switch (event.type) {
    case 'planned':
      return changedFiles(event.plan).length === 0
        ? ended({...state, plan: event.plan}, {kind: 'nothing'})
        : {...state, at: 'plan', plan: event.plan}
    case 'answered':
      if (!event.yes) return ended(state, {kind: 'declined'})
      return {...state, at: 'writing', ...(event.isPrivate ? {agreed: {isPrivate: true}} : {})}
    case 'edit':
      return ended(state, {kind: 'declined', isToEdit: true})
    case 'dry-run':
      return ended(state, {kind: 'dry-run', files: shownFiles(state)})
    case 'written':
      return ended(state, {kind: 'written', files: shownFiles(state), remarks: event.remarks})
    case 'problem':
      // The file is no longer what was shown: the comparison is made and shown again, never written blindly.
      return event.problem.code === 'FILE_CHANGED' && state.at === 'writing'
        ? {...state, at: 'planning', isRenewed: true}
        : {...state, at: 'problem', problem: event.problem}
    case 'after':
      if (event.way === 'retry') return {...state, at: 'planning'}
      if (event.way === 'in-place')
        return {...state, at: 'writing', agreed: {...state.agreed, isInPlace: true}}
      return ended(state, state.problem ? {kind: 'failed', problem: state.problem} : {kind: 'declined'})
  }
}

function ended(state: ChangeState, outcome: ChangeOutcome): ChangeState {
  return {...state, at: 'end', outcome}
}

/** The files of a plan that would really change. */
export function changedFiles(plan: PlannedChange | undefined) {
  return (plan?.files ?? []).filter(({diff}) => diff.length > 0)
}

export function shownFiles({plan}: Pick<ChangeState, 'plan'>): readonly SafeText[] {
  return changedFiles(plan).map(({shownPath}) => shownPath)
}

/** For scripts: of each file, the names of the keys that are taken out of profiles. */
export function changesOf(plan: PlannedChange | undefined) {
  return changedFiles(plan).map(({shownPath: file, removed = []}) => ({file, removed}))
}

/** Said again once it is done: where nobody looked at the comparison, it is the one place. */
export function takenOut(plan: PlannedChange | undefined): readonly Verdict[] {
  const keys = changesOf(plan).flatMap(({removed}) => removed)
  return keys.length === 0
    ? []
    : [{mark: 'fact', label: words.removed, value: safe([...new Set(keys)].join(', '))}]
}

/** The step of a state that has not ended. */
export function viewChange<P>(
  change: Change<P>,
  state: ChangeState,
): Exclude<Step<ChangeEvent, P, never>, {kind: 'end'}> {
  switch (state.at) {
    case 'writing':
      return work<ChangeEvent, P>({
        id: `${change.id}-writing`,
        title: words.writing,
        isCritical: true,
        ...(change.isOfRights ? {isNotKept: true, leaves: () => words.rightsStay} : {}),
        run: async (ports, context) => {
          if (!state.plan) throw new Error('There is no plan to write in this state.')
          return {
            type: 'written',
            remarks: await change.write(ports, state.plan, context, state.agreed ?? {}),
          }
        },
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'plan':
      return confirmation(change, state)
    case 'problem':
      return trouble(change, state)
    default:
      return work<ChangeEvent, P>({
        id: `${change.id}-planning`,
        title: words.planning,
        run: async (ports) => ({type: 'planned', plan: await change.plan(ports)}),
        failed: (problem) => ({type: 'problem', problem}),
      })
  }
}

function confirmation<P>(change: Change<P>, state: ChangeState) {
  const panels: Panel[] = [
    {kind: 'heading', text: change.isDryRun ? words.wouldBe : (change.heading ?? words.heading)},
    ...(change.lead ?? []),
    ...(state.isRenewed ? [{kind: 'prose', lines: [words.renewed], tone: 'warning'} as const] : []),
    ...noticePanels(state.plan?.warnings),
    ...diffPanels(state.plan),
    ...(change.notes ?? []),
  ]
  if (change.isDryRun)
    return show<ChangeEvent, P>({
      id: change.id,
      panels: [...panels, {kind: 'prose', lines: [words.dryRun], tone: 'warning'}],
      proceed: words.proceedDryRun,
      next: {type: 'dry-run'},
    })
  const isReadable = state.plan?.warnings.some(({code}) => code === 'CREDENTIALS_READABLE') === true
  return select<ChangeEvent, P, 'private' | 'yes' | 'change' | 'no'>({
    id: change.id,
    message: change.message ?? words.message,
    panels,
    choices: [
      ...(isReadable ? [['private', words.private] as const] : []),
      ['yes', isReadable ? words.asIs : {label: change.yes ?? words.yes}],
      ...(change.edit ? [['change', change.edit.instead] as const] : []),
      ['no', words.no],
    ],
    unattended: {option: '--yes', ...(change.isYes ? {assume: 'yes'} : {})},
    answer: (id) =>
      id === 'change' ? {type: 'edit'} : {type: 'answered', yes: id !== 'no', isPrivate: id === 'private'},
  })
}

/** What a plan would do, file by file. */
export function diffPanels(plan: PlannedChange | undefined): Panel[] {
  return changedFiles(plan).map((file) => ({
    kind: 'diff',
    path: file.shownPath,
    lines: file.diff,
    ...(file.exists ? {} : {note: file.isOpen ? words.newOpenFile : words.newFile}),
  }))
}

/** How what was written is taken back. */
export const undoPanel: Panel = {kind: 'prose', lines: [words.undoHint], tone: 'dim'}

/** What is worth knowing though nothing failed: marked as a notice, never as an error. */
export function noticePanels(notices: readonly Problem[] | undefined): Panel[] {
  const rows = (notices ?? []).map(
    ({what, why, nextSteps}) =>
      ({mark: 'warning', label: what, note: safe([why, ...nextSteps].join(' '))}) as const,
  )
  return rows.length > 0 ? [{kind: 'verdicts', rows}] : []
}

function trouble<P>(change: Change<P>, {problem}: ChangeState) {
  return select<ChangeEvent, P, 'retry' | 'in-place' | 'change' | 'leave'>({
    id: `${change.id}-problem`,
    message: words.what,
    panels: problem ? [{kind: 'problem', problem}] : [],
    choices: [
      ['retry', words.retry],
      ...(problem?.code === 'FILE_IS_MOUNTED' ? [['in-place', words.inPlace] as const] : []),
      ...(change.edit ? [['change', change.edit.after] as const] : []),
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (way) => (way === 'change' ? {type: 'edit'} : {type: 'after', way}),
    trail: false,
  })
}
