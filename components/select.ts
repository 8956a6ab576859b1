import type {Choice, SelectQuestion} from '../src/engine/types.js'
import {editDistance} from '../src/text/edit-distance.js'
import {safe, say, type SafeText} from '../src/text/safe-text.js'
import type {Area, Part} from './area.js'
import {intentOf, type Binding, type KeyPress, type Reduced} from './keys.js'
import {line, wrapText, type Line} from './line.js'

export interface SelectState {
  readonly focused: number
  readonly filter: string
}

type Intent = 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down' | 'submit' | 'erase' | 'clear'

const PAGE = 8

/** A page further in a list. One that has no second page stays: there the key is meant for what stands above it. */
export function paged(focused: number, direction: 1 | -1, count: number): number {
  return count > PAGE ? focused + direction * PAGE : focused
}

/** Rows of a list that have room for the counts of what is hidden above and below. */
export const MIN_COUNTED_ROWS = 3

const selectBindings: readonly Binding<Intent>[] = [
  {keys: ['up', 'ctrl+p'], intent: 'up', help: {keys: say`↑↓`, does: say`move`}},
  {keys: ['down', 'ctrl+n', 'tab'], intent: 'down'},
  {keys: ['home'], intent: 'first'},
  {keys: ['end'], intent: 'last'},
  {keys: ['pageup'], intent: 'page-up'},
  {keys: ['pagedown'], intent: 'page-down'},
  {keys: ['enter'], intent: 'submit', help: {keys: say`Enter`, does: say`choose`}},
]

const searchBindings: readonly Binding<Intent>[] = [
  {keys: ['backspace'], intent: 'erase', help: {keys: say`letters`, does: say`search`}},
  {keys: ['ctrl+u'], intent: 'clear'},
]

export function bindingsOfSelect(question: SelectQuestion): readonly Binding<Intent>[] {
  return question.isSearchable ? [...selectBindings, ...searchBindings] : selectBindings
}

export function initialSelect(question: SelectQuestion, initial = question.initial): SelectState {
  const index = question.choices.findIndex((choice) => choice.id === initial)
  return {focused: Math.max(0, index), filter: ''}
}

/**
 * The choices that match what was typed: each word occurs in the id, label or hint, or begins a keyword. Where none does, those
 * that it may be a misspelling of.
 */
export function matching(question: Pick<SelectQuestion, 'choices'>, filter: string): readonly Choice[] {
  const {choices} = question
  const words = wordsOf(filter)
  if (words.length === 0) return choices
  const found = choices.filter((choice) => isMatch(choice, words))
  return found.length > 0 ? found : nearest(choices, filter.trim().toLowerCase())
}

const wordsOf = (filter: string) => filter.toLowerCase().split(/\s+/).filter(Boolean)

function isMatch(
  {id, label, hint = say``, keywords = '', searched}: Choice,
  words: readonly string[],
): boolean {
  const text = (searched ?? `${id} ${label} ${hint}`).toLowerCase()
  const beginnings = keywords.toLowerCase().split(/[\s,]+/)
  return words.every((word) => text.includes(word) || beginnings.some((each) => each.startsWith(word)))
}

/** Letters that may be wrong, and the shortest text of which that can be said. */
const MAX_WRONG = 2
const MIN_TYPED = 4

function nearest(choices: readonly Choice[], typed: string): readonly Choice[] {
  if (typed.length < MIN_TYPED || typed.length > 40) return []
  const wrong = choices.map(({id}) => editDistance(typed, id.toLowerCase(), MAX_WRONG))
  const least = Math.min(...wrong)
  return least <= MAX_WRONG ? choices.filter((_, index) => wrong[index] === least) : []
}

/** What is shown is meant, and not what was typed. */
function isMisspelt(choices: readonly Choice[], filter: string): boolean {
  const [first] = choices
  return first !== undefined && !isMatch(first, wordsOf(filter))
}

export function reduceSelect(
  question: SelectQuestion,
  state: SelectState,
  press: KeyPress,
): Reduced<SelectState, string> {
  const choices = matching(question, state.filter)
  const move = (to: number) => ({
    state: {...state, focused: Math.min(Math.max(to, 0), Math.max(choices.length - 1, 0))},
  })
  switch (intentOf(bindingsOfSelect(question), press)) {
    case 'up':
      return move(state.focused === 0 ? choices.length - 1 : state.focused - 1)
    case 'down':
      return move(state.focused === choices.length - 1 ? 0 : state.focused + 1)
    case 'first':
      return move(0)
    case 'last':
      return move(choices.length - 1)
    case 'page-up':
      return move(paged(state.focused, -1, choices.length))
    case 'page-down':
      return move(paged(state.focused, 1, choices.length))
    case 'erase':
      return {state: {focused: 0, filter: [...state.filter].slice(0, -1).join('')}}
    case 'clear':
      return {state: {focused: 0, filter: ''}}
    case 'submit': {
      const chosen = choices[state.focused]
      return chosen ? {state, submitted: chosen.id} : {state}
    }
    case undefined:
      return typed(question, state, press)
  }
}

