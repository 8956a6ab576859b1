/** What the rules look at. */
import type {Snapshot} from '../../credentials/snapshot.js'
import type {Asked, ChosenProfile, ToolVerdict} from '../../credentials/types.js'
import type {SafeText} from '../../text/safe-text.js'
import type {Finding} from '../types.js'

export interface Context {
  readonly s: Snapshot
  /** The machine as Serverless Framework has it here. */
  readonly run: Snapshot
  /** Profiles that AWS was asked about, and refused. */
  readonly refused: ReadonlySet<string>
  readonly asked: Asked
  /** The profile in force for Serverless Framework. */
  readonly profile: ChosenProfile
  readonly tools: readonly ToolVerdict[]
  /** It is about the tools beside Serverless Framework: of that the file of the service decides. */
  readonly isOfOthers?: true
  /** What `.env` of a service sets, and why nothing works with it. */
  readonly dotenv?: {readonly words: SafeText; readonly why: SafeText}
}

/** Looks for one family of faults. */
export type Rule = (context: Context) => readonly Finding[]
