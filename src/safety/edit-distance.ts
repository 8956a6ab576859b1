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
