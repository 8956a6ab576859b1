/** What the journal keeps of a file that is about to be written. */
import {createHash} from 'node:crypto'
import {asBuffer, hunksOf, linesOf} from './hunks.js'
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
  const hunks = hunksOf(before, after).map((hunk): WrittenHunk => {
    const length = hunk.now.reduce((sum, line) => sum + line.length, 0)
    const header = isWithin(role, hunk.now) ? headerAbove(now, hunk.at) : undefined
    return {
      at: hunk.at,
      length,
      old: hunk.old,
      now: hunk.now.map(digestOfLine),
      above: linesAbove(now, hunk.at).map(digestOfLine),
      below: linesBelow(now, hunk.at + length).map(digestOfLine),
      ...(header === undefined ? {} : {header: digestOfLine(header)}),
    }
  })
  return {path, realPath, role, existed: exists, after: digestAfter, hunks}
}

/** In a section that it does not begin itself. */
function isWithin(role: FileRole, lines: readonly string[]): boolean {
  return hasSections(role) && !lines.some((line) => line.startsWith('['))
}

/** The files of AWS. */
export function hasSections(role: FileRole): boolean {
  return role === 'credentials' || role === 'config'
}

/** The header of the section that a place is in. */
function headerAbove(bytes: Buffer, at: number): string | undefined {
  let from = at
  while (from > 0) {
    const start = from < 2 ? 0 : bytes.lastIndexOf(10, from - 2) + 1
    if (bytes[start] === OPEN) return linesOf(bytes, start, from)[0]
    from = start
  }
  return undefined
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
