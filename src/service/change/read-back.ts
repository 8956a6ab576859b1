/** The proof that a change is the one that was wanted: the new text is read again and compared tree by tree. */
import {isMap, isScalar} from 'yaml'
import type {Node, YAMLMap} from 'yaml'
import {aliasesOf, dataAt, nodeAt, parseText, topPair, type ServiceDocument} from '../document.js'
import {isSameTree} from '../same-tree.js'
import {notReadBack} from '../trouble.js'
import type {Entry, Place} from './place.js'
import type {NewValue} from './text.js'

/** @param wanted `undefined` for a key that goes. @throws Failure SERVICE_EDIT_NOT_READ_BACK */
export function readBack(
  document: ServiceDocument,
  text: string,
  path: readonly string[],
  wanted: NewValue | undefined,
  {nodes}: Place,
): ServiceDocument {
  const refusal = notReadBack(document.path, [path.join('.')])
  const now = readAgain(document, text, refusal)
  // An alias elsewhere says what stands at its anchor, and would change with it.
  const changed = new Set<Node>(nodes)
  const isRead = [...aliasesOf(document.yaml).values()].some((target) => target && changed.has(target))
  if (isRead || !isChanged(document.root, now.root, path, wanted)) throw refusal
  const node = nodeAt(now, ...path)
  if (wanted === undefined ? node !== undefined : !isSameData(dataAt(now, ...path), wanted)) throw refusal
  return now
}

function readAgain(document: ServiceDocument, text: string, refusal: Error): ServiceDocument {
  try {
    return parseText(text, document.kind, document.path, document.bom)
  } catch {
    throw refusal
  }
}

/** All but what the path leads to are the same trees, in the same order. */
function isChanged(
  before: YAMLMap,
  after: YAMLMap,
  [key, ...rest]: readonly string[],
  wanted: NewValue | undefined,
): boolean {
  if (key === undefined || before.anchor !== after.anchor || before.tag !== after.tag) return false
  const others = (map: YAMLMap) => map.items.filter((pair) => !(isScalar(pair.key) && pair.key.value === key))
  const [old, now] = [others(before) as Entry[], others(after) as Entry[]]
  const isKept =
    old.length === now.length &&
    old.every(
      (pair, index) => isSameTree(pair.key, now[index]!.key) && isSameTree(pair.value, now[index]!.value),
    )
  if (!isKept) return false
  const [oldPair, newPair] = [topPair(before, key), topPair(after, key)]
  if (oldPair && newPair && !isSameTree(oldPair.key, newPair.key)) return false
  if (rest.length === 0) return wanted === undefined ? newPair === undefined : newPair !== undefined
  if (!isMap(newPair?.value)) return false
  if (isMap(oldPair?.value)) return isChanged(oldPair.value, newPair.value, rest, wanted)
  // Maps that were made on the way hold nothing else.
  return isSameData(newPair.value.toJSON(), nested(rest, wanted))
}

/** The maps that lead to a value. */
export function nested(path: readonly string[], value: NewValue | undefined): NewValue {
  return path.reduceRight<NewValue>((inner, key) => ({[key]: inner}), value ?? {})
}

function isSameData(found: unknown, wanted: NewValue): boolean {
  if (typeof wanted !== 'object') return found === wanted
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return false
  const entries = Object.entries(wanted)
  return (
    Object.keys(found).length === entries.length &&
    entries.every(([key, value]) => isSameData((found as Record<string, unknown>)[key], value))
  )
}
