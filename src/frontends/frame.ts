/** One screen of a flow as data, the same for Ink and for what is printed before Ink is loaded. */
import {helpOf, type KeyHelp} from '../../components/key-help.js'
import type {ScreenProps} from '../../components/screen.js'
import {bindingsOf, initialWidget, type WidgetState} from '../../components/widget.js'
import type {Snapshot} from '../engine/driver.js'
import {offersOf} from '../engine/offers.js'
import type {Step} from '../engine/types.js'
import type {ValidationError} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'

/** What the front end itself remembers of the step that stands: none of it outlives the step. */
export interface Local {
  serial: number
  widget: WidgetState | undefined
  complaint: ValidationError | undefined
  scroll: number
}

/** A step as it begins. */
export function localOf<E, P, O>({step, serial, earlier}: Snapshot<E, P, O>): Local {
  return {
    serial,
    widget: step.kind === 'ask' ? initialWidget(step.question, earlier) : undefined,
    complaint: undefined,
    scroll: 0,
  }
}

/** @param size columns and rows of the terminal */
export function frameOf<E, P, O>(
  {step, trail, note, workStartedAt, canGoBack}: Snapshot<E, P, O>,
  local: Local,
  size: {readonly columns: number; readonly rows: number},
  badge: SafeText | undefined,
): ScreenProps {
  return {
    columns: size.columns || 80,
    rows: size.rows || 24,
    trail,
    panels: step.panels ?? [],
    scroll: local.scroll,
    help: helpFor(step, canGoBack),
    ...(badge ? {badge} : {}),
    ...(step.kind === 'ask' ? {question: step.question} : {}),
    ...(local.widget ? {widget: local.widget} : {}),
    ...(step.kind === 'work'
      ? {work: {title: step.title, elapsedMs: Date.now() - (workStartedAt ?? Date.now())}}
      : {}),
    ...(local.complaint ? {complaint: local.complaint} : {}),
    ...(note ? {note} : {}),
  }
}

/** The footer, from the bindings themselves. */
function helpFor<E, P, O>(step: Step<E, P, O>, canGoBack: boolean): readonly KeyHelp[] {
  const own =
    step.kind === 'ask'
      ? helpOf(bindingsOf(step.question))
      : step.kind === 'show'
        ? [{keys: say`Enter`, does: step.proceed}]
        : []
  const offers = offersOf(step).map(({key, label}) => ({keys: keyName(key), does: label}))
  const back = canGoBack ? [{keys: say`Esc`, does: say`back`}] : []
  return [...own, ...offers, ...back, {keys: say`Ctrl+C`, does: say`leave`}]
}

function keyName(key: string): SafeText {
  return key.startsWith('ctrl+') ? say`Ctrl+${key.slice(5).toUpperCase()}` : safe(key)
}
