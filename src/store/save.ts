/** Carries out a plan: locks, looks again, replaces each file in one step, and keeps one version to go back to. */
import {unlink} from 'node:fs/promises'
import {dirname} from 'node:path'
import {Failure, type Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say} from '../safety/safe-text.js'
import {makeFolder, syncFolder} from './disk.js'
import {type DiskFile} from './read-file.js'
import {removeLeftoversOf} from './leftovers.js'
import type {FileKind} from './locations.js'
import {takeLock, type Lock} from './lock.js'
import type {Plan, PlannedFile} from './plan.js'
import {randomHex} from './random.js'
import {
  overwriteInPlace,
  prepareFile,
  readExpected,
  replaceFile,
  type Prepared,
  type Replacement,
} from './replace.js'
import {resolveTarget} from './resolve.js'
import {errorCode, failure, toFailure} from './trouble.js'
import {digest, encodeUndo, undoPath} from './undo.js'

export interface CommitOptions {
  /** Stops the save up to the moment the first file is replaced; from then on it goes to its end. */
  readonly signal?: AbortSignal
  /** The person agreed to overwrite a mounted file where it stands (problem FILE_IS_MOUNTED). */
  readonly isInPlace?: boolean
  /** Takes the rights of others from the credentials file, as far as it is written. */
  readonly isPrivate?: boolean
}

export interface Receipt {
  readonly profile: string
  readonly files: readonly SavedFile[]
  readonly warnings: readonly Problem[]
}

export interface SavedFile {
  readonly path: string
  readonly realPath: string
  readonly role: FileKind
  readonly action: 'created' | 'changed' | 'deleted'
  /** Where the previous version is kept. */
  readonly undoPath?: string
}

/**
 * Writes what the plan shows. Throws a `Failure`: FILE_CHANGED when a file is no longer what the plan was made from
 * (make a new one and show it), CANCELLED, PARTLY_SAVED, or what the system said; unless it says otherwise, nothing
 * was changed.
 */
export async function commitPlan(plan: Plan, options: CommitOptions = {}): Promise<Receipt> {
  const change = randomHex(8)
  const saved: SavedFile[] = []
  const warnings: Problem[] = []
  await withLocks(plan.files, options.signal, async (locks) => {
    const found: (DiskFile | undefined)[] = []
    for (const file of plan.files) found.push(await lookAgain(file))
    for (const [index, file] of plan.files.entries()) {
      try {
        saved.push(
          await saveFile(file, {
            plan,
            change,
            lock: locks[index]!,
            old: found[index],
            isFirst: saved.length === 0,
            options,
            warnings,
          }),
        )
      } catch (error) {
        const reason = toFailure(error, file.path)
        throw saved.length === 0 ? reason : partlySaved(saved, file, reason)
      }
    }
  })
  return {profile: plan.profile, files: saved, warnings}
}

interface Save {
  readonly plan: Plan
  readonly change: string
  readonly lock: Lock
  /** The file as it was when all locks were taken; it is compared once more before it is replaced. */
  readonly old: DiskFile | undefined
  readonly isFirst: boolean
  readonly options: CommitOptions
  readonly warnings: Problem[]
}

async function saveFile(file: PlannedFile, save: Save): Promise<SavedFile> {
  const {path, realPath, role} = file
  const isUndo = save.plan.purpose === 'undo'
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
  } else if (save.options.isInPlace && file.exists) {
    await replaceFile(await previousOf(file, save))
    await lastLook()
    await overwrite(file)
  } else await replaceWhole(file, save, isUndo, lastLook)
  if (isUndo) await unlink(undoPath(realPath)).catch(() => undefined)
  if (file.isDeleted) await syncFolder(dirname(realPath)).catch(() => undefined)
  const action = file.isDeleted ? 'deleted' : file.exists ? 'changed' : 'created'
  return {path, realPath, role, action, ...(isUndo ? {} : {undoPath: undoPath(realPath)})}
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

