/** Which ID, secret and session token belong together, told by the order in which they stand. */
export interface Part {
  readonly kind: 'id' | 'secret' | 'token'
  readonly value: string
}

export interface Group {
  readonly id: string
  readonly secret?: string
  readonly token?: string
}

const ORDERS: readonly (readonly Part['kind'][])[] = [
  ['id', 'secret', 'token'],
  ['id', 'token', 'secret'],
  ['secret', 'id', 'token'],
  ['secret', 'token', 'id'],
  ['token', 'id', 'secret'],
  ['token', 'secret', 'id'],
]

/**
 * In the order of the text. A temporary key has a token and a long-term one none, so that a token goes to whom it can be of.
 * `undefined` where the parts stand in no one order, or in two that pair them differently: a wrong pair is worse than none.
 */
export function grouped(parts: readonly Part[]): readonly Group[] | undefined {
  return asTheyStand(parts) ?? asTheyStand(withoutRepeats(parts))
}

function asTheyStand(parts: readonly Part[]): readonly Group[] | undefined {
  const withTokens = oneOf(ORDERS.map((order) => inOrder(parts, order, true)))
  if (withTokens) return withTokens
  // Whose the tokens are is not known: what a key lacks then is said.
  const pairs = parts.filter(({kind}) => kind !== 'token')
  return oneOf(ORDERS.map((order) => inOrder(pairs, order, false)))
}

/** The same key in several forms, as the access portal shows it, tells nothing new. */
function withoutRepeats(parts: readonly Part[]): readonly Part[] {
  const seen = new Set<string>()
  return parts.filter(({value}) => !seen.has(value) && seen.add(value))
}

function oneOf(readings: readonly (readonly Group[] | undefined)[]): readonly Group[] | undefined {
  const found = readings.filter((each) => each !== undefined)
  const [first, ...others] = found
  const isSame = others.every((each) => JSON.stringify(each) === JSON.stringify(first))
  return isSame ? first : undefined
}

function inOrder(
  parts: readonly Part[],
  order: readonly Part['kind'][],
  hasTokens: boolean,
): readonly Group[] | undefined {
  const groups: Group[] = []
  const short = order.filter((kind) => kind !== 'token')
  const matches = (at: number, kinds: readonly Part['kind'][]) =>
    kinds.every((kind, index) => parts[at + index]?.kind === kind)
  const valueAt = (at: number, kinds: readonly Part['kind'][], kind: Part['kind']) =>
    parts[at + kinds.indexOf(kind)]!.value
  for (let at = 0; at < parts.length;) {
    const isWhole = hasTokens && matches(at, order) && valueAt(at, order, 'id').startsWith('ASIA')
    const kinds = isWhole ? order : short
    const isAlone = order[0] === 'id' && parts[at]!.kind === 'id' && parts[at + 1]?.kind !== 'secret'
    if (isAlone && !isWhole) {
      // Its secret is missing, and the next begins with its own ID.
      groups.push({id: parts[at]!.value})
      at += 1
      continue
    }
    if (!matches(at, kinds)) return undefined
    const id = valueAt(at, kinds, 'id')
    if (hasTokens && !isWhole && id.startsWith('ASIA')) return undefined
    groups.push({
      id,
      secret: valueAt(at, kinds, 'secret'),
      ...(isWhole ? {token: valueAt(at, kinds, 'token')} : {}),
    })
    at += kinds.length
  }
  return groups
}
