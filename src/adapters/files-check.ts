/** Whether the two AWS files can be read and written, looked at before anybody makes a key for them. */
import {constants} from 'node:fs'
import {access} from 'node:fs/promises'
import {dirname} from 'node:path'
import {accessFix} from '../files/access-fix.js'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {refuseIfNotUnderstood} from '../aws-files/diagnose.js'
import type {AwsFiles, FileKind} from '../files/locations.js'
import {openFile, refuseSameFile, refuseUnclear, type OpenFile} from '../aws-files/plan-profile.js'
import {errorCode, toFailure} from '../files/trouble.js'
import {shownPath} from '../files/shown-path.js'
import {unreadable} from './unreadable.js'

/**
 * Resolves to why nothing could be written now, if so. Throws a `Failure` where a file cannot be read or understood:
 * the same that a plan would throw, for every profile.
 */
export async function checkFiles(files: AwsFiles): Promise<Problem | undefined> {
  const [credentials, config] = [
    await openReadable(files, 'credentials'),
    await openReadable(files, 'config'),
  ]
  refuseSameFile(credentials, config)
  for (const file of [credentials, config]) {
    refuseUnclear(file)
    refuseIfNotUnderstood(file.document)
  }
  return (
    (await unwritable(credentials.realPath, files)) ??
    (await unwritable(config.realPath, files)) ??
    (await readOnly([credentials, config]))
  )
}

async function openReadable(files: AwsFiles, role: FileKind) {
  try {
    return await openFile(files, role)
  } catch (error) {
    if (error instanceof Failure && error.problem.code === 'PERMISSION_DENIED')
      throw new Failure(unreadable(files, role), {cause: error})
    throw error
  }
}

/** A file that was closed to this user stays as it is, though a new one could take its place. */
async function readOnly(files: readonly OpenFile[]): Promise<Problem | undefined> {
  for (const {exists, realPath} of files) {
    if (!exists) continue
    try {
      await access(realPath, constants.W_OK)
    } catch (error) {
      return toFailure(error, realPath).problem
    }
  }
  return undefined
}

/** A file is replaced by a new one beside it: the folder has to be writable, or the nearest one above that exists. */
async function unwritable(path: string, files: AwsFiles): Promise<Problem | undefined> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      await access(folder, constants.W_OK | constants.X_OK)
      return undefined
    } catch (error) {
      const code = errorCode(error)
      if (code === 'ENOENT' && folder !== dirname(folder)) continue
      const shown = shownPath(folder, files.home)
      return {
        code: code === 'EROFS' ? 'READ_ONLY_DISK' : 'PERMISSION_DENIED',
        what: say`Nothing can be written in the folder ${shown}.`,
        why:
          code === 'EROFS'
            ? say`It is on a disk that is mounted read-only (EROFS).`
            : say`It belongs to someone else or is read-only (${code ?? 'EACCES'}), and your AWS files are kept there.`,
        nextSteps: accessFix(folder),
      }
    }
  }
}
