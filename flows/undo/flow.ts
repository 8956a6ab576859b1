import type {Flow, Panel, Step, WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/safety/problem.js'
import type {SafeText} from '../../src/safety/safe-text.js'
import {select, work} from '../ask.js'
import type {PlannedChange} from '../local-profile/ports.js'
import {words} from './words.js'

/** What undo asks of the world. */
export interface UndoPorts {
  /** What would be put back; no files when there is nothing to undo. */
  planUndo(): Promise<PlannedChange>
  write(plan: PlannedChange, context: WorkContext): Promise<readonly Problem[]>
}

interface UndoState {
  readonly at: 'planning' | 'plan' | 'writing' | 'problem' | 'end'
  readonly isYes: boolean
  readonly plan?: PlannedChange
  readonly problem?: Problem
  readonly outcome?: UndoOutcome
}

export type UndoOutcome =
  | {readonly kind: 'undone'; readonly files: readonly SafeText[]}
  | {readonly kind: 'nothing-to-undo'}
  | {readonly kind: 'declined'}
  | {readonly kind: 'failed'; readonly problem: Problem}

type UndoEvent =
  | {readonly type: 'planned'; readonly plan: PlannedChange}
  | {readonly type: 'answered'; readonly yes: boolean}
  | {readonly type: 'written'}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'after'; readonly retry: boolean}

/** Puts the AWS files back as they were before the last write, with the comparison first. */
export function undo(input: {readonly isYes: boolean}): Flow<UndoState, UndoEvent, UndoPorts, UndoOutcome> {
  return {initial: {at: 'planning', isYes: input.isYes}, view, next}
}

function next(state: UndoState, event: UndoEvent): UndoState {
  switch (event.type) {
    case 'planned':
      return changedFiles(event.plan).length === 0
        ? {...state, at: 'end', outcome: {kind: 'nothing-to-undo'}}
        : {...state, at: 'plan', plan: event.plan}
    case 'answered':
      return event.yes ? {...state, at: 'writing'} : {...state, at: 'end', outcome: {kind: 'declined'}}
    case 'written':
      return {
        ...state,
        at: 'end',
        outcome: {kind: 'undone', files: changedFiles(state.plan).map(({shownPath}) => shownPath)},
      }
    case 'problem':
      return event.problem.code === 'FILE_CHANGED' && state.at === 'writing'
        ? {...state, at: 'planning'}
        : {...state, at: 'problem', problem: event.problem}
    case 'after':
      if (event.retry) return {...state, at: 'planning'}
      return {
        ...state,
        at: 'end',
        outcome: state.problem ? {kind: 'failed', problem: state.problem} : {kind: 'declined'},
      }
  }
}

function changedFiles(plan: PlannedChange | undefined) {
  return (plan?.files ?? []).filter(({diff}) => diff.length > 0)
}

function view(state: UndoState): Step<UndoEvent, UndoPorts, UndoOutcome> {
  switch (state.at) {
    case 'planning':
      return work<UndoEvent, UndoPorts>({
        id: 'undo-planning',
        title: words.planning,
        run: async (ports) => ({type: 'planned', plan: await ports.planUndo()}),
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'plan':
      return select<UndoEvent, UndoPorts, 'yes' | 'no'>({
        id: 'undo',
        message: words.message,
        panels: [
          {kind: 'heading', text: words.heading},
          ...changedFiles(state.plan).map((file): Panel => ({
            kind: 'diff',
            path: file.shownPath,
            lines: file.diff,
          })),
        ],
        choices: [
          ['yes', words.yes],
          ['no', words.no],
        ],
        unattended: {option: '--yes', ...(state.isYes ? {assume: 'yes'} : {})},
        answer: (id) => ({type: 'answered', yes: id === 'yes'}),
      })
    case 'writing':
      return work<UndoEvent, UndoPorts>({
        id: 'undo-writing',
        title: words.writing,
        isCritical: true,
        run: async (ports, context) => {
          if (!state.plan) throw new Error('There is nothing to undo in this state.')
          await ports.write(state.plan, context)
          return {type: 'written'}
        },
        failed: (problem) => ({type: 'problem', problem}),
      })
    case 'problem':
      return select<UndoEvent, UndoPorts, 'retry' | 'leave'>({
        id: 'undo-problem',
        message: words.what,
        panels: state.problem ? [{kind: 'problem', problem: state.problem}] : [],
        choices: [
          ['retry', words.retry],
          ['leave', words.leave],
        ],
        unattended: {assume: 'leave'},
        answer: (id) => ({type: 'after', retry: id === 'retry'}),
        trail: false,
      })
    case 'end': {
      const outcome = state.outcome ?? {kind: 'declined'}
      return {kind: 'end', id: 'end', outcome, panels: lastPanels(outcome)}
    }
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
