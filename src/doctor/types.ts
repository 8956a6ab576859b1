/** What the doctor says of a machine: which credentials each tool would use here, why, and what is wrong. Data only. */
import type {SafeText} from '../text/safe-text.js'
import type {FileKind} from '../files/locations.js'
import type {ChosenProfile, ProfileState, Source, ToolVerdict} from '../credentials/types.js'

export interface Diagnosis {
  /** In the order Serverless Framework, JavaScript, AWS CLI 1, AWS CLI 2. */
  readonly tools: readonly ToolVerdict[]
  /** The profile that Serverless Framework takes, and what chose it. */
  readonly profile: ChosenProfile
  /** Every place of the standard chain, in the order in which the SDK for JavaScript asks them. */
  readonly sources: readonly Source[]
  /** Errors first, then warnings, then notes. */
  readonly findings: readonly Finding[]
  /** In the order of the files, the credentials file first. */
  readonly profiles: readonly ProfileState[]
  /** Something wins for Serverless Framework, and nothing known offline keeps it from working. */
  readonly isUsable: boolean
  /** What wins was asked for credentials, and gave none. */
  readonly givesNothing?: true
  /** It is said to have ended; AWS was not asked, or says so as well. */
  readonly isEnded?: true
  /** Names of the `[sso-session]`s that profiles here need, and that have to be signed in to again. */
  readonly endedSessions: readonly string[]
  /** When it was looked at, in milliseconds since 1970. */
  readonly takenAt: number
  /** Paths as they are shown. */
  readonly files: readonly FileShown[]
}

interface FileShown {
  readonly role: FileKind
  readonly path: SafeText
  readonly exists: boolean
}

export type Severity = 'error' | 'warning' | 'note'

export interface Finding {
  /** SCREAMING_SNAKE_CASE, stable across releases. */
  readonly code: string
  readonly severity: Severity
  /** One line. */
  readonly what: SafeText
  /** A variable, or `~/.aws/config:12`. */
  readonly where?: SafeText
  /** The profile it concerns, where it concerns one. */
  readonly profile?: string
  /** With the command to copy in back-ticks. */
  readonly fix?: SafeText
  /** How `--fix` mends it; absent where only a person can choose. */
  readonly mend?: Mend
}

/** A safe repair, as data: `planMend` turns all but `chmod` into a plan of the store. */
export type Mend =
  /** Permission bits of a file or folder: `mendMode`. */
  | {readonly kind: 'chmod'; readonly path: string; readonly mode: number}
  /** Takes keys out of a profile. */
  | {
      readonly kind: 'remove-keys'
      readonly role: FileKind
      readonly profile: string
      readonly keys: readonly string[]
    }
  /** Writes a header as every tool reads it; `line` counts from 1 and is looked at again before. */
  | {
      readonly kind: 'header'
      readonly role: FileKind
      readonly line: number
      readonly from: string
      readonly to: string
    }
  /** Writes keys in small letters, with `=`, without the comment behind them. */
  | {
      readonly kind: 'rewrite-keys'
      readonly role: FileKind
      readonly profile: string
      readonly keys: readonly string[]
    }
  /** Writes text of UTF-16 as UTF-8. */
  | {readonly kind: 'to-utf8'; readonly role: FileKind}
  /** Takes an invisible byte order mark from the beginning. */
  | {readonly kind: 'strip-bom'; readonly role: FileKind}
  /** Moves the keys of the later section to the first one and takes the later header away. */
  | {
      readonly kind: 'merge-sections'
      readonly role: FileKind
      readonly header: string
    }
