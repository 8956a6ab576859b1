/** Plans of changes as flows hold them: what is shown of one, and the one way from there to the disk. */
import type {PlannedChange, WriteOptions} from '../../flows/change/ports.js'
import type {PlannedUndo} from '../../flows/undo/flow.js'
import type {DiffLine, WorkContext} from '../engine/types.js'
import type {UndoPlan} from '../files/undo.js'
import type {Problem} from '../domain/problem.js'
import type {SafeText} from '../text/safe-text.js'
import {maskLine} from '../files/mask.js'
import {shownPath} from '../files/shown-path.js'
import type {Plan} from '../files/plan.js'

/** The bytes of files, with secrets in them, are in no state of a flow. */
const plans = new WeakMap<PlannedChange, Plan>()

/** The bits of a mode by which others read. */
const OTHERS = 0o044

/** All that one run of the program writes is taken back together. */
const COMMAND = 'run'

/**
 * @param shown how a path stands on a screen, or the home folder that it is shortened by
 * @param ordered the files as they are to be read, where that is not the order in which they are written
 */
export function plannedChange(
  plan: Plan,
  shown: string | ((path: string) => SafeText),
  ordered: (files: Plan['files']) => Plan['files'] = (files) => files,
): PlannedChange {
  const wordsOf = typeof shown === 'string' ? (path: string) => shownPath(path, shown) : shown
  const change: PlannedChange = {
    files: ordered(plan.files).map(({path, exists, mode, diff, removed}) => ({
      shownPath: wordsOf(path),
      exists,
      ...(!exists && (mode & OTHERS) !== 0 ? {isOpen: true} : {}),
      diff,
      ...(removed ? {removed} : {}),
    })),
    nothingToDo: plan.nothingToDo,
    warnings: plan.warnings,
  }
  plans.set(change, plan)
  return change
}

/** A plan that takes back, with what another program has changed since. */
export function plannedUndo(plan: UndoPlan, home: string): PlannedUndo {
  const touched = plan.touched.map(({path, theirs, old}) => ({
    shownPath: shownPath(path, home),
    lines: [...theirs.map((line) => lineOf('-', line)), ...old.map((line) => lineOf('+', line))],
  }))
  const change = {
    ...plannedChange(plan, home),
    touched,
    canReplace: plan.canReplace,
    ...(plan.isSpent ? {isSpent: true as const} : {}),
    ...(plan.id === undefined ? {} : {id: plan.id}),
  }
  plans.set(change, plan)
  return change
}

function lineOf(sign: '+' | '-', line: string): DiffLine {
  return {sign, text: maskLine(line.replace(/\r?\n$/, ''))}
}

/** Writes what was shown. Returns what there is to say about it, though it was done. @throws Failure */
export async function commitChange(
  change: PlannedChange,
  {signal}: Pick<WorkContext, 'signal'>,
  {isInPlace = false, isPrivate = false}: WriteOptions = {},
): Promise<readonly Problem[]> {
  const plan = plans.get(change)
  if (!plan) throw new Error('This is no plan that was made here.')
  const {commitPlan} = await import('../files/commit.js')
  const {warnings} = await commitPlan(plan, {signal, isInPlace, isPrivate, command: COMMAND})
  return warnings
}
