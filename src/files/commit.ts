/** Carries out a plan: locks, looks again, keeps in the journal what is replaced, and replaces each file in one step. */
import {unlink} from 'node:fs/promises'
import {dirname} from 'node:path'
import {stopInDryRun} from '../domain/dry-run.js'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {removeEmptyFolders, syncFolder} from './disk.js'
import {type DiskFile} from './read-file.js'
import {journalAt, type Written} from './journal.js'
import {writtenOf} from './written.js'
import type {Lock} from './lock.js'
import {lostLock, stopIfAborted, withLocks, type Locked} from './locks.js'
import type {FileRole, Plan, PlannedFile} from './plan.js'
import {overwrite} from './overwrite.js'
import {readExpected, refuseForeign, type Prepared} from './replace.js'
import {discard, isPrivateIn, makeReady} from './ready.js'
import {resolveTarget} from './resolve.js'
import {errorCode, failure, toFailure} from './trouble.js'

export interface CommitOptions {
  /** Stops the save up to the moment the first file is replaced; from then on it goes to its end. */
  readonly signal?: AbortSignal
  /** The person agreed to overwrite a mounted file where it stands (problem FILE_IS_MOUNTED). */
  readonly isInPlace?: boolean
  /** Takes the rights of others from the credentials file, as far as it is written. */
  readonly isPrivate?: boolean
  /** What this run is at: its writes are taken back together. */
  readonly command?: string
}

export interface Receipt {
  readonly profile: string
  readonly files: readonly SavedFile[]
  readonly warnings: readonly Problem[]
}

export interface SavedFile {
  readonly path: string
  readonly realPath: string
  readonly role: FileRole
  readonly action: 'created' | 'changed' | 'deleted'
}

/**
 * Writes what the plan shows. Throws a `Failure`: FILE_CHANGED when a file is no longer what the plan was made from
 * (make a new one and show it), CANCELLED, PARTLY_SAVED, or what the system said; unless it says otherwise, nothing
 * was changed.
 */
export async function commitPlan(plan: Plan, options: CommitOptions = {}): Promise<Receipt> {
  stopInDryRun(say`write the files`)
  const saved: SavedFile[] = []
  const warnings: Problem[] = []
  // What it takes is at hand already: it is worked out beside the wait for the disk.
  const written = plan.purpose === 'undo' ? [] : plan.files.map(writtenOf)
  const locked = withLocks(plan.files, options.signal, async (locked) => {
    const found: (DiskFile | undefined)[] = []
    for (const file of plan.files) {
      const old = await lookAgain(file)
      if (old) await refuseForeign(file.realPath, old).catch(asFailure(file.path))
      found.push(old)
    }
    stopIfAborted(options.signal)
    const {forget, ready} = await makeReady(plan, {
      found,
      written: withFolders(written, locked),
      options,
      warnings,
    })
    try {
      for (const [index, file] of plan.files.entries()) {
        const save = {
          lock: locked[index]!.lock,
          ready: ready[index],
          isFirst: index === 0,
          journal: plan.journal,
          options,
          warnings,
        }
        saved.push(await saveFile(file, save))
      }
    } catch (error) {
      await discard(ready)
      const file = plan.files[saved.length]!
      const reason = toFailure(error, file.path)
      if (saved.length > 0) throw partlySaved(saved, file, reason)
      await forget()
      throw reason
    }
    await settle(plan, warnings)
  })
  await locked.catch((error: unknown) => {
    // Another undo has taken the folder away, with all that was in it.
    throw plan.purpose === 'undo' && isGone(error) ? changedMeanwhile() : error
  })
  // Now that no lock stands in them any more.
  for (const {isDeleted, realPath, madeFolder} of plan.files)
    if (isDeleted && madeFolder !== undefined) await removeEmptyFolders(dirname(realPath), madeFolder)
  return {profile: plan.profile, files: saved, warnings}
}

function isGone(error: unknown): boolean {
  return error instanceof Failure && errorCode(error.cause) === 'ENOENT'
}

function changedMeanwhile(): Failure {
  return failure(
    'FILE_CHANGED',
    say`A file was taken away in the meantime. Nothing was changed.`,
    say`Another run of this program took back the same.`,
    say`Look at the new difference and confirm again.`,
  )
}

