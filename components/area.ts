import type {Line} from './line.js'

/** What a screen reader is told of a part: one choice of several, and whether it is taken. */
interface PartRole {
  readonly role: 'option' | 'radio'
  readonly state: {readonly selected?: boolean; readonly checked?: boolean}
}

/** Rows that belong together. */
export interface Part {
  readonly lines: readonly Line[]
  readonly aria?: PartRole
}

/** A part of the screen, as data: drawn by Ink, or printed before Ink is loaded. */
export interface Area {
  readonly parts: readonly Part[]
  /** Without one the rows are text like any other. */
  readonly aria?: {
    readonly role: 'listbox' | 'radiogroup' | 'textbox' | 'progressbar'
    readonly state?: {readonly multiselectable?: boolean; readonly busy?: boolean}
  }
}

/** Rows of text. */
export function text(lines: readonly Line[]): Area {
  return {parts: [{lines}]}
}

export function linesOf(areas: readonly Area[]): Line[] {
  return areas.flatMap(({parts}) => parts.flatMap(({lines}) => lines))
}
