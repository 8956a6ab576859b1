/** What a receipt is asked, and what it is told to run next. */
import type {SafeText} from '../text/safe-text.js'
import type {Shell} from '../text/shell.js'

export interface NextStep {
  /** What is so in this terminal and folder, and would not be expected. */
  readonly notes: readonly SafeText[]
  /** What comes besides: told after the lines. */
  readonly remarks: readonly SafeText[]
  /** To be run in this order. */
  readonly lines: readonly SafeText[]
  /** To make it so for all that is run in this terminal, where that takes something. */
  readonly forTerminal?: SafeText
  /** What `serverless` is given to deploy; absent where no deploy here would use the profile. */
  readonly args?: readonly string[]
  /** The file of the service here names the profile already. */
  readonly isNamedHere?: true
  /** The file of the service here names a profile that is not on this machine. */
  readonly isMissingHere?: true
  /** Nothing can be written into the file of the service here: it cannot be read, or is not one of AWS. */
  readonly isClosedHere?: true
}

export interface ProfileAndRegion {
  readonly name: string
  readonly region?: string
}

export interface Chosen {
  /** The profile that was saved; absent where it is to stay as it is now. */
  readonly profile?: string
  readonly region?: string
  /** One of these, in place of `profile`: that which a deploy uses here, else the first where the file names none. */
  readonly among?: readonly ProfileAndRegion[]
  /** `--service` */
  readonly folder?: string | undefined
  readonly shell?: Shell
}
