/**
 * The check after an edit. A header written in the plain way ends whatever was before it, for every reader. So only
 * the stretch between two such headers is read again, before and after; the rest cannot have changed.
 */
import {say, type SafeText} from '../text/safe-text.js'
import {decode} from '../files/bytes.js'
import {type AwsDocument, type Section} from './document.js'
import {sectionHeader, type SectionId} from './header.js'
import type {FileKind} from '../files/locations.js'
import {readAsBotocore} from './readers/botocore.js'
import {readAsJavaScript} from './readers/javascript.js'
import type {Reading, ReadProfile} from './readers/reading.js'
import {readSpecFile} from './readers/spec.js'
import {spliceText, type Splice} from './splice.js'
import {failure} from '../files/trouble.js'

export interface Asked {
  readonly set: ReadonlyMap<string, string>
  readonly remove: ReadonlySet<string>
}

type Reader = (text: string, kind: FileKind) => Reading

const READERS: readonly (readonly [SafeText, Reader])[] = [
  [say`the AWS CLI`, readAsBotocore],
  [say`the AWS SDK for JavaScript`, readAsJavaScript],
  [say`other AWS SDKs`, readAsSpec],
]

/** Throws a `Failure` unless what was asked for, and only that, is what the readers find. Without a section: a new one. */
export function checkEdit(
  document: AwsDocument,
  section: Section | undefined,
  splices: readonly Splice[],
  asked: Asked,
  id: SectionId,
): void {
  const {from, to} = section
    ? stretchAround(document, section)
    : {from: document.bytes.length, to: document.bytes.length}
  const before = decode(document.slice(from, to))
  const after = decode(spliceText(document, from, to, splices))
  const mayVanish = splices.some(
    ({start, end, text}) => text === '' && /^[ \t]/.test(document.slice(start, end)),
  )
  for (const [who, read] of READERS) {
    const old = read(before, document.kind)
    const now = read(after, document.kind)
    // Who refused the file before, does not know the profile by this header, or took the values that change for others
    // already (an indented comment below them, for one), is not hurt by the edit.
    const isStranger =
      'error' in old ||
      (section && !readsAsWritten(document, section, mapOf(old, id.type).get(id.name), asked))
    if (read === readAsSpec && isStranger) continue
    if ('error' in old || 'error' in now) throw notReadBack(document, section, id, who)
    const isKept = SECTION_TYPES.every((type) =>
      sameExcept(
        mapOf(old, type),
        mapOf(now, type),
        type === id.type ? id.name : undefined,
        asked,
        mayVanish,
      ),
    )
    if (!isKept || !holds(mapOf(now, id.type).get(id.name), asked))
      throw notReadBack(document, section, id, who)
  }
  refuseLeaks(document, asked, id.name)
}

/** Whether a reader finds the profile, and of the keys that change the values that stand there. */
function readsAsWritten(
  document: AwsDocument,
  section: Section,
  found: ReadProfile | undefined,
  {set, remove}: Asked,
): boolean {
  if (!found) return false
  return document
    .properties(section)
    .filter(({name}) => set.has(name) || remove.has(name))
    .every(({name, plainValue}) => found.get(name) === decode(plainValue))
}

/** Throws a `Failure` unless the section is gone for every reader, and all others read as before. */
export function checkRemoval(
  document: AwsDocument,
  section: Section,
  splices: readonly Splice[],
  id: SectionId,
): void {
  const {from, to} = stretchAround(document, section)
  const before = decode(document.slice(from, to))
  const after = decode(spliceText(document, from, to, splices))
  for (const [who, read] of READERS) {
    const old = read(before, document.kind)
    const now = read(after, document.kind)
    if (read === readAsSpec && 'error' in old) continue
    if ('error' in old || 'error' in now) throw notReadBack(document, section, id, who)
    const isKept = SECTION_TYPES.every((type) => {
      const left = new Map(mapOf(old, type))
      if (type === id.type) left.delete(id.name)
      return sameExcept(left, mapOf(now, type), undefined, NOTHING, false)
    })
    if (!isKept || mapOf(now, id.type).has(id.name)) throw notReadBack(document, section, id, who)
  }
}

