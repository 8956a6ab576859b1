import {checkbox, confirm, input, password, search, select} from '@inquirer/prompts'
import {panelLines} from '../../components/panel-lines.js'
import {matching} from '../../components/select.js'
import {checkAnswer} from '../engine/answers.js'
import type {Driver, Ended} from '../engine/driver.js'
import {offersOf} from '../engine/driver.js'
import type {Answer, AskStep, Panel, Question, SelectQuestion, Step} from '../engine/types.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {printable, wantsColour} from './ansi.js'
import {readField} from './plain-field.js'
import {keyList, workEnds} from './plain-work.js'

export interface PlainOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly badge?: SafeText
  readonly env: NodeJS.ProcessEnv
}

/** What a prompt came to. */
type Given =
  | {readonly kind: 'answer'; readonly value: Answer}
  | {readonly kind: 'offer'; readonly key: string}
  | {readonly kind: 'back'}
  | {readonly kind: 'cancel'}

const BACK = ' back'
const OFFER = ' offer '

/** Shows a flow as lines and simple prompts: for terminals that cannot redraw, and for screen readers. */
export async function runPlain<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  options: PlainOptions,
): Promise<Ended<E, P, O>> {
  const {stdout, badge} = options
  const hasColour = wantsColour(stdout, options.env)
  const prefix = badge ? `[${badge}] ` : ''
  const print = (panels: readonly Panel[]) => {
    const width = Math.max(20, Math.min((stdout.columns || 80) - 1, 96))
    stdout.write(printable(panelLines(panels, width), hasColour))
  }
  const onInterrupt = () => driver.cancel()
  process.on('SIGINT', onInterrupt)
  let hasEnded = false
  const finished = driver.finished.finally(() => (hasEnded = true))
  let fill: string | undefined
  while (!hasEnded) {
    const {step, serial} = driver.snapshot
    if (step.kind === 'end') break
    if (step.kind === 'work') {
      if (step.panels?.length) stdout.write('\n')
      print(step.panels ?? [])
      stdout.write(`${prefix}${step.title} …\n`)
      await workEnds(driver, serial, {
        stdin: options.stdin,
        stdout,
        say: (text) => stdout.write(`${prefix}${text}\n`),
      })
      continue
    }
    stdout.write(`\n${badge ? `${prefix}\n` : ''}`)
    print(step.panels ?? [])
    const given = await ask(driver, step, {...options, prefix, print, ...(fill === undefined ? {} : {fill})})
    fill = undefined
    switch (given.kind) {
      case 'cancel':
        driver.cancel()
        break
      case 'back':
        driver.back()
        break
      case 'offer': {
        const result = await driver.offer(given.key)
        if (result && 'fill' in result) fill = result.fill
        if (result && 'note' in result) stdout.write(`${prefix}${result.note}\n`)
        if (result && ('print' in result || 'copy' in result)) {
          stdout.write(`\n${('print' in result ? result.print : result.copy).join('\n')}\n`)
        }
        break
      }
      case 'answer': {
        if (step.kind === 'show') driver.proceed()
        else driver.answer(given.value)
      }
    }
    await Promise.resolve()
  }
  const ended = await finished
  process.off('SIGINT', onInterrupt)
  const {step} = driver.snapshot
  if (ended.kind === 'done' && step.kind === 'end') {
    stdout.write(`\n${prefix ? `${prefix}\n` : ''}`)
    print(step.panels ?? [])
  }
  return ended
}

type PromptOptions = PlainOptions & {
  readonly prefix: string
  readonly fill?: string
  print(panels: readonly Panel[]): void
}

