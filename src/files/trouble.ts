/** Failures of the store in words: what happened, that nothing was changed, and the command that helps. */
import type {ProblemCode} from '../domain/problem-codes.js'
import {statSync} from 'node:fs'
import {dirname} from 'node:path'
import {Failure, type Problem} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {setVariable} from '../text/shell.js'
import {accessFix} from './access-fix.js'
import {lookLine, removeLine, roomLine} from './path-lines.js'
import {clearTheWay} from './way-clear.js'

const NOTHING_CHANGED = say`Nothing was changed.`

/** The words a person can search for, of the errors a save can meet. `path` is a file or folder. */
const BY_CODE: Readonly<Record<string, (path: string) => Problem>> = {
  EACCES: (path) => ({
    code: 'PERMISSION_DENIED',
    what: say`This user may not write ${path}. ${NOTHING_CHANGED}`,
    why: say`The file or its folder is closed to this user, or belongs to someone else (EACCES).`,
    nextSteps: accessFix(path),
  }),
  EROFS: (path) => ({
    code: 'READ_ONLY_DISK',
    what: say`${path} is on a disk that cannot be written to. ${NOTHING_CHANGED}`,
    why: say`The file system is mounted read-only (EROFS).`,
    nextSteps: [
      say`Name a file elsewhere: \`${setVariable('AWS_SHARED_CREDENTIALS_FILE', '/path/to/aws-credentials')}\``,
    ],
  }),
  ENOSPC: (path) => ({
    code: 'DISK_FULL',
    what: say`There was no room to write ${path}. ${NOTHING_CHANGED}`,
    why: say`The disk is full (ENOSPC).`,
    nextSteps: [say`See what is free: \`${roomLine(path)}\``],
  }),
  EDQUOT: (path) => ({
    code: 'DISK_FULL',
    what: say`There was no room to write ${path}. ${NOTHING_CHANGED}`,
    why: say`Your quota on this disk is used up (EDQUOT).`,
    nextSteps: [say`See what is used: \`quota -s\``],
  }),
  EFBIG: (path) => ({
    code: 'FILE_SIZE_LIMIT',
    what: say`${path} could not be written whole. ${NOTHING_CHANGED}`,
    why: say`A limit on the size of files is in force (EFBIG).`,
    nextSteps: [say`See the limit: \`ulimit -f\``],
  }),
  EIO: (path) => ({
    code: 'DISK_ERROR',
    what: say`The disk reported an error at ${path}. ${NOTHING_CHANGED}`,
    why: say`Reading or writing failed in the device itself (EIO).`,
    nextSteps: [say`See what the system says: \`dmesg | tail\``],
  }),
  ELOOP: (path) => ({
    code: 'SYMLINK_LOOP',
    what: say`${path} is a symbolic link that leads back to itself. ${NOTHING_CHANGED}`,
    why: say`No file stands at the end of the links (ELOOP).`,
    nextSteps: [say`Take the link away: \`${removeLine(path)}\``],
  }),
  EISDIR: (path) => ({
    code: 'NOT_A_FILE',
    what: say`${path} is a folder, not a file. ${NOTHING_CHANGED}`,
    why: say`AWS tools expect a file of this name.`,
    nextSteps: [clearTheWay(path)],
  }),
  ENOTDIR: (path) => ({
    code: 'NOT_A_FOLDER',
    what: say`A part of ${path} is a file where a folder is needed. ${NOTHING_CHANGED}`,
    why: say`AWS tools keep their files in a folder of this name (ENOTDIR).`,
    nextSteps: [clearTheWay(path, fileAbove(path))],
  }),
  EBUSY: (path) => ({
    code: 'FILE_IS_MOUNTED',
    what: say`${path} cannot be replaced in one step. ${NOTHING_CHANGED}`,
    why: say`The single file is mounted into this container or held by another program (EBUSY).`,
    nextSteps: [say`Mount the folder instead of the file: \`docker run -v ~/.aws:/root/.aws …\``],
  }),
}

/** The part of a path that is a file and stands where a folder is needed. */
function fileAbove(path: string): string {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) if (isNoFolder(at)) return at
  return path
}

function isNoFolder(path: string): boolean {
  try {
    return !statSync(path).isDirectory()
  } catch {
    // Not there, or below another that is none.
    return false
  }
}

/** A failed system call as a `Failure`; a `Failure` comes back as it is. */
export function toFailure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error
  const code = errorCode(error)
  const known = code === undefined ? undefined : BY_CODE[code === 'EPERM' ? 'EACCES' : code]
  if (known) return new Failure(known(path), {cause: error})
  return new Failure(
    {
      code: 'FILE_FAILED',
      what: say`${path} could not be saved. ${NOTHING_CHANGED}`,
      why: say`The system said ${code ?? (error instanceof Error ? error.message : 'nothing')}.`,
      nextSteps: [say`Look at it: \`${lookLine(path)}\``],
    },
    {cause: error},
  )
}

/** The same for a file of our own that could not be made in a folder: nobody knows that file, the folder is named. */
export function folderFailure(error: unknown, folder: string): Failure {
  if (!['EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return toFailure(error, folder)
  return new Failure(
    {
      code: 'PERMISSION_DENIED',
      what: say`Nothing can be written in the folder ${folder}. ${NOTHING_CHANGED}`,
      why: say`It belongs to someone else or is read-only (${errorCode(error)}), and your AWS files are kept there.`,
      nextSteps: accessFix(folder),
    },
    {cause: error},
  )
}

export function errorCode(error: unknown): string | undefined {
  // Not `instanceof Error`: an error of the system may come from another realm than this module.
  const isCoded = typeof error === 'object' && error !== null && 'code' in error
  return isCoded && typeof error.code === 'string' ? error.code : undefined
}

export function failure(code: ProblemCode, what: SafeText, why: SafeText, ...nextSteps: SafeText[]): Failure {
  return new Failure({code, what, why, nextSteps})
}
