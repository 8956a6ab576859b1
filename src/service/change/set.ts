/** Sets or takes out one key anywhere in the file of a service: its lines change, every other byte stays as it is. */
import {isAlias, isMap, isScalar} from 'yaml'
import type {YAMLMap} from 'yaml'
import {nodeAt, topPair, type ServiceDocument} from '../document.js'
import {comesMerged, keyIsNotText, notReadBack} from '../trouble.js'
import {endOf, hasColon, indentOf, isEmpty, placeOf, sepOf, stepOf, type Entry, type Place} from './place.js'
import {nested, readBack} from './read-back.js'
import {apply, at, blockLines, flowEntry, indexOr, newlineOf, scalar} from './text.js'
import type {NewValue, Splice} from './text.js'

/**
 * The file with this value at the end of the path; maps that are missing on the way are made in the file's own style.
 * A value that is there is replaced in its place. @throws Failure SERVICE_KEY_NOT_TEXT where a map or a list stands
 * there, SERVICE_EDIT_NOT_READ_BACK where something else would change with it
 */
export function setIn(
  document: ServiceDocument,
  path: readonly string[],
  value: NewValue,
  near?: Near,
): ServiceDocument {
  const place = placeOf(document, path)
  if (!place.pair) refuseHidden(document, path, place.found)
  const splice = spliceFor(document, place, path, value, near)
  if (!splice) return document
  return readBack(document, apply(document.text, [splice]), path, value, place)
}

/** A map of its own would hide what comes merged into its place. @throws Failure SERVICE_KEY_MERGED */
function refuseHidden(document: ServiceDocument, path: readonly string[], found: number): void {
  for (let length = found + 1; length < path.length; length++) {
    const merged = nodeAt(document, ...path.slice(0, length))
    if (merged)
      throw comesMerged(
        document.path,
        path.slice(0, length).join('.'),
        document.lineAt(merged.range![0]),
        'hidden',
      )
  }
}

/** Names at the top, such as that of an org: a value that is there is replaced, a new key stands beside `service`. */
export function setNames(
  document: ServiceDocument,
  values: Readonly<Record<string, string>>,
): ServiceDocument {
  let [now, last] = [document, undefined as string | undefined]
  for (const [key, value] of Object.entries(values)) {
    const isNew = !topPair(now.root, key)
    now = setIn(now, [key], value, {after: last, beside: 'service'})
    if (isNew) last = key
  }
  return now
}

/**
 * The file without this key; the same file where it does not have it.
 *
 * @throws Failure SERVICE_EDIT_NOT_READ_BACK, SERVICE_KEY_MERGED where it stands in what is merged in
 */
export function removeIn(document: ServiceDocument, path: readonly string[]): ServiceDocument {
  const place = placeOf(document, path)
  if (!place.pair || place.found < path.length) {
    const merged = nodeAt(document, ...path)
    if (!merged) return document
    throw comesMerged(document.path, path.join('.'), document.lineAt(merged.range![0]))
  }
  const splice = place.map.flow ? removalInFlow(document, place) : removalOfLines(document, place)
  if (!splice) throw notReadBack(document.path, [path.join('.')])
  return readBack(document, apply(document.text, [splice]), path, undefined, place)
}

/** `provider: aws` becomes a map whose only key has that value, so that others can stand beside it. */
export function openShortForm(document: ServiceDocument, key: string, inner: string): ServiceDocument {
  const place = placeOf(document, [key])
  const {pair, map} = place
  if (!pair?.value?.range || !isScalar(pair.value) || isEmpty(pair.value)) return document
  const {value} = pair.value
  if (typeof value !== 'string') throw keyIsNotText(document.path, key, document.lineAt(pair.value.range[0]))
  const [start, end] = pair.value.range
  const text = map.flow
    ? {start, end, text: `{${flowEntry(inner, value, ' ', '', document)}}`}
    : {
        start: pair.key.range![1],
        end: start,
        text: `:${newlineOf(document.text, indexOr(document.text, '\n', start))}${indentOf(document, map)}${stepOf(document)}${inner}: `,
      }
  return readBack(document, apply(document.text, [text]), [key], {[inner]: value}, place)
}

