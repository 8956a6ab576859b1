/** The locks of all files of a plan, taken in one order, with the folders that they need. */
import {dirname, sep} from 'node:path'
import type {Failure} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say} from '../text/safe-text.js'
import {makeFolder, removeEmptyFolders} from './disk.js'
import {removeLeftoversOf} from './leftovers.js'
import {takeLock, type Lock} from './lock.js'
import type {PlannedFile} from './plan.js'
import {failure, toFailure} from './trouble.js'

export interface Locked {
  readonly lock: Lock
  /** The outermost folder that was made for the file. */
  readonly madeFolder?: string
}

/** In the order of the files. Folders that were made for nothing are taken away again. @throws Failure */
export async function withLocks(
  files: readonly PlannedFile[],
  signal: AbortSignal | undefined,
  work: (locked: readonly Locked[]) => Promise<void>,
): Promise<void> {
  const locks: Lock[] = []
  const made: string[] = []
  // Always in the same order, so that two runs cannot wait for each other.
  const inOrder = files.toSorted((one, other) => (one.realPath < other.realPath ? -1 : 1))
  const byPath = new Map<string, Lock>()
  let isDone = false
  try {
    for (const file of inOrder) {
      stopIfAborted(signal)
      const lock = await lockFile(file, made, signal)
      locks.push(lock)
      byPath.set(file.realPath, lock)
    }
    await work(
      files.map(({realPath}) => {
        const madeFolder = made.find((folder) => isWithin(dirname(realPath), folder))
        return {lock: byPath.get(realPath)!, ...(madeFolder === undefined ? {} : {madeFolder})}
      }),
    )
    isDone = true
  } finally {
    for (const lock of locks.toReversed()) await lock.release()
    if (!isDone) for (const {realPath} of files) await removeMade(dirname(realPath), made)
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}

async function removeMade(from: string, made: readonly string[]): Promise<void> {
  for (const folder of made) if (isWithin(from, folder)) await removeEmptyFolders(from, folder)
}

async function lockFile(
  {realPath, path, role}: PlannedFile,
  made: string[],
  signal: AbortSignal | undefined,
): Promise<Lock> {
  try {
    const folder = await makeFolder(dirname(realPath), role === 'service')
    if (folder !== undefined) made.push(folder)
    const lock = await takeLock(realPath, signal)
    await removeLeftoversOf(realPath).catch(() => undefined)
    return lock
  } catch (error) {
    stopIfAborted(signal)
    throw toFailure(error, path)
  }
}

export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw failure(
      'CANCELLED',
      say`The save was stopped. Nothing was changed.`,
      say`You asked for it.`,
      say`Start again whenever you like: \`${program()}\``,
    )
}

export function lostLock(path: string): Failure {
  return failure(
    'FILE_CHANGED',
    say`Another run of this program took over ${path}. Nothing was changed.`,
    say`This one was paused for so long that it counted as ended.`,
    say`Look at the new difference and confirm again.`,
  )
}
