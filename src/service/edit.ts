/** Sets names at the top of the file of a service: their lines change, every other byte stays as it is. */
import {isAlias, isNode, isScalar} from 'yaml'
import type {Node, Pair} from 'yaml'
import {apply, at, indexOr, newlineOf, writeText, type Splice} from './change/text.js'
import {aliasesOf, parseText, topPair, type ServiceDocument} from './document.js'
import {isSameTree} from './same-tree.js'
import {keyIsNotText, notReadBack} from './trouble.js'

/**
 * The text with these keys set at the top, in this order where they are new. A value that is there is replaced in its
 * place; a new key gets a line beside `service`. The result is read again: throws a `Failure`
 * (SERVICE_EDIT_NOT_READ_BACK) unless what was asked for, and only that, has changed.
 */
export function setTopLevel(document: ServiceDocument, values: Readonly<Record<string, string>>): string {
  const wanted = Object.entries(values).filter(([key, value]) => !says(topPair(document.root, key), value))
  if (wanted.length === 0) return document.text
  const replaced = wanted.filter(([key]) => topPair(document.root, key))
  const added = wanted.filter(([key]) => !topPair(document.root, key))
  const splices = replaced.map(([key, value]) => replacement(document, key, value))
  if (added.length > 0) splices.push(insertion(document, added))
  const text = apply(document.text, splices)
  checkReadBack(document, text, wanted)
  return text
}

function says(pair: Pair<Node, Node | null> | undefined, value: string): boolean {
  return isScalar(pair?.value) && pair.value.value === value
}

function replacement(document: ServiceDocument, key: string, value: string): Splice {
  const pair = topPair(document.root, key)!
  const node = pair.value
  const sep = pair.srcToken && 'sep' in pair.srcToken ? (pair.srcToken.sep ?? []) : []
  if (!node?.range || node.range[0] === node.range[1]) return filling(document, pair, sep, value)
  const [start, end] = node.range
  if (!isScalar(node) && !isAlias(node)) throw keyIsNotText(document.path, key, document.lineAt(start))
  // A tag would make something else of the name. Behind an anchor it stays, and the reading back decides.
  const tag = sep.find(({type}) => type === 'tag')
  const from = tag && !node.anchor ? tag.offset : start
  // A block text (`|`, `>`) goes on to the lines after it; blank lines and the last line end are kept.
  const length = document.text.slice(from, end).trimEnd().length
  return {
    start: from,
    end: from + length,
    text: writeText(value, document, isScalar(node) ? node : undefined),
  }
}

/** A key that is there without a value. */
function filling(
  document: ServiceDocument,
  pair: Pair<Node, Node | null>,
  sep: readonly {readonly type: string; readonly offset: number}[],
  value: string,
): Splice {
  const colon = sep.find(({type}) => type === 'map-value-ind')
  const at = colon ? colon.offset + 1 : (pair.key.range?.[1] ?? 0)
  return {start: at, end: at, text: `${colon ? '' : ':'} ${writeText(value, document)}`}
}

function insertion(document: ServiceDocument, added: readonly (readonly [string, string])[]): Splice {
  const {root} = document
  const beside = topPair(root, 'service') ?? (root.items[0] as Pair<Node, Node | null> | undefined)
  return root.flow ? besideInFlow(document, beside, added) : besideInLines(document, beside!, added)
}

/** `{…}`, as in JSON: in front of `service`, laid out as it is. */
function besideInFlow(
  document: ServiceDocument,
  beside: Pair<Node, Node | null> | undefined,
  added: readonly (readonly [string, string])[],
): Splice {
  const {text, root, kind} = document
  const quote = (key: string) => (kind === 'json' ? JSON.stringify(key) : key)
  const start = beside?.key.range?.[0] ?? root.range![0] + 1
  const gap = beside?.value?.range ? text.slice(beside.key.range![1], beside.value.range[0]) : ': '
  const colon = kind === 'json' && /^\s*:[ \t]*$/.test(gap) ? gap.replace(/^\s*/, '') : ': '
  const layout = /\r?\n[ \t]*$/.exec(text.slice(0, start))?.[0] ?? (colon === ':' ? '' : ' ')
  const entries = added.map(([key, value]) => `${quote(key)}${colon}${writeText(value, document)}`)
  const joined = entries.join(`,${layout}`)
  return {start, end: start, text: beside ? `${joined},${layout}` : joined}
}

/** After the line of `service`; before it where its value goes over several lines. */
function besideInLines(
  document: ServiceDocument,
  beside: Pair<Node, Node | null>,
  added: readonly (readonly [string, string])[],
): Splice {
  const {text} = document
  const keyStart = beside.key.range![0]
  const lineStart = text.lastIndexOf('\n', keyStart - 1) + 1
  const indent = /^ */.exec(text.slice(lineStart))![0]
  const lines = added.map(([key, value]) => `${indent}${key}: ${writeText(value, document)}`)
  const lineEnd = indexOr(text, '\n', keyStart)
  const isOneLine = isScalar(beside.value) && (beside.value.range?.[1] ?? Infinity) <= lineEnd
  const isService = isScalar(beside.key) && beside.key.value === 'service'
  const newline = newlineOf(text, lineEnd)
  if (!isOneLine || !isService) return at(lineStart, lines.map((line) => line + newline).join(''))
  if (lineEnd < text.length) return at(lineEnd + 1, lines.map((line) => line + newline).join(''))
  return at(text.length, lines.map((line) => newline + line).join(''))
}

/** All pairs at the top but the wanted ones are the same trees in the same order, and no alias leads to a changed one. */
function checkReadBack(
  document: ServiceDocument,
  text: string,
  wanted: readonly (readonly [string, string])[],
): void {
  const keys = wanted.map(([key]) => key)
  const refusal = notReadBack(document.path, keys)
  const now = readAgain(document, text, refusal)
  if (!wanted.every(([key, value]) => says(topPair(now.root, key), value))) throw refusal
  if (hasReader(document, keys)) throw refusal
  const isWanted = (pair: Pair) => isScalar(pair.key) && keys.includes(String(pair.key.value))
  const others = (root: ServiceDocument['root']) => root.items.filter((pair) => !isWanted(pair as Pair))
  const [before, after] = [others(document.root), others(now.root)]
  const isKept =
    now.root.anchor === document.root.anchor &&
    now.root.tag === document.root.tag &&
    before.length === after.length &&
    before.every(
      (pair, index) => isSameTree(pair.key, after[index]!.key) && isSameTree(pair.value, after[index]!.value),
    )
  if (!isKept) throw refusal
}

function readAgain(document: ServiceDocument, text: string, refusal: Error): ServiceDocument {
  try {
    return parseText(text, document.kind, document.path, document.bom)
  } catch {
    throw refusal
  }
}

/** An alias elsewhere says what an anchor at one of these values says, and would change with it. */
function hasReader({root, yaml}: ServiceDocument, keys: readonly string[]): boolean {
  const changed = new Set(keys.map((key) => topPair(root, key)?.value).filter(isNode))
  return [...aliasesOf(yaml).values()].some((target) => target && changed.has(target))
}
