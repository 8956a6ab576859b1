import type {ChooseManyQuestion} from '../src/engine/types.js'
import {say, type SafeText} from '../src/text/safe-text.js'
import type {Area, Part} from './area.js'
import {intentOf, type Binding, type KeyPress, type Reduced} from './keys.js'
import {line, type Line} from './line.js'
import {MIN_COUNTED_ROWS, NO_MATCH, choiceLines, matching, paged, searchPart, windowOf} from './select.js'

export interface ChooseManyState {
  /** Place in the list as it is narrowed now. */
  readonly focused: number
  readonly chosen: readonly string[]
  readonly filter: string
}

type Intent = 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down' | 'toggle' | 'all' | 'submit'
type SearchIntent = Intent | 'erase' | 'clear'

const common: readonly Binding<Intent>[] = [
  {keys: ['up', 'ctrl+p'], intent: 'up', help: {keys: say`↑↓`, does: say`move`}},
  {keys: ['down', 'ctrl+n', 'tab'], intent: 'down'},
  {keys: ['home'], intent: 'first'},
  {keys: ['end'], intent: 'last'},
  {keys: ['pageup'], intent: 'page-up'},
  {keys: ['pagedown'], intent: 'page-down'},
  {keys: [' '], intent: 'toggle', help: {keys: say`Space`, does: say`mark`}},
  {keys: ['enter'], intent: 'submit', help: {keys: say`Enter`, does: say`take marked`}},
]

const bindings: readonly Binding<Intent>[] = [
  ...common,
  {keys: ['a'], intent: 'all', help: {keys: say`a`, does: say`all or none`}},
]

/** Where letters search, all that is shown is marked with a control key. */
const searchBindings: readonly Binding<SearchIntent>[] = [
  ...common,
  {keys: ['ctrl+a'], intent: 'all', help: {keys: say`Ctrl+A`, does: say`all or none`}},
  {keys: ['backspace'], intent: 'erase', help: {keys: say`letters`, does: say`search`}},
  {keys: ['ctrl+u'], intent: 'clear'},
]

export function bindingsOfChooseMany({isSearchable}: ChooseManyQuestion): readonly Binding<SearchIntent>[] {
  return isSearchable ? searchBindings : bindings
}

export function initialChooseMany(
  question: ChooseManyQuestion,
  chosen = question.initial ?? [],
): ChooseManyState {
  return {focused: 0, chosen, filter: ''}
}

export function reduceChooseMany(
  question: ChooseManyQuestion,
  state: ChooseManyState,
  press: KeyPress,
): Reduced<ChooseManyState, readonly string[]> {
  const shown = matching(question, state.filter)
  const last = Math.max(shown.length - 1, 0)
  const move = (to: number) => ({state: {...state, focused: Math.min(Math.max(to, 0), last)}})
  const narrow = (filter: string) => ({state: {...state, focused: 0, filter}})
  switch (intentOf(bindingsOfChooseMany(question), press)) {
    case 'up':
      return move(state.focused === 0 ? last : state.focused - 1)
    case 'down':
      return move(state.focused === last ? 0 : state.focused + 1)
    case 'first':
      return move(0)
    case 'last':
      return move(last)
    case 'page-up':
      return move(paged(state.focused, -1, shown.length))
    case 'page-down':
      return move(paged(state.focused, 1, shown.length))
    case 'toggle': {
      const id = shown[state.focused]?.id
      return id === undefined
        ? {state}
        : {state: {...state, chosen: without(state.chosen, [id]) ?? [...state.chosen, id]}}
    }
    case 'all': {
      const ids = shown.map(({id}) => id)
      const others = state.chosen.filter((id) => !ids.includes(id))
      const areAllChosen = ids.every((id) => state.chosen.includes(id))
      return {state: {...state, chosen: areAllChosen ? others : [...others, ...ids]}}
    }
    case 'erase':
      return narrow([...state.filter].slice(0, -1).join(''))
    case 'clear':
      return narrow('')
    case 'submit':
      return {state, submitted: question.choices.map(({id}) => id).filter((id) => state.chosen.includes(id))}
    case undefined:
      return press.kind === 'key' || !question.isSearchable
        ? {state}
        : narrow(state.filter + press.text.replace(/[\r\n]+/g, ' '))
  }
}

/** The list without these, or nothing where none of them was in it. */
function without(list: readonly string[], ids: readonly string[]): readonly string[] | undefined {
  const rest = list.filter((id) => !ids.includes(id))
  return rest.length === list.length ? undefined : rest
}

/** Rows above the choices: the search, and how many are marked. */
export function chooseManyHead(question: ChooseManyQuestion): number {
  return question.isSearchable ? 1 : 0
}

export function chooseManyArea(
  question: ChooseManyQuestion,
  state: ChooseManyState,
  width: number,
  rows: number,
): Area {
  const shown = matching(question, state.filter)
  const parts = shown.map((choice, index): Part => {
    const isChosen = state.chosen.includes(choice.id)
    const box = isChosen ? say`[x] ` : say`[ ] `
    const lines = choiceLines(choice, index === state.focused, width - 4)
    return {
      lines: lines.map((spans, row) => [{text: row === 0 ? box : say`    `}, ...spans]),
      aria: {role: 'option', state: {checked: isChosen}},
    }
  })
  const heights = parts.map(({lines}) => lines.length)
  const spare = rows - chooseManyHead(question)
  const hasCounts = spare >= MIN_COUNTED_ROWS
  const room = Math.max(1, hasCounts ? spare - 2 : spare)
  const {from, to} = windowOf(heights, state.focused, room)
  const hidden = (sign: SafeText, count: number): Part[] =>
    hasCounts && count > 0 ? [{lines: [line(say`  ${sign} ${count} more`, 'dim')]}] : []
  const marked: Line = [
    {text: say`${state.chosen.length} marked`, tone: state.chosen.length > 0 ? 'good' : 'dim'},
  ]
  return {
    aria: {role: 'listbox', state: {multiselectable: true}},
    parts: [
      ...(question.isSearchable ? [searchPart(state.filter, marked)] : []),
      ...hidden(say`▲`, from),
      ...parts.slice(from, to),
      ...(shown.length === 0 && question.choices.length > 0 ? [NO_MATCH] : []),
      ...hidden(say`▼`, parts.length - to),
    ],
  }
}
