/** What a line of a file stands under: the header of its section, or the keys that it is indented below. */
import type {FileRole} from './plan.js'

interface Parent {
  /** In characters; a header of a section stands further out than any line. */
  readonly indent: number
  readonly name: string
}

/** The outermost first. */
export type Above = readonly Parent[]

/** The files of AWS. */
export function hasSections(role: FileRole): boolean {
  return role === 'credentials' || role === 'config'
}

export const isHeader = (line: string): boolean => line.startsWith('[')

/** What the line after this one may stand under. Of a line of nothing that counts it is what it was. */
export function below(role: FileRole, above: Above, line: string): Above {
  const parent = parentIn(role, line)
  return parent === undefined ? above : [...above.filter(({indent}) => indent < parent.indent), parent]
}

/** One text for all that a line stands under; `undefined` for one that may stand anywhere. */
export function placeOf(role: FileRole, above: Above, line: string): string | undefined {
  if (hasSections(role)) return isHeader(line) ? undefined : above.at(-1)?.name
  if (line.trim() === '') return undefined
  const own = indentOf(line)
  return above.flatMap(({indent, name}) => (indent < own ? [name] : [])).join('\n')
}

function parentIn(role: FileRole, line: string): Parent | undefined {
  if (hasSections(role)) return isHeader(line) ? {indent: -1, name: line.replace(/\r?\n$/, '')} : undefined
  const text = line.trim()
  // A remark after a key, or a value that was written beside it, makes no other key of it.
  return text === '' || text.startsWith('#')
    ? undefined
    : {indent: indentOf(line), name: text.split(/:|#/)[0]!.trim()}
}

const indentOf = (line: string): number => line.length - line.trimStart().length