/** Esc is a way back in every prompt, and so is a choice in every list. */
async function ask<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  step: Extract<Step<E, P, O>, {kind: 'ask' | 'show'}>,
  options: PromptOptions,
): Promise<Given> {
  const {canGoBack} = driver.snapshot
  if (step.kind === 'ask' && step.question.kind === 'paste')
    return askField(step, step.question, options, canGoBack)
  if (step.kind === 'ask' && step.question.hint) options.print([hintOf(step.question.hint)])
  const escape = new AbortController()
  const onKey = (_text: string | undefined, key: {name?: string} | undefined) => {
    if (key?.name === 'escape' && canGoBack) escape.abort()
  }
  options.stdin.on('keypress', onKey)
  try {
    const value = await prompt(driver, step, options, escape.signal)
    if (value === BACK) return {kind: 'back'}
    if (typeof value === 'string' && value.startsWith(OFFER))
      return {kind: 'offer', key: value.slice(OFFER.length)}
    return {kind: 'answer', value}
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'AbortPromptError') return {kind: 'back'}
    if (name === 'ExitPromptError') return {kind: 'cancel'}
    throw error
  } finally {
    options.stdin.off('keypress', onKey)
  }
}

function hintOf(...lines: readonly SafeText[]): Panel {
  return {kind: 'prose', lines, tone: 'dim'}
}

async function askField<E, P>(
  step: AskStep<E, P>,
  question: Extract<Question, {kind: 'paste'}>,
  options: PromptOptions,
  canGoBack: boolean,
): Promise<Given> {
  const offers = step.offers ?? []
  options.print([
    {kind: 'heading', text: say`${options.prefix}${question.message}`},
    hintOf(...(question.hint ? [question.hint] : []), keyList(offers, canGoBack)),
  ])
  return readField(question, {
    stdin: options.stdin,
    stdout: options.stdout,
    offers: offers.map(({key}) => key),
    ...(options.fill === undefined ? {} : {fill: options.fill}),
  })
}

function prompt<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  step: Extract<Step<E, P, O>, {kind: 'ask' | 'show'}>,
  {prefix}: PromptOptions,
  signal: AbortSignal,
): Promise<Answer> {
  const extras = [
    ...offersOf(step).map(({key, label}) => ({value: OFFER + key, name: label as string})),
    ...(driver.snapshot.canGoBack ? [{value: BACK, name: 'Go back' as string}] : []),
  ]
  if (step.kind === 'show') {
    return select<string>(
      {message: `${prefix}Go on?`, choices: [{value: 'next', name: sentence(step.proceed)}, ...extras]},
      {signal},
    )
  }
  const {question} = step
  const message = `${prefix}${question.message}`
  const validate = (value: Answer) => {
    const complaint = checkAnswer(question, value)
    if (!complaint) return true
    return complaint.example ? `${complaint.what} Example: ${complaint.example}` : complaint.what
  }
  switch (question.kind) {
    case 'select': {
      const all = [...question.choices.map(toChoice), ...extras]
      const initial = question.initial
      if (!question.isSearchable)
        return select<string>({message, choices: all, ...(initial ? {default: initial} : {})}, {signal})
      return search<string>({message, source: (term) => [...found(question, term), ...extras]}, {signal})
    }
    case 'choose-many':
      return checkbox<string>(
        {
          message,
          choices: question.choices.map((choice) => ({
            ...toChoice(choice),
            checked: question.initial?.includes(choice.id) ?? false,
          })),
        },
        {signal},
      )
    case 'confirm':
      return confirm({message, default: question.initial ?? true}, {signal})
    case 'secret':
      return password({message, mask: true, validate}, {signal})
    default:
      return input(
        {
          message,
          validate,
          ...(question.kind === 'text' && question.initial ? {default: question.initial} : {}),
        },
        {signal},
      )
  }
}

/** The initial choice stands first, so that Enter takes it, as in a list that can be moved in. */
function found(question: SelectQuestion, term: string | undefined) {
  const choices = matching(question, term ?? '')
  const first = term ? [] : choices.filter(({id}) => id === question.initial)
  return [...first, ...choices.filter((choice) => !first.includes(choice))].map(toChoice)
}

function toChoice({id, label, hint}: SelectQuestion['choices'][number]) {
  return hint
    ? {value: id, name: label as string, description: hint as string}
    : {value: id, name: label as string}
}

function sentence(text: SafeText): string {
  const words = say`${text}`
  return words.charAt(0).toUpperCase() + words.slice(1)
}
