/** The files as the AWS SDK for JavaScript reads them. Written after `parseIni` of @smithy/shared-ini-file-loader 4.7. */
import type {FileKind} from '../../files/locations.js'
import type {Reading} from './reading.js'

const PREFIXED = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/
const TYPES = ['profile', 'sso-session', 'services']

/** `text` is the decoded file. Sections without a property do not exist for this reader. */
export function readAsJavaScript(text: string, kind: FileKind): Reading {
  const sections = new Map<string, Map<string, string>>()
  let section: string | undefined
  let subSection: string | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.split(/(^|\s)[;#]/)[0]!.trim()
    if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
      const name = trimmed.slice(1, -1)
      subSection = undefined
      section = sectionKey(name)
      if (name === '__proto__' || name === 'profile __proto__')
        return {error: {line: index + 1, code: 'PROTO_SECTION', text: name}}
      continue
    }
    const equals = trimmed.indexOf('=')
    if (!section || equals < 1) continue
    const name = trimmed.slice(0, equals).trim()
    const value = trimmed.slice(equals + 1).trim()
    if (value === '') {
      subSection = name
      continue
    }
    if (subSection !== undefined && line.trimStart() === line) subSection = undefined
    const properties = sections.get(section) ?? new Map<string, string>()
    sections.set(section, properties)
    properties.set(subSection === undefined ? name : `${subSection}.${name}`, value)
  }
  const names = [...sections.keys()]
  return kind === 'credentials'
    ? {profiles: sections, ssoSessions: new Map(), sections: names}
    : {profiles: profilesOf(sections), ssoSessions: sessionsOf(sections), sections: names}
}

/** `getSsoSessionData`. */
function sessionsOf(sections: ReadonlyMap<string, Map<string, string>>): Map<string, Map<string, string>> {
  const prefix = 'sso-session.'
  return new Map(
    [...sections].flatMap(([key, properties]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), properties] as const] : [],
    ),
  )
}

function sectionKey(name: string): string | undefined {
  const parts = PREFIXED.exec(name)
  if (!parts) return name
  return TYPES.includes(parts[1]!) ? `${parts[1]}.${parts[3]}` : undefined
}

/** `getConfigData`: `[profile default]` comes before `[default]`. */
function profilesOf(sections: ReadonlyMap<string, Map<string, string>>): Map<string, Map<string, string>> {
  const profiles = new Map<string, Map<string, string>>()
  const plain = sections.get('default')
  if (plain) profiles.set('default', plain)
  for (const [key, properties] of sections)
    if (key.startsWith('profile.')) profiles.set(key.slice('profile.'.length), properties)
  return profiles
}