/** The new content and the version that is kept for undo go to the disk at the same time, and then take their places. */
async function replaceWhole(
  file: PlannedFile,
  save: Save,
  isUndo: boolean,
  lastLook: () => Promise<void>,
): Promise<void> {
  const [fresh, previous] = await allOrNone([
    prepareFile({
      path: file.realPath,
      pieces: [file.after],
      old: save.old,
      mode: file.mode,
      isPrivate: save.options.isPrivate === true && file.role === 'credentials',
    }),
    ...(isUndo ? [] : [previousOf(file, save).then(prepareFile)]),
  ])
  try {
    await lastLook()
    await previous?.place()
    await fresh?.place()
  } catch (error) {
    await Promise.all([fresh?.discard(), previous?.discard()])
    throw error
  }
  await syncFolder(dirname(file.realPath)).catch(afterwards(file, save))
}

async function allOrNone(preparing: readonly Promise<Prepared>[]): Promise<readonly Prepared[]> {
  const settled = await Promise.allSettled(preparing)
  const prepared = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = settled.find((each) => each.status === 'rejected')
  if (!failed) return prepared
  await Promise.all(prepared.map((each) => each.discard()))
  throw failed.reason
}

/** The previous version, in a file of its own that takes the place of the one kept before. */
async function previousOf(file: PlannedFile, {change, plan}: Save): Promise<Replacement> {
  const record = {
    change,
    profile: plan.profile,
    at: Date.now(),
    existed: file.exists,
    after: await digest(file.after),
  }
  return {
    path: undoPath(file.realPath),
    pieces: encodeUndo(record, file.before),
    old: undefined,
    mode: 0o600,
  }
}

async function overwrite({realPath, after}: PlannedFile): Promise<void> {
  try {
    await overwriteInPlace(realPath, after)
  } catch (error) {
    throw new Failure(
      {
        code: 'OVERWRITE_FAILED',
        what: say`${realPath} was being overwritten and may be incomplete.`,
        why: say`The system said ${errorCode(error) ?? 'nothing'} in the middle of the write.`,
        nextSteps: [say`Put the previous version back: \`tail -n +2 ${undoPath(realPath)} > ${realPath}\``],
      },
      {cause: error},
    )
  }
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

async function withLocks(
  files: readonly PlannedFile[],
  signal: AbortSignal | undefined,
  work: (locks: readonly Lock[]) => Promise<void>,
): Promise<void> {
  const locks: Lock[] = []
  // Always in the same order, so that two runs cannot wait for each other.
  const inOrder = files.toSorted((one, other) => (one.realPath < other.realPath ? -1 : 1))
  const byPath = new Map<string, Lock>()
  try {
    for (const {realPath, path} of inOrder) {
      stopIfAborted(signal)
      const lock = await lockFile(realPath, path, signal)
      locks.push(lock)
      byPath.set(realPath, lock)
    }
    await work(files.map(({realPath}) => byPath.get(realPath)!))
  } finally {
    for (const lock of locks.toReversed()) await lock.release()
  }
}

async function lockFile(realPath: string, path: string, signal: AbortSignal | undefined): Promise<Lock> {
  try {
    await makeFolder(dirname(realPath))
    const lock = await takeLock(realPath, signal)
    await removeLeftoversOf(realPath).catch(() => undefined)
    return lock
  } catch (error) {
    stopIfAborted(signal)
    throw toFailure(error, path)
  }
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw failure(
      'CANCELLED',
      say`The save was stopped. Nothing was changed.`,
      say`You asked for it.`,
      say`Start again whenever you like: \`${program()}\``,
    )
}

function lostLock(path: string): Failure {
  return failure(
    'FILE_CHANGED',
    say`Another run of this program took over ${path}. Nothing was changed.`,
    say`This one was paused for so long that it counted as ended.`,
    say`Look at the new difference and confirm again.`,
  )
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
