/** Whether two pieces of YAML say the same in the same form. Aliases are compared by name, so that none is followed. */
import {isAlias, isCollection, isNode, isPair, isScalar} from 'yaml'

export function isSameTree(one: unknown, other: unknown): boolean {
  if (isPair(one))
    return isPair(other) && isSameTree(one.key, other.key) && isSameTree(one.value, other.value)
  if (!isNode(one) || !isNode(other)) return one === other
  if (isAlias(one)) return isAlias(other) && one.source === other.source
  if (isAlias(other) || one.tag !== other.tag || one.anchor !== other.anchor) return false
  if (isScalar(one))
    return (
      isScalar(other) &&
      one.type === other.type &&
      one.source === other.source &&
      isSameValue(one.value, other.value)
    )
  return (
    isCollection(one) &&
    isCollection(other) &&
    one.constructor === other.constructor &&
    one.items.length === other.items.length &&
    one.items.every((item, index) => isSameTree(item, other.items[index]))
  )
}

/** Each merge key (`<<`) is a symbol of its own; times are objects. */
function isSameValue(one: unknown, other: unknown): boolean {
  const isSpecial = typeof one === 'symbol' || typeof one === 'object'
  return Object.is(one, other) || (isSpecial && typeof one === typeof other && String(one) === String(other))
}
