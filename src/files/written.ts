/** What the journal keeps of a file that is about to be written. */
import {createHash} from 'node:crypto'
import {below, hasSections, isHeader, placeOf, type Above} from './above.js'
import {asBuffer, hunksOf, linesOf, type Hunk} from './hunks.js'
import type {Written, WrittenHunk} from './journal.js'
import type {FileRole} from './plan.js'

export interface Versions {
  readonly path: string
  readonly realPath: string
  readonly role: FileRole
  readonly exists: boolean
  readonly before: Uint8Array
  readonly after: Uint8Array
}

const AROUND = 3

/** SHA-256 in hexadecimal. By the Web Crypto API, which works in a thread beside the disk. */
export async function digest(bytes: Uint8Array): Promise<string> {
  // A file is never read into memory that is shared, which this function does not take.
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return Buffer.from(hash).toString('hex')
}

/** Of a line without its line end, so that a change of line ends alone hides no line. @param line one character a byte */
export function digestOfLine(line: string): string {
  return createHash('sha256')
    .update(line.replace(/\r?\n$/, ''), 'latin1')
    .digest('hex')
    .slice(0, 16)
}

export async function writtenOf({path, realPath, role, exists, before, after}: Versions): Promise<Written> {
  const digestAfter = await digest(after)
  const now = asBuffer(after)
  const hunks = hunksOf(before, after)
    .map(withoutEnd)
    .map((hunk): WrittenHunk => {
      const {at, end} = hunk
      const length = hunk.now.reduce((sum, line) => sum + line.length, 0)
      const places = placesOf(role, hunk.now, aboveAt(role, now, at))
      const isWithin = !hasSections(role) || !hunk.now.some(isHeader)
      const first = [...hunk.old, ...hunk.now].find((line) => line.trim() !== '')
      const header =
        isWithin && first !== undefined ? placeOf(role, aboveAt(role, now, at), first) : undefined
      return {
        at: at - end,
        length: length + end,
        old: hunk.old,
        now: hunk.now.map(digestOfLine),
        under: places.map((place) => (place === undefined ? '' : digestOfLine(place))),
        above: linesAbove(now, at).map(digestOfLine),
        below: linesBelow(now, at + length).map(digestOfLine),
        ...(hunk.old.length === 0 ? {signs: signsOf(now, hunk), keys: hunk.now.map(keyOf)} : {}),
        ...(header === undefined ? {} : {header: digestOfLine(header)}),
      }
    })
  return {path, realPath, role, existed: exists, after: digestAfter, hunks}
}

/** Without blanks, quotation marks and a remark behind it, so that a line that was only given another shape is known. */
export function shapeless(line: string): string {
  const bare = line.replace(/\s[#;].*$/s, '').replace(/[\s"']/g, '')
  return bare === '' ? EMPTY : digestOfLine(bare)
}

/** The key that a line gives a value, as a digest; empty for a line that gives none. */
export function keyOf(line: string): string {
  const key = /^\s*["']?([\w.-]+)["']?\s*[:=]/.exec(line)?.[1]
  return key === undefined ? '' : digestOfLine(key)
}

/** A line that is empty. */
export const EMPTY = digestOfLine('')

/** @param file as it is with them */
function signsOf(file: Buffer, {at, now}: Pick<Hunk, 'at' | 'now'>): readonly string[] {
  const end = at + now.reduce((sum, line) => sum + line.length, 0)
  const isAlone = (line: string) => {
    const text = Buffer.from(line.trim(), 'latin1')
    const before = file.subarray(0, at).includes(text)
    return !before && !file.subarray(end).includes(text)
  }
  return now.filter((line) => line.trim() !== '' && isAlone(line)).map(shapeless)
}

/**
 * A last line that had no end is given one where lines are put below it. It is no line of ours: only its end is, of
 * `end` bytes right before the first of ours.
 */
function withoutEnd({at, old, now}: Pick<Hunk, 'at' | 'old' | 'now'>) {
  const [last, first] = [old[0], now[0]]
  const end = first !== undefined && last !== undefined ? first.length - last.length : 0
  const isOnlyEnd = old.length === 1 && now.length > 1 && /^\r?\n$/.test(first!.slice(last!.length))
  return isOnlyEnd && first!.startsWith(last!)
    ? {at: at + first!.length, old: [], now: now.slice(1), end}
    : {at, old, now, end: 0}
}

function placesOf(role: FileRole, lines: readonly string[], start: Above): readonly (string | undefined)[] {
  let above = start
  return lines.map((line) => {
    const place = placeOf(role, above, line)
    above = below(role, above, line)
    return place
  })
}

/** In a large file of sections the header is looked for upwards from the place. */
function aboveAt(role: FileRole, bytes: Buffer, at: number): Above {
  const lines = hasSections(role) ? headerAbove(bytes, at) : linesOf(bytes, 0, at)
  return lines.reduce((above: Above, line) => below(role, above, line), [])
}

/** The header of the section that a place is in, where there is one. */
function headerAbove(bytes: Buffer, at: number): readonly string[] {
  let from = at
  while (from > 0) {
    const start = from < 2 ? 0 : bytes.lastIndexOf(10, from - 2) + 1
    if (bytes[start] === OPEN) return linesOf(bytes, start, from).slice(0, 1)
    from = start
  }
  return []
}

const OPEN = 91

function linesAbove(bytes: Buffer, at: number): readonly string[] {
  let from = at
  for (let count = 0; count < AROUND && from > 0; count++)
    from = from < 2 ? 0 : bytes.lastIndexOf(10, from - 2) + 1
  return linesOf(bytes, from, at)
}

function linesBelow(bytes: Buffer, at: number): readonly string[] {
  let to = at
  for (let count = 0; count < AROUND && to < bytes.length; count++) {
    const newline = bytes.indexOf(10, to)
    to = newline < 0 ? bytes.length : newline + 1
  }
  return linesOf(bytes, at, to)
}
