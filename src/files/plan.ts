/** What is to be written, over any number of files: shown first, and carried out by `commitPlan` alone. */
import type {Problem} from '../domain/problem.js'
import type {DiffLine} from './diff.js'
import type {FileKind} from './locations.js'
import type {JournalEntry} from './journal.js'

/** The files of AWS, and the file of a service. */
export type FileRole = FileKind | 'service'

export interface Plan {
  readonly profile: string
  /** `undo` puts an earlier version back and is not itself remembered. */
  readonly purpose: 'change' | 'undo'
  /** The files that would change, in the order in which they are to be written. */
  readonly files: readonly PlannedFile[]
  /** The files already say exactly this. */
  readonly nothingToDo: boolean
  readonly warnings: readonly Problem[]
  /** The folder where it is kept what is replaced; without it nothing is. */
  readonly journal?: string
  /** Of an undo: what is taken out of the journal once it is done. */
  readonly undoes?: Undoes
}

interface Undoes {
  readonly entry: JournalEntry
  /** So many of its writes are left. */
  readonly writes: number
  /** Newer entries that nothing was left of. */
  readonly spent: readonly string[]
}

export interface PlannedFile {
  /** As configured; may be a symbolic link. */
  readonly path: string
  /** The file at the end of the links. */
  readonly realPath: string
  readonly role: FileRole
  readonly exists: boolean
  readonly willCreateDir: boolean
  /** True where undoing takes away a file that this program made. */
  readonly isDeleted: boolean
  /** Then goes too, if it holds nothing else: the outermost folder that was made for it. */
  readonly madeFolder?: string
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** Permission bits the file will have. */
  readonly mode: number
  /** Secrets masked. */
  readonly diff: readonly DiffLine[]
  /** Names of the keys of the profile that are taken out. */
  readonly removed?: readonly string[]
}
