/**
 * A file in which nothing is written so that readers could differ, as most are: it is taken apart once for all of
 * them, in one pass, and nothing can be wrong with how it is written.
 */
import type {FileKind} from '../files/locations.js'
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
/**
 * One plain line: a header, `key = value` in which no word begins as a comment does, a comment, or nothing. Looking with
 * one expression is twice as fast as letter by letter, and this is done thousands of times before anything is shown.
 */
const LINE =
  /(?:\[([^\]\r\n]+)\]|([a-z0-9_]+)[ \t]*=[ \t]*((?![#;])\S+(?:[ \t]+(?![#;])\S+)*)|[#;][^\r\n]*|)[ \t\r]*(?:\n|$)/y
/** Names that one reader gives a meaning of its own. As a set: asked as `in`, each name would be kept once more. */
const SPECIAL = new Set(['DEFAULT', ...Object.getOwnPropertyNames(Object.prototype)])
const HEADERS: readonly {readonly prefix: string; readonly type: Type}[] = [
  {prefix: 'profile ', type: 'profile'},
  {prefix: 'sso-session ', type: 'sso-session'},
  {prefix: 'services ', type: 'services'},
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
  LINE.lastIndex = 0
  for (let line = 1; LINE.lastIndex < text.length; line++) {
    const found = LINE.exec(text)
    if (!found) return undefined
    // By number: taken apart as a list, each line would cost twice as much.
    const inner = found[1]
    const key = found[2]
    const value = found[3]
    if (inner !== undefined) {
      const header = readHeader(inner, kind)
      if (!header || byType[header.type].has(header.name) || section?.size === 0) return undefined
      section = new Map()
      byType[header.type].set(header.name, section)
      if (header.type === 'profile') places.set(header.name, {line, body: LINE.lastIndex})
    } else if (key !== undefined && value !== undefined) {
      if (!section || section.has(key)) return undefined
      section.set(key, value)
    }
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

function readHeader(inner: string, kind: FileKind): {type: Type; name: string} | undefined {
  if (kind === 'credentials' || inner === 'default') return named('profile', inner)
  const header = HEADERS.find(({prefix}) => inner.startsWith(prefix))
  if (!header) return undefined
  const name = inner.slice(header.prefix.length)
  return header.type === 'profile' && name === 'default' ? undefined : named(header.type, name)
}

function named(type: Type, name: string): {type: Type; name: string} | undefined {
  return NAME.test(name) && !SPECIAL.has(name) ? {type, name} : undefined
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
