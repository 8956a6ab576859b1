/** A file read in one go, for a glance at it: a small one is read sooner than a thread for it is started. */
import {closeSync, constants, fstatSync, openSync, readFileSync, statSync, type Stats} from 'node:fs'
import {say} from '../text/safe-text.js'
import {errorCode, failure, toFailure} from './trouble.js'
import {clearTheWay} from './way-clear.js'

/** What stands at a path, with what a save has to keep. */
export interface DiskFile {
  readonly bytes: Uint8Array
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** The file has other names, too: a save gives this one a file of its own. */
  readonly isHardLinked?: true
  /** `/dev/null`: to tools it reads as an empty file, and nothing can be kept in it. */
  readonly isNowhere?: true
}

/** No credentials file is this large; reading something that never ends would fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024
/** Where the system has it, a pipe that has taken the place of the file is not waited for. */
export const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** The file, or `undefined` when there is none. Throws a `Failure`. */
export function readNow(path: string): DiskFile | undefined {
  let handle: number | undefined
  try {
    const before = statSync(path)
    if (isNowhere(before)) return nowhere(before)
    refuseOther(path, before)
    handle = openSync(path, READING)
    const stats = fstatSync(handle)
    refuseLarge(path, stats)
    return diskFile(readFileSync(handle), stats)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw toFailure(error, path)
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

/** People name it to have no file. */
export function isNowhere(stats: Stats): boolean {
  if (!stats.isCharacterDevice()) return false
  return statSync('/dev/null', {throwIfNoEntry: false})?.rdev === stats.rdev
}

export function nowhere({uid, gid}: Stats): DiskFile {
  return {bytes: new Uint8Array(), mode: 0o600, uid, gid, isNowhere: true}
}

export function diskFile(bytes: Uint8Array, {mode, uid, gid, nlink}: Stats): DiskFile {
  return {bytes, mode: mode & 0o777, uid, gid, ...(nlink > 1 ? {isHardLinked: true} : {})}
}

export function refuseLarge(path: string, {size}: Stats): void {
  if (size > MAX_BYTES)
    throw failure(
      'FILE_TOO_LARGE',
      say`${path} is larger than 256 MiB. Nothing was changed.`,
      say`This cannot be a file of AWS credentials.`,
      clearTheWay(path),
    )
}

/** A pipe of this name would make a plain open wait for ever. */
export function refuseOther(path: string, stats: Stats): void {
  if (stats.isFile()) return
  throw stats.isDirectory()
    ? toFailure(Object.assign(new Error('is a directory'), {code: 'EISDIR'}), path)
    : failure(
        'NOT_A_FILE',
        say`${path} is not an ordinary file. Nothing was changed.`,
        say`It is a pipe, a socket or a device.`,
        clearTheWay(path),
      )
}
