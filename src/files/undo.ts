/** Taking back what the last command wrote: the plan of it, from the journal and the files as they are now. */
import type {Problem} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {diffOf} from '../store/diff.js'
import type {AwsFiles} from '../store/locations.js'
import type {Plan, PlannedFile} from '../store/plan.js'
import {readDiskFile} from '../store/read-file.js'
import {resolveTarget} from '../store/resolve.js'
import {asBuffer} from './hunks.js'
import {journalAt, type JournalEntry, type Written} from './journal.js'
import {takeBack, type Touched} from './take-back.js'
import {digest} from './written.js'

export interface UndoOptions {
  /** With lines that somebody else has changed since; without it they stay, and are told. */
  readonly way?: 'theirs' | 'old'
  /** Only the last write of the command. */
  readonly isLastOnly?: boolean
}

export interface UndoPlan extends Plan {
  readonly touched: readonly TouchedFile[]
}

export interface TouchedFile extends Touched {
  readonly path: string
}

/** The newest entry that anything is left of, to be shown and then given to `commitPlan`. Writes nothing. */
export async function planUndo(files: AwsFiles, options: UndoOptions = {}): Promise<UndoPlan> {
  const entries = files.journal === undefined ? [] : await journalAt(files.journal).list()
  const spent: string[] = []
  for (const entry of entries) {
    const plan = await planEntry(entry, options)
    if (plan.files.length > 0 || plan.touched.length > 0)
      return {
        ...plan,
        ...(files.journal === undefined ? {} : {journal: files.journal}),
        undoes: {entry, writes: options.isLastOnly ? entry.writes.length - 1 : 0, spent},
      }
    spent.push(entry.id)
  }
  return {profile: '', purpose: 'undo', files: [], nothingToDo: true, warnings: [], touched: []}
}

interface Standing {
  readonly written: Written
  readonly before: Buffer
  readonly existed: boolean
  readonly mode: number
  bytes: Buffer
  exists: boolean
}

async function planEntry(
  entry: JournalEntry,
  {way = 'theirs', isLastOnly = false}: UndoOptions,
): Promise<UndoPlan> {
  const standing = new Map<string, Standing>()
  const touched: TouchedFile[] = []
  const writes = isLastOnly ? entry.writes.slice(-1) : entry.writes
  // The reverse of the order of writing, so that a crash in between leaves something usable.
  for (const written of writes.flat().toReversed()) {
    const found = standing.get(written.realPath) ?? (await read(written))
    standing.set(written.realPath, found)
    const result = takeBack(found.bytes, await digest(found.bytes), written, way)
    touched.push(...result.touched.map((each) => ({...each, path: written.path})))
    found.bytes = result.bytes
    if (!written.existed && found.bytes.length === 0) found.exists = false
  }
  const changed = [...standing.values()].filter(
    ({bytes, before, exists, existed}) => exists !== existed || !bytes.equals(before),
  )
  return {
    profile: entry.profile,
    purpose: 'undo',
    files: changed.map(plannedFile),
    nothingToDo: changed.length === 0,
    warnings: way === 'theirs' ? touched.map(({path}) => changedSince(path)) : [],
    touched,
  }
}

/** At the end of the links that the path leads along now. */
async function read(written: Written): Promise<Standing> {
  const realPath = await resolveTarget(written.path)
  const file = await readDiskFile(realPath)
  const before = asBuffer(file?.bytes ?? new Uint8Array())
  const existed = file !== undefined
  return {
    written: {...written, realPath},
    before,
    existed,
    mode: file?.mode ?? 0o600,
    bytes: before,
    exists: existed,
  }
}

function plannedFile({written, before, bytes, existed, exists, mode}: Standing): PlannedFile {
  const {path, realPath, role} = written
  return {
    path,
    realPath,
    role,
    exists: existed,
    willCreateDir: false,
    isDeleted: existed && !exists,
    before,
    after: bytes,
    mode,
    diff: diffOf(before, bytes),
  }
}

function changedSince(path: string): Problem {
  return {
    code: 'CHANGED_SINCE',
    what: say`Lines that were written to ${path} were changed by another program since.`,
    why: say`They stay as they are now.`,
    nextSteps: [say`To have what stood there before, choose it in a terminal.`],
  }
}

/** Takes the whole journal away, with the secrets in it. Returns how many entries there were. */
export async function forgetUndo({journal}: AwsFiles): Promise<number> {
  return journal === undefined ? 0 : journalAt(journal).forget()
}
