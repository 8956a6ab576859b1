/**
 * Letters to change, add or take away, to make one of two short texts the other (Levenshtein).
 *
 * @param most beyond which it need not be known: told as infinite where the lengths alone differ by more
 */
export function editDistance(one: string, other: string, most = Infinity): number {
  if (Math.abs(one.length - other.length) > most) return Infinity
  let row = Array.from({length: other.length + 1}, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1))
    row = next
  }
  return row[other.length]!
}

/** The name that was likely meant: one that begins so, or differs by a letter or two. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const text = typed.toLowerCase()
  const most = text.length < 5 ? 1 : 2
  // Two letters that were exchanged are two changes.
  const near = names
    .map((name) => ({name, distance: editDistance(text, name, 2)}))
    .filter(({name, distance}) => distance <= most || (distance === 2 && isExchanged(text, name)))
    .toSorted((one, other) => one.distance - other.distance)[0]
  const begun = text.length < 3 ? [] : names.filter((name) => name.startsWith(text))
  return near?.name ?? (begun.length === 1 ? begun[0] : undefined)
}

/** The same letters in another order. */
function isExchanged(one: string, other: string): boolean {
  return [...one].toSorted().join('') === [...other].toSorted().join('')
}
