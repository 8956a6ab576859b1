/** What a save does on the disk, beside replacing the file: folders, owners, and making it last. */
import {chmod, chown, mkdir, open, rmdir, stat, type FileHandle} from 'node:fs/promises'
import {basename, dirname, join, sep} from 'node:path'
import {randomHex} from './random.js'
import {errorCode} from './trouble.js'

export const isWindows = process.platform === 'win32'

/**
 * Makes the folder and what is missing above it, for this user alone; folders that are there keep their mode. Returns the
 * outermost one that it made. @param isOpen with the rights that any program would give it
 */
export async function makeFolder(path: string, isOpen = false): Promise<string | undefined> {
  try {
    return await makeOne(path, isOpen)
  } catch (error) {
    // Some systems say so of a folder in which nothing can be made; what fails for the same reason again is thrown.
    if (errorCode(error) !== 'ENOENT' || path === dirname(path)) throw error
    const above = await makeFolder(dirname(path), isOpen)
    const made = await makeOne(path, isOpen)
    return above ?? made
  }
}

/** `undefined` where it is there already. */
async function makeOne(path: string, isOpen: boolean): Promise<string | undefined> {
  try {
    await mkdir(path, isOpen ? {} : {mode: 0o700})
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    if (!(await stat(path)).isDirectory()) throw Object.assign(new Error('not a folder'), {code: 'ENOTDIR'})
    return undefined
  }
  // The umask may have taken more away.
  if (!isWindows && !isOpen) await chmod(path, 0o700)
  await giveToOwnerOf(dirname(path), (uid, gid) => chown(path, uid, gid))
  await syncFolder(dirname(path))
  return path
}

/** A folder of this program's own is for this user alone, however it came to be there. */
export async function closeFolder(path: string): Promise<void> {
  if (isWindows) return
  const {mode} = await stat(path)
  // Of another user it cannot be, and what is in it is closed in itself.
  if ((mode & 0o077) !== 0) await chmod(path, 0o700).catch(() => undefined)
}

/** Takes folders away that hold nothing, from one of them out to another. Whatever holds something stays. */
export async function removeEmptyFolders(from: string, to: string): Promise<void> {
  for (let at = from; at === to || at.startsWith(to + sep); at = dirname(at)) {
    const isGone = await rmdir(at).then(
      () => true,
      () => false,
    )
    if (!isGone || at === dirname(at)) return
  }
}

/** `sudo` with the home of a user: what root makes there has to be readable for that user. */
export async function giveToOwnerOf(
  folder: string,
  give: (uid: number, gid: number) => Promise<void>,
): Promise<void> {
  if (isWindows || process.geteuid?.() !== 0) return
  const {uid, gid} = await stat(folder)
  if (uid !== 0) await give(uid, gid)
}

/** Makes a rename in the folder last. File systems and Windows that cannot are left in peace. */
export async function syncFolder(path: string): Promise<void> {
  if (isWindows) return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EACCES'].includes(errorCode(error) ?? '')) throw error
  } finally {
    await handle.close()
  }
}

/** Writes all of it, from an offset of the file: one call may write less and say so only in its result. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, offset = 0): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const {bytesWritten} = await handle.write(bytes, at, bytes.length - at, offset + at)
    if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), {code: 'ENOSPC'})
    at += bytesWritten
  }
}

/** Names of this run. The number of a process tells it not: in a container each run has the same. */
const ownTemporaries = new Set<string>()

export function isOwnTemporary(name: string): boolean {
  return ownTemporaries.has(name)
}

/** A name beside the file that tells whose it is; `removeLeftoversIn` knows it again. */
export function temporaryName(path: string): string {
  const name = `.${basename(path)}.serverless-setup-${process.pid}-${randomHex(8)}.tmp`
  ownTemporaries.add(name)
  return join(dirname(path), name)
}
