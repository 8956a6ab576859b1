/**
 * One pass over a file that finds its sections and what botocore would refuse the file for. No object and no text is
 * made per line, so that 100,000 profiles cost little more than reading the bytes.
 */
import {isAscii, isUtf8} from 'node:buffer'
import type {FileKind} from './locations.js'
import {readAsBotocore} from './readers/botocore.js'

export type FatalCode =
  | 'DUPLICATE_SECTION'
  | 'DUPLICATE_KEY'
  | 'BEFORE_FIRST_SECTION'
  | 'NO_EQUALS'
  | 'NESTED_WITHOUT_EQUALS'
  | 'BYTE_ORDER_MARK'
  | 'NOT_UTF8'
  | 'LONE_CARRIAGE_RETURN'
  | 'UNUSUAL_WHITE_SPACE'
  | 'PROTO_SECTION'
  | 'UNCLOSED_HEADER'
  | 'SWALLOWED_HEADER'

export interface Fatal {
  readonly code: FatalCode
  /** Offset of the line in the file. */
  readonly at: number
  /** Offset of the first of the two, where something stands twice. */
  readonly first?: number
  /** Name of the section or key. Never a value. */
  readonly name?: string
}

export interface Scan {
  /** Offset of each header's line. */
  readonly starts: readonly number[]
  /** Text between the brackets, as botocore takes it. */
  readonly inners: readonly string[]
  /** First section of each such text. */
  readonly byInner: ReadonlyMap<string, number>
  /** Sections not written in the one way all readers agree on. */
  readonly odd: readonly number[]
  readonly fatals: readonly Fatal[]
}

/** The bytes of a UTF-8 byte order mark. */
const BOM = '\xef\xbb\xbf'
const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const HASH = 35
const COLON = 58
const SEMICOLON = 59
const EQUALS = 61
const OPEN = 91
const CLOSE = 93

/** 1 for each byte that a plain name may have: a letter, a digit or one of % + - . / : @ _ */
const PLAIN = Uint8Array.from({length: 256}, (_, code) =>
  /[A-Za-z0-9%+\-./:@_]/.test(String.fromCharCode(code)) ? 1 : 0,
)

export function scan(text: string, kind: FileKind, bytes: Uint8Array): Scan {
  const found = scanLines(text, bytes, kind)
  const fatals = [...found.fatals]
  const loneCr = text.includes('\r') ? /\r(?![\r\n]|$)/.exec(text) : null
  if (loneCr) fatals.unshift({code: 'LONE_CARRIAGE_RETURN', at: loneCr.index})
  if (!isUtf8(bytes)) fatals.unshift({code: 'NOT_UTF8', at: firstInvalid(bytes)})
  else if (text.startsWith(BOM)) fatals.unshift({code: 'BYTE_ORDER_MARK', at: 0})
  else if (fatals.length === 0 && (found.hasControls || !isAscii(bytes) || text.includes('\x7f'))) {
    const odd = unusualWhiteSpace(bytes, found, kind)
    if (odd) fatals.push(odd)
  }
  for (const inner of ['__proto__', 'profile __proto__']) {
    const index = found.byInner.get(inner)
    if (index !== undefined) fatals.push({code: 'PROTO_SECTION', at: found.starts[index]!, name: inner})
  }
  return {...found, fatals}
}

interface LineScan extends Scan {
  /** Control characters other than tab and line ends. */
  readonly hasControls: boolean
}