/** Typed text narrows a searchable list; in a short one a digit moves to that choice. */
function typed(question: SelectQuestion, state: SelectState, press: KeyPress): Reduced<SelectState, string> {
  if (press.kind === 'key') return {state}
  if (question.isSearchable)
    return {state: {focused: 0, filter: state.filter + press.text.replace(/[\r\n]+/g, ' ')}}
  const digit = /^[1-9]$/.test(press.text) ? Number(press.text) - 1 : undefined
  if (digit === undefined || digit >= question.choices.length) return {state}
  return {state: {...state, focused: digit}}
}

/** The window of choices that fits `rows`, always with the focused one, and how many are hidden on each side. */
export function windowOf(
  heights: readonly number[],
  focused: number,
  rows: number,
): {readonly from: number; readonly to: number} {
  let from = focused
  let to = focused + 1
  let used = heights[focused] ?? 0
  for (;;) {
    const below = heights[to]
    const above = heights[from - 1]
    if (
      below !== undefined &&
      used + below <= rows &&
      (to - focused <= focused - from || above === undefined)
    ) {
      used += below
      to += 1
    } else if (above !== undefined && used + above <= rows) {
      used += above
      from -= 1
    } else if (below !== undefined && used + below <= rows) {
      used += below
      to += 1
    } else return {from, to}
  }
}

export function choiceLines(choice: Choice, isFocused: boolean, width: number): Line[] {
  const labels = wrapText(choice.label, width - 2)
  const hints = choice.hint ? wrapText(choice.hint, width - 4) : []
  return [
    ...labels.map((text, index): Line => {
      const marker = isFocused && index === 0 ? say`❯ ` : say`  `
      return isFocused
        ? [
            {text: marker, tone: 'good'},
            {text, tone: 'strong'},
          ]
        : [{text: marker}, {text}]
    }),
    ...hints.map((text): Line => [{text: say`    `}, {text, tone: 'dim'}]),
  ]
}

/** Where not all fits, only the choice that is marked keeps its hint, and that in the rows there are. */
function crampedLines(choice: Choice, isFocused: boolean, width: number, room: number): Line[] {
  const {hint: _hint, ...bare} = choice
  return shortened(choiceLines(isFocused ? choice : bare, isFocused, width), room, width)
}

/** What does not fit is marked as cut. */
function shortened(lines: readonly Line[], room: number, width: number): Line[] {
  const kept = lines.slice(0, room)
  const last = kept.at(-1)
  if (kept.length === lines.length || !last) return kept
  const [end] = last.slice(-1)
  const text = end?.text ?? ''
  const used = last.reduce((sum, part) => sum + part.text.length, 0)
  const cut = used + 2 > width ? text.slice(0, Math.max(0, text.length - (used + 2 - width))).trimEnd() : text
  return [...kept.slice(0, -1), [...last.slice(0, -1), {...end, text: say`${cut} …`}]]
}

export function selectHeight(
  question: Pick<SelectQuestion, 'choices' | 'isSearchable'>,
  width: number,
): number {
  const choices = question.choices.reduce((sum, choice) => sum + choiceLines(choice, false, width).length, 0)
  return choices + (question.isSearchable ? 1 : 0)
}

/** Without a label of its own: to a screen reader Ink would read that in place of the choices. The question stands above. */
export function selectArea(
  question: SelectQuestion,
  {filter, focused}: SelectState,
  width: number,
  rows: number,
): Area {
  const choices = matching(question, filter)
  const whole = choices.map((choice, index) => choiceLines(choice, index === focused, width))
  const spare = rows - (question.isSearchable ? 1 : 0)
  // Measured with all choices, whatever the search leaves of them: the first row stays where it is.
  const isAll = selectHeight({choices: question.choices}, width) <= spare
  // In the fewest rows the choice itself comes before the counts of what is hidden.
  const hasCounts = !isAll && spare >= MIN_COUNTED_ROWS
  const room = Math.max(1, hasCounts ? spare - 2 : spare)
  const blocks = isAll
    ? whole
    : choices.map((choice, index) => crampedLines(choice, index === focused, width, room))
  const heights = blocks.map((block) => block.length)
  const {from, to} = isAll ? {from: 0, to: blocks.length} : windowOf(heights, focused, room)
  const hidden = (sign: SafeText, count: number): Part[] =>
    hasCounts ? [{lines: [line(count > 0 ? say`  ${sign} ${count} more` : say` `, 'dim')]}] : []
  return {
    aria: {role: 'listbox'},
    parts: [
      ...(question.isSearchable
        ? [searchPart(filter, isMisspelt(choices, filter) ? line(DID_YOU_MEAN, 'warning') : [])]
        : []),
      ...hidden(say`▲`, from),
      ...blocks.slice(from, to).map((lines, index): Part => ({
        lines,
        aria: {role: 'option', state: {selected: from + index === focused}},
      })),
      ...(choices.length === 0 ? [NO_MATCH] : []),
      ...hidden(say`▼`, choices.length - to),
    ],
  }
}

/** What was typed to narrow a list, and what else stands in that row. */
export function searchPart(filter: string, besides: Line): Part {
  const cursor = {text: besides.length > 0 ? say`▏  ` : say`▏`, tone: 'dim'} as const
  return {lines: [[{text: say`Search: `, tone: 'dim'}, {text: safe(filter)}, cursor, ...besides]]}
}

const DID_YOU_MEAN = say`Nothing is called so. Did you mean:`

export const NO_MATCH: Part = {
  lines: [line(say`  Nothing matches. Backspace widens the search.`, 'warning')],
}
