import {initialField, reduceField, type FieldState} from '../../components/text-field.js'
import {checkAnswer} from '../engine/answers.js'
import type {PasteQuestion} from '../engine/types.js'
import type {ValidationError} from '../domain/problem.js'
import {openTerminal} from './terminal-input.js'

interface FieldOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** Keys that do something beside answering. */
  readonly offers: readonly string[]
  readonly canGoBack: boolean
  /** What stands in it to begin with. */
  readonly initial?: string
  /** Put into it as if pasted. */
  readonly fill?: string
  /** Tells what is wrong with the answer. */
  complain(complaint: ValidationError): void
}

type FieldGiven =
  | {readonly kind: 'answer'; readonly value: string}
  | {readonly kind: 'offer'; readonly key: string}
  | {readonly kind: 'back'}
  | {readonly kind: 'cancel'}

/**
 * One field for a typed line or a whole paste, for the plain front end. Inquirer's prompts end at the first
 * line end of a paste and lose the rest; this one keeps the paste whole. It only ever writes a carriage return
 * and text, so a dumb terminal can follow.
 */
export function readField(question: PasteQuestion, options: FieldOptions): Promise<FieldGiven> {
  const {stdin, stdout} = options
  const terminal = openTerminal(stdin, stdout)
  let state: FieldState = initialField(options.initial)
  let shownLength = 0
  const draw = () => {
    const shown = state.value === '' ? '' : question.reveal(state.value)
    stdout.write(`\r> ${shown}${' '.repeat(Math.max(0, shownLength - shown.length))}`)
    shownLength = shown.length
  }
  if (options.fill !== undefined)
    state = reduceField(question, state, {kind: 'paste', text: options.fill}).state
  draw()
  return new Promise((resolve) => {
    const end = (given: FieldGiven) => {
      terminal.restore()
      stdout.write('\n')
      resolve(given)
    }
    let isOver = false
    terminal.listen((presses) => {
      const texts = presses.map((press) =>
        press.kind === 'key' ? (press.name === 'enter' ? '\n' : '') : press.text,
      )
      const isPaste = presses.length > 2 && texts.join('').trimEnd().includes('\n')
      const taken = isPaste ? [{kind: 'paste', text: texts.join('')} as const] : presses
      for (const press of taken) {
        if (isOver) return
        const name = press.kind === 'key' ? press.name : ''
        const given: FieldGiven | undefined =
          name === 'ctrl+c'
            ? {kind: 'cancel'}
            : name === 'esc' && options.canGoBack
              ? {kind: 'back'}
              : options.offers.includes(name)
                ? {kind: 'offer', key: name}
                : undefined
        if (given) {
          isOver = true
          end(given)
          return
        }
        const reduced = reduceField(question, state, press)
        state = reduced.state
        if (reduced.submitted === undefined) continue
        const complaint = checkAnswer(question, reduced.submitted)
        if (!complaint) {
          isOver = true
          draw()
          end({kind: 'answer', value: reduced.submitted})
          return
        }
        stdout.write('\n')
        options.complain(complaint)
        shownLength = 0
      }
      draw()
    })
  })
}
