import type {ProblemCode} from './problem-codes.js'

export {isAboutCredentials, keepsFromDeploy} from './problem-codes.js'
import type {SafeText} from '../text/safe-text.js'

/**
 * An error as data: what happened, why, and what to do next. One banner draws it, `--json` prints it,
 * docs/errors.md lists it by `code` (SCREAMING_SNAKE_CASE, stable across releases).
 */
export interface Problem {
  readonly code: ProblemCode
  readonly what: SafeText
  readonly why: SafeText
  /** In the order to try them. A command to copy stands alone between back-ticks. */
  readonly nextSteps: readonly SafeText[]
}

/** A problem on its way up: thrown by services, caught by the driver, drawn by the front end. */
export class Failure extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: {cause?: unknown}) {
    super(`${problem.code}: ${problem.what}`, options)
    this.name = 'Failure'
    this.problem = problem
  }
}

/** What is wrong with one typed or given value, with an example of right. Never holds the value itself if it may be a secret. */
export interface ValidationError {
  readonly what: SafeText
  readonly example?: SafeText
}
