/**
 * One previous version of each file, beside it, for this user alone. Its first line is a comment that tells what it
 * is; the rest is the file as it was, byte for byte.
 */
import {unlink} from 'node:fs/promises'
import type {Problem} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {readDiskFile} from './read-file.js'
import type {AwsFiles, FileKind} from './locations.js'
import {openFile, plannedFile, type OpenFile, type Plan} from './plan.js'
import {resolveTarget} from './resolve.js'

export interface UndoRecord {
  /** The same for all files of one save. */
  readonly change: string
  readonly profile: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly existed: boolean
  /** SHA-256 of the file after the save. */
  readonly after: string
}

const MARK = '# serverless-setup undo '
const ROLES: readonly FileKind[] = ['credentials', 'config']

export const undoPath = (realPath: string): string => `${realPath}.serverless-setup.undo`

/** SHA-256 in hexadecimal. By the Web Crypto API, which works in a thread beside the disk. */
export async function digest(bytes: Uint8Array): Promise<string> {
  // A file is never read into memory that is shared, which this function does not take.
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Buffer.from(hash).toString('hex')
}

export function encodeUndo(record: UndoRecord, before: Uint8Array): readonly Uint8Array[] {
  return [Buffer.from(`${MARK}${JSON.stringify(record)}\n`), before]
}

/**
 * The plan that puts back what the last save replaced, to be shown and then given to `commitPlan`. A file that the
 * save made is taken away. `nothingToDo` when there is no earlier version.
 */
export async function planUndo(files: AwsFiles): Promise<Plan> {
  const found = (await Promise.all(ROLES.map((role) => readUndo(files, role)))).filter(
    (each) => each !== undefined,
  )
  const last = found.toSorted((one, other) => other.record.at - one.record.at)[0]
  const ofLast = found.filter(({record}) => record.change === last?.record.change)
  const changed = ofLast.filter(
    ({file, record, before}) => file.exists !== record.existed || !sameBytes(file.document.toBytes(), before),
  )
  // The reverse of the order of writing, so that a crash in between leaves something usable.
  const planned = await Promise.all(
    changed.toReversed().map(({file, record, before}) => plannedFile(file, before, !record.existed)),
  )
  const digests = await Promise.all(changed.map(({file}) => digest(file.document.toBytes())))
  return {
    profile: last?.record.profile ?? '',
    purpose: 'undo',
    files: planned,
    nothingToDo: planned.length === 0,
    warnings: changed
      .filter(({record}, index) => digests[index] !== record.after)
      .map(({file}) => changedSince(file)),
  }
}

/**
 * Takes the previous versions away, which hold the secrets that were replaced. Files that are not there are no error.
 * Returns the paths of those that were.
 */
export async function forgetUndo(files: AwsFiles): Promise<readonly string[]> {
  const forgotten: string[] = []
  for (const role of ROLES) {
    const path = undoPath(await resolveTarget(files[role]))
    if (!(await readDiskFile(path, new Uint8Array()))) continue
    await unlink(path)
    forgotten.push(path)
  }
  return forgotten
}

interface Found {
  readonly file: OpenFile
  readonly record: UndoRecord
  readonly before: Uint8Array
}

async function readUndo(files: AwsFiles, role: FileKind): Promise<Found | undefined> {
  const kept = await readDiskFile(undoPath(await resolveTarget(files[role])), new Uint8Array())
  if (!kept) return undefined
  const bytes = Buffer.from(kept.bytes)
  const newline = bytes.indexOf(10)
  const record = parseRecord(bytes.toString('utf8', 0, Math.max(newline, 0)))
  return record && {file: await openFile(files, role), record, before: bytes.subarray(newline + 1)}
}

function parseRecord(line: string): UndoRecord | undefined {
  if (!line.startsWith(MARK)) return undefined
  try {
    const value: unknown = JSON.parse(line.slice(MARK.length))
    const isRecord =
      typeof value === 'object' && value !== null && 'change' in value && 'existed' in value && 'at' in value
    return isRecord ? (value as UndoRecord) : undefined
  } catch {
    return undefined
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

function changedSince({path}: OpenFile): Problem {
  return {
    code: 'CHANGED_SINCE',
    what: say`${path} was changed after the save that is undone.`,
    why: say`Undoing takes back that change as well; the diff shows all of it.`,
    nextSteps: [say`To keep the later change, edit the file by hand.`],
  }
}
