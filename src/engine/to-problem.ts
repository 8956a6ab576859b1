import {Failure, type Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {safe, say} from '../text/safe-text.js'

/** Any thrown thing as a problem. What is not a `Failure` is a defect of ours, and is told as one. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Failure) return error.problem
  return {
    code: 'UNEXPECTED',
    what: say`Something went wrong that serverless-setup did not expect.`,
    why: safe(error instanceof Error ? `${error.name}: ${error.message}` : error),
    nextSteps: [say`Try again; if it happens again, run \`${program()} --debug\` and report what it prints.`],
  }
}
