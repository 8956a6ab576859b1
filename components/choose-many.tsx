import {Box} from 'ink'
import type {ChooseManyQuestion} from '../src/engine/types.js'
import {say} from '../src/safety/safe-text.js'
import {intentOf, type Binding, type KeyPress, type Reduced} from './keys.js'
import {Row, Rows, line, type Line} from './line.js'
import {choiceLines, windowOf} from './select.js'

export interface ChooseManyState {
  readonly focused: number
  readonly chosen: readonly string[]
}

type Intent = 'up' | 'down' | 'toggle' | 'all' | 'submit'

export const chooseManyBindings: readonly Binding<Intent>[] = [
  {keys: ['up', 'ctrl+p'], intent: 'up', help: {keys: say`↑↓`, does: say`move`}},
  {keys: ['down', 'ctrl+n', 'tab'], intent: 'down'},
  {keys: [' '], intent: 'toggle', help: {keys: say`Space`, does: say`mark`}},
  {keys: ['a'], intent: 'all', help: {keys: say`a`, does: say`all or none`}},
  {keys: ['enter'], intent: 'submit', help: {keys: say`Enter`, does: say`take marked`}},
]

export function initialChooseMany(question: ChooseManyQuestion): ChooseManyState {
  return {focused: 0, chosen: question.initial ?? []}
}

export function reduceChooseMany(
  question: ChooseManyQuestion,
  state: ChooseManyState,
  press: KeyPress,
): Reduced<ChooseManyState, readonly string[]> {
  const count = question.choices.length
  switch (intentOf(chooseManyBindings, press)) {
    case 'up':
      return {state: {...state, focused: (state.focused + count - 1) % Math.max(count, 1)}}
    case 'down':
      return {state: {...state, focused: (state.focused + 1) % Math.max(count, 1)}}
    case 'toggle': {
      const id = question.choices[state.focused]?.id
      if (id === undefined) return {state}
      const isChosen = state.chosen.includes(id)
      return {
        state: {
          ...state,
          chosen: isChosen ? state.chosen.filter((other) => other !== id) : [...state.chosen, id],
        },
      }
    }
    case 'all':
      return {
        state: {...state, chosen: state.chosen.length === count ? [] : question.choices.map(({id}) => id)},
      }
    case 'submit':
      return {state, submitted: question.choices.map(({id}) => id).filter((id) => state.chosen.includes(id))}
    case undefined:
      return {state}
  }
}

interface ChooseManyProps {
  readonly question: ChooseManyQuestion
  readonly state: ChooseManyState
  readonly width: number
  readonly rows: number
}

export function ChooseMany({question, state, width, rows}: ChooseManyProps) {
  const blocks = question.choices.map((choice, index): Line[] => {
    const box = state.chosen.includes(choice.id) ? say`[x] ` : say`[ ] `
    const lines = choiceLines(choice, index === state.focused, width - 4)
    return lines.map((spans, row) => [{text: row === 0 ? box : say`    `}, ...spans])
  })
  const heights = blocks.map((block) => block.length)
  const {from, to} = windowOf(heights, state.focused, Math.max(1, rows - 2))
  return (
    <Box
      flexDirection="column"
      aria-role="listbox"

      aria-state={{multiselectable: true}}
    >
      {from > 0 ? <Row spans={line(say`  ▲ ${from} more`, 'dim')} /> : null}
      {blocks.slice(from, to).map((lines, index) => (
        <Box
          key={from + index}
          flexDirection="column"
          aria-role="option"
          aria-state={{checked: state.chosen.includes(question.choices[from + index]?.id ?? '')}}
        >
          <Rows lines={lines} />
        </Box>
      ))}
      {to < blocks.length ? <Row spans={line(say`  ▼ ${blocks.length - to} more`, 'dim')} /> : null}
    </Box>
  )
}
