/** Where a path of keys leads in a file, as it is written there: neither aliases nor merged maps are followed. */
import {isMap, isScalar} from 'yaml'
import type {Node, Pair, YAMLMap} from 'yaml'
import {topPair, type ServiceDocument} from '../document.js'

export type Entry = Pair<Node, Node | null>

export interface Place {
  /** The innermost map on the way that is there. */
  readonly map: YAMLMap
  /** The pair of the next key in it; a value that is no map ends the way. */
  readonly pair?: Entry
  /** How many keys of the path were found, that of `pair` among them. */
  readonly found: number
  /** Everything on the way, from the root. */
  readonly nodes: readonly Node[]
}

export function placeOf({root}: ServiceDocument, path: readonly string[]): Place {
  let map = root
  const nodes: Node[] = [root]
  for (let index = 0; index < path.length; index++) {
    const pair = topPair(map, path[index]!)
    if (!pair) return {map, found: index, nodes}
    if (pair.value) nodes.push(pair.value)
    if (index === path.length - 1 || !isMap(pair.value)) return {map, pair, found: index + 1, nodes}
    map = pair.value
  }
  return {map, found: path.length, nodes}
}

/** A value that is not written: `key:` alone, or `key: # note`. */
export function isEmpty(value: Node | null): boolean {
  if (!value?.range) return true
  return isScalar(value) && value.value === null && value.range[0] === value.range[1]
}

/** The blanks before the first key of a map of lines. */
export function indentOf({text}: ServiceDocument, map: YAMLMap): string {
  const start = (map.items[0] as Entry | undefined)?.key.range?.[0] ?? 0
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  return ' '.repeat(start - lineStart)
}

/** By how much the file indents: that of the first map within a map, two blanks where there is none. */
export function stepOf(document: ServiceDocument): string {
  const step = document.kind === 'json' ? jsonStep(document) : stepWithin(document, document.root)
  return ' '.repeat(step ?? 2)
}

function stepWithin(document: ServiceDocument, map: YAMLMap): number | undefined {
  if (map.flow) return undefined
  const own = indentOf(document, map).length
  for (const {value} of map.items as Entry[]) {
    if (!isMap(value) || value.flow || value.items.length === 0) continue
    const step = indentOf(document, value).length - own
    if (step > 0) return step
  }
  return undefined
}

function jsonStep({text}: ServiceDocument): number | undefined {
  return /^\{\r?\n( +)"/.exec(text)?.[1]?.length
}

/** What is written between a key and its value. */
export function sepOf({srcToken}: Entry) {
  return srcToken && 'sep' in srcToken ? (srcToken.sep ?? []) : []
}

/** `? key` alone has none. */
export function hasColon(entry: Entry): boolean {
  return sepOf(entry).some(({type}) => type === 'map-value-ind')
}

/** Where what is written of a value ends; that of the key where there is none. */
export function endOf(document: ServiceDocument, entry: Entry): number {
  const {key, value} = entry
  if (isMap(value) && !value.flow && value.items.length > 0)
    return endOf(document, value.items.at(-1) as Entry)
  if (value && 'items' in value && !(value as YAMLMap).flow) {
    const last = (value.items as unknown[]).at(-1)
    if (isMap(last) && !last.flow && last.items.length > 0) return endOf(document, last.items.at(-1) as Entry)
    const range = (last as Node | undefined)?.range
    if (range) return range[1]
  }
  if (value?.range && value.range[1] > value.range[0]) return value.range[1]
  const last = sepOf(entry).findLast(
    ({type}) => type === 'map-value-ind' || type === 'anchor' || type === 'tag',
  )
  return last ? last.offset + last.source.length : (key.range?.[1] ?? 0)
}
