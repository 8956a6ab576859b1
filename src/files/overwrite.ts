/** A file that cannot be replaced in one step is written where it stands, with a whole copy beside it until that is done. */
import {unlink} from 'node:fs/promises'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {journalAt} from './journal.js'
import {isHeld} from './lock.js'
import {copyLine, removeLine} from './path-lines.js'
import type {PlannedFile} from './plan.js'
import {readDiskFile} from './read-file.js'
import {overwriteInPlace, replaceFile} from './replace.js'
import {errorCode} from './trouble.js'
import {copyOf} from './whole-copy.js'
import {digest} from './written.js'

export interface Overwriting {
  readonly journal: string | undefined
  /** Takes the rights of others from it. */
  readonly isPrivate: boolean
  readonly lastLook: () => Promise<void>
}

/** The caller holds the lock of the file. */
export async function overwrite(
  {realPath, before, after, mode}: PlannedFile,
  {journal, isPrivate, lastLook}: Overwriting,
): Promise<void> {
  const copy = copyOf(realPath)
  // The whole version that a killed run has left would be lost under the new copy.
  if (await isNeeded(realPath, journal)) throw new Failure(incomplete(realPath))
  await replaceFile({path: copy, pieces: [before], old: undefined, mode: 0o600})
  try {
    await lastLook()
  } catch (error) {
    await unlink(copy)
    throw error
  }
  try {
    await overwriteInPlace(realPath, after, isPrivate ? mode & 0o700 : undefined)
  } catch (error) {
    throw new Failure(
      {
        code: 'OVERWRITE_FAILED',
        what: say`${realPath} was being overwritten and may be incomplete.`,
        why: say`The system said ${errorCode(error) ?? 'nothing'} in the middle of the write. The version before is whole: ${copy}`,
        nextSteps: [say`Put it back: \`${copyLine(copy, realPath)}\``],
      },
      {cause: error},
    )
  }
  await unlink(copy)
}

/** What is the matter with a file whose overwriting was broken off; `undefined` where it is whole, or still being written. */
export async function brokenOff(realPath: string, journal: string | undefined): Promise<Problem | undefined> {
  return (await isNeeded(realPath, journal)) && !(await isHeld(realPath)) ? incomplete(realPath) : undefined
}

/** Takes the copy away once nobody needs it: the file is what it was, or what it was to become. Returns its path. */
export async function removeCopy(realPath: string, journal: string | undefined): Promise<readonly string[]> {
  const copy = copyOf(realPath)
  if (!(await readDiskFile(copy)) || (await isHeld(realPath)) || (await isNeeded(realPath, journal)))
    return []
  await unlink(copy)
  return [copy]
}

async function isNeeded(realPath: string, journal: string | undefined): Promise<boolean> {
  const copy = await readDiskFile(copyOf(realPath))
  if (!copy) return false
  const file = await readDiskFile(realPath, copy.bytes)
  if (!file || Buffer.compare(file.bytes, copy.bytes) === 0) return file === undefined
  const now = await digest(file.bytes)
  const kept = journal === undefined ? [] : await journalAt(journal).read()
  const writes = kept.flatMap(({entry}) => entry?.writes.flat() ?? [])
  return !writes.some((each) => each.realPath === realPath && each.after === now)
}

function incomplete(realPath: string): Problem {
  const copy = copyOf(realPath)
  return {
    code: 'OVERWRITE_BROKEN_OFF',
    what: say`${realPath} was being overwritten when a run of this program was ended, and may be incomplete.`,
    why: say`The version before is whole, with the keys in it: ${copy}`,
    nextSteps: [
      say`Put it back: \`${copyLine(copy, realPath)}\``,
      say`Or, where the file is as it should be, delete the copy: \`${removeLine(copy)}\``,
    ],
  }
}
