/** What the rules look at. */
import type {Surroundings} from '../surroundings.js'
import type {Asked, ChosenProfile, Finding, ProfileState, ToolVerdict} from '../types.js'

export interface Context {
  readonly s: Surroundings
  readonly asked: Asked
  /** The profile in force for Serverless Framework. */
  readonly profile: ChosenProfile
  readonly tools: readonly ToolVerdict[]
  readonly profiles: readonly ProfileState[]
}

/** Looks for one family of faults. */
export type Rule = (context: Context) => readonly Finding[]