/** Which folder was made for a file is known once it is locked. */
function withFolders(written: readonly Promise<Written>[], locked: readonly Locked[]) {
  return written.map(async (each, index): Promise<Written> => {
    const {madeFolder} = locked[index]!
    return {...(await each), ...(madeFolder === undefined ? {} : {madeFolder})}
  })
}

interface Save {
  readonly lock: Lock
  readonly ready: Prepared | undefined
  readonly isFirst: boolean
  readonly journal: string | undefined
  readonly options: CommitOptions
  readonly warnings: Problem[]
}

function asFailure(path: string) {
  return (error: unknown): never => {
    throw toFailure(error, path)
  }
}

/** What was taken back is no longer there to be, and of what was kept for so long the oldest goes. */
async function settle({journal, undoes, files}: Plan, warnings: Problem[]): Promise<void> {
  if (journal === undefined) return
  const kept = journalAt(journal)
  if (!undoes) return kept.prune().catch(() => undefined)
  try {
    for (const id of undoes.spent) await kept.drop(id)
    await kept.cut(undoes.entry, undoes.writes)
  } catch (error) {
    const {why, nextSteps} = toFailure(error, journal).problem
    const problem: Problem = {
      code: 'STILL_LISTED',
      what: say`It could not be taken off the list: ${journal}`,
      why,
      nextSteps,
    }
    if (files.length === 0) throw new Failure(problem, {cause: error})
    warnings.push({...problem, what: say`It is taken back, and stays on the list all the same: ${journal}`})
  }
}

async function saveFile(file: PlannedFile, save: Save): Promise<SavedFile> {
  const {path, realPath, role} = file
  const stopIfAsked = () => {
    if (save.isFirst) stopIfAborted(save.options.signal)
  }
  stopIfAsked()
  const lastLook = async () => {
    await lookAgain(file)
    if (!(await save.lock.isMine())) throw lostLock(path)
    stopIfAsked()
  }
  if (file.isDeleted) {
    await lastLook()
    await unlink(realPath)
    await syncFolder(dirname(realPath)).catch(() => undefined)
  } else if (save.ready) await replace(file, save.ready, save, lastLook)
  else await overwrite(file, {journal: save.journal, isPrivate: isPrivateIn(file, save.options), lastLook})
  const action = file.isDeleted ? 'deleted' : file.exists ? 'changed' : 'created'
  return {path, realPath, role, action}
}

/** The file that the plan was made from is still there, at the end of the same links. */
async function lookAgain(file: PlannedFile) {
  if ((await resolveTarget(file.path)) !== file.realPath)
    throw failure(
      'FILE_CHANGED',
      say`${file.path} leads to another file than before. Nothing was changed.`,
      say`A symbolic link was changed in the meantime.`,
      say`Look at the new difference and confirm again.`,
    )
  return readExpected(file.realPath, file.before, file.exists)
}

async function replace(
  file: PlannedFile,
  ready: Prepared,
  save: Save,
  lastLook: () => Promise<void>,
): Promise<void> {
  await lastLook()
  await ready.place().catch(afterwards(file, save))
  await syncFolder(dirname(file.realPath)).catch(afterwards(file, save))
}

/** An error after the rename: the new content is there, so it must not be told as "nothing was changed". */
function afterwards(file: PlannedFile, {warnings}: Save) {
  return async (error: unknown) => {
    const isThere = await readExpected(file.realPath, file.after, true).then(
      () => true,
      () => false,
    )
    if (!isThere || error instanceof Failure) throw error
    warnings.push({
      code: 'NOT_SYNCED',
      what: say`${file.path} was saved, but the disk did not confirm it.`,
      why: say`The system said ${errorCode(error) ?? 'nothing'} when the folder was synced. A power cut now could bring the old file back.`,
      nextSteps: [say`Ask the disk to write everything out: \`sync\``],
    })
  }
}

function partlySaved(saved: readonly SavedFile[], file: PlannedFile, reason: Failure): Failure {
  const done = saved.map(({path}) => path).join(', ')
  return new Failure(
    {
      code: 'PARTLY_SAVED',
      what: say`${done} was saved, ${file.path} was not.`,
      why: reason.problem.why,
      nextSteps: [
        ...reason.problem.nextSteps,
        say`Then do the same again: what is saved already is left as it is.`,
      ],
    },
    {cause: reason},
  )
}
