/** Walking the file of a service with the line of each key; aliases and merged maps (`<<`) are followed. */
import {isAlias, isMap, isScalar, isSeq, Scalar} from 'yaml'
import type {Alias, Node, Pair} from 'yaml'
import {aliasesOf, type ServiceDocument} from '../document.js'

/** A value with the line of its key, from 1. For what came by a merge that is the line where it is really written. */
export interface At<T> {
  readonly value: T
  readonly line: number
  /** What the file says, where the value is what its variables come to. */
  readonly said?: string
  /** A variable of the environment that it needs, and that is not set. */
  readonly unset?: string
}

export interface Entry {
  readonly key: string
  readonly line: number
  /** Aliases followed; missing where the key has no value. */
  readonly node: Node | undefined
}

export class Tree {
  readonly document: ServiceDocument
  readonly #aliases: ReadonlyMap<Alias, Node | undefined>

  constructor(document: ServiceDocument) {
    this.document = document
    this.#aliases = aliasesOf(document.yaml)
  }

  lineOf(node: Node): number {
    return this.document.lineAt(node.range?.[0] ?? 0)
  }

  /** The keys of a map in the file's order, own before merged; none for what is no map. Each key once. */
  entries(node: Node | undefined): readonly Entry[] {
    const found = new Map<string, Entry>()
    this.#collect(node, found, new Set())
    return [...found.values()]
  }

  entry(node: Node | undefined, key: string): Entry | undefined {
    return this.entries(node).find((each) => each.key === key)
  }

  /** A text as it stands, numbers and booleans in their spelling. `undefined` for lists, maps, nothing and ''. */
  text(entry: Entry | undefined): At<string> | undefined {
    const value = entry && textOf(entry.node)
    return value === undefined || !entry ? undefined : {value, line: entry.line}
  }

  followed(node: unknown): Node | undefined {
    // An alias leads to a node with an anchor, and an alias has none: one step is enough.
    return isAlias(node) ? this.#aliases.get(node) : ((node as Node | null) ?? undefined)
  }

  /** A map is merged once only: again it would add nothing, and a map may merge itself. */
  #collect(node: Node | undefined, found: Map<string, Entry>, seen: Set<Node>): void {
    const map = this.followed(node)
    if (!isMap(map) || seen.has(map)) return
    seen.add(map)
    const merged: Node[] = []
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      if (this.#isMerge(pair.key)) {
        merged.push(...this.#sources(pair.value))
        continue
      }
      const key = keyText(this.followed(pair.key))
      if (key !== undefined && !found.has(key))
        found.set(key, {key, line: this.lineOf(pair.key), node: this.followed(pair.value)})
    }
    for (const source of merged) this.#collect(source, found, seen)
  }

  #sources(value: Node | null): readonly Node[] {
    const node = this.followed(value)
    if (isSeq(node)) return node.items as Node[]
    return node ? [node] : []
  }

  /** A quoted `<<` is a key like others, as all keys of JSON are. */
  #isMerge(key: Node): boolean {
    if (!isScalar(key)) return false
    const {value} = key
    if (typeof value === 'symbol') return value.description === '<<'
    return value === '<<' && key.type === Scalar.PLAIN
  }
}

function textOf(node: Node | undefined): string | undefined {
  if (!isScalar(node) || node.value === null || node.value === '') return undefined
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}

function keyText(node: Node | undefined): string | undefined {
  if (!isScalar(node)) return undefined
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}
