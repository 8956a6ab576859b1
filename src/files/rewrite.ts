/**
 * The way to the disk of what is written whole and shown to nobody: sign-ins, own settings, the journal. Private, in one
 * step, and one run of this program at a time. What a person may edit goes by a plan (`commitPlan`).
 */
import {unlink} from 'node:fs/promises'
import {dirname} from 'node:path'
import {stopInDryRun} from '../domain/dry-run.js'
import {say} from '../text/safe-text.js'
import {makeFolder} from './disk.js'
import {removeLeftoversOf} from './leftovers.js'
import {takeLock} from './lock.js'
import {readDiskFile, type DiskFile} from './read-file.js'
import {replaceFile} from './replace.js'
import {resolveTarget} from './resolve.js'
import {errorCode, toFailure} from './trouble.js'

const PRIVATE = 0o600

export interface RewriteOptions {
  /** Stops the wait for another run. */
  readonly signal?: AbortSignal | undefined
  /** The caller holds the lock, or nobody else writes a file of this name. */
  readonly needsNoLock?: boolean
  /** Only this run knows the name: nothing stands there that counts, and no leftovers of others. */
  readonly isOwnName?: boolean
  /** Keeps the rights of the file that is there, as it holds no secrets. */
  readonly keepsMode?: boolean
}

/**
 * Writes what `textOf` makes of the file as it is under the lock; for this user alone, whatever rights the old one gave.
 * @throws Failure; then what was there before is there still
 */
export async function rewriteFile(
  path: string,
  textOf: (old: DiskFile | undefined) => string,
  {signal, needsNoLock = false, isOwnName = false, keepsMode = false}: RewriteOptions = {},
): Promise<void> {
  stopInDryRun(say`write ${path}`)
  try {
    const real = isOwnName ? path : await resolveTarget(path)
    await makeFolder(dirname(real))
    const lock = needsNoLock || isOwnName ? undefined : await takeLock(real, signal)
    try {
      if (!isOwnName) await removeLeftoversOf(real).catch(() => undefined)
      const old = isOwnName ? undefined : await readDiskFile(real)
      const pieces = [Buffer.from(textOf(old))]
      await replaceFile({path: real, pieces, old: keepsMode ? old : undefined, mode: PRIVATE})
    } finally {
      await lock?.release()
    }
  } catch (error) {
    throw toFailure(error, path)
  }
}

/** Deletes what was written so. False where there was none. @throws Failure */
export async function removeFile(path: string): Promise<boolean> {
  stopInDryRun(say`delete ${path}`)
  try {
    await unlink(path)
    return true
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false
    throw toFailure(error, path)
  }
}
