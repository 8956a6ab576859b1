/**
 * Edits of a document that touch only their own lines. Each is checked before it is given out: what was asked for is
 * read back by botocore, by the JavaScript SDK and by the specification, and all else near it reads as before.
 */
import {say} from '../text/safe-text.js'
import {encode} from '../files/bytes.js'
import {checkEdit, checkRemoval, refuseLeaks, type Asked} from './check-edit.js'
import {type AwsDocument, type Property, type Section} from './document.js'
import {refuseIfNotUnderstood} from './diagnose.js'
import {sectionHeader, type SectionId} from './header.js'
import {applySplices, type Splice} from './splice.js'
import {failure} from '../files/trouble.js'
import {checkName, checkValue} from './values.js'

export interface ProfileChange {
  /** Keys in lower case with their new values. */
  readonly set?: ReadonlyMap<string, string> | Readonly<Record<string, string>>
  /** Keys to take out, in lower case. */
  readonly remove?: Iterable<string>
}

const LF = 10
const CR = 13

/** Keys to set and to take out in one go. Throws a `Failure` where the file or a value does not allow it. */
export function editProfile(
  document: AwsDocument,
  profile: string,
  change: ProfileChange,
): readonly Splice[] {
  return editSection(document, {type: 'profile', name: profile}, change)
}

/** The same for a section of any kind that this program writes. */
export function editSection(document: AwsDocument, id: SectionId, change: ProfileChange): readonly Splice[] {
  const set = entriesOf(change.set)
  const remove = new Set(change.remove ?? [])
  for (const [name, value] of set) checkValue(name, value)
  refuseIfNotUnderstood(document)
  const section = soleSection(document, id)
  if (!section) return set.size === 0 ? [] : newSection(document, id, {set, remove})
  const properties = document.properties(section)
  const changes = [...properties.flatMap((property) => changeOf(document, property, set, remove))]
  const present = new Set(properties.map(({name}) => name))
  const missing = [...set].filter(([name]) => !present.has(name))
  if (missing.length === 0) {
    // What stands there already has to be what every reader finds there, too.
    if (changes.length > 0 || set.size > 0) checkEdit(document, section, changes, {set, remove}, id)
    else refuseLeaks(document, {set, remove}, id.name)
    return changes
  }
  return firstThatHolds(
    insertions(document, section, properties, remove, missing).map((insertion) => [...changes, insertion]),
    (splices) => checkEdit(document, section, splices, {set, remove}, id),
  )
}

/** Takes the section out, up to its last key. Comments after that key stay, as they often belong to the next section. */
export function removeProfile(document: AwsDocument, profile: string): AwsDocument {
  refuseIfNotUnderstood(document)
  const id = {type: 'profile', name: profile} as const
  const section = soleSection(document, id)
  if (!section) return document
  const last = document.properties(section).at(-1)
  const splices = [{start: section.start, end: last ? endOf(last) : section.bodyStart, text: ''}]
  checkRemoval(document, section, splices, id)
  return applySplices(document, splices)
}

function entriesOf(values: ProfileChange['set']): ReadonlyMap<string, string> {
  const entries = values instanceof Map ? [...values] : Object.entries(values ?? {})
  return new Map(entries.map(([name, value]) => [name.toLowerCase(), value]))
}

/** The one section of a profile. Two (they are spelled differently) are for a person to sort out. */
function soleSection(document: AwsDocument, {type, name}: SectionId): Section | undefined {
  const found = type === 'profile' ? document.profileSections(name) : document.sessionSections(name)
  if (found.length <= 1) return found[0]
  const lines = found.map(({start}) => document.lineAt(start))
  throw failure(
    'PROFILE_TWICE',
    say`The ${type === 'profile' ? say`profile` : say`sign-in session`} ${name} stands in more than one section: lines ${lines.join(', ')}. Nothing was changed.`,
    say`AWS tools disagree about which of them counts.`,
    say`Move the keys into one section, delete the other and try again.`,
  )
}

