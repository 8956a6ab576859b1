/** Changes of a document as replaced stretches of it, so that whatever is not named in one stays as it is. */
import {parseDocument, type AwsDocument} from './document.js'

/** `text` takes the place of what stands from `start` up to `end`; offsets are those of the unchanged document. */
export interface Splice {
  readonly start: number
  readonly end: number
  /** One character a byte. */
  readonly text: string
}

/** The changed document. What was asked for twice at one place stands in the order in which it was asked for. */
export function applySplices(document: AwsDocument, splices: readonly Splice[]): AwsDocument {
  if (splices.length === 0) return document
  const {bytes} = document
  const pieces: Uint8Array[] = []
  let at = 0
  for (const {start, end, text} of inOrder(splices)) {
    pieces.push(bytes.subarray(at, start), Buffer.from(text, 'latin1'))
    at = end
  }
  return parseDocument(Buffer.concat([...pieces, bytes.subarray(at)]), document.kind)
}

/** The same for a stretch of the text. */
export function spliceText(
  document: AwsDocument,
  from: number,
  to: number,
  splices: readonly Splice[],
): string {
  let result = ''
  let at = from
  for (const splice of inOrder(splices)) {
    result += document.slice(at, splice.start) + splice.text
    at = splice.end
  }
  return result + document.slice(at, to)
}

function inOrder(splices: readonly Splice[]): readonly Splice[] {
  return splices.toSorted((one, other) => one.start - other.start || one.end - other.end)
}
