import type {Flow, Panel, Step, WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/safety/problem.js'
import type {SafeText} from '../../src/safety/safe-text.js'
import {beginChange, nextChange, viewChange} from '../change/flow.js'
import type {Change, ChangeEvent, ChangeOutcome, ChangeState} from '../change/flow.js'
import type {PlannedChange, WriteOptions} from '../change/ports.js'
import {words} from './words.js'

/** What undo asks of the world. */
export interface UndoPorts {
  /** What would be put back; no files when there is nothing to undo. */
  planUndo(): Promise<PlannedChange>
  write(plan: PlannedChange, context: WorkContext, options?: WriteOptions): Promise<readonly Problem[]>
}

export type UndoOutcome =
  | {readonly kind: 'undone'; readonly files: readonly SafeText[]}
  | {readonly kind: 'nothing-to-undo'}
  | {readonly kind: 'declined'}
  | {readonly kind: 'failed'; readonly problem: Problem}

/** Puts the AWS files back as they were before the last write, with the comparison first. */
export function undo(input: {
  readonly isYes: boolean
}): Flow<ChangeState, ChangeEvent, UndoPorts, UndoOutcome> {
  const change: Change<UndoPorts> = {
    id: 'undo',
    heading: words.heading,
    message: words.message,
    yes: words.yes,
    isYes: input.isYes,
    plan: async (ports) => ports.planUndo(),
    write: async (ports, plan, context, options) => ports.write(plan, context, options),
  }
  return {
    initial: beginChange,
    next: nextChange,
    view: (state): Step<ChangeEvent, UndoPorts, UndoOutcome> => {
      if (!state.outcome) return viewChange(change, state)
      const outcome = outcomeOf(state.outcome)
      return {kind: 'end', id: 'end', outcome, panels: lastPanels(outcome)}
    },
  }
}

function outcomeOf(outcome: ChangeOutcome): UndoOutcome {
  switch (outcome.kind) {
    case 'written':
      return {kind: 'undone', files: outcome.files}
    case 'nothing':
    case 'dry-run':
      return {kind: 'nothing-to-undo'}
    default:
      return outcome
  }
}

function lastPanels(outcome: UndoOutcome): Panel[] {
  switch (outcome.kind) {
    case 'undone':
      return [
        {
          kind: 'verdicts',
          rows: [
            {mark: 'good', label: words.done},
            ...outcome.files.map((label) => ({mark: 'fact', label}) as const),
          ],
        },
      ]
    case 'nothing-to-undo':
      return [{kind: 'prose', lines: words.nothing}]
    case 'declined':
      return [{kind: 'prose', lines: [words.declined]}]
    case 'failed':
      return [{kind: 'problem', problem: outcome.problem}]
  }
}
