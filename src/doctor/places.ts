/** Where something stands, as it is shown: a variable, or a file with its line. */
import {safe, say, type SafeText} from '../safety/safe-text.js'
import {encode} from '../store/bytes.js'
import type {Property, Section} from '../store/document.js'
import type {FileKind} from '../store/locations.js'
import type {SeenFile, Surroundings} from './surroundings.js'

/** A path; under the home folder with `~`. */
export function shown(path: string, home: string): SafeText {
  return safe(home !== '' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path)
}

export function atLine({path, document}: SeenFile, home: string, offset: number): SafeText {
  return say`${shown(path, home)}:${document.lineAt(offset)}`
}

/** The first of the keys that stands in the profile, the credentials file first. */
export function placeOfKey(s: Surroundings, profile: string, keys: readonly string[]): SafeText | undefined {
  for (const role of ['credentials', 'config'] as const) {
    const found = propertyOf(s[role], profile, keys)
    if (found) return atLine(s[role], s.home, found.start)
  }
  return undefined
}

/** The header of the profile, the credentials file first. */
export function placeOfProfile(s: Surroundings, profile: string): SafeText | undefined {
  for (const role of ['credentials', 'config'] as const) {
    const section = s[role].document.section(profile)
    if (section) return atLine(s[role], s.home, section.start)
  }
  return undefined
}

export function propertyOf(
  {document}: SeenFile,
  profile: string,
  keys: readonly string[],
): Property | undefined {
  const section = document.section(profile)
  if (!section) return undefined
  return document.properties(section).find(({name}) => keys.includes(name))
}

/** The section `[sso-session NAME]` or `[services NAME]` of the config file. */
export function placeOfSection(
  {config, home}: Surroundings,
  type: 'sso-session' | 'services',
  name: string,
): SafeText | undefined {
  const wanted = encode(name)
  const section = config.document.sections.find((each: Section) => each.type === type && each.name === wanted)
  return section ? atLine(config, home, section.start) : undefined
}

export function fileLine(s: Surroundings, role: FileKind, line: number): SafeText {
  return say`${shown(s[role].path, s.home)}:${line}`
}

/** First and last four characters of a key ID. */
export function maskId(id: string): SafeText {
  return id.length < 16 ? say`****` : say`${id.slice(0, 4)}${'*'.repeat(12)}${id.slice(-4)}`
}
