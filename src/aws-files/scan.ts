/**
 * One pass over a file that finds its sections and what botocore would refuse the file for. No object and no text is
 * made per line, so that 100,000 profiles cost little more than reading the bytes.
 */
import {isAscii, isUtf8} from 'node:buffer'
import type {FileKind} from '../files/locations.js'
import {Headers} from './headers.js'
import {readAsBotocore} from './readers/botocore.js'

type FatalCode =
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
  /** In a nested block, where botocore takes no line without an equals sign: it refuses the whole file. */
  readonly isRefused?: true
}

export interface Scan {
  readonly headers: Headers
  /** Sections not written in the one way all readers agree on. */
  readonly odd: readonly number[]
  readonly fatals: readonly Fatal[]
  /** There is a control character other than tab and line ends. */
  readonly hasControls: boolean
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
const DELETE = 127

/** 1 for each byte that a plain name may have: a letter, a digit or one of % + - . / : @ _ */
const PLAIN = Uint8Array.from({length: 256}, (_, code) =>
  /[A-Za-z0-9%+\-./:@_]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/** @param textOf the file, one character a byte: made for what is odd only */
export function scan(bytes: Uint8Array, kind: FileKind, textOf: () => string): Scan {
  const found = scanLines(bytes, kind)
  const fatals = [...found.fatals, ...duplicates(found.headers)].toSorted((one, other) => one.at - other.at)
  const loneCr = bytes.includes(CR) ? /\r(?![\r\n]|$)/.exec(textOf()) : null
  if (loneCr) fatals.unshift({code: 'LONE_CARRIAGE_RETURN', at: loneCr.index})
  if (!isUtf8(bytes)) fatals.unshift({code: 'NOT_UTF8', at: firstInvalid(bytes)})
  else if (startsWith(bytes, BOM, 0)) fatals.unshift({code: 'BYTE_ORDER_MARK', at: 0})
  else if (fatals.length === 0 && (!isAscii(bytes) || bytes.includes(DELETE) || found.hasControls)) {
    const odd = unusualWhiteSpace(bytes, found, kind)
    if (odd) fatals.push(odd)
  }
  for (const inner of ['__proto__', 'profile __proto__']) {
    const index = found.headers.find(inner)
    if (index !== undefined)
      fatals.push({code: 'PROTO_SECTION', at: found.headers.startAt(index)!, name: inner})
  }
  return {...found, fatals}
}

function scanLines(bytes: Uint8Array, kind: FileKind): Scan {
  const length = bytes.length
  const headers = new Headers(bytes)
  const odd: number[] = []
  const fatals: Fatal[] = []
  // Where the keys of this section stand, so that no text is made of them: three offsets a key.
  const keys: number[] = []
  let keyCount = 0
  let indentLevel = 0
  let hasOption = false
  let isNestable = false
  let hasControls = false
  // Four bytes at a time, up to one that may end a line.
  const lead = -bytes.byteOffset & 3
  const words =
    length < 8 ? NONE : new Int32Array(bytes.buffer, bytes.byteOffset + lead, (length - lead) >> 2)
  const count = words.length

  for (let start = startsWith(bytes, BOM, 0) ? BOM.length : 0; start < length;) {
    let end = start
    for (; end < length; end++) {
      if (((end - lead) & 3) === 0) {
        let index = (end - lead) >> 2
        // https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
        while (index < count && ((words[index]! - 0x20202020) & ~words[index]! & 0x80808080) === 0) index++
        end = lead + index * 4
        if (end === length) break
      }
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
      const isRefused = isNestable && !hasEquals(bytes, at, end)
      if (character === OPEN)
        fatals.push({code: 'SWALLOWED_HEADER', at: line, ...(isRefused ? {isRefused: true as const} : {})})
      else if (isRefused) fatals.push({code: 'NESTED_WITHOUT_EQUALS', at: line})
      continue
    }
    indentLevel = indent
    if (character === OPEN) {
      let close = end - 1
      while (close > at && bytes[close]! !== CLOSE) close--
      if (close > at + 1) {
        headers.add(line, at + 1, close)
        if (indent > 0 || close !== end - 1 || !isPlainInner(bytes, kind, at + 1, close))
          odd.push(headers.count - 1)
        keyCount = 0
        hasOption = false
        continue
      }
      fatals.push({code: 'UNCLOSED_HEADER', at: line})
      // What follows was meant for another section: it repeats nothing of the one before.
      keyCount = 0
      hasOption = false
      continue
    }
    if (headers.count === 0) {
      fatals.push({code: 'BEFORE_FIRST_SECTION', at: line})
      continue
    }
    let delimiter = at
    while (delimiter < end && bytes[delimiter] !== EQUALS && bytes[delimiter] !== COLON) delimiter++
    if (delimiter === end || delimiter === at) {
      fatals.push({code: 'NO_EQUALS', at: line})
      continue
    }
    let keyEnd = delimiter
    while (keyEnd > at && isBlank(bytes[keyEnd - 1]!)) keyEnd--
    const first = lineOfKey(bytes, keys, keyCount, at, keyEnd)
    if (first !== undefined)
      fatals.push({code: 'DUPLICATE_KEY', at: line, first, name: textAt(bytes, at, keyEnd).toLowerCase()})
    keys[keyCount] = at
    keys[keyCount + 1] = keyEnd
    keys[keyCount + 2] = line
    keyCount += 3
    hasOption = true
    isNestable = delimiter === end - 1
  }
  return {headers, odd, fatals, hasControls}
}

function duplicates(headers: Headers): readonly Fatal[] {
  return headers.repeated.map(([number, first]) => ({
    code: 'DUPLICATE_SECTION',
    at: headers.startAt(number)!,
    first: headers.startAt(first)!,
    name: headers.innerAt(number),
  }))
}

function textAt(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1')
}

/** @param text one character a byte */
function startsWith(bytes: Uint8Array, text: string, from: number): boolean {
  for (let index = 0; index < text.length; index++)
    if (bytes[from + index] !== text.charCodeAt(index)) return false
  return true
}

/** The line of the first key that reads the same; capital letters count as small ones. */
function lineOfKey(
  bytes: Uint8Array,
  keys: readonly number[],
  count: number,
  from: number,
  to: number,
): number | undefined {
  const length = to - from
  for (let index = 0; index < count; index += 3) {
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

const NONE = new Int32Array(0)
const NO_PLAIN = ['DEFAULT', '__proto__', 'profile default']

/** The one spelling of a header that needs no second look. The brackets are around `from` and `to`. */
function isPlainInner(bytes: Uint8Array, kind: FileKind, from: number, to: number): boolean {
  const prefix = kind === 'config' ? 'profile ' : ''
  if (kind === 'config' && isText(bytes, 'default', from, to)) return true
  if (to - from <= prefix.length || !startsWith(bytes, prefix, from)) return false
  for (let each = from + prefix.length; each < to; each++) if (PLAIN[bytes[each]!] === 0) return false
  for (const inner of NO_PLAIN) if (isText(bytes, inner, from, to)) return false
  return true
}

function isText(bytes: Uint8Array, text: string, from: number, to: number): boolean {
  return to - from === text.length && startsWith(bytes, text, from)
}

/**
 * Letters beyond ASCII and control characters may be white space to one reader and data to another (a no-break space
 * before a key, a form feed). Then the readers' lists of sections and keys differ from ours, and the file is not edited.
 */
function unusualWhiteSpace(bytes: Uint8Array, found: Scan, kind: FileKind): Fatal | undefined {
  const decoded = Buffer.from(bytes).toString('utf8')
  const reading = readAsBotocore(decoded, kind)
  if ('error' in reading) return {code: 'UNUSUAL_WHITE_SPACE', at: offsetOfLine(bytes, reading.error.line)}
  const {headers} = found
  const ours = Array.from({length: headers.count}, (_, number) => headers.innerAt(number)).filter(
    (inner) => inner !== 'DEFAULT',
  )
  const index = reading.sections.findIndex((name, position) => {
    const inner = ours[position]
    return inner === undefined || Buffer.from(inner, 'latin1').toString('utf8') !== name
  })
  if (index < 0 && ours.length === reading.sections.length) return undefined
  return {code: 'UNUSUAL_WHITE_SPACE', at: headers.startAt(Math.max(index, 0)) ?? 0}
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
