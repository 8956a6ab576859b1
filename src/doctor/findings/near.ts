/** The name a person most likely meant. */
import {editDistance} from '../../text/edit-distance.js'

const MAX_DISTANCE = 2

/** The closest of the names, at most two letters away or the same but for capitals; `undefined` where none is. */
export function nearest(wanted: string, names: Iterable<string>): string | undefined {
  let best: {name: string; distance: number} | undefined
  for (const name of names) {
    const distance =
      name.toLowerCase() === wanted.toLowerCase() ? 0.5 : editDistance(wanted, name, MAX_DISTANCE)
    if (distance <= MAX_DISTANCE && distance < name.length && (!best || distance < best.distance))
      best = {name, distance}
  }
  return best?.name
}
