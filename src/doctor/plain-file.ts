/**
 * A file in which nothing is written so that readers could differ, as most are: it is taken apart once for all of
 * them, in one pass, and nothing can be wrong with how it is written.
 */
import type {FileKind} from '../store/locations.js'
import type {Values} from './views.js'

type Type = 'profile' | 'sso-session' | 'services'

export interface PlainFile {
  readonly profiles: ReadonlyMap<string, Values>
  readonly ssoSessions: ReadonlyMap<string, Values>
  readonly services: ReadonlyMap<string, Values>
  /** Line of the profile's header, from 1. */
  lineOf(profile: string): number | undefined
  /** Line of the first of these keys in the profile, from 1. */
  lineOfKey(profile: string, keys: readonly string[]): number | undefined
}

const ODD = /[^\t\n\r\x20-\x7e]/
const NAME = /^[A-Za-z0-9_\-/.%@:+]+$/
const KEY = /^[a-z0-9_]+$/
const HEADERS: readonly (readonly [string, Type])[] = [
  ['profile ', 'profile'],
  ['sso-session ', 'sso-session'],
  ['services ', 'services'],
]

interface Place {
  readonly line: number
  /** Offset of the line after the header. */
  readonly body: number
}

/** `undefined` where one line is more than a plain header, a comment or `key = value`. */
export function readPlainFile(text: string, kind: FileKind): PlainFile | undefined {
  if (ODD.test(text)) return undefined
  const byType = {profile: new Map(), 'sso-session': new Map(), services: new Map()} as Record<
    Type,
    Map<string, Map<string, string>>
  >
  const places = new Map<string, Place>()
  let section: Map<string, string> | undefined
  let line = 0
  for (let next = 0; next < text.length;) {
    line++
    const start = next
    const newline = text.indexOf('\n', start)
    next = newline < 0 ? text.length : newline + 1
    const content = withoutEnd(text, start, newline < 0 ? text.length : newline)
    if (content === '') continue
    if (content.includes('\r')) return undefined
    const first = content[0]
    if (first === '#' || first === ';') continue
    if (first === ' ' || first === '\t') return undefined
    if (first === '[') {
      const header = readHeader(content, kind)
      if (!header || byType[header.type].has(header.name) || section?.size === 0) return undefined
      section = new Map()
      byType[header.type].set(header.name, section)
      if (header.type === 'profile') places.set(header.name, {line, body: next})
      continue
    }
    const property = readProperty(content)
    if (!property || !section || section.has(property.key)) return undefined
    section.set(property.key, property.value)
  }
  // A section without keys is a profile to botocore, and nothing to the SDK for JavaScript.
  if (section?.size === 0) return undefined
  return {
    profiles: byType.profile,
    ssoSessions: byType['sso-session'],
    services: byType.services,
    lineOf: (profile) => places.get(profile)?.line,
    lineOfKey: (profile, keys) => lineOfKey(text, places.get(profile), keys),
  }
}

/** Without the line break and the blanks before it. */
function withoutEnd(text: string, start: number, end: number): string {
  let last = end
  while (last > start && ' \t\r'.includes(text[last - 1]!)) last--
  return text.slice(start, last)
}

function readHeader(content: string, kind: FileKind): {type: Type; name: string} | undefined {
  if (!content.endsWith(']')) return undefined
  const inner = content.slice(1, -1)
  if (kind === 'credentials' || inner === 'default') return named('profile', inner)
  for (const [prefix, type] of HEADERS)
    if (inner.startsWith(prefix)) {
      const name = inner.slice(prefix.length)
      return type === 'profile' && name === 'default' ? undefined : named(type, name)
    }
  return undefined
}

function named(type: Type, name: string): {type: Type; name: string} | undefined {
  return NAME.test(name) && name !== 'DEFAULT' && !(name in Object.prototype) ? {type, name} : undefined
}

function readProperty(content: string): {key: string; value: string} | undefined {
  const equals = content.indexOf('=')
  if (equals < 1) return undefined
  const key = content.slice(0, equals).trimEnd()
  const value = content.slice(equals + 1).trimStart()
  return value === '' || !KEY.test(key) || /(?:^|[ \t])[;#]/.test(value) ? undefined : {key, value}
}

function lineOfKey(text: string, place: Place | undefined, keys: readonly string[]): number | undefined {
  if (!place) return undefined
  let {line} = place
  for (let next = place.body; next < text.length && text[next] !== '[';) {
    line++
    const start = next
    const newline = text.indexOf('\n', start)
    next = newline < 0 ? text.length : newline + 1
    const equals = text.indexOf('=', start)
    if (equals > 0 && equals < next && keys.includes(text.slice(start, equals).trimEnd())) return line
  }
  return undefined
}
