import type {Answer, AskStep, Flow, WorkContext} from '../../src/engine/types.js'
import {toProblem} from '../../src/engine/to-problem.js'
import {changes} from '../../src/adapters/dry-run.js'
import {checkAnswer} from '../../src/engine/answers.js'

/** One state of a flow that a person can come to, and how they came there. */
export interface Place<S> {
  readonly state: S
  /** Ids of the steps and what was answered, from the start. */
  readonly path: readonly string[]
  /** Of these the last that a person gave. */
  readonly answer: string
  /** Interactive steps since the start or the last barrier: what Esc can go back to. */
  readonly depth: number
}

export interface WalkOptions<E, P> {
  /** Every kind of world the work is done in: a good one, one where the key is refused, and so on. */
  readonly worlds: Readonly<Record<string, P>>
  /** Answers to try; a choice or a confirmation is tried with every answer without being named here. */
  answers(step: AskStep<E, P>): readonly Answer[]
  /** Most places to visit: a flow that has more is told, not cut silently. */
  readonly limit?: number
}

/**
 * Visits every place of a flow, breadth first: every answer of every question, every world of every work.
 * Two states are the same place when `key` says so.
 */
export async function walk<S, E, P, O>(
  flow: Flow<S, E, P, O>,
  options: WalkOptions<E, P>,
  key: (state: S) => string,
): Promise<readonly Place<S>[]> {
  const limit = options.limit ?? 5_000
  const places: Place<S>[] = []
  const seen = new Set<string>()
  let queue: Place<S>[] = [{state: flow.initial, path: [], answer: '', depth: 0}]
  while (queue.length > 0) {
    const coming: Place<S>[] = []
    for (const place of queue) {
      const id = `${key(place.state)}|${Math.min(place.depth, 1)}`
      if (seen.has(id)) continue
      seen.add(id)
      places.push(place)
      if (places.length > limit)
        throw new Error(`more than ${limit} places; the last: ${place.path.join(' > ')}`)
      coming.push(...(await neighbours(flow, place, options)))
    }
    queue = coming
  }
  return places
}

async function neighbours<S, E, P, O>(
  flow: Flow<S, E, P, O>,
  place: Place<S>,
  options: WalkOptions<E, P>,
): Promise<Place<S>[]> {
  const step = flow.view(place.state)
  const base = step.kind !== 'end' && step.isBarrier ? 0 : place.depth
  const go = (event: E, word: string, depth: number): Place<S> => ({
    state: flow.next(place.state, event),
    path: [...place.path, `${step.id}=${word}`],
    answer: step.kind === 'work' ? place.answer : `${step.id}=${word}`,
    depth,
  })
  switch (step.kind) {
    case 'end':
      return []
    case 'show':
      return [go(step.next, 'enter', base + 1)]
    case 'ask': {
      const answers = everyAnswer(step) ?? options.answers(step)
      if (answers.length === 0)
        throw new Error(`no answer is known for the question "${step.question.message}" (${step.id})`)
      return answers.map((answer) => {
        const complaint = checkAnswer(step.question, answer)
        if (complaint) throw new Error(`${step.id} refuses ${JSON.stringify(answer)}: ${complaint.what}`)
        return go(step.answer(answer), String(answer).slice(0, 20), base + 1)
      })
    }
    case 'work': {
      const context: WorkContext = {signal: new AbortController().signal, report: () => undefined}
      const ends = Object.entries(options.worlds).map(async ([name, ports]) => {
        const event = await step.run(ports, context).catch((error: unknown) => step.failed(toProblem(error)))
        return go(event, name, base)
      })
      return Promise.all(ends)
    }
  }
}

function everyAnswer<E, P>({question}: AskStep<E, P>): readonly Answer[] | undefined {
  // Of a long list the first and the last stand for all.
  if (question.kind === 'select') {
    const ids = question.choices.map(({id}) => id)
    return ids.length > 12 ? [ids[0]!, ids.at(-1)!] : ids
  }
  if (question.kind === 'choose-many') {
    const ids = question.choices.map(({id}) => id)
    const fewest = question.min === undefined || question.min === 0 ? [[]] : []
    return [...fewest, ...(ids.length > 0 ? [ids.slice(0, 1)] : []), ...(ids.length > 1 ? [ids] : [])]
  }
  return question.kind === 'confirm' ? [true, false] : undefined
}

/** For each port that changes something: the answers after which the work of these places calls it. */
export async function changesOf<S, E, P extends object, O>(
  flow: Flow<S, E, P, O>,
  places: readonly Place<S>[],
  ports: P,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, Set<string>> = {}
  for (const {state, answer} of places) {
    const step = flow.view(state)
    if (step.kind !== 'work') continue
    const recording = new Proxy(ports, {
      get: (target, name, receiver) => {
        if (changes(String(name))) (found[String(name)] ??= new Set()).add(answer.replace(/\d+/, 'N'))
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    const context: WorkContext = {signal: new AbortController().signal, report: () => undefined}
    await step.run(recording, context).catch(() => undefined)
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, answers]) => [name, [...answers].sort()] as const),
  )
}
