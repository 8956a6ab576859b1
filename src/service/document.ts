/**
 * The file of a service as text and as what the `yaml` package understands of it. JSON is a part of YAML, so that one
 * parser tells the places in both; what the file says stays where it is, variables (`${...}`) and tags (`!Ref`) too.
 */
import {isAlias, isMap, isNode, isScalar, LineCounter, parseAllDocuments, visit} from 'yaml'
export {isMap} from 'yaml'
import type {Alias, Document, Node, Pair, YAMLMap} from 'yaml'
import {say} from '../text/safe-text.js'
import {notUnderstood} from './trouble.js'

export type TextKind = 'yml' | 'yaml' | 'json'

export interface ServiceDocument {
  readonly path: string
  readonly kind: TextKind
  /** The byte order mark that the file began with, or nothing. */
  readonly bom: string
  /** Without the byte order mark. */
  readonly text: string
  readonly yaml: Document
  readonly root: YAMLMap
  /** Line of an offset in `text`, from 1. */
  lineAt(offset: number): number
}

const BOM = '\ufeff'
/** Aliases that multiply (a "billion laughs") are not followed beyond this. */
const MAX_ALIASES = 100
const MAX_ALIAS_STEPS = 40

/** Throws a `Failure` (SERVICE_NOT_UNDERSTOOD) where the file is not one map with one value a key. */
export function parseService(bytes: Uint8Array, kind: TextKind, path: string): ServiceDocument {
  const whole = decode(bytes, path)
  const bom = whole.startsWith(BOM) ? BOM : ''
  return parseText(whole.slice(bom.length), kind, path, bom)
}

export function parseText(text: string, kind: TextKind, path: string, bom = ''): ServiceDocument {
  if (isNestedDeeply(text)) throw notUnderstood(path, TOO_DEEP)
  if (kind === 'json') refuseBadJson(text, path)
  // Readers disagree about a carriage return alone: a line break for some, a character for others.
  const lonely = /\r(?!\n)/.exec(text)
  if (lonely)
    throw notUnderstood(
      path,
      say`It holds a carriage return that is not part of a line end.`,
      lineOf(text, lonely.index),
    )
  const counter = new LineCounter()
  // Tags such as `!Sub` need not be known: each is kept beside the text, list or map that it stands before.
  const documents = parseAllDocuments(text, {
    keepSourceTokens: true,
    lineCounter: counter,
    logLevel: 'silent',
    merge: kind !== 'json',
    strict: kind !== 'json',
    // Compared below: the parser compares each key with every other.
    uniqueKeys: false,
  })
  const yaml = Array.isArray(documents) ? documents[0] : undefined
  if (!yaml || yaml.contents === null)
    throw notUnderstood(path, say`It is empty. A service begins with its name: \`service: my-app\``)
  for (const each of documents)
    for (const error of each.errors)
      throw notUnderstood(path, say`${firstLine(error.message)}`, counter.linePos(error.pos[0]).line)
  const twice = keyThatIsTwice(yaml)
  if (twice !== undefined)
    throw notUnderstood(path, say`Map keys must be unique`, counter.linePos(twice).line)
  if (documents.length > 1) throw notUnderstood(path, say`It holds more than one document, divided by ---.`)
  if (!isMap(yaml.contents))
    throw notUnderstood(path, say`It is not a list of keys with values, such as \`service: my-service\`.`)
  for (const [alias, target] of aliasesOf(yaml))
    if (!target)
      throw notUnderstood(
        path,
        say`An alias leads to an anchor that is not above it.`,
        lineOf(text, alias.range?.[0] ?? 0),
      )
  return {path, kind, bom, text, yaml, root: yaml.contents, lineAt: (offset) => counter.linePos(offset).line}
}

/** Where a key of a map stands once more. */
function keyThatIsTwice(yaml: Document): number | undefined {
  let found: number | undefined
  visit(yaml, {
    Map: (_, {items}) => {
      const seen = new Set<unknown>()
      for (const {key} of items) {
        if (!isScalar(key) || isMergeKey(key.value)) continue
        if (seen.has(key.value)) found = Math.min(found ?? Infinity, key.range?.[0] ?? 0)
        seen.add(key.value)
      }
    },
  })
  return found
}

