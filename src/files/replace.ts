/** One file replaced in one step: at every instant the old content or the new one stands there, whole. */
import {access, constants, open, rename, unlink, type FileHandle} from 'node:fs/promises'
import {dirname} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {say} from '../text/safe-text.js'
import {giveToOwnerOf, isWindows, syncFolder, temporaryName, writeAll} from './disk.js'
import {readDiskFile, type DiskFile} from './read-file.js'
import {errorCode, failure} from './trouble.js'
import {homedir} from 'node:os'
import {pathForShell} from './shown-path.js'

export interface Replacement {
  readonly path: string
  readonly pieces: readonly Uint8Array[]
  /** What is there now; its mode and owner are kept. */
  readonly old: DiskFile | undefined
  /** Mode of a file that is made anew. */
  readonly mode: number
  /** What is there now is open to others, and is not to be any more. */
  readonly isPrivate?: boolean
}

/** New content that is safe on the disk, beside the file whose place it is to take. */
export interface Prepared {
  /** Puts it in the file's place; the folder has to be synced after it. On an error the file is as it was. */
  place(): Promise<void>
  /** Takes it away. Does nothing once it is in place. */
  discard(): Promise<void>
}

const RETRY_MS = [10, 50, 100, 250, 500, 1_000, 1_000]

/**
 * Temporary file beside the target, written whole, synced, and renamed over it; then the folder is synced. Until the
 * rename `lastLook` may stop it by throwing.
 */
export async function replaceFile(replacement: Replacement, lastLook?: () => Promise<void>): Promise<void> {
  const prepared = await prepareFile(replacement)
  try {
    await lastLook?.()
    await prepared.place()
  } catch (error) {
    await prepared.discard()
    throw error
  }
  await syncFolder(dirname(replacement.path))
}

/** The first half of it. On any error the target is as it was, and the temporary file is gone. */
export async function prepareFile(replacement: Replacement): Promise<Prepared> {
  const {path, pieces, old} = replacement
  if (old) await refuseForeign(path, old)
  const temporary = temporaryName(path)
  const discard = async () => unlink(temporary).catch(() => undefined)
  const handle = await open(temporary, 'wx', 0o600)
  try {
    try {
      await fill(handle, pieces)
      await keepMode(handle, replacement)
    } finally {
      await handle.close()
    }
  } catch (error) {
    await discard()
    throw error
  }
  return {place: async () => renamePatiently(() => rename(temporary, path)), discard}
}

/**
 * Overwrites the file where it stands: for a single file mounted into a container, which cannot be replaced. A crash
 * in the middle leaves it incomplete, so the caller keeps a copy and the person is asked first. @param mode its new one
 */
export async function overwriteInPlace(path: string, bytes: Uint8Array, mode?: number): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    if (mode !== undefined && !isWindows) await handle.chmod(mode)
    await writeAll(handle, bytes)
    await handle.truncate(bytes.length)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Windows: a virus scanner or an indexer may hold a file for a moment. */
export async function renamePatiently(
  attempt: () => Promise<void>,
  isPatient = isWindows,
  wait: (ms: number) => Promise<unknown> = sleep,
): Promise<void> {
  for (const pause of isPatient ? RETRY_MS : []) {
    try {
      return await attempt()
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '')) throw error
      await wait(pause)
    }
  }
  return attempt()
}

async function fill(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  let length = 0
  for (const piece of pieces) {
    await writeAll(handle, piece, length)
    length += piece.length
  }
  await handle.sync()
  const {size} = await handle.stat()
  // A full disk may cut a write short and report success.
  if (size !== length)
    throw Object.assign(new Error('the file is shorter than what was written'), {code: 'ENOSPC'})
}

/** Mode and owner of the old file; never more rights than it gave. */
async function keepMode(handle: FileHandle, {path, old, mode, isPrivate}: Replacement): Promise<void> {
  if (isWindows) return
  if (!old) {
    await giveToOwnerOf(dirname(path), (uid, gid) => handle.chown(uid, gid))
    // The umask may have taken more away than was asked for.
    await handle.chmod(mode & 0o777)
    return
  }
  const now = await handle.stat()
  let kept = isPrivate ? old.mode & ~0o077 : old.mode
  if (now.uid !== old.uid || now.gid !== old.gid) {
    try {
      await handle.chown(old.uid, old.gid)
    } catch (error) {
      if (errorCode(error) !== 'EPERM') throw error
      // Another group must not inherit the rights of the old one.
      kept &= ~0o070
    }
  }
  await handle.chmod(kept)
}

/** Renaming over a file needs no right to it; a file that was closed to this user stays as it is all the same. */
export async function refuseForeign(path: string, old: DiskFile): Promise<void> {
  await access(path, constants.W_OK)
  const user = process.geteuid?.() ?? 0
  if (isWindows || user === 0 || user === old.uid) return
  throw failure(
    'NOT_YOUR_FILE',
    say`${path} belongs to another user (number ${old.uid}). Nothing was changed.`,
    say`Replacing it would make it yours and take it from them.`,
    say`Make it yours first, if it should be: \`sudo chown "$(id -un)" ${pathForShell(path, homedir())}\``,
  )
}

/** The file as it is now, or a `Failure` with the code FILE_CHANGED when that is not `expected`. */
export async function readExpected(
  path: string,
  expected: Uint8Array,
  shouldExist: boolean,
): Promise<DiskFile | undefined> {
  const now = await readDiskFile(path, shouldExist ? expected : new Uint8Array())
  const isSame = now ? shouldExist && Buffer.compare(now.bytes, expected) === 0 : !shouldExist
  if (isSame) return now
  throw failure(
    'FILE_CHANGED',
    say`${path} was changed by another program in the meantime. Nothing was changed here.`,
    say`What was shown is no longer what would be written.`,
    say`Look at the new difference and confirm again.`,
  )
}
