import type {DiffLine} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'

/** What would be written, as it is shown; a port makes it from a plan of the store and takes it back to write it. */
export interface PlannedChange {
  readonly files: readonly PlannedFile[]
  /** The files already say exactly this. */
  readonly nothingToDo: boolean
  readonly warnings: readonly Problem[]
}

interface PlannedFile {
  /** As it may be shown: under the home folder with `~`. */
  readonly shownPath: SafeText
  readonly exists: boolean
  /** A new file that others of this machine may read, as a program's source. */
  readonly isOpen?: boolean
  readonly diff: readonly DiffLine[]
  /** Names of keys that are taken out, where a profile is changed. */
  readonly removed?: readonly string[]
}

export interface WriteOptions {
  /** The person agreed to overwrite a mounted file where it stands. */
  readonly isInPlace?: boolean
  /** The person agreed that others of this machine read the credentials no longer. */
  readonly isPrivate?: boolean
}
