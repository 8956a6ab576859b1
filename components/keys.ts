import type {SafeText} from '../src/text/safe-text.js'

/** One thing a person did at the keyboard: a named key, typed text, or a whole paste. */
export type KeyPress =
  | {readonly kind: 'key'; readonly name: string}
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'paste'; readonly text: string}

/** Which keys mean what in a widget, with the words the footer shows for it. */
export interface Binding<Intent extends string> {
  readonly keys: readonly string[]
  readonly intent: Intent
  /** Shown in the key help; a binding without it works but is not advertised. */
  readonly help?: {readonly keys: SafeText; readonly does: SafeText}
}

/** What a widget's reducer says: its new state, and the answer once there is one. */
export interface Reduced<State, Answer> {
  readonly state: State
  readonly submitted?: Answer
}

export function intentOf<Intent extends string>(
  bindings: readonly Binding<Intent>[],
  press: KeyPress,
): Intent | undefined {
  const name = press.kind === 'key' ? press.name : press.kind === 'text' ? press.text : undefined
  return bindings.find((binding) => name !== undefined && binding.keys.includes(name))?.intent
}
