/** What the rules look at. */
import type {Surroundings} from '../surroundings.js'
import type {Asked, ChosenProfile, Finding, ToolVerdict} from '../types.js'

export interface Context {
  readonly s: Surroundings
  readonly asked: Asked
  /** The profile in force for Serverless Framework. */
  readonly profile: ChosenProfile
  readonly tools: readonly ToolVerdict[]
}

/** Looks for one family of faults. */
export type Rule = (context: Context) => readonly Finding[]
