import {checkAnswer} from '../../src/engine/answers.js'
import {toProblem} from '../../src/engine/to-problem.js'
import type {Answer, Flow, Step, WorkContext} from '../../src/engine/types.js'

const context: WorkContext = {signal: new AbortController().signal, report: () => undefined}
/** More steps than any path has: a flow that goes round in circles is told. */
const MOST = 60

export interface Played<S, E, P, O> {
  readonly state: S
  /** The step that has no answer left, or the end. */
  readonly step: Step<E, P, O>
  /** Ids of all steps, in order. */
  readonly ids: readonly string[]
}

/** Goes through a flow with answers by step id, each given once, until a question has none. */
export async function play<S, E, P, O>(
  flow: Flow<S, E, P, O>,
  ports: P,
  answers: Readonly<Record<string, Answer | readonly Answer[]>>,
): Promise<Played<S, E, P, O>> {
  const left = new Map(
    Object.entries(answers).map(([id, given]) => [id, Array.isArray(given) ? [...given] : [given as Answer]]),
  )
  let state = flow.initial
  const ids: string[] = []
  for (let count = 0; count < MOST; count++) {
    const step = flow.view(state)
    ids.push(step.id)
    if (step.kind === 'end') return {state, step, ids}
    if (step.kind === 'work') {
      const event = await step.run(ports, context).catch((error: unknown) => step.failed(toProblem(error)))
      state = flow.next(state, event)
      continue
    }
    const answer = left.get(step.id)?.shift()
    if (answer === undefined) return {state, step, ids}
    if (step.kind === 'show') {
      state = flow.next(state, step.next)
      continue
    }
    const complaint = checkAnswer(step.question, answer)
    if (complaint) throw new Error(`${step.id} refuses ${JSON.stringify(answer)}: ${complaint.what}`)
    state = flow.next(state, step.answer(answer))
  }
  throw new Error(`no end after ${MOST} steps: ${ids.join(' > ')}`)
}

/** All that a step shows, as one text. */
export function textOf(step: Step<never, never, unknown> | {readonly kind: string}): string {
  return JSON.stringify(step)
}

/** Resolves once the driver has come to a step. */
export async function until(
  driver: {
    readonly snapshot: {readonly step: {readonly id: string}}
    subscribe(heard: () => void): () => void
  },
  id: string,
): Promise<void> {
  if (driver.snapshot.step.id === id) return
  await new Promise<void>((resolve) => {
    const stop = driver.subscribe(() => {
      if (driver.snapshot.step.id !== id) return
      stop()
      resolve()
    })
  })
}
