import {Box} from 'ink'
import type {ConfirmQuestion} from '../src/engine/types.js'
import {say} from '../src/safety/safe-text.js'
import {intentOf, type Binding, type KeyPress, type Reduced} from './keys.js'
import {Row} from './rows.js'

export interface ConfirmState {
  readonly isYes: boolean
}

type Intent = 'yes' | 'no' | 'toggle' | 'submit'

export const confirmBindings: readonly Binding<Intent>[] = [
  {keys: ['y', 'Y'], intent: 'yes', help: {keys: say`y/n`, does: say`answer`}},
  {keys: ['n', 'N'], intent: 'no'},
  {keys: ['left', 'right', 'up', 'down', 'tab'], intent: 'toggle', help: {keys: say`←→`, does: say`change`}},
  {keys: ['enter'], intent: 'submit', help: {keys: say`Enter`, does: say`take it`}},
]

export function initialConfirm(question: ConfirmQuestion, isYes = question.initial ?? true): ConfirmState {
  return {isYes}
}

export function reduceConfirm(
  _question: ConfirmQuestion,
  state: ConfirmState,
  press: KeyPress,
): Reduced<ConfirmState, boolean> {
  switch (intentOf(confirmBindings, press)) {
    case 'yes':
      return {state: {isYes: true}, submitted: true}
    case 'no':
      return {state: {isYes: false}, submitted: false}
    case 'toggle':
      return {state: {isYes: !state.isYes}}
    case 'submit':
      return {state, submitted: state.isYes}
    case undefined:
      return {state}
  }
}

export function Confirm({
  question,
  state,
}: {
  readonly question: ConfirmQuestion
  readonly state: ConfirmState
}) {
  const option = (isThis: boolean, label = say`Yes`) =>
    isThis
      ? [
          {text: say`❯ `, tone: 'good' as const},
          {text: label, tone: 'strong' as const},
        ]
      : [{text: say`  `}, {text: label}]
  return (
    <Box flexDirection="column" aria-role="radiogroup">
      <Box aria-role="radio" aria-state={{checked: state.isYes}}>
        <Row spans={option(state.isYes, question.yes ?? say`Yes`)} />
      </Box>
      <Box aria-role="radio" aria-state={{checked: !state.isYes}}>
        <Row spans={option(!state.isYes, question.no ?? say`No`)} />
      </Box>
    </Box>
  )
}
