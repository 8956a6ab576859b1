/** What a file of YAML says. Apart from what needs it, as the parser is large: an undo of the AWS files goes without. */
import {isCollection, isPair, isScalar, parseDocument, visit} from 'yaml'
import {asBuffer} from './hunks.js'
import type {Sayings} from './sound.js'

export function ofYaml(bytes: Uint8Array): Sayings {
  // As the stretches are counted: one character a byte.
  const yaml = parseDocument(asBuffer(bytes).toString('latin1'), {logLevel: 'silent', uniqueKeys: false})
  const all: [number, string][] = []
  visit(yaml, {
    Node: (_, node, path) => {
      if (isCollection(node) && node.items.length > 0) return
      const keys = path.flatMap((each) => (isPair(each) ? [String(each.key)] : []))
      const pair = path.findLast((each) => isPair(each))
      const key = pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined
      const offset = node.range && node.range[1] > node.range[0] ? node.range[0] : (key ?? 0)
      all.push([offset, JSON.stringify([keys, isScalar(node) ? node.value : String(node)])])
    },
  })
  return {all, faults: yaml.errors.length}
}
