/** Which faults of a file can be mended without a choice that only a person can make. */
import {decode} from '../../files/bytes.js'
import type {FileProblem} from '../../aws-files/diagnose.js'
import {isUtf16} from '../../aws-files/diagnose-fatal.js'
import type {AwsDocument, Property, Section} from '../../aws-files/document.js'
import {isPlainName, profileHeader} from '../../aws-files/header.js'
import {CREDENTIAL_KEYS} from '../../aws-files/keys.js'
import type {Mend} from '../types.js'

/** `undefined` where a person has to look. */
export function mendOf(document: AwsDocument, {code, line}: FileProblem): Mend | undefined {
  switch (code) {
    case 'NOT_UTF8':
      return isUtf16(document) ? {kind: 'to-utf8', role: document.kind} : undefined
    case 'BYTE_ORDER_MARK':
      return {kind: 'strip-bom', role: document.kind}
    case 'DUPLICATE_SECTION':
      return mergeOf(document, line)
    case 'NOT_A_PROFILE':
    case 'PREFIX_IN_CREDENTIALS':
    case 'HEADER_NOT_READ':
    case 'HEADER_UNUSUAL':
      return headerMend(document, line)
    case 'UPPER_CASE_KEY':
    case 'COLON':
    case 'INLINE_COMMENT':
      return keyMend(document, line)
    default:
      return undefined
  }
}

/** Sections with the lines of their headers, made once for a file: a file may have thousands of faults. */
const known = new WeakMap<
  AwsDocument,
  {readonly sections: readonly Section[]; readonly lines: readonly number[]}
>()

/** The section in which the line stands. */
function sectionAround(document: AwsDocument, line: number): Section | undefined {
  let found = known.get(document)
  if (!found) {
    const {sections} = document
    found = {sections, lines: sections.map(({start}) => document.lineAt(start))}
    known.set(document, found)
  }
  let [low, high] = [0, found.lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (found.lines[middle]! <= line) low = middle + 1
    else high = middle
  }
  return found.sections[low - 1]
}

function sectionAtLine(document: AwsDocument, line: number): Section | undefined {
  const section = sectionAround(document, line)
  return section && document.lineAt(section.start) === line ? section : undefined
}

function mergeOf(document: AwsDocument, line: number): Mend | undefined {
  const section = sectionAtLine(document, line)
  if (!section) return undefined
  const same = known.get(document)!.sections.filter(({inner}) => inner === section.inner)
  const names = same.flatMap((each) => document.properties(each).map(({name}) => name))
  return new Set(names).size === names.length
    ? {kind: 'merge-sections', role: document.kind, header: decode(section.inner)}
    : undefined
}

/** Only with a name that all tools take, only where no other section has it, and only without anything beside it. */
function headerMend(document: AwsDocument, line: number): Mend | undefined {
  const section = sectionAtLine(document, line)
  if (!section) return undefined
  const {kind, text} = document
  const from = text.slice(section.start, section.bodyStart).replace(/[\r\n]+$/, '')
  if (!/^[ \t]*\[[^\]]*\][ \t]*$/.test(from)) return undefined
  const name = nameOf(document, section)
  if (name === undefined || !isPlainName(name)) return undefined
  const others = document.profileSections(decode(name)).filter(({index}) => index !== section.index)
  if (others.length > 0) return undefined
  // A section of something else is left alone: what makes it a profile is what stands in it.
  const isProfile = document
    .properties(section)
    .some((property) => CREDENTIAL_KEYS.has(property.name) || ['region', 'output'].includes(property.name))
  if (!isProfile) return undefined
  return {kind: 'header', role: kind, line, from: decode(from), to: profileHeader(decode(name), kind)}
}

/** The profile that a header is meant for, which is written in a way that not all tools read. */
export function meantProfile(document: AwsDocument, line: number): string | undefined {
  const section = sectionAtLine(document, line)
  const name = section && nameOf(document, section)
  return name === undefined ? undefined : decode(name)
}

function nameOf({kind}: AwsDocument, {type, name}: Section): string | undefined {
  if (type === 'profile') return name
  if (type !== 'other') return undefined
  const prefixed = /^profile[ \t]+(.+)$/.exec(name)
  if (kind === 'credentials') return prefixed?.[1]
  return prefixed ? undefined : name
}

/** Keys whose values never hold what looks like a comment. */
function keyMend(document: AwsDocument, line: number): Mend | undefined {
  const at = propertyAtLine(document, line)
  if (!at) return undefined
  const {section, property} = at
  const isSimple = CREDENTIAL_KEYS.has(property.name) && property.name !== 'credential_process'
  if (section.type !== 'profile' || !(isSimple || ['region', 'output'].includes(property.name)))
    return undefined
  if (property.plainValue === '' || property.continuation.length > 0) return undefined
  return {
    kind: 'rewrite-keys',
    role: document.kind,
    profile: decode(section.name),
    keys: [property.name],
  }
}

function propertyAtLine(
  document: AwsDocument,
  line: number,
): {section: Section; property: Property} | undefined {
  const section = sectionAround(document, line)
  const property = section && document.properties(section).find(({start}) => document.lineAt(start) === line)
  return section && property ? {section, property} : undefined
}