function spliceFor(
  document: ServiceDocument,
  {map, pair, found}: Place,
  path: readonly string[],
  value: NewValue,
  near: Near | undefined,
): Splice | undefined {
  const rest = path.slice(found)
  if (!pair) {
    const [key, inner] = [rest[0]!, nested(rest.slice(1), value)]
    return near ? insertionNear(document, map, near, key, inner) : insertion(document, map, key, inner)
  }
  if (isEmpty(pair.value)) return filling(document, map, pair, rest.length > 0 ? nested(rest, value) : value)
  const node = pair.value!
  // A map that others use under its name, or a text where a map is wanted: nothing can be put into it.
  if (rest.length > 0) throw notReadBack(document.path, [path.join('.')])
  if (typeof value === 'object' || (!isScalar(node) && !isAlias(node)))
    throw keyIsNotText(document.path, path.join('.'), document.lineAt(node.range![0]))
  if (isScalar(node) && node.value === value && node.tag === undefined) return undefined
  const [start, end] = [startOf(pair), node.range![1]]
  // A block text (`|`, `>`) goes on to the lines after it; blank lines and the last line end are kept.
  const length = document.text.slice(start, end).trimEnd().length
  const text = scalar(value, document, isScalar(node) ? node : undefined)
  return {start, end: start + length, text}
}

/** A tag would make something else of the new value. Behind an anchor it stays, and the reading back decides. */
function startOf(entry: Entry): number {
  const {value} = entry
  const tag = sepOf(entry).find(({type}) => type === 'tag')
  const isAnchored = isScalar(value) && value.anchor !== undefined
  return tag && !isAnchored ? tag.offset : value!.range![0]
}

/** A key that is there without a value. */
function filling(document: ServiceDocument, map: YAMLMap, pair: Entry, value: NewValue): Splice {
  const end = endOf(document, pair)
  const colon = hasColon(pair) ? '' : ':'
  if (typeof value !== 'object') return at(end, `${colon} ${scalar(value, document)}`)
  if (map.flow) throw notReadBack(document.path, [String(isScalar(pair.key) ? pair.key.value : '')])
  const indent = indentOf(document, map) + stepOf(document)
  const lines = Object.entries(value).flatMap(([key, inner]) =>
    blockLines(key, inner, indent, stepOf(document), document),
  )
  return afterLineOf(document, end, lines)
}

/** Where a new key is to stand: after a key that was put in before it, else beside another. */
export interface Near {
  readonly after: string | undefined
  readonly beside: string
}

function insertionNear(
  document: ServiceDocument,
  map: YAMLMap,
  near: Near,
  key: string,
  value: NewValue,
): Splice {
  const previous = near.after === undefined ? undefined : topPair(map, near.after)
  const named = topPair(map, near.beside)
  const beside = named ?? (map.items[0] as Entry | undefined)
  if (map.flow)
    return previous || !beside
      ? insertionInFlow(document, map, previous, key, value)
      : insertionBefore(document, map, beside, key, value)
  const {text} = document
  const [start, keyEnd] = (previous ?? beside!).key.range!
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lines = blockLines(key, value, /^ */.exec(text.slice(lineStart))![0], stepOf(document), document)
  const lineEnd = indexOr(text, '\n', start)
  const isOneLine = isScalar(named?.value) && (named.value.range?.[1] ?? Infinity) <= lineEnd
  if (previous || isOneLine) return afterLineOf(document, keyEnd, lines)
  // Its value goes over several lines.
  const newline = newlineOf(text, lineEnd)
  return at(lineStart, lines.map((line) => line + newline).join(''))
}

function insertionBefore(
  document: ServiceDocument,
  map: YAMLMap,
  beside: Entry,
  key: string,
  value: NewValue,
): Splice {
  const {layout, colon} = styleOf(document, map, beside)
  const entry = flowEntry(key, value, layout, stepOf(document), document, colon)
  return at(beside.key.range![0], `${entry},${layout}`)
}

