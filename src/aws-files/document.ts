/**
 * A credentials or config file, byte for byte. The text holds one character a byte (latin1), so that every file, also
 * one that is not valid text, comes out as it went in; what is understood of it is found when it is asked for.
 */
import {encode} from '../files/bytes.js'
import {readHeader, stripBlanks, type SectionType} from './header.js'
import type {FileKind} from '../files/locations.js'
import {scan, type Fatal, type Scan} from './scan.js'

export interface Section {
  readonly index: number
  readonly type: SectionType
  /** One character a byte, as all texts of a document. */
  readonly name: string
  /** Text between the brackets, as it stands. */
  readonly inner: string
  readonly isPlain: boolean
  /** Offset of the header's line. */
  readonly start: number
  /** Offset of the line after the header. */
  readonly bodyStart: number
  /** Offset of the next section, or of the end. */
  readonly end: number
}

/** One key with its value, which may go on in indented lines. */
export interface Property {
  /** In lower case: every reader but one ignores case. */
  readonly name: string
  /** As it is written. */
  readonly key: string
  /** All lines of the value, as botocore joins them: an inline comment is part of it. */
  readonly value: string
  /** Without what most readers take for a comment. */
  readonly plainValue: string
  /** From its `#` or `;`. */
  readonly inlineComment?: string
  readonly delimiter: '=' | ':'
  readonly indent: string
  /** Offset of its first line. */
  readonly start: number
  /** Offset where the value begins. */
  readonly valueStart: number
  /** Offset after the line break of its first line. */
  readonly lineEnd: number
  /** The lines that continue the value, each with its line break. */
  readonly continuation: readonly Span[]
}

interface Span {
  readonly start: number
  readonly end: number
}

const LF = 10

export class AwsDocument {
  readonly kind: FileKind
  /** The file, identical to what was parsed. */
  readonly bytes: Buffer
  #text: string | undefined
  #scan: Scan | undefined
  #odd: Section[] | undefined
  #newlines: readonly number[] | undefined
  readonly #properties: (readonly Property[])[] = []

  constructor(bytes: Uint8Array, kind: FileKind) {
    this.kind = kind
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The file, one character a byte. Of a large one `slice` is enough for an edit. */
  get text(): string {
    return (this.#text ??= this.bytes.toString('latin1'))
  }

  /** A stretch of the text. */
  slice(from: number, to: number): string {
    return this.bytes.toString('latin1', from, to)
  }

  /** The file, identical to what was parsed. */
  toBytes(): Uint8Array {
    return this.bytes
  }

  /** What makes at least one reader refuse the whole file. */
  get fatals(): readonly Fatal[] {
    return this.scan.fatals
  }

  get sections(): readonly Section[] {
    return Array.from({length: this.scan.headers.count}, (_, index) => this.sectionAt(index))
  }

  /** Sections that stand for a profile. More than one: they are spelled differently, and readers disagree about them. */
  profileSections(profile: string): readonly Section[] {
    const name = encode(profile)
    const inner = this.kind === 'credentials' || name === 'default' ? name : `profile ${name}`
    const plain = this.scan.headers.find(inner)
    const others = this.#oddSections().filter((each) => each.type === 'profile' && each.name === name)
    const found =
      plain === undefined ? others : [this.sectionAt(plain), ...others.filter(({index}) => index !== plain)]
    return found.filter(({type}) => type === 'profile').toSorted((one, other) => one.index - other.index)
  }

  /** Sections of a sign-in session. They stand in the config file only. */
  sessionSections(session: string): readonly Section[] {
    if (this.kind !== 'config') return []
    return this.#oddSections().filter(({type, name}) => type === 'sso-session' && name === encode(session))
  }

  /** The first section that stands for the profile. */
  section(name: string): Section | undefined {
    return this.profileSections(name)[0]
  }

  properties(section: Section): readonly Property[] {
    return (this.#properties[section.index] ??= readProperties(this, section))
  }

  /** Line of an offset, from 1. */
  lineAt(offset: number): number {
    this.#newlines ??= newlinesOf(this.bytes)
    let [low, high] = [0, this.#newlines.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#newlines[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }

  sectionAt(index: number): Section {
    const {headers} = this.scan
    const inner = headers.innerAt(index)
    const start = headers.startAt(index)!
    return {
      index,
      inner,
      ...readHeader(inner, this.kind),
      start,
      bodyStart: lineEndAfter(this.bytes, start),
      end: headers.startAt(index + 1) ?? this.bytes.length,
    }
  }

  get scan(): Scan {
    this.#scan ??= scan(this.bytes, this.kind, () => this.text)
    return this.#scan
  }

  #oddSections(): readonly Section[] {
    this.#odd ??= this.scan.odd.map((index) => this.sectionAt(index))
    return this.#odd
  }
}

/** Never throws: any bytes are a document. Problems are found with `problemsIn`. */
export function parseDocument(bytes: Uint8Array, kind: FileKind): AwsDocument {
  return new AwsDocument(bytes, kind)
}

function newlinesOf(bytes: Buffer): readonly number[] {
  const offsets: number[] = []
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) offsets.push(at)
  return offsets
}

/** Offset after the line break of the line that `offset` is in. */
function lineEndAfter(bytes: Buffer, offset: number): number {
  const newline = bytes.indexOf(LF, offset)
  return newline < 0 ? bytes.length : newline + 1
}

/** The indent rule is botocore's: a line belongs to the property above it when it is indented more. */
function readProperties(document: AwsDocument, section: Section): readonly Property[] {
  const properties: Property[] = []
  let current: {property: Property; continuation: Span[]; lines: string[]} | undefined
  const close = () => {
    if (!current) return
    const value = current.lines.join('\n').replace(/[\n \t]+$/, '')
    properties.push({...current.property, value, continuation: current.continuation})
  }
  for (let start = section.bodyStart, lineEnd; start < section.end; start = lineEnd) {
    lineEnd = lineEndAfter(document.bytes, start)
    const line = document.slice(start, lineEnd).replace(/[\r\n]+$/, '')
    const content = stripBlanks(line)
    if (content === '') current?.lines.push('')
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue
    const indent = /^[ \t]*/.exec(line)![0]
    if (current && indent.length > current.property.indent.length) {
      current.continuation.push({start, end: lineEnd})
      current.lines.push(content)
      continue
    }
    const property = readProperty(line, content, indent, start, lineEnd)
    if (!property) continue
    close()
    current = {property, continuation: [], lines: [property.value]}
  }
  close()
  return properties
}

function readProperty(
  line: string,
  content: string,
  indent: string,
  start: number,
  lineEnd: number,
): Property | undefined {
  const delimiterAt = content.search(/[=:]/)
  if (delimiterAt < 1) return undefined
  const key = stripBlanks(content.slice(0, delimiterAt))
  const rest = line.slice(indent.length + delimiterAt + 1)
  const value = stripBlanks(rest)
  // `= # text` is empty with a comment to most readers; a blank may also be the one before the comment.
  const comment = /(?:^|[ \t]+)([#;].*)$/.exec(rest)
  const plain = comment ? stripBlanks(rest.slice(0, comment.index)) : value
  return {
    name: key.toLowerCase(),
    key,
    value,
    plainValue: plain,
    ...(comment ? {inlineComment: stripBlanks(comment[1]!)} : {}),
    delimiter: content[delimiterAt] as '=' | ':',
    indent,
    start,
    valueStart: start + indent.length + delimiterAt + 1 + (rest.length - rest.replace(/^[ \t]+/, '').length),
    lineEnd,
    continuation: [],
  }
}