const SECTION_TYPES = ['profile', 'sso-session'] as const
const NOTHING: Asked = {set: new Map(), remove: new Set()}

function mapOf(reading: Exclude<Reading, {error: unknown}>, type: SectionId['type']) {
  return type === 'profile' ? reading.profiles : reading.ssoSessions
}

/** From the last header that every reader takes for one, up to the next such header after the section. */
function stretchAround({scan, bytes}: AwsDocument, section: Section): {from: number; to: number} {
  const {headers} = scan
  const odd = new Set(scan.odd)
  let first = section.index
  while (first > 0 && odd.has(first)) first--
  let next = section.index + 1
  while (next < headers.count && odd.has(next)) next++
  return {from: headers.startAt(first)!, to: headers.startAt(next) ?? bytes.length}
}

function holds(profile: ReadProfile | undefined, {set, remove}: Asked): boolean {
  const removed = [...remove].filter((name) => !set.has(name))
  return (
    [...set].every(([name, value]) => profile?.get(name) === value) &&
    !removed.some((name) => profile?.has(name))
  )
}

/** All else reads as before. Lines of a removed value that the JavaScript SDK took for keys may go with it. */
function sameExcept(
  old: ReadonlyMap<string, ReadProfile>,
  now: ReadonlyMap<string, ReadProfile>,
  profile: string | undefined,
  {set, remove}: Asked,
  mayVanish: boolean,
): boolean {
  const isAsked = (section: string, key: string) => {
    // The JavaScript SDK takes `key : a=b` for a key called `key : a`.
    const name = key.toLowerCase().replace(/[ \t]*:.*$/s, '')
    return section === profile && (set.has(name) || remove.has(name))
  }
  for (const [section, properties] of old)
    for (const [key, value] of properties) {
      if (isAsked(section, key)) continue
      const found = now.get(section)?.get(key)
      const isMisread = mayVanish && section === profile && !/^\w+$/.test(key)
      if (found !== value && !(found === undefined && isMisread)) return false
    }
  for (const [section, properties] of now)
    for (const key of properties.keys())
      if (!isAsked(section, key) && !old.get(section)?.has(key)) return false
  return true
}

function readAsSpec(text: string, kind: FileKind): Reading {
  try {
    const {profiles, ssoSessions} = readSpecFile(text, kind)
    return {profiles, ssoSessions, sections: [...profiles.keys()]}
  } catch {
    return {error: {line: 0, code: 'SPEC', text: ''}}
  }
}

/** The AWS CLI adds the keys of `[DEFAULT]` to every profile: what is taken out of one would come back from there. */
export function refuseLeaks(document: AwsDocument, {set, remove}: Asked, profile: string): void {
  const index = document.scan.headers.find('DEFAULT')
  if (index === undefined) return
  const section = document.sectionAt(index)
  const leak = document.properties(section).find(({name}) => remove.has(name) && !set.has(name))
  if (!leak) return
  throw failure(
    'DEFAULT_LEAKS',
    say`The AWS CLI would still read ${leak.name} for ${profile}, from line ${document.lineAt(leak.start)}. Nothing was changed.`,
    say`It adds the keys of the section [DEFAULT], in capitals, to every profile.`,
    say`Rename the section to [default], or delete the key from it.`,
  )
}

function notReadBack(document: AwsDocument, section: Section | undefined, id: SectionId, who: SafeText) {
  const at = section ? document.lineAt(section.start) : undefined
  const header = sectionHeader(id, document.kind)
  const kind = id.type === 'profile' ? say`profile` : say`sign-in session`
  return failure(
    'EDIT_NOT_READ_BACK',
    say`The ${kind} ${id.name} cannot be changed safely${at === undefined ? '' : `: see line ${at} of the ${document.kind} file`}. Nothing was changed.`,
    say`After the change ${who} would not read these keys, or would read others differently.`,
    say`Write the header of the section as ${header} and its keys as \`key = value\`, each at the beginning of a line, and try again.`,
  )
}
