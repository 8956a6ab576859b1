/** What the doctor says of a machine: which credentials each tool would use here, why, and what is wrong. Data only. */
import type {SafeText} from '../safety/safe-text.js'
import type {FileKind} from '../store/locations.js'

/** `javascript`: AWS SDK for JavaScript 3. `cli`: AWS CLI 1, botocore and boto3. `cli2`: AWS CLI 2. */
export type ToolId = 'serverless' | 'javascript' | 'cli' | 'cli2'

/** Where credentials can come from. All but the first and the last four are ways of the chosen profile. */
export type SourceId =
  | 'environment'
  | 'role'
  | 'static'
  | 'web-identity'
  | 'process'
  | 'sso'
  | 'login'
  | 'web-identity-env'
  | 'container'
  | 'instance'

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
  /** Names of the `[sso-session]`s that profiles here need, and that have to be signed in to again. */
  readonly endedSessions: readonly string[]
  /** When it was looked at, in milliseconds since 1970. */
  readonly takenAt: number
  /** Paths as they are shown. */
  readonly files: readonly FileShown[]
}

export interface FileShown {
  readonly role: FileKind
  readonly path: SafeText
  readonly exists: boolean
}

export interface ChosenProfile {
  readonly name: string
  /** Such as `AWS_PROFILE`, or `no profile was named`. */
  readonly from: SafeText
  readonly exists: boolean
}

export interface ToolVerdict {
  readonly id: ToolId
  readonly label: SafeText
  /** Absent where the tool finds nothing or fails. */
  readonly winner?: SourceId
  /** The profile the winning source belongs to; absent for sources outside the files. */
  readonly profile?: string
  /** Whose key or role it is, masked: `AKIA************CDEF`, `role arn:…`. */
  readonly detail?: SafeText
  /** The key ID as it stands, for comparing; not secret, and not drawn. */
  readonly accessKeyId?: string
  readonly region?: RegionChoice
  /** It stops with an error, or finds nothing. */
  readonly failure?: ToolFailure
  /** What beats what, in one or two sentences. */
  readonly why: SafeText
}

export interface RegionChoice {
  readonly name: string
  /** Such as `AWS_REGION` or `~/.aws/config:3`. */
  readonly from: SafeText
}

export interface ToolFailure {
  /** `none`: nothing was found at the end of the chain. `broken`: a source that is there cannot be used. */
  readonly kind: 'none' | 'broken'
  /** The source that fails. */
  readonly source?: SourceId
  /** The words the tool itself says, to be recognised and searched for. */
  readonly words: SafeText
  readonly fix?: SafeText
}

export type Standing = 'wins' | 'loses' | 'absent' | 'broken'

export interface Source {
  readonly id: SourceId
  readonly label: SafeText
  readonly isFound: boolean
  /** A variable, or `~/.aws/config:12`. */
  readonly where?: SafeText
  /** Masked. */
  readonly detail?: SafeText
  /** Account and ARN, once AWS was asked (`withWhose`). */
  readonly whose?: SafeText
  /** Milliseconds since 1970, where it is known offline. */
  readonly expiresAt?: number
  /** For Serverless Framework. */
  readonly standing: Standing
  readonly why: SafeText
  /** One command or action; commands stand in back-ticks. */
  readonly fix?: SafeText
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
  /** Takes an invisible byte order mark from the beginning. */
  | {readonly kind: 'strip-bom'; readonly role: FileKind}
  /** Moves the keys of the later section to the first one and takes the later header away. */
  | {
      readonly kind: 'merge-sections'
      readonly role: FileKind
      readonly header: string
    }

export type ProfileKindShown =
  'static' | 'temporary' | 'role' | 'sso' | 'process' | 'web-identity' | 'login' | 'partial' | 'empty'

export interface ProfileState {
  readonly name: string
  /** What counts for the SDK for JavaScript. */
  readonly kind: ProfileKindShown
  readonly state: 'usable' | 'expired' | 'broken' | 'empty'
  /** Masked. */
  readonly detail?: SafeText
  readonly region?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  readonly where: SafeText
  /** Why it is not usable. */
  readonly why?: SafeText
}

/** What was asked on the command line or stands in serverless.yml, as far as it bears on the choice. */
export interface Asked {
  /** `--aws-profile` of Serverless Framework, `--profile` of the AWS CLI. */
  readonly profile?: string
  /** What named it, where it was not the option `--aws-profile`: `provider.profile in serverless.yml`. */
  readonly profileFrom?: SafeText
  /** `--region`. */
  readonly region?: string
  /** `provider.region` in serverless.yml. */
  readonly providerRegion?: string
  /** Clock here minus clock at AWS, in seconds, once AWS was asked. */
  readonly skewSeconds?: number
}
