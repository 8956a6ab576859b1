import type {AskStep, Answer, Choice, SelectQuestion, ShowStep, WorkStep} from '../src/engine/types.js'
import type {SafeText} from '../src/text/safe-text.js'

type Labelled = {readonly label: SafeText; readonly hint?: SafeText; readonly keywords?: string}

interface SelectInput<E, P, Id extends string> extends Omit<AskStep<E, P>, 'kind' | 'question' | 'answer'> {
  readonly message: SafeText
  readonly hint?: SafeText
  /** In the order shown. */
  readonly choices: readonly (readonly [id: Id, words: Labelled])[]
  readonly initial?: Id
  readonly isSearchable?: boolean
  answer(id: Id): E
}

/** A step that offers choices; the answer is the id of one of them. */
export function select<E, P, Id extends string>(input: SelectInput<E, P, Id>): AskStep<E, P> {
  const {message, hint, choices, initial, isSearchable, answer, ...step} = input
  const question: SelectQuestion = {
    kind: 'select',
    message,
    choices: choices.map(([id, {label, hint: under, keywords}]): Choice => ({
      id,
      label,
      ...(under ? {hint: under} : {}),
      ...(keywords ? {keywords} : {}),
    })),
    ...(hint ? {hint} : {}),
    ...(initial ? {initial} : {}),
    ...(isSearchable ? {isSearchable} : {}),
  }
  return {...step, kind: 'ask', question, answer: (value: Answer) => answer(value as Id)}
}

/** A step that shows something until Enter. */
export function show<E, P>(step: Omit<ShowStep<E, P>, 'kind'>): ShowStep<E, P> {
  return {...step, kind: 'show'}
}

/** A step that does something while the person waits. */
export function work<E, P>(step: Omit<WorkStep<E, P>, 'kind'>): WorkStep<E, P> {
  return {...step, kind: 'work'}
}
