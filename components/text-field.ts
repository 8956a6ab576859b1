import type {PasteQuestion, SecretQuestion, TextQuestion} from '../src/engine/types.js'
import {safe, say, type SafeText} from '../src/text/safe-text.js'
import type {Area} from './area.js'
import {intentOf, type Binding, type KeyPress, type Reduced} from './keys.js'
import {headOf, tailOf, type Line} from './line.js'

/** A field of one value: typed text, a secret, or a paste of several lines. */
export type FieldQuestion = TextQuestion | SecretQuestion | PasteQuestion

export interface FieldState {
  readonly value: string
  /** Position of the cursor in UTF-16 code units. */
  readonly cursor: number
  /** It was given as an answer and stands here still, so it was refused. */
  readonly isRefused?: boolean
}

type Intent =
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'erase'
  | 'erase-next'
  | 'end-of-input'
  | 'erase-word'
  | 'clear'
  | 'cut-rest'
  | 'submit'

export const fieldBindings: readonly Binding<Intent>[] = [
  {keys: ['enter'], intent: 'submit', help: {keys: say`Enter`, does: say`next`}},
  {keys: ['left', 'ctrl+b'], intent: 'left'},
  {keys: ['right', 'ctrl+f'], intent: 'right'},
  {keys: ['home', 'ctrl+a'], intent: 'home'},
  {keys: ['end', 'ctrl+e'], intent: 'end'},
  {keys: ['backspace'], intent: 'erase'},
  {keys: ['delete'], intent: 'erase-next'},
  {keys: ['ctrl+d'], intent: 'end-of-input'},
  {keys: ['ctrl+w'], intent: 'erase-word'},
  {keys: ['ctrl+u'], intent: 'clear', help: {keys: say`Ctrl+U`, does: say`clear`}},
  {keys: ['ctrl+k'], intent: 'cut-rest'},
]

export function initialField(value = ''): FieldState {
  return {value, cursor: value.length}
}

export function reduceField(
  question: FieldQuestion,
  state: FieldState,
  press: KeyPress,
): Reduced<FieldState, string> {
  const {value, cursor} = state
  const edit = (from: number, to: number, text = '') => ({
    state: {value: value.slice(0, from) + text + value.slice(to), cursor: from + text.length},
  })
  const before = cursor - (stepBack(value, cursor)?.length ?? 0)
  const after = cursor + ([...value.slice(cursor)][0]?.length ?? 0)
  const intent = intentOf(fieldBindings, press)
  // As in a terminal it ends what is typed, where nothing stands behind the cursor to be erased.
  const isEnd =
    intent === 'end-of-input' && question.kind === 'paste' && value !== '' && cursor === value.length
  switch (isEnd ? 'submit' : intent) {
    case 'submit':
      return {
        state: {value, cursor, isRefused: true},
        submitted: value === '' && question.kind === 'text' ? (question.initial ?? '') : value,
      }
    case 'left':
      return {state: {value, cursor: before}}
    case 'right':
      return {state: {value, cursor: after}}
    case 'home':
      return {state: {value, cursor: 0}}
    case 'end':
      return {state: {value, cursor: value.length}}
    case 'erase':
      // What was pasted is not on the screen, so it is erased whole.
      return question.kind === 'paste' && /[\r\n]/.test(value) ? edit(0, value.length) : edit(before, cursor)
    case 'erase-next':
    case 'end-of-input':
      return edit(cursor, after)
    case 'erase-word':
      return edit(value.slice(0, cursor).replace(/\S+\s*$/, '').length, cursor)
    case 'clear':
      return edit(0, value.length)
    case 'cut-rest':
      return edit(cursor, value.length)
    case undefined:
      if (press.kind === 'key') return {state}
      return replacesAll(question, state, press)
        ? edit(0, value.length, insertable(question, press))
        : edit(cursor, cursor, insertable(question, press))
  }
}

/**
 * What cannot be seen cannot be added to: a paste takes the place of anything in a hidden field, and so does what is
 * typed once its value was refused. Where the value is seen, only the first paste after a refusal does.
 */
function replacesAll(question: FieldQuestion, state: FieldState, press: KeyPress): boolean {
  const isRefused = state.isRefused === true
  if (press.kind === 'paste') return isRefused || question.kind !== 'text'
  return isRefused && shownValue(question, state.value) !== state.value
}

/** A pasted line end never submits: it stays in a paste field and falls away in a field of one line. */
function insertable(question: FieldQuestion, press: Exclude<KeyPress, {kind: 'key'}>): string {
  if (press.kind === 'text') return press.text
  return question.kind === 'paste' ? press.text : press.text.trim().replace(/[\r\n\t]+/g, ' ')
}

function stepBack(value: string, cursor: number): string | undefined {
  return [...value.slice(0, cursor)].at(-1)
}

/** What of the value stands on the screen, with the cursor where it belongs. */
function fieldLine(question: FieldQuestion, state: FieldState, width: number): Line {
  const prompt = {text: say`› `, tone: 'good' as const}
  const room = Math.max(4, width - 4)
  if (question.kind === 'text' && state.value === '' && question.initial) {
    return [prompt, cursorCell(), {text: safe(headOf(question.initial, room)), tone: 'dim'}]
  }
  const shown = shownValue(question, state.value)
  const isVerbatim = shown.length === state.value.length
  const left = safe(tailOf(isVerbatim ? shown.slice(0, state.cursor) : shown, room))
  const right = isVerbatim ? safe(headOf(shown.slice(state.cursor), Math.max(1, room - left.length))) : say``
  return [prompt, {text: left}, cursorCell(), {text: right}]
}

function cursorCell(): {text: SafeText; tone: 'dim'} {
  return {text: say`▏`, tone: 'dim'}
}

function shownValue(question: FieldQuestion, value: string): SafeText {
  switch (question.kind) {
    case 'text':
      return safe(value)
    case 'secret':
      return safe('•'.repeat(value.length))
    case 'paste':
      return value === '' ? say`` : question.reveal(value)
  }
}

export function fieldArea(question: FieldQuestion, state: FieldState, width: number): Area {
  return {aria: {role: 'textbox'}, parts: [{lines: [fieldLine(question, state, width)]}]}
}