function changeOf(
  document: AwsDocument,
  property: Property,
  set: ReadonlyMap<string, string>,
  remove: ReadonlySet<string>,
): readonly Splice[] {
  const value = set.get(property.name)
  const isRemoved = value === undefined && remove.has(property.name)
  if (value === undefined && !isRemoved) return []
  const rest = property.continuation.map((span) => ({...span, text: ''}))
  if (isRemoved) return [{start: property.start, end: property.lineEnd, text: ''}, ...rest]
  const written = encode(value!)
  const isAsWanted =
    property.value === written &&
    property.key === property.name &&
    property.delimiter === '=' &&
    rest.length === 0
  if (isAsWanted && property.inlineComment === undefined) return []
  return [
    {start: property.start, end: property.lineEnd, text: rewritten(document, property, written)},
    ...rest,
  ]
}

/** The property's first line with another value. An inline comment moves above it: botocore takes it for data. */
function rewritten(document: AwsDocument, property: Property, value: string): string {
  const afterKey = document.slice(
    property.start + property.indent.length + property.key.length,
    property.valueStart,
  )
  const separator = property.delimiter === '=' ? afterKey : ' = '
  const gap = separator.endsWith('=') && property.plainValue === '' ? ' ' : ''
  const comment =
    property.inlineComment === undefined ? '' : property.inlineComment + eolAt(document, property.lineEnd)
  const isWhole = document.bytes[property.lineEnd - 1] === LF
  const eol = isWhole ? eolAt(document, property.lineEnd) : ''
  return `${comment}${property.indent}${property.name}${separator}${gap}${value}${eol}`
}

/** Where new keys may stand, best first: after the last key, or directly under the header. */
function insertions(
  document: AwsDocument,
  section: Section,
  properties: readonly Property[],
  remove: ReadonlySet<string>,
  missing: readonly (readonly [string, string])[],
): readonly Splice[] {
  const staying = properties.filter(({name}) => !remove.has(name))
  const last = properties.at(-1)
  const places = [
    {offset: last ? endOf(last) : section.bodyStart, indent: staying.at(-1)?.indent ?? ''},
    {offset: section.bodyStart, indent: staying[0]?.indent ?? ''},
  ]
  return places.map(({offset, indent}) =>
    insertion(
      document,
      offset,
      missing.map(([name, value]) => `${indent}${name} = ${encode(value)}`),
    ),
  )
}

function newSection(document: AwsDocument, id: SectionId, asked: Asked): readonly Splice[] {
  checkName(id.name)
  const {length} = document.bytes
  const lastLine = document.slice(length < 2 ? 0 : document.bytes.lastIndexOf(LF, length - 2) + 1, length)
  const gap = lastLine.trim() === '' ? [] : ['']
  const lines = [...asked.set].map(([name, value]) => `${name} = ${encode(value)}`)
  const splice = insertion(document, length, [...gap, sectionHeader(id, document.kind), ...lines])
  checkEdit(document, undefined, [splice], asked, id)
  return [splice]
}

/** Whole lines put in at the start of a line or at the end of the file, with the line break of the line above. */
function insertion(document: AwsDocument, offset: number, lines: readonly string[]): Splice {
  const eol = eolAt(document, offset)
  const isAfterOpenLine = offset > 0 && document.bytes[offset - 1] !== LF
  return {
    start: offset,
    end: offset,
    text: (isAfterOpenLine ? eol : '') + lines.map((line) => line + eol).join(''),
  }
}

/** The line break that ends the line before `offset`, or else of the line before that one. */
function eolAt({bytes}: AwsDocument, offset: number): string {
  const newline = offset === 0 ? -1 : bytes.lastIndexOf(LF, offset - 1)
  const at = newline < 0 ? bytes.indexOf(LF) : newline
  return at > 0 && bytes[at - 1] === CR ? '\r\n' : '\n'
}

function endOf(property: Property): number {
  return property.continuation.at(-1)?.end ?? property.lineEnd
}

function firstThatHolds<T>(candidates: readonly T[], check: (candidate: T) => void): T {
  let refusal: unknown
  for (const candidate of candidates) {
    try {
      check(candidate)
      return candidate
    } catch (error) {
      refusal ??= error
    }
  }
  throw refusal
}
