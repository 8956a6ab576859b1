/** What the store says, as it stands on a screen. */
import {relative} from 'node:path'
import type {PlannedChange} from '../../flows/change/ports.js'
import type {DiffLine} from '../engine/types.js'
import {safe, say, type SafeText} from '../safety/safe-text.js'
import {shownPath} from '../store/shown-path.js'
import type {AwsFiles} from '../store/locations.js'
import type {Plan} from '../store/plan.js'

/** A path as a person in this folder would write it. */
export function shownRelative(path: string): SafeText {
  const way = relative(process.cwd(), path)
  return safe(way.startsWith('..') ? path : way)
}

/** A plan of the store as a flow shows it. The store takes it back to write it. */
export function plannedChange(plan: Plan, {home}: AwsFiles): PlannedChange {
  return {...plan, files: plan.files.map((file) => ({...file, shownPath: shownPath(file.path, home)}))}
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
