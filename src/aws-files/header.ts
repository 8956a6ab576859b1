/** What a section header means: in the specification, to botocore, and to the JavaScript SDK. */
import type {FileKind} from '../files/locations.js'

export type SectionType = 'profile' | 'sso-session' | 'services' | 'other'

export interface Header {
  readonly type: SectionType
  /** The name as a person means it: without prefix, quotes and blanks around it. */
  readonly name: string
  /** Written as every reader understands it. */
  readonly isPlain: boolean
}

/** Names every reader takes alike. */
const PLAIN_NAME = /^[A-Za-z0-9_\-/.%@:+]+$/
const PREFIXED = /^(profile|sso-session|services)[ \t]+(.+)$/

/** `inner` is the text between the brackets. */
export function readHeader(inner: string, kind: FileKind): Header {
  // botocore takes everything up to the last bracket; what stands behind the first one is a comment to a person.
  const trimmed = stripBlanks(inner.replace(/\].*$/s, ''))
  if (kind === 'credentials') {
    if (PREFIXED.test(trimmed)) return {type: 'other', name: trimmed, isPlain: false}
    return {type: 'profile', name: trimmed, isPlain: trimmed === inner && isPlainName(trimmed)}
  }
  if (trimmed === 'default') return {type: 'profile', name: 'default', isPlain: trimmed === inner}
  const prefixed = PREFIXED.exec(trimmed)
  if (!prefixed) return {type: 'other', name: trimmed, isPlain: false}
  const [, type, rest] = prefixed as unknown as [string, SectionType, string]
  const name = unquote(rest)
  return {type, name, isPlain: `${type} ${name}` === inner && isPlainName(name)}
}

/** A section that this program writes. */
export interface SectionId {
  readonly type: 'profile' | 'sso-session'
  readonly name: string
}

/** The header of a section as it is to be written. */
export function sectionHeader({type, name}: SectionId, kind: FileKind): string {
  return type === 'profile' ? profileHeader(name, kind) : `[sso-session ${name}]`
}

/** The header of a profile as it is to be written. */
export function profileHeader(name: string, kind: FileKind): string {
  return kind === 'credentials' || name === 'default' ? `[${name}]` : `[profile ${name}]`
}

export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name) && name !== 'DEFAULT' && name !== '__proto__'
}

/** Without spaces, tabs and carriage returns at either end. `trim` would also take bytes of letters such as `à`. */
export function stripBlanks(text: string): string {
  return text.replace(/^[ \t\r]+/, '').replace(/[ \t\r]+$/, '')
}

function unquote(name: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(name)
  return quoted ? quoted[2]! : name
}
