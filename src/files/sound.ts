/** Whether taking lines out of a file, and others back in, leaves all that somebody else has written what it was. */
import {parseDocument} from '../aws-files/document.js'
import {hasSections} from './above.js'
import type {FileRole} from './plan.js'

export interface Stretch {
  readonly start: number
  readonly end: number
}

/** What a file says, each with the offset where it is said; `faults` is how much of it tools refuse. */
export interface Sayings {
  readonly all: readonly (readonly [offset: number, saying: string])[]
  readonly faults: number
}

/**
 * Each key outside of the stretches that go is in the same section with the same value afterwards, and the file can be
 * read as well as before: a header that goes must not leave its keys to the section above.
 */
export async function isSound(
  role: FileRole,
  current: Uint8Array,
  stretches: readonly Stretch[],
  result: Uint8Array,
): Promise<boolean> {
  if (result.length === 0) return true
  const read = hasSections(role) ? ofSections : (await import('./sound-yaml.js')).ofYaml
  const [before, after] = [read(current), read(result)]
  if (after.faults > before.faults) return false
  const left = new Map<string, number>()
  for (const [, saying] of after.all) left.set(saying, (left.get(saying) ?? 0) + 1)
  const isOutside = (offset: number) => !stretches.some(({start, end}) => offset >= start && offset < end)
  return before.all.every(([offset, saying]) => {
    if (!isOutside(offset)) return true
    const count = left.get(saying) ?? 0
    left.set(saying, count - 1)
    return count > 0
  })
}

function ofSections(bytes: Uint8Array): Sayings {
  const document = parseDocument(bytes, 'credentials')
  const all = document.sections.flatMap((section) => [
    [section.start, section.inner] as const,
    ...document
      .properties(section)
      .map(({start, name, value}) => [start, JSON.stringify([section.inner, name, value])] as const),
  ])
  return {all, faults: document.fatals.length}
}
