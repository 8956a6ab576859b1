import type {Problem} from '../domain/problem.js'
import type {SafeText} from '../text/safe-text.js'
import type {AskStep, EndStep, ShowStep, Step, WorkStep} from './types.js'

/**
 * The step of a sub-flow as a step of its parent: every event is wrapped on its way up.
 * An end step never stands on the screen of a parent: the parent's `next` turns its outcome into a state.
 */
export function lift<E, F, P, O>(
  step: Exclude<Step<E, P, O>, EndStep<O>>,
  wrap: (event: E) => F,
): Step<F, P, never> {
  switch (step.kind) {
    case 'ask': {
      const lifted: AskStep<F, P> = {...step, answer: (value) => wrap(step.answer(value))}
      return lifted
    }
    case 'show': {
      const lifted: ShowStep<F, P> = {...step, next: wrap(step.next)}
      return lifted
    }
    case 'work': {
      // The trail reads the sub-flow's own event, so its words are taken before the event is wrapped.
      let words: SafeText | undefined
      let left: SafeText | undefined
      const finish = (event: E): F => {
        words = step.trail?.(event)
        left = step.leaves?.(event)
        return wrap(event)
      }
      const {turns, ...rest} = step
      const lifted: WorkStep<F, P> = {
        ...rest,
        run: async (ports, context) => finish(await step.run(ports, context)),
        failed: (problem: Problem) => finish(step.failed(problem)),
        trail: () => words,
        leaves: () => left,
        ...(turns ? {turns: turns.map((turn) => ({...turn, event: wrap(turn.event)}))} : {}),
      }
      return lifted
    }
  }
}
