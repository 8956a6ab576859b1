import {password} from '@inquirer/prompts'
import type {Line} from '../../components/line.js'
import {FIXED_MASK, checkAnswer} from '../engine/answers.js'
import {offersOf} from '../engine/offers.js'
import type {
  Answer,
  AskStep,
  Choice,
  ChooseManyQuestion,
  Panel,
  PasteQuestion,
  SecretQuestion,
  SelectQuestion,
  ShowStep,
  TextQuestion,
} from '../engine/types.js'
import type {ValidationError} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {readField} from './plain-field.js'
import {readLine, type LineGiven} from './plain-line.js'
import {choiceRows, firstLines, readListAnswer, type List} from './plain-list.js'
import {keyList} from './plain-work.js'

/** What a prompt came to. */
export type Given =
  | {readonly kind: 'answer'; readonly value: Answer}
  | {readonly kind: 'offer'; readonly key: string}
  | {readonly kind: 'back'}
  | {readonly kind: 'cancel'}

/** Where a question is printed, and what was given there before. */
export interface PlainPage {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly prefix: string
  readonly canGoBack: boolean
  /** What was answered here before Esc led back. */
  readonly earlier?: Answer
  /** What an offer has put into the field. */
  readonly fill?: string
  width(): number
  printLines(lines: readonly Line[]): void
  print(...panels: readonly Panel[]): void
}

type PlainStep<E, P> = AskStep<E, P> | ShowStep<E, P>
type Choices =
  SelectQuestion | ChooseManyQuestion | {readonly choices: readonly Choice[]; readonly kind?: never}

const SEVERAL_LINES = say`That was a paste of several lines, which answers nothing here. It was left out.`

/** A numbered list, answered with a line. A part of a name finds its number. */
export async function askList<E, P>(
  question: Choices,
  step: PlainStep<E, P>,
  page: PlainPage,
): Promise<Given> {
  const offers = offersOf(step)
  const list: List = {
    choices: question.choices,
    keys: [...offers, ...(page.canGoBack ? [{key: 'b', label: say`go back`}] : [])],
    isMany: question.kind === 'choose-many',
  }
  const idOf = (number: number) => question.choices[number - 1]?.id ?? ''
  let initial: readonly number[] | undefined = initialNumbers(question, page.earlier)
  page.printLines(firstLines(list, initial, page.width()))
  if (list.isMany)
    page.print(dim(say`Several numbers are an answer, such as 1,3 or 2-4; so are all and none.`))
  for (;;) {
    const given: LineGiven = await nextLine(page, step, initial && shortList(initial, list.isMany === true))
    if (given.kind !== 'answer') return given
    const read: ReturnType<typeof readListAnswer> =
      given.value === '' && initial ? {kind: 'chosen', numbers: initial} : readListAnswer(given.value, list)
    switch (read.kind) {
      case 'key':
        return read.key === 'b' && page.canGoBack ? {kind: 'back'} : {kind: 'offer', key: read.key}
      case 'narrowed':
        page.printLines(choiceRows(list, read.numbers, page.width()))
        // Only what was found alone is what Enter may take.
        if (!list.isMany) initial = read.numbers.length === 1 ? read.numbers : undefined
        break
      case 'wrong':
        complain(page, read.complaint)
        break
      case 'chosen': {
        if (question.kind === undefined) return {kind: 'answer', value: 'next'}
        const ids = question.choices.map(({id}) => id)
        const chosen = read.numbers.map(idOf)
        const value =
          question.kind === 'choose-many' ? ids.filter((id) => chosen.includes(id)) : (chosen[0] ?? '')
        const complaint = checkAnswer(question, value)
        if (!complaint) return {kind: 'answer', value}
        complain(page, complaint)
      }
    }
  }
}

function initialNumbers(question: Choices, earlier: Answer | undefined): readonly number[] {
  const wanted = earlier ?? (question.kind ? question.initial : undefined)
  const ids = question.kind === 'choose-many' ? (Array.isArray(wanted) ? wanted : []) : [wanted]
  const numbers = question.choices.flatMap(({id}, index) => (ids.includes(id) ? [index + 1] : []))
  return numbers.length === 0 && question.kind !== 'choose-many' ? [1] : numbers
}