/** More brackets in brackets than in any file that was written by hand: the parser would run out of its stack. */
const MAX_DEPTH = 500
const TOO_DEEP = say`It is nested too deeply to be read: a bracket may be missing.`

function isNestedDeeply(text: string): boolean {
  let depth = 0
  for (const sign of text.matchAll(/[[\]{}]/g)) {
    depth += sign[0] === '[' || sign[0] === '{' ? 1 : -1
    if (depth < 0) depth = 0
    if (depth > MAX_DEPTH) return true
  }
  return false
}

/** What each alias leads to: the last anchor of its name above it. In one pass, as looking for each alone takes long. */
export function aliasesOf(yaml: Document): ReadonlyMap<Alias, Node | undefined> {
  const anchors = new Map<string, Node>()
  const found = new Map<Alias, Node | undefined>()
  visit(yaml, {
    Alias: (_, alias) => void found.set(alias, anchors.get(alias.source)),
    Value: (_, node) => void (node.anchor && anchors.set(node.anchor, node)),
  })
  return found
}

/** The pair of a key at the top, as it is written there; merged ones (`<<`) do not count. */
export function topPair(root: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  const found = root.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
  return found as Pair<Node, Node | null> | undefined
}

/** What stands at a path of keys, aliases and merged maps followed. */
export function nodeAt(document: ServiceDocument, ...path: readonly string[]): Node | undefined {
  let node: Node | undefined = document.root
  for (const key of path) node = node && child(document, node, key, MAX_ALIAS_STEPS)
  return node && resolved(document, node)
}

/** A text as it stands, variables unresolved; numbers in their spelling. Lists, maps and nothing are `undefined`. */
export function textAt(document: ServiceDocument, ...path: readonly string[]): string | undefined {
  const node = nodeAt(document, ...path)
  if (!isScalar(node) || node.value === null || node.value === '') return undefined
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}

/** Plain data, without tags such as `!Ref`; `undefined` when there is none, or its aliases multiply beyond measure. */
export function dataAt(document: ServiceDocument, ...path: readonly string[]): unknown {
  const node = nodeAt(document, ...path)
  if (!node) return undefined
  try {
    return node.toJS(document.yaml, {maxAliasCount: MAX_ALIASES})
  } catch {
    return undefined
  }
}

function child(document: ServiceDocument, node: Node, key: string, steps: number): Node | undefined {
  const map = resolved(document, node)
  if (!isMap(map) || steps === 0) return undefined
  const own = topPair(map, key)
  if (own) return own.value ?? undefined
  for (const pair of map.items) {
    if (!isScalar(pair.key) || !isMergeKey(pair.key.value) || !isNode(pair.value)) continue
    const merged = resolved(document, pair.value)
    const sources = isMap(merged) ? [merged] : merged && 'items' in merged ? (merged.items as Node[]) : []
    for (const source of sources) {
      const found = child(document, source, key, steps - 1)
      if (found) return found
    }
  }
  return undefined
}

function isMergeKey(value: unknown): boolean {
  return value === '<<' || (typeof value === 'symbol' && value.description === '<<')
}

function resolved(document: ServiceDocument, node: Node): Node | undefined {
  let found: Node | undefined = node
  for (let step = 0; isAlias(found) && step < MAX_ALIAS_STEPS; step++) found = found.resolve(document.yaml)
  return isAlias(found) ? undefined : found
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    throw notUnderstood(path, say`It is not UTF-8 text.`)
  }
}

function refuseBadJson(text: string, path: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const at = /at position ([0-9]+)/.exec(message)
    // The message of the parser repeats a piece of the file, which may hold a secret.
    throw notUnderstood(path, say`It is not valid JSON.`, at ? lineOf(text, Number(at[1])) : undefined)
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** The parser's message without the piece of the file that it shows. */
function firstLine(message: string): string {
  // The parser follows a file as deeply as Node's stack goes, and repeats what Node says then.
  if (/call stack/i.test(message)) return TOO_DEEP
  return (message.split('\n')[0] ?? '').replace(/ at line [0-9]+, column [0-9]+:?$/, '').slice(0, 200)
}
