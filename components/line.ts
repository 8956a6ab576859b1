import stringWidth from 'string-width'
import type {SafeText} from '../src/text/safe-text.js'
import type {Tone} from '../src/engine/types.js'

/** A run of text in one tone. */
export interface Span {
  readonly text: SafeText
  readonly tone?: Tone
}

/** One row of the screen. */
export type Line = readonly Span[]

export const EMPTY: Line = []

/** Fewest cells that a row needs. */
export const MIN_WIDTH = 20
/** Widest text that is still easy to read. */
const MAX_WIDTH = 96

/** Cells of a row in a terminal of so many columns: the last one stays free, as a full row would wrap. */
export function widthOf(columns: number | undefined): number {
  return Math.max(MIN_WIDTH, Math.min((columns || 80) - 1, MAX_WIDTH))
}

export function line(text: SafeText, tone?: Tone): Line {
  return tone ? [{text, tone}] : [{text}]
}

/**
 * Breaks text at blanks into rows of at most `width` cells; a word longer than a row is cut, after a slash where it
 * has one (an ARN, a path). A command between back-ticks stays on one row where a row can hold it, so that it can be
 * copied.
 * `hang` cells are left free at the start of every row but the first.
 */
export function wrapText(text: SafeText, width: number, hang = 0): SafeText[] {
  const rows: string[] = []
  let row = ''
  const room = () => Math.max(1, rows.length === 0 ? width : width - hang)
  const flush = () => {
    rows.push((rows.length === 0 ? '' : ' '.repeat(hang)) + row)
    row = ''
  }
  for (const word of wordsOf(text, Math.max(1, width - hang))) {
    const candidate = row === '' ? word : `${row} ${word}`
    if (stringWidth(candidate) <= room()) {
      row = candidate
      continue
    }
    if (row !== '') flush()
    let rest = word
    while (stringWidth(rest) > room()) {
      const head = toSlash(headOf(rest, room()))
      row = head
      flush()
      rest = rest.slice(head.length)
    }
    row = rest
  }
  if (row !== '' || rows.length === 0) flush()
  return rows as SafeText[]
}

/** Split at blanks, but not within a command that a row can hold. */
function wordsOf(text: string, width: number): readonly string[] {
  if (!text.includes('`')) return text.split(' ')
  return text
    .split(/ (?=(?:[^`]*`[^`]*`)*[^`]*$)/)
    .flatMap((word) => (stringWidth(word) <= width ? [word] : word.split(' ')))
}

/** Up to its last slash; whole where that would leave most of a row empty. */
function toSlash(head: string): string {
  const end = head.lastIndexOf('/') + 1
  return end * 3 >= head.length ? head.slice(0, end) : head
}

/** The longest start of `text` that fits `width` cells, at least one character. */
export function headOf(text: string, width: number): string {
  let head = ''
  for (const character of text) {
    if (head !== '' && stringWidth(head + character) > width) break
    head += character
  }
  return head
}

/** The longest end of `text` that fits `width` cells. */
export function tailOf(text: string, width: number): string {
  let tail = ''
  for (const character of [...text].reverse()) {
    if (stringWidth(character + tail) > width) break
    tail = character + tail
  }
  return tail
}

export function cellsOf(text: string): number {
  return stringWidth(text)
}
