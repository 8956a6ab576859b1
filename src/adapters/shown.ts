/** What the store says, as it stands on a screen. */
import {relative} from 'node:path'
import type {DiffLine} from '../engine/types.js'
import {safe, say, type SafeText} from '../text/safe-text.js'

/** A path as a person in this folder would write it. */
export function shownRelative(path: string): SafeText {
  const way = relative(process.cwd(), path)
  return safe(way.startsWith('..') ? path : way)
}

/** A change of permission bits as a comparison; none where they are right already. */
export function modeDiff(from: number | undefined, to: number): readonly DiffLine[] {
  if (from === to) return []
  const words = (mode: number) => say`permissions ${mode.toString(8).padStart(3, '0')}`
  return [
    ...(from === undefined ? [] : [{sign: '-', text: words(from)} as const]),
    {sign: '+', text: words(to)},
  ]
}
