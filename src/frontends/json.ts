import {createInterface} from 'node:readline'
import type {Readable} from 'node:stream'
import type {Driver, Ended} from '../engine/driver.js'
import {offersOf} from '../engine/offers.js'
import type {Answer, AskStep, Choice, Question, Step} from '../engine/types.js'
import {jsonText} from '../text/json-text.js'

export interface JsonOptions {
  readonly stdin: NodeJS.ReadableStream
  /** Writes one line to standard output; false once nobody reads. */
  readonly write: (line: string) => boolean
  /** In practice every line says so. */
  readonly isDemo?: boolean
}

/**
 * One JSON object a line, both ways. Questions go out as `{"type":"question","id",...}` and are answered by
 * `{"id","answer"}`; `{"back":true}` goes back, `{"cancel":true}` leaves. When standard input ends, what can be
 * answered by presets is, and the first question that cannot ends the flow.
 */
export async function runJson<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  options: JsonOptions,
): Promise<Ended<E, P, O>> {
  const emit = (data: Record<string, unknown>) => {
    // Whoever asked is gone: it ends as if they had left.
    if (!options.write(jsonText(options.isDemo ? {...data, demo: true} : data)))
      queueMicrotask(() => driver.cancel())
  }
  let shown = -1
  let note: string | undefined
  const tell = () => {
    const {step, serial, note: latest, isPassing, earlier} = driver.snapshot
    if (isPassing) return
    if (serial === shown) {
      if (latest !== note) emit({type: 'progress', id: step.id, note: latest})
      note = latest
      return
    }
    shown = serial
    note = undefined
    switch (step.kind) {
      case 'ask':
        emit(questionLine(step, earlier))
        return
      case 'work':
        emit({type: 'progress', id: step.id, title: step.title, ...besides(step)})
        return
      case 'show':
        emit({type: 'show', id: step.id, panels: step.panels})
        // Nothing is asked here: going on in the next turn keeps the lines in order.
        queueMicrotask(() => driver.proceed(serial))
        return
      case 'end':
        return
    }
  }
  const unsubscribe = driver.subscribe(tell)
  tell()
  const lines = createInterface({input: options.stdin, terminal: false})
  const refuse = (complaint: Refusal | undefined) => {
    if (complaint) emit({type: 'refused', id: driver.snapshot.step.id, ...complaint})
  }
  // One line after the other: an offer takes its time, and the next line may answer the question after it.
  let earlier = Promise.resolve()
  lines.on('line', (line) => {
    earlier = earlier.then(async () => refuse(await take(driver, line, emit)))
  })
  lines.on('close', () => void earlier.then(() => driver.goOnUnattended()))
  // A key has been read from it to its end: that is not said a second time.
  if ((options.stdin as Readable).readableEnded) lines.close()
  return driver.finished.finally(() => {
    unsubscribe()
    lines.removeAllListeners('close')
    lines.close()
  })
}

function questionLine<E, P>(step: AskStep<E, P>, earlier?: Answer): Record<string, unknown> {
  const {question} = step
  const initial = earlier ?? initialOf(question)
  return {
    type: 'question',
    id: step.id,
    kind: question.kind,
    message: question.message,
    ...(question.hint ? {hint: question.hint} : {}),
    ...('choices' in question ? {choices: question.choices.map(withoutKeywords)} : {}),
    ...(initial === undefined ? {} : {initial}),
    ...(step.unattended?.option ? {option: step.unattended.option} : {}),
    ...besides(step),
  }
}

/** Words for a search that people make; whoever speaks JSON has the whole list. */
function withoutKeywords({keywords: _keywords, ...choice}: Choice): Choice {
  return choice
}

/** The keys of a step, and what stands above it. */
function besides<E, P, O>(step: Step<E, P, O>): Record<string, unknown> {
  const offers = offersOf(step).map(({key, label}) => ({offer: key, label}))
  return {
    ...(offers.length > 0 ? {offers} : {}),
    ...(step.panels?.length ? {panels: step.panels} : {}),
  }
}

function initialOf(question: Question): Answer | undefined {
  return 'initial' in question ? question.initial : undefined
}

interface Refusal {
  readonly what: string
  readonly example?: string
}

/** Carries out one line of the other side. Resolves to what is wrong with it. */
async function take<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  line: string,
  emit: (data: Record<string, unknown>) => void,
): Promise<Refusal | undefined> {
  if (line.trim() === '') return undefined
  const message = parse(line)
  // Answers that are all sent at once wait for their question while something is worked out.
  if (message && 'answer' in message && message['id'] !== driver.snapshot.step.id) await questionOf(driver)
  const {step} = driver.snapshot
  const example = JSON.stringify({
    id: step.id,
    answer: step.kind === 'ask' ? exampleAnswer(step.question) : '',
  })
  if (!message) return {what: 'This line is not a JSON object.', example}
  if (message['cancel'] === true) driver.cancel()
  else if (message['back'] === true) driver.back()
  else if (message['id'] !== step.id) return {what: `The question that stands is "${step.id}".`, example}
  else if (typeof message['offer'] === 'string') {
    const result = await driver.offer(message['offer'])
    if (result && 'fill' in result) return driver.answer(result.fill)
    if (result && ('print' in result || 'copy' in result)) {
      emit({type: 'text', id: step.id, lines: 'print' in result ? result.print : result.copy})
    }
    return undefined
  } else if (!isAnswer(message['answer'])) return {what: 'This line has no answer.', example}
  else return driver.answer(message['answer'])
  return undefined
}

/** Until a question stands that nothing given beforehand answers, or it is over. */
async function questionOf<S, E, P, O>(driver: Driver<S, E, P, O>): Promise<void> {
  const isThere = () => {
    const {step, isPassing} = driver.snapshot
    return step.kind === 'end' || (step.kind === 'ask' && !isPassing)
  }
  if (isThere()) return
  let unsubscribe: (() => void) | undefined
  const there = new Promise<void>((resolve) => {
    unsubscribe = driver.subscribe(() => {
      if (isThere()) resolve()
    })
  })
  await Promise.race([there, driver.finished]).finally(unsubscribe)
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  )
}

function exampleAnswer(question: Question): Answer {
  switch (question.kind) {
    case 'select':
      return question.choices[0]?.id ?? ''
    case 'choose-many':
      return question.choices.slice(0, 1).map(({id}) => id)
    case 'confirm':
      return true
    default:
      return '…'
  }
}
