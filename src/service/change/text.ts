/** Pieces of text that go into a file of YAML or JSON, written so that every reader takes them for the same. */
import {Scalar} from 'yaml'
import type {ServiceDocument} from '../document.js'

/** `text` takes the place of what stands from `start` up to `end` of the unchanged text. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What a key can be given: a text, a whole number, yes or no, or a map of such. */
export type NewValue = string | number | boolean | NewMap
export interface NewMap {
  readonly [key: string]: NewValue
}

export function apply(text: string, splices: readonly Splice[]): string {
  let result = ''
  let done = 0
  for (const {start, end, text: piece} of splices.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(done, start) + piece
    done = end
  }
  return result + text.slice(done)
}

export const at = (start: number, text: string): Splice => ({start, end: start, text})

export function indexOr(text: string, found: string, from: number): number {
  const index = text.indexOf(found, from)
  return index < 0 ? text.length : index
}

/** As this line ends, or the first one of the file where this is the last. */
export function newlineOf(text: string, lineEnd: number): string {
  const end = lineEnd < text.length ? lineEnd : text.indexOf('\n')
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n'
}

/** Words that some reader takes for something else than a text. */
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i

/** In the quotes of the value that it replaces; without any only where no reader takes it for something else. */
function writeText(value: string, {kind}: Pick<ServiceDocument, 'kind'>, old?: Scalar): string {
  const isPlainText = /^[\x20-\x7e]*$/.test(value)
  if (kind === 'json' || old?.type === Scalar.QUOTE_DOUBLE || !isPlainText) return JSON.stringify(value)
  const single = `'${value.replaceAll("'", "''")}'`
  if (old?.type === Scalar.QUOTE_SINGLE) return single
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(value) && !NOT_TEXT.test(value) ? value : single
}

/** The lines of a key with its value, each with this indentation. */
export function blockLines(
  key: string,
  value: NewValue,
  indent: string,
  step: string,
  document: Pick<ServiceDocument, 'kind'>,
): readonly string[] {
  const name = `${indent}${writeText(key, document)}:`
  if (typeof value !== 'object') return [`${name} ${scalar(value, document)}`]
  const entries = Object.entries(value)
  if (entries.length === 0) return [`${name} {}`]
  return [name, ...entries.flatMap(([each, inner]) => blockLines(each, inner, indent + step, step, document))]
}

/** A key with its value between braces; `layout` is the line break and indentation before each, or one blank. */
export function flowEntry(
  key: string,
  value: NewValue,
  layout: string,
  step: string,
  document: Pick<ServiceDocument, 'kind'>,
  colon = ': ',
): string {
  return `${writeText(key, document)}${colon}${flowValue(value, layout, step, document, colon)}`
}

function flowValue(
  value: NewValue,
  layout: string,
  step: string,
  document: Pick<ServiceDocument, 'kind'>,
  colon: string,
): string {
  if (typeof value !== 'object') return scalar(value, document)
  const isOpen = layout.includes('\n')
  const inner = isOpen ? layout + step : layout
  const entries = Object.entries(value).map(([key, each]) =>
    flowEntry(key, each, inner, step, document, colon),
  )
  if (entries.length === 0) return '{}'
  return isOpen
    ? `{${inner}${entries.join(`,${inner}`)}${layout}}`
    : `{${entries.join(colon === ':' ? ',' : ', ')}}`
}

export function scalar(
  value: string | number | boolean,
  document: Pick<ServiceDocument, 'kind'>,
  old?: Scalar,
): string {
  return typeof value === 'string' ? writeText(value, document, old) : String(value)
}