/** After the last entry of the map. */
function insertion(document: ServiceDocument, map: YAMLMap, key: string, value: NewValue): Splice {
  const last = map.items.at(-1) as Entry | undefined
  if (map.flow) return insertionInFlow(document, map, last, key, value)
  const lines = blockLines(key, value, indentOf(document, map), stepOf(document), document)
  return afterLineOf(document, last ? endOf(document, last) : 0, lines)
}

function insertionInFlow(
  document: ServiceDocument,
  map: YAMLMap,
  last: Entry | undefined,
  key: string,
  value: NewValue,
): Splice {
  if (!last) return at(map.range![0] + 1, flowEntry(key, value, ' ', '', document))
  const {layout, colon} = styleOf(document, map, last)
  const end = endOf(document, last)
  // A comment behind the last entry is about that one.
  const [behind, comma] = /^[ \t]*(,?)[ \t]*#[^\r\n]*/.exec(document.text.slice(end)) ?? []
  const place = behind === undefined || layout.includes('\n') ? layout : `\n${indentOf(document, map)}`
  const entry = flowEntry(key, value, place, stepOf(document), document, colon)
  if (behind === undefined) return at(end, `,${place}${entry}`)
  return {
    start: end,
    end: end + behind.length,
    text: comma ? `${behind}${place}${entry},` : `,${behind}${place}${entry}`,
  }
}

/** How the entries of a map between braces stand: what is before this one, and how keys and values are parted. */
function styleOf({text, kind}: ServiceDocument, map: YAMLMap, {key}: Entry) {
  const pair = (map.items as Entry[]).find(({value}) => value?.range)
  const gap = pair ? text.slice(pair.key.range![1], pair.value!.range![0]) : ': '
  const colon = kind === 'json' && /^\s*:[ \t]*$/.test(gap) ? gap.trimStart() : ': '
  const layout = /\r?\n[ \t]*$/.exec(text.slice(0, key.range![0]))?.[0]
  return {colon, layout: layout ?? (colon === ':' ? '' : ' ')}
}

/** On lines of their own, below the one in which `offset` stands. */
function afterLineOf({text}: ServiceDocument, offset: number, lines: readonly string[]): Splice {
  // A block text ends behind its last line break.
  const isAtLineStart = offset > 0 && text[offset - 1] === '\n'
  const lineEnd = isAtLineStart ? offset - 1 : indexOr(text, '\n', offset)
  const newline = newlineOf(text, lineEnd)
  if (lineEnd < text.length) return at(lineEnd + 1, lines.map((line) => line + newline).join(''))
  return at(text.length, lines.map((line) => newline + line).join(''))
}

/** Whole lines; a comment behind the value stays, on the line alone. */
function removalOfLines(document: ServiceDocument, {map, pair}: Place): Splice | undefined {
  const {text} = document
  const start = pair!.key.range![0]
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  if (map.items.length < 2 || !/^ *$/.test(text.slice(lineStart, start)) || isMap(pair!.value))
    return undefined
  const end = endOf(document, pair!)
  const lineEnd = text[end - 1] === '\n' ? end - 1 : indexOr(text, '\n', end)
  const comment = /^[ \t]*#/.exec(text.slice(end, lineEnd))?.[0]
  if (comment !== undefined) return {start, end: end + comment.length - 1, text: ''}
  if (lineEnd < text.length) return {start: lineStart, end: lineEnd + 1, text: ''}
  // The last line, without a line end: the one before it goes.
  return {start: Math.max(0, lineStart - (text[lineStart - 2] === '\r' ? 2 : 1)), end: text.length, text: ''}
}

function removalInFlow(document: ServiceDocument, {map, pair}: Place): Splice | undefined {
  const {text} = document
  const items = map.items as Entry[]
  const index = items.indexOf(pair!)
  const next = items[index + 1]
  if (next) {
    const [start, end] = [pair!.key.range![0], next.key.range![0]]
    const comment = text.slice(endOf(document, pair!), end).indexOf('#')
    return {start, end: comment < 0 ? end : endOf(document, pair!) + comment, text: ''}
  }
  const before = items[index - 1]
  const start = before ? endOf(document, before) : pair!.key.range![0]
  const end = endOf(document, pair!)
  return text.slice(start, end).includes('#') ? undefined : {start, end, text: ''}
}
