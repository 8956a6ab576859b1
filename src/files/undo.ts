/** Taking back what the last command wrote: the plan of it, from the journal and the files as they are now. */
import {stopInDryRun} from '../domain/dry-run.js'
import {Failure, type Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say} from '../text/safe-text.js'
import {diffOf} from './diff.js'
import type {AwsFiles} from './locations.js'
import type {Plan, PlannedFile} from './plan.js'
import {readDiskFile} from './read-file.js'
import {asideLine, lookLine} from './path-lines.js'
import {resolveTarget} from './resolve.js'
import {asBuffer} from './hunks.js'
import {journalAt, type JournalEntry, type Written} from './journal.js'
import {takeBack, type Touched} from './take-back.js'
import {digest} from './written.js'

export interface UndoOptions {
  /** With lines that somebody else has changed since; without it they stay, and are told. */
  readonly way?: 'theirs' | 'old'
  /** Only the last write of the command. */
  readonly isLastOnly?: boolean
  /** Only what this run has written itself, whatever others have written since. */
  readonly isOfThisRun?: boolean
  /** Commands that were passed over: what others wrote is all that is left of them. */
  readonly passed?: readonly string[]
}

export interface UndoPlan extends Plan {
  readonly touched: readonly TouchedFile[]
  /** The command that is to be taken back; missing where there is none. */
  readonly id?: string
  /** Nothing is left in the files of what the last command wrote: to commit it takes that off the list alone. */
  readonly isSpent?: true
  /** What stood in the touched places before can be put back without harm to what others wrote. */
  readonly canReplace: boolean
}

interface TouchedFile extends Touched {
  readonly path: string
}

/** The newest entry that was not passed over, to be shown and then given to `commitPlan`. Writes nothing. */
export async function planUndo(files: AwsFiles, options: UndoOptions = {}): Promise<UndoPlan> {
  const all = files.journal === undefined ? [] : await journalAt(files.journal).read()
  const own = files.journal === undefined ? undefined : journalAt(files.journal).ownId
  const entries = options.isOfThisRun ? all.filter(({entry}) => entry !== undefined && entry.id === own) : all
  const spent: string[] = []
  for (const {entry, path} of entries) {
    // Not the one before it in its place: that is not what was asked for.
    if (!entry) throw unreadable(path)
    const {missing, ...plan} = await planEntry(entry, options)
    if (plan.files.length === 0 && plan.touched.length === 0 && missing.length > 0)
      throw notThere(missing[0]!)
    if (options.passed?.includes(entry.id) && plan.files.length === 0) {
      spent.push(entry.id)
      continue
    }
    // The command before is not taken back in the place of one of which nothing is left.
    const isSpent = plan.files.length === 0 && plan.touched.length === 0
    return {
      ...plan,
      id: entry.id,
      canReplace: plan.touched.length === 0 || (await isReplaceable(entry, options)),
      ...(files.journal === undefined ? {} : {journal: files.journal}),
      ...(isSpent ? {isSpent} : {}),
      undoes: {
        entry,
        // What could not be found is still kept.
        writes: missing.length > 0 ? entry.writes.length : options.isLastOnly ? entry.writes.length - 1 : 0,
        spent,
      },
    }
  }
  const none = {files: [], touched: [], warnings: []}
  return {profile: '', purpose: 'undo', ...none, nothingToDo: true, canReplace: false}
}

async function isReplaceable(entry: JournalEntry, options: UndoOptions): Promise<boolean> {
  return planEntry(entry, {...options, way: 'old'}).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Failure && error.problem.code === 'UNDO_STUCK') return false
      throw error
    },
  )
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
): Promise<Omit<UndoPlan, 'canReplace' | 'id'> & {readonly missing: readonly string[]}> {
  const standing = new Map<string, Standing>()
  const touched: TouchedFile[] = []
  const missing = new Set<string>()
  const writes = isLastOnly ? entry.writes.slice(-1) : entry.writes
  // The reverse of the order of writing, so that a crash in between leaves something usable.
  for (const written of writes.flat().toReversed()) {
    const found = standing.get(written.realPath) ?? (await read(written))
    standing.set(written.realPath, found)
    if (!found.exists) {
      // A file that we made and somebody has taken away is as it was.
      if (written.existed) missing.add(written.path)
      continue
    }
    const result = await takeBack(found.bytes, await digest(found.bytes), written, way)
    if (result.isMissing) missing.add(written.path)
    if (result.isStuck && way === 'old') throw stuck(written.path)
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
    warnings: [
      ...(way === 'theirs' ? touched.map(({path}) => changedSince(path)) : []),
      ...[...missing].map((path) => notThere(path).problem),
    ],
    touched,
    missing: [...missing],
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
  const {path, realPath, role, madeFolder} = written
  return {
    ...(madeFolder === undefined ? {} : {madeFolder}),
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
    what: say`Lines that were written to ${path} have been changed since.`,
    why: say`They stay as they are now.`,
    nextSteps: [say`To have what stood there before, choose it in a terminal.`],
  }
}

export function notThere(path: string): Failure {
  return new Failure({
    code: 'UNDO_NOT_FOUND',
    what: say`What was written to ${path} is not found there any more, nor what it replaced.`,
    why: say`The file was moved, or another program has written it anew. What is kept of it stays.`,
    nextSteps: [
      say`Put the file back, then try again: \`${program()} undo\``,
      say`Or delete all that is kept: \`${program()} undo --forget\``,
    ],
  })
}

function unreadable(path: string): Failure {
  return new Failure({
    code: 'UNDO_UNREADABLE',
    what: say`What is kept of the last command cannot be read: ${path}. Nothing was changed.`,
    why: say`The file is damaged, or this program did not write it.`,
    nextSteps: [say`Put it aside, to go on with the command before: \`${asideLine(path)}\``],
  })
}

function stuck(path: string): Failure {
  return new Failure({
    code: 'UNDO_STUCK',
    what: say`What stood in ${path} before cannot be put back. Nothing was changed.`,
    why: say`Other lines have come to stand in a section that would go, or a key would be there twice.`,
    nextSteps: [say`Look at it, and change it by hand: \`${lookLine(path)}\``],
  })
}

/** Takes the whole journal away, with the secrets in it. Returns how many entries there were. */
export async function forgetUndo({journal}: AwsFiles): Promise<number> {
  stopInDryRun(say`delete what is kept for undo`)
  return journal === undefined ? 0 : journalAt(journal).forget()
}
