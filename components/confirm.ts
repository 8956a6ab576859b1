import type {ConfirmQuestion} from '../src/engine/types.js'
import {say, type SafeText} from '../src/text/safe-text.js'
import type {Area, Part} from './area.js'
import {intentOf, type Binding, type KeyPress, type Reduced} from './keys.js'

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

export function confirmArea(question: ConfirmQuestion, {isYes}: ConfirmState): Area {
  const option = (isThis: boolean, label: SafeText): Part => ({
    lines: [
      isThis
        ? [
            {text: say`❯ `, tone: 'good'},
            {text: label, tone: 'strong'},
          ]
        : [{text: say`  `}, {text: label}],
    ],
    aria: {role: 'radio', state: {checked: isThis}},
  })
  return {
    aria: {role: 'radiogroup'},
    parts: [option(isYes, question.yes ?? say`Yes`), option(!isYes, question.no ?? say`No`)],
  }
}