function shortList(numbers: readonly number[], isMany: boolean): string {
  if (isMany && numbers.length === 0) return 'none'
  return numbers.length > 8 ? `${numbers.length} marked` : numbers.join(',')
}

/** A line of text; Enter alone takes what stands in brackets. */
export async function askText<E, P>(
  question: TextQuestion,
  step: AskStep<E, P>,
  page: PlainPage,
): Promise<Given> {
  const initial = page.fill ?? (typeof page.earlier === 'string' ? page.earlier : question.initial)
  if (step.offers?.length) page.print(dim(keyList(step.offers, page.canGoBack)))
  for (;;) {
    const given = await nextLine(page, step, initial)
    if (given.kind !== 'answer') return given
    const value = given.value === '' ? (initial ?? '') : given.value
    const complaint = checkAnswer(question, value)
    if (!complaint) return {kind: 'answer', value}
    complain(page, complaint)
  }
}

/** One field for a typed line or a whole paste. */
export async function askField<E, P>(
  question: PasteQuestion,
  step: AskStep<E, P>,
  page: PlainPage,
): Promise<Given> {
  const offers = step.offers ?? []
  const initial = typeof page.earlier === 'string' ? page.earlier : question.initial
  // What stands in the field already would be added to.
  const empty = initial === undefined ? [] : [{key: 'ctrl+u', label: say`empty the field`}]
  page.print(dim(keyList([...offers, ...empty], page.canGoBack)))
  return readField(question, {
    stdin: page.stdin,
    stdout: page.stdout,
    offers: offers.map(({key}) => key),
    canGoBack: page.canGoBack,
    complain: (complaint) => complain(page, complaint, say`Ctrl+U clears it; a new paste replaces it.`),
    ...(initial === undefined ? {} : {initial}),
    ...(page.fill === undefined ? {} : {fill: page.fill}),
  })
}

/** Asked anew after a refusal: nobody can add to what they cannot see. Ctrl+T must not show it, nor its length stay. */
export async function askSecret(question: SecretQuestion, page: PlainPage): Promise<Given> {
  for (;;) {
    const given = await askPrompt(page, (signal) =>
      password({message: 'Answer:', mask: true, toggleMask: false}, {signal, clearPromptOnDone: true}),
    )
    if (given.kind !== 'answer') return given
    page.stdout.write(`${page.prefix}Answer: ${FIXED_MASK}\n`)
    const complaint = checkAnswer(question, given.value)
    if (!complaint) return given
    complain(page, complaint)
  }
}

/** A prompt of Inquirer; Esc leads back from it too. */
export async function askPrompt(
  {stdin, canGoBack}: PlainPage,
  prompt: (signal: AbortSignal) => Promise<Answer>,
): Promise<Given> {
  const escape = new AbortController()
  const onKey = (_text: string | undefined, key: {name?: string} | undefined) => {
    if (key?.name === 'escape' && canGoBack) escape.abort()
  }
  stdin.on('keypress', onKey)
  try {
    return {kind: 'answer', value: await prompt(escape.signal)}
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'AbortPromptError') return {kind: 'back'}
    if (name === 'ExitPromptError') return {kind: 'cancel'}
    throw error
  } finally {
    stdin.off('keypress', onKey)
  }
}

function nextLine<E, P>(page: PlainPage, step: PlainStep<E, P>, initial?: string): Promise<LineGiven> {
  return readLine({
    stdin: page.stdin,
    stdout: page.stdout,
    prompt: say`${page.prefix}Answer${initial === undefined ? '' : ` [${initial}]`}: `,
    offers: offersOf(step)
      .map(({key}) => key)
      .filter((key) => key.startsWith('ctrl+')),
    canGoBack: page.canGoBack,
    onLeftOut: () => complain(page, {what: SEVERAL_LINES}),
  })
}

function complain(page: PlainPage, {what, example}: ValidationError, after?: SafeText): void {
  const lines = [say`! ${what}`, ...(example ? [say`Example: ${example}`] : []), ...(after ? [after] : [])]
  page.print({kind: 'prose', lines, tone: 'warning'})
}

function dim(text: SafeText): Panel {
  return {kind: 'prose', lines: [text], tone: 'dim'}
}
