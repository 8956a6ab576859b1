/** Secrets of AWS that stand in the open anywhere in the file, found by the name of the key and the shape of the value. */
import {isScalar, visit, type Pair} from 'yaml'
import {Secret} from '../../text/secret.js'
import type {Tree} from './tree.js'
import {isVariable, literalsIn, looksSecret} from './variables.js'

export interface OpenSecret {
  readonly name: string
  readonly line: number
  readonly secret: Secret
}

const NAME = /(?:secret_?access_?key|session_?token|security_?token)$/i
/** Session tokens are several hundred characters long; stand-ins and names of parameters are not. */
const TOKEN_LENGTH = 100

export function readOpenSecrets(tree: Tree): readonly OpenSecret[] {
  const found: OpenSecret[] = []
  visit(tree.document.yaml, {
    Pair(_, pair) {
      found.push(...secretsIn(tree, pair))
    },
  })
  return found
}

function secretsIn(tree: Tree, pair: Pair): readonly OpenSecret[] {
  if (!isScalar(pair.key) || typeof pair.key.value !== 'string') return []
  const name = pair.key.value
  const value = tree.followed(pair.value)
  if (!NAME.test(name) || !isScalar(value) || typeof value.value !== 'string') return []
  const line = tree.lineOf(pair.key)
  const literals = isVariable(value.value) ? literalsIn(value.value) : [value.value.trim()]
  return literals
    .filter((text) => looksSecret(text) || text.length >= TOKEN_LENGTH)
    .map((text) => ({name, line, secret: new Secret(text)}))
}
