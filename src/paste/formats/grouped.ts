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
 * `undefined` where the parts stand in no one order: a wrong pair is worse than none.
 */
export function grouped(parts: readonly Part[]): readonly Group[] | undefined {
  return asTheyStand(parts) ?? asTheyStand(withoutRepeats(parts))
}

function asTheyStand(parts: readonly Part[]): readonly Group[] | undefined {
  const withTokens = firstFit(parts, true)
  if (withTokens) return withTokens
  // Whose the tokens are is not known: what a key lacks then is said.
  return firstFit(
    parts.filter(({kind}) => kind !== 'token'),
    false,
  )
}

/** The same key in several forms, as the access portal shows it, tells nothing new. */
function withoutRepeats(parts: readonly Part[]): readonly Part[] {
  const seen = new Set<string>()
  return parts.filter(({value}) => !seen.has(value) && seen.add(value))
}

/** What a part is, and whose a token can be, tells at each step how to go on: no two orders fit and say different things. */
function firstFit(parts: readonly Part[], hasTokens: boolean): readonly Group[] | undefined {
  for (const order of ORDERS) {
    const groups = inOrder(parts, order, hasTokens)
    if (groups) return groups
  }
  return undefined
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
