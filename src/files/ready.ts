/** What has to be safe on the disk before the first file is replaced: what the journal keeps, and each new file. */
import {Failure, type Problem} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {setVariable} from '../text/shell.js'
import {journalAt, type Written} from './journal.js'
import type {Plan, PlannedFile} from './plan.js'
import type {DiskFile} from './read-file.js'
import {prepareFile, type Prepared} from './replace.js'
import type {CommitOptions} from './commit.js'
import {toFailure} from './trouble.js'

export interface Readying {
  /** The files as they were when all locks were taken; they are compared once more before they are replaced. */
  readonly found: readonly (DiskFile | undefined)[]
  readonly written: readonly Promise<Written>[]
  readonly options: CommitOptions
  readonly warnings: Problem[]
}

export interface Ready {
  /** Takes out of the journal again what is kept there, for a save that came to nothing. */
  readonly forget: () => Promise<void>
  /** The new files, whole and safe beside the old ones; none for what is not replaced in one step. */
  readonly ready: readonly (Prepared | undefined)[]
}

/** All that may fail for want of room or rights, before the first file is replaced: the journal, and each new file. */
export async function makeReady(plan: Plan, {found, written, options, warnings}: Readying): Promise<Ready> {
  const keeping = Promise.all(written).then(async (all) => remember(plan, all, options))
  const preparing = Promise.allSettled(
    plan.files.map(async (file, index) => prepare(file, found[index], options)),
  )
  const [kept, prepared] = await Promise.all([
    keeping.catch(unlessClosed(warnings)).catch((error: unknown) => ({error})),
    preparing,
  ])
  const ready = prepared.map((each) => (each.status === 'fulfilled' ? each.value : undefined))
  const failed = prepared.findIndex(({status}) => status === 'rejected')
  if (failed < 0 && typeof kept === 'function') return {forget: kept, ready}
  await discard(ready)
  if (typeof kept !== 'function') throw kept.error
  await kept()
  throw toFailure((prepared[failed] as PromiseRejectedResult).reason, plan.files[failed]!.path)
}

async function prepare(
  file: PlannedFile,
  old: DiskFile | undefined,
  options: CommitOptions,
): Promise<Prepared | undefined> {
  if (file.isDeleted || isOverwritten(file, options)) return undefined
  const isPrivate = isPrivateIn(file, options)
  return prepareFile({path: file.realPath, pieces: [file.after], old, mode: file.mode, isPrivate})
}

export function isPrivateIn({role}: PlannedFile, {isPrivate = false}: CommitOptions): boolean {
  return isPrivate && role === 'credentials'
}

function isOverwritten({exists}: PlannedFile, {isInPlace}: CommitOptions): boolean {
  return isInPlace === true && exists
}

export async function discard(ready: readonly (Prepared | undefined)[]): Promise<void> {
  for (const each of ready) await each?.discard()
}

const STATE_VARIABLE = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME'

const CLOSED = new Set(['PERMISSION_DENIED', 'READ_ONLY_DISK', 'NOT_A_FOLDER', 'FILE_FAILED', 'NOT_A_FILE'])

function elsewhere(why: SafeText): SafeText {
  return say`${why}: \`${setVariable(STATE_VARIABLE, '/path/to/state')}\``
}

/** Where nothing can be kept, as in a container whose home is closed, the change itself is still what was asked for. */
function unlessClosed(warnings: Problem[]) {
  return (error: unknown): (() => Promise<void>) => {
    const problem = error instanceof Failure ? error.problem : undefined
    if (problem?.code === 'DISK_FULL')
      throw new Failure({
        ...problem,
        nextSteps: [...problem.nextSteps, elsewhere(say`Or keep what is replaced on another disk`)],
      })
    if (!problem || !CLOSED.has(problem.code)) throw error
    warnings.push({
      code: 'NOT_KEPT',
      what: say`What was replaced could not be kept, so this change cannot be taken back.`,
      why: problem.why,
      nextSteps: [elsewhere(say`To have that the next time, name a folder that can be written`)],
    })
    return async () => undefined
  }
}

/** Before the first file is replaced. Returns what takes it back, for a save that came to nothing. */
async function remember(
  {profile, journal}: Plan,
  written: readonly Written[],
  {command}: CommitOptions,
): Promise<() => Promise<void>> {
  if (journal === undefined || written.length === 0) return async () => undefined
  return journalAt(journal).add({profile, command}, written)
}
