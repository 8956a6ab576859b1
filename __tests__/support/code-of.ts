import {Failure} from '../../src/domain/problem.js'

/** The code of what went wrong; `done` where nothing did. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof Failure ? error.problem.code : String(error)),
  )
}