function scanLines(text: string, bytes: Uint8Array, kind: FileKind): LineScan {
  const length = bytes.length
  const starts: number[] = []
  const inners: string[] = []
  const byInner = new Map<string, number>()
  const odd: number[] = []
  const fatals: Fatal[] = []
  // Where the keys of this section stand, so that no text is made of them: three offsets a key.
  const keys: number[] = []
  let indentLevel = 0
  let hasOption = false
  let isNestable = false
  let hasControls = false
  const headerPrefix = kind === 'config' ? 'profile ' : ''

  for (let start = text.startsWith(BOM) ? BOM.length : 0; start < length;) {
    let end = start
    for (; end < length; end++) {
      const each = bytes[end]!
      if (each >= SPACE) continue
      if (each === LF) break
      if (each !== TAB && each !== CR) hasControls = true
    }
    const next = end + 1
    while (end > start && isBlank(bytes[end - 1]!)) end--
    let at = start
    while (at < end && isBlank(bytes[at]!)) at++
    const line = start
    start = next
    if (at === end) continue
    const character = bytes[at]!
    if (character === HASH || character === SEMICOLON) continue
    const indent = at - line
    if (hasOption && indent > indentLevel) {
      if (character === OPEN) fatals.push({code: 'SWALLOWED_HEADER', at: line})
      else if (isNestable && !hasEquals(bytes, at, end))
        fatals.push({code: 'NESTED_WITHOUT_EQUALS', at: line})
      continue
    }
    indentLevel = indent
    if (character === OPEN) {
      let close = end - 1
      while (close > at && bytes[close]! !== CLOSE) close--
      if (close > at + 1) {
        const inner = text.slice(at + 1, close)
        const earlier = byInner.get(inner)
        if (earlier !== undefined)
          fatals.push({code: 'DUPLICATE_SECTION', at: line, first: starts[earlier]!, name: inner})
        else byInner.set(inner, starts.length)
        if (indent > 0 || close !== end - 1 || !isPlainInner(inner, headerPrefix, bytes, at + 1))
          odd.push(starts.length)
        starts.push(line)
        inners.push(inner)
        keys.length = 0
        hasOption = false
        continue
      }
      fatals.push({code: 'UNCLOSED_HEADER', at: line})
      continue
    }
    if (starts.length === 0) {
      fatals.push({code: 'BEFORE_FIRST_SECTION', at: line})
      continue
    }
    let delimiter = at
    let keyEnd = at
    for (; delimiter < end; delimiter++) {
      const each = bytes[delimiter]!
      if (each === EQUALS || each === COLON) break
      if (!isBlank(each)) keyEnd = delimiter + 1
    }
    if (delimiter === end || delimiter === at) {
      fatals.push({code: 'NO_EQUALS', at: line})
      continue
    }
    const first = lineOfKey(bytes, keys, at, keyEnd)
    if (first !== undefined)
      fatals.push({code: 'DUPLICATE_KEY', at: line, first, name: text.slice(at, keyEnd).toLowerCase()})
    keys.push(at, keyEnd, line)
    hasOption = true
    isNestable = delimiter === end - 1
  }
  return {starts, inners, byInner, odd, fatals, hasControls}
}

/** The line of the first key that reads the same; capital letters count as small ones. */
function lineOfKey(bytes: Uint8Array, keys: readonly number[], from: number, to: number): number | undefined {
  const length = to - from
  for (let index = 0; index < keys.length; index += 3) {
    const other = keys[index]!
    if (keys[index + 1]! - other !== length) continue
    let at = 0
    while (at < length && small(bytes[other + at]!) === small(bytes[from + at]!)) at++
    if (at === length) return keys[index + 2]!
  }
  return undefined
}

function small(character: number): number {
  return character >= 65 && character <= 90 ? character + 32 : character
}

function isBlank(character: number): boolean {
  return character === SPACE || character === TAB || character === CR
}

function hasEquals(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (bytes[at] === EQUALS) return true
  return false
}

/** The one spelling of a header that needs no second look. The bytes are those of `inner`, from `at`. */
function isPlainInner(inner: string, prefix: string, bytes: Uint8Array, at: number): boolean {
  if (prefix !== '' && inner === 'default') return true
  if (!inner.startsWith(prefix) || inner.length === prefix.length) return false
  const end = at + inner.length
  for (let each = at + prefix.length; each < end; each++) if (PLAIN[bytes[each]!] === 0) return false
  return inner !== 'DEFAULT' && inner !== '__proto__' && inner !== 'profile default'
}

/**
 * Letters beyond ASCII and control characters may be white space to one reader and data to another (a no-break space
 * before a key, a form feed). Then the readers' lists of sections and keys differ from ours, and the file is not edited.
 */
function unusualWhiteSpace(bytes: Uint8Array, found: Scan, kind: FileKind): Fatal | undefined {
  const decoded = Buffer.from(bytes).toString('utf8')
  const reading = readAsBotocore(decoded, kind)
  if ('error' in reading) return {code: 'UNUSUAL_WHITE_SPACE', at: offsetOfLine(bytes, reading.error.line)}
  const ours = found.inners.filter((inner) => inner !== 'DEFAULT')
  const index = reading.sections.findIndex((name, position) => {
    const inner = ours[position]
    return inner === undefined || Buffer.from(inner, 'latin1').toString('utf8') !== name
  })
  if (index < 0 && ours.length === reading.sections.length) return undefined
  return {code: 'UNUSUAL_WHITE_SPACE', at: found.starts[Math.max(index, 0)] ?? 0}
}

function offsetOfLine(bytes: Uint8Array, line: number): number {
  let at = 0
  for (let count = 1; count < line; count++) {
    const newline = bytes.indexOf(LF, at)
    if (newline < 0) break
    at = newline + 1
  }
  return at
}

/** Offset of the line with the first byte that is not UTF-8. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const newline = bytes.indexOf(LF, at)
    const next = newline < 0 ? bytes.length : newline + 1
    if (!isUtf8(bytes.subarray(at, next))) return at
    at = next
  }
  return 0
}
