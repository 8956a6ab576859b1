/** Reading the files, with what a save has to keep: mode, owner, and whether another tool is in the middle of writing. */
import {chmod, chown, mkdir, open, stat, type FileHandle} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {randomHex} from './random.js'
import {errorCode, failure, toFailure} from './trouble.js'
import {say} from '../safety/safe-text.js'

export const isWindows = process.platform === 'win32'

/** What stands at a path. */
export interface DiskFile {
  readonly bytes: Uint8Array
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** How long a tool that truncates a file first (`aws configure`) may need to fill it again. */
const SETTLE_MS = 100
const SETTLE_TRIES = 3
/** No credentials file is this large; reading something that never ends would fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024

/**
 * The file, or `undefined` when there is none. Empty, or the beginning only of `expected`: another tool may be
 * writing it, so it is read again a moment later before it is believed.
 */
export async function readDiskFile(path: string, expected?: Uint8Array): Promise<DiskFile | undefined> {
  for (let attempt = 1; ; attempt++) {
    const file = await readOnce(path)
    if (!file || attempt > SETTLE_TRIES || !isSuspicious(file.bytes, expected)) return file
    await sleep(SETTLE_MS)
  }
}

function isSuspicious(bytes: Uint8Array, expected: Uint8Array | undefined): boolean {
  if (expected === undefined) return bytes.length === 0
  return bytes.length < expected.length && Buffer.compare(bytes, expected.subarray(0, bytes.length)) === 0
}

async function readOnce(path: string): Promise<DiskFile | undefined> {
  let handle: FileHandle | undefined
  try {
    // A pipe of this name would make a plain open wait for ever.
    const before = await stat(path)
    if (!before.isFile()) throw notAFile(path, before.isDirectory())
    handle = await open(path, 'r')
    const {mode, uid, gid, size} = await handle.stat()
    if (size > MAX_BYTES)
      throw failure(
        'FILE_TOO_LARGE',
        say`${path} is larger than 256 MiB. Nothing was changed.`,
        say`This cannot be a file of AWS credentials.`,
        say`Look at it: \`ls -l ${path}\``,
      )
    return {bytes: await handle.readFile(), mode: mode & 0o777, uid, gid}
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw toFailure(error, path)
  } finally {
    await handle?.close()
  }
}

function notAFile(path: string, isFolder: boolean) {
  return isFolder
    ? toFailure(Object.assign(new Error('is a directory'), {code: 'EISDIR'}), path)
    : failure(
        'NOT_A_FILE',
        say`${path} is not an ordinary file. Nothing was changed.`,
        say`It is a pipe, a socket or a device.`,
        say`Look at it: \`ls -l ${path}\``,
      )
}

/** Makes the folder and what is missing above it, for this user alone. Folders that are there keep their mode. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, {mode: 0o700})
    // The umask may have taken more away.
    if (!isWindows) await chmod(path, 0o700)
    await giveToOwnerOf(dirname(path), (uid, gid) => chown(path, uid, gid))
    await syncFolder(dirname(path))
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST') {
      if (!(await stat(path)).isDirectory()) throw Object.assign(new Error('not a folder'), {code: 'ENOTDIR'})
      return
    }
    if (code !== 'ENOENT') throw error
    await makeFolder(dirname(path))
    await makeFolder(path)
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

/** Writes all of it: one call may write less and say so only in its result. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const {bytesWritten} = await handle.write(bytes, at, bytes.length - at, at)
    if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), {code: 'ENOSPC'})
    at += bytesWritten
  }
}

/** A name beside the file that tells whose it is; `cleanLeftovers` knows it again. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.serverless-setup-${process.pid}-${randomHex(8)}.tmp`)
}
