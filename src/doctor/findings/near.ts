/** The name a person most likely meant. */

const MAX_DISTANCE = 2

/** The closest of the names, at most two letters away or the same but for capitals; `undefined` where none is. */
export function nearest(wanted: string, names: Iterable<string>): string | undefined {
  let best: {name: string; distance: number} | undefined
  for (const name of names) {
    const distance = name.toLowerCase() === wanted.toLowerCase() ? 0.5 : distanceOf(wanted, name)
    if (distance <= MAX_DISTANCE && distance < name.length && (!best || distance < best.distance))
      best = {name, distance}
  }
  return best?.name
}

/** Letters to change, add or take away; more than the limit is told as infinite. */
function distanceOf(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_DISTANCE) return Infinity
  let row = Array.from({length: other.length + 1}, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1))
    row = next
  }
  return row[other.length]!
}
