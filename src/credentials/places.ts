/** Where something stands, as it is shown: a variable, or a file with its line. */
import {say, type SafeText} from '../text/safe-text.js'
import {encode} from '../files/bytes.js'
import {shownPath} from '../files/shown-path.js'
import type {AwsDocument} from '../aws-files/document.js'
import type {FileKind} from '../files/locations.js'
import type {SeenFile, Snapshot} from './snapshot.js'

/** The first of the keys that stands in the profile, the credentials file first. */
export function placeOfKey(s: Snapshot, profile: string, keys: readonly string[]): SafeText | undefined {
  for (const role of ['credentials', 'config'] as const) {
    const line = lineOfKey(s[role], profile, keys)
    if (line !== undefined) return fileLine(s, role, line)
  }
  return undefined
}

/** The header of the profile, the credentials file first. */
export function placeOfProfile(s: Snapshot, profile: string): SafeText | undefined {
  for (const role of ['credentials', 'config'] as const) {
    const {document, plain} = s[role]
    const section = plain ? undefined : document.section(profile)
    const line = section ? document.lineAt(section.start) : plain?.lineOf(profile)
    if (line !== undefined) return fileLine(s, role, line)
  }
  return undefined
}

/** Line of the first of the keys that stands in the profile, from 1. */
export function lineOfKey(
  {document, plain}: SeenFile,
  profile: string,
  keys: readonly string[],
): number | undefined {
  if (plain) return plain.lineOfKey(profile, keys)
  const section = document.section(profile)
  const property = section && document.properties(section).find(({name}) => keys.includes(name))
  return property && document.lineAt(property.start)
}

/** The section `[sso-session NAME]` or `[services NAME]` of the config file. */
export function placeOfSection(
  s: Snapshot,
  type: 'sso-session' | 'services',
  name: string,
): SafeText | undefined {
  const {document} = s.config
  let starts = sectionStarts.get(document)
  if (!starts) {
    starts = new Map(document.sections.map((each) => [`${each.type} ${each.name}`, each.start]))
    sectionStarts.set(document, starts)
  }
  const start = starts.get(`${type} ${encode(name)}`)
  return start === undefined ? undefined : fileLine(s, 'config', document.lineAt(start))
}

/** Offsets of headers by type and name, made once for a file. */
const sectionStarts = new WeakMap<AwsDocument, ReadonlyMap<string, number>>()

export function fileLine(s: Snapshot, role: FileKind, line: number): SafeText {
  return say`${shownPath(s[role].path, s.home)}:${line}`
}
