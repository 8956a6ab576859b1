/** Where two versions of a file differ, line by line: what is shown, and what is kept to take it back. */
import {diffArrays} from 'diff'

/** Text is one character a byte; a line holds its line end. */
export interface Hunk {
  /** Offset in the new version, and in the old one. */
  readonly at: number
  readonly oldAt: number
  readonly now: readonly string[]
  readonly old: readonly string[]
}

/** More edits than this are one change of everything between the first and the last: the work grows with their square. */
const MAX_EDITS = 2_000

/** Both versions, and from where to where in each they differ: whole lines. `undefined` where they are the same. */
export function changedPart(before: Uint8Array, after: Uint8Array) {
  const [old, now] = [asBuffer(before), asBuffer(after)]
  if (old.equals(now)) return undefined
  const head = commonHead(old, now)
  const tail = commonTail(old, now, head)
  return {old, now, head, oldEnd: old.length - tail, nowEnd: now.length - tail}
}

export function hunksOf(before: Uint8Array, after: Uint8Array): readonly Hunk[] {
  const part = changedPart(before, after)
  if (!part) return []
  const {head} = part
  const oldLines = linesOf(part.old, head, part.oldEnd)
  const newLines = linesOf(part.now, head, part.nowEnd)
  const parts = differenceOf(oldLines, newLines)
  if (!parts) return [{at: head, oldAt: head, now: newLines, old: oldLines}]
  const hunks: {at: number; oldAt: number; now: string[]; old: string[]}[] = []
  let [at, oldAt, isOpen] = [head, head, false]
  for (const {added, removed, value} of parts) {
    const length = value.reduce((sum, line) => sum + line.length, 0)
    if (!added && !removed) isOpen = false
    else if (!isOpen) {
      hunks.push({at, oldAt, now: [], old: []})
      isOpen = true
    }
    if (added) hunks.at(-1)!.now.push(...value)
    if (removed) hunks.at(-1)!.old.push(...value)
    if (!removed) at += length
    if (!added) oldAt += length
  }
  return hunks
}

/** `undefined` where there are too many edits. */
export function differenceOf(old: string[], now: string[]) {
  return diffArrays(old, now, {maxEditLength: MAX_EDITS})
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Lines of a stretch that begins where a line does. */
export function linesOf(bytes: Buffer, from: number, to: number): string[] {
  return from >= to ? [] : (bytes.toString('latin1', from, to).match(/[^\n]*\n|[^\n]+$/g) ?? [])
}

const STEP = 65_536

/** Length of what both begin with, back to the beginning of a line. */
function commonHead(one: Buffer, other: Buffer): number {
  const length = Math.min(one.length, other.length)
  let at = 0
  while (at + STEP <= length && one.compare(other, at, at + STEP, at, at + STEP) === 0) at += STEP
  while (at < length && one[at] === other[at]) at++
  return at === 0 ? 0 : one.lastIndexOf(10, at - 1) + 1
}

/** Length of what both end with, from the beginning of a line. */
function commonTail(one: Buffer, other: Buffer, head: number): number {
  const length = Math.min(one.length, other.length) - head
  const isSame = (at: number, size: number) => {
    const [mine, theirs] = [one.length - at, other.length - at]
    return one.compare(other, theirs - size, theirs, mine - size, mine) === 0
  }
  let at = 0
  while (at + STEP <= length && isSame(at, STEP)) at += STEP
  while (at < length && one[one.length - 1 - at] === other[other.length - 1 - at]) at++
  const begins = (bytes: Buffer) => bytes.length === at || bytes[bytes.length - at - 1] === 10
  if (begins(one) && begins(other)) return at
  const newline = one.indexOf(10, one.length - at)
  return newline < 0 ? 0 : one.length - newline - 1
}
