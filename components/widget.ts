import type {Answer, Question} from '../src/engine/types.js'
import type {Area} from './area.js'
import {
  bindingsOfChooseMany,
  chooseManyArea,
  chooseManyHead,
  initialChooseMany,
  reduceChooseMany,
  type ChooseManyState,
} from './choose-many.js'
import {confirmArea, confirmBindings, initialConfirm, reduceConfirm, type ConfirmState} from './confirm.js'
import type {Binding, KeyPress, Reduced} from './keys.js'
import {
  bindingsOfSelect,
  initialSelect,
  reduceSelect,
  selectArea,
  selectHeight,
  type SelectState,
} from './select.js'
import {fieldArea, fieldBindings, initialField, reduceField, type FieldState} from './text-field.js'

/** A question with the state of the widget that asks it. Front ends hold one and never look inside. */
export type WidgetState =
  | {readonly kind: 'select'; readonly state: SelectState}
  | {readonly kind: 'choose-many'; readonly state: ChooseManyState}
  | {readonly kind: 'confirm'; readonly state: ConfirmState}
  | {readonly kind: 'field'; readonly state: FieldState}

/** The widget as it begins: with what was answered earlier, or with what the question suggests. */
export function initialWidget(question: Question, earlier?: Answer): WidgetState {
  const text = typeof earlier === 'string' ? earlier : undefined
  switch (question.kind) {
    case 'select':
      return {kind: 'select', state: initialSelect(question, text)}
    case 'choose-many':
      return {
        kind: 'choose-many',
        state: initialChooseMany(question, Array.isArray(earlier) ? (earlier as string[]) : undefined),
      }
    case 'confirm':
      return {
        kind: 'confirm',
        state: initialConfirm(question, typeof earlier === 'boolean' ? earlier : undefined),
      }
    default:
      return {
        kind: 'field',
        state: initialField(text ?? (question.kind === 'paste' ? question.initial : undefined)),
      }
  }
}

/** One key press on the widget. Pure, so two keys that arrive in one write are two calls on the newest state. */
export function reduceWidget(
  question: Question,
  widget: WidgetState,
  press: KeyPress,
): Reduced<WidgetState, Answer> {
  if (question.kind === 'select' && widget.kind === 'select') {
    return rewrap('select', reduceSelect(question, widget.state, press))
  }
  if (question.kind === 'choose-many' && widget.kind === 'choose-many') {
    return rewrap('choose-many', reduceChooseMany(question, widget.state, press))
  }
  if (question.kind === 'confirm' && widget.kind === 'confirm') {
    return rewrap('confirm', reduceConfirm(question, widget.state, press))
  }
  if (widget.kind === 'field' && isField(question))
    return rewrap('field', reduceField(question, widget.state, press))
  return {state: widget}
}

function rewrap<K extends WidgetState['kind'], S, A extends Answer>(
  kind: K,
  reduced: Reduced<S, A>,
): Reduced<WidgetState, Answer> {
  const state = {kind, state: reduced.state} as unknown as WidgetState
  return reduced.submitted === undefined ? {state} : {state, submitted: reduced.submitted}
}

type FieldKind = Extract<Question, {kind: 'text' | 'secret' | 'paste'}>

function isField(question: Question): question is FieldKind {
  return question.kind === 'text' || question.kind === 'secret' || question.kind === 'paste'
}

export function bindingsOf(question: Question): readonly Binding<string>[] {
  switch (question.kind) {
    case 'select':
      return bindingsOfSelect(question)
    case 'choose-many':
      return bindingsOfChooseMany(question)
    case 'confirm':
      return confirmBindings
    default:
      return fieldBindings
  }
}

/** Rows the widget would like, in full. */
export function widgetHeight(question: Question, width: number): number {
  switch (question.kind) {
    case 'select':
      return selectHeight(question, width)
    case 'choose-many':
      return selectHeight({...question, isSearchable: false}, width - 4) + chooseManyHead(question)
    case 'confirm':
      return 2
    default:
      return 1
  }
}

/** @param width cells a row may take @param rows the most that it may take */
export function widgetArea(question: Question, widget: WidgetState, width: number, rows: number): Area {
  if (question.kind === 'select' && widget.kind === 'select')
    return selectArea(question, widget.state, width, rows)
  if (question.kind === 'choose-many' && widget.kind === 'choose-many')
    return chooseManyArea(question, widget.state, width, rows)
  if (question.kind === 'confirm' && widget.kind === 'confirm') return confirmArea(question, widget.state)
  if (widget.kind === 'field' && isField(question)) return fieldArea(question, widget.state, width)
  return {parts: []}
}
