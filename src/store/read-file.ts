/** Reading the files, with what a save has to keep: mode, owner, and whether another tool is in the middle of writing. */
import {closeSync, constants, fstatSync, openSync, readFileSync, statSync} from 'node:fs'
import {say} from '../safety/safe-text.js'
import {errorCode, failure, toFailure} from './trouble.js'

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
/** Where the system has it, a pipe that has taken the place of the file is not waited for. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * The file, or `undefined` when there is none. Empty, or the beginning only of `expected`: another tool may be
 * writing it, so it is read again a moment later before it is believed.
 */
export async function readDiskFile(path: string, expected?: Uint8Array): Promise<DiskFile | undefined> {
  for (let attempt = 1; ; attempt++) {
    const file = readOnce(path)
    if (!file || attempt > SETTLE_TRIES || !isSuspicious(file.bytes, expected)) return file
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  }
}

function isSuspicious(bytes: Uint8Array, expected: Uint8Array | undefined): boolean {
  if (expected === undefined) return bytes.length === 0
  return bytes.length < expected.length && Buffer.compare(bytes, expected.subarray(0, bytes.length)) === 0
}

/** In one go: a small file is read sooner than a thread for it is started. */
function readOnce(path: string): DiskFile | undefined {
  let handle: number | undefined
  try {
    // A pipe of this name would make a plain open wait for ever.
    const before = statSync(path)
    if (!before.isFile()) throw notAFile(path, before.isDirectory())
    handle = openSync(path, READ)
    const {mode, uid, gid, size} = fstatSync(handle)
    if (size > MAX_BYTES)
      throw failure(
        'FILE_TOO_LARGE',
        say`${path} is larger than 256 MiB. Nothing was changed.`,
        say`This cannot be a file of AWS credentials.`,
        say`Look at it: \`ls -l ${path}\``,
      )
    return {bytes: readFileSync(handle), mode: mode & 0o777, uid, gid}
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw toFailure(error, path)
  } finally {
    if (handle !== undefined) closeSync(handle)
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
