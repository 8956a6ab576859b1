/** Both files as one tool sees them together: `config` first, and of a key in both the one in `credentials` counts. */
import {decode} from '../files/bytes.js'
import type {AwsDocument} from '../aws-files/document.js'
import type {FileKind} from '../files/locations.js'
import {parseConfigparser} from '../aws-files/readers/botocore.js'
import {readAsJavaScript} from '../aws-files/readers/javascript.js'
import {shellSplit} from '../aws-files/readers/shell-split.js'
import type {PlainFile} from './plain-file.js'

export type Values = ReadonlyMap<string, string>
export type Sections = ReadonlyMap<string, Values>

export interface View {
  readonly profiles: Sections
  readonly ssoSessions: Sections
  readonly services: Sections
  /** Profiles of one file alone: botocore takes access keys from each file by itself. */
  readonly credentials: Sections
  readonly config: Sections
  /** The file that the tool refuses as a whole, and where. */
  readonly refused?: {readonly role: FileKind; readonly line: number}
}

interface File {
  readonly document: AwsDocument
  /** Where nothing in it could be read in two ways. */
  readonly plain?: PlainFile
}

interface Files {
  readonly credentials: File
  readonly config: File
  readonly env: Readonly<Record<string, string | undefined>>
}

interface FileView {
  readonly profiles: Sections
  readonly ssoSessions: Sections
  readonly services: Sections
  readonly refusedAt?: number
}

const NOTHING: FileView = {profiles: new Map(), ssoSessions: new Map(), services: new Map()}

export interface Views {
  readonly javascript: View
  readonly botocore: View
}

/** Files that nothing is wrong with are read once for both. */
export function readViews(files: Files): Views {
  const {config, credentials, env} = files
  const [one, other] = [config.plain, credentials.plain]
  const isSpecial = [env['AWS_CONFIG_FILE'], env['AWS_SHARED_CREDENTIALS_FILE']].some(takenDifferently)
  if (!one || !other || isSpecial || [one, other].some(holdsOddNames))
    return {javascript: javascriptView(files), botocore: botocoreView(files)}
  const view = {
    profiles: merged(one.profiles, other.profiles),
    ssoSessions: one.ssoSessions,
    services: one.services,
    credentials: other.profiles,
    config: one.profiles,
  }
  return {javascript: view, botocore: view}
}

/** Names that every object of JavaScript has: the SDK does not find a profile that is called so. */
const OBJECT_NAMES = Object.getOwnPropertyNames(Object.prototype)

function holdsOddNames({profiles}: {readonly profiles: Sections}): boolean {
  return OBJECT_NAMES.some((name) => profiles.has(name))
}

function withoutOddNames(profiles: Sections): Sections {
  return new Map([...profiles].filter(([name]) => !OBJECT_NAMES.includes(name)))
}

/** Paths that tools take differently: empty, or with a `~`. */
function takenDifferently(path: string | undefined): boolean {
  return path === '' || path?.startsWith('~') === true
}

/** A file with a section called `__proto__` reads as empty here. */
export function javascriptView({credentials, config, env}: Files): View {
  const seen = javascriptConfig(decode(config.document.text))
  const keys = readAsJavaScript(decode(credentials.document.text), 'credentials')
  const profiles = 'error' in keys ? new Map<string, Values>() : keys.profiles
  // Sessions are read from AWS_CONFIG_FILE as it stands: this reader does not know `~` there.
  const isTilde = env['AWS_CONFIG_FILE']?.startsWith('~/') === true
  return {
    profiles: withoutOddNames(merged(seen.profiles, profiles)),
    ssoSessions: isTilde ? NOTHING.ssoSessions : seen.ssoSessions,
    services: seen.services,
    credentials: profiles,
    config: seen.profiles,
    ...('error' in keys ? {refused: {role: 'credentials', line: keys.error.line}} : {}),
    ...(seen.refusedAt === undefined ? {} : {refused: {role: 'config', line: seen.refusedAt}}),
  }
}

function javascriptConfig(text: string): FileView {
  // As `credentials`: that gives every section under its own key.
  const reading = readAsJavaScript(text, 'credentials')
  if ('error' in reading) return {...NOTHING, refusedAt: reading.error.line}
  const [profiles, ssoSessions, services] = [new Map(), new Map(), new Map()] as Map<string, Values>[]
  const byType = new Map([
    ['profile', profiles!],
    ['sso-session', ssoSessions!],
    ['services', services!],
  ])
  const plain = reading.profiles.get('default')
  if (plain) profiles!.set('default', plain)
  for (const [key, values] of reading.profiles) {
    const dot = key.indexOf('.')
    byType.get(key.slice(0, Math.max(dot, 0)))?.set(key.slice(dot + 1), values)
  }
  return {profiles: profiles!, ssoSessions: ssoSessions!, services: services!}
}

/** One file that is refused makes every command fail. An empty AWS_CONFIG_FILE names no file to it. */
export function botocoreView({credentials, config, env}: Files): View {
  const seen = env['AWS_CONFIG_FILE'] === '' ? NOTHING : botocoreFile(config.document)
  const keys = env['AWS_SHARED_CREDENTIALS_FILE'] === '' ? NOTHING : botocoreFile(credentials.document)
  return {
    profiles: merged(seen.profiles, keys.profiles),
    ssoSessions: seen.ssoSessions,
    services: seen.services,
    credentials: keys.profiles,
    config: seen.profiles,
    ...(keys.refusedAt === undefined ? {} : {refused: {role: 'credentials', line: keys.refusedAt}}),
    ...(seen.refusedAt === undefined ? {} : {refused: {role: 'config', line: seen.refusedAt}}),
  }
}

function botocoreFile(document: AwsDocument): FileView {
  const notText = document.fatals.find(({code}) => code === 'NOT_UTF8')
  if (notText) return {...NOTHING, refusedAt: document.lineAt(notText.at)}
  const parsed = parseConfigparser(decode(document.text))
  if ('error' in parsed) return {...NOTHING, refusedAt: parsed.error.line}
  const nested = document.fatals.find(({code, isRefused}) => code === 'NESTED_WITHOUT_EQUALS' || isRefused)
  if (nested) return {...NOTHING, refusedAt: document.lineAt(nested.at)}
  const [profiles, ssoSessions, services] = [new Map(), new Map(), new Map()] as Map<string, Values>[]
  const all = {profiles: profiles!, ssoSessions: ssoSessions!, services: services!}
  for (const [section, own] of parsed.sections) {
    const values = parsed.defaults.size === 0 ? own : new Map([...parsed.defaults, ...own])
    if (document.kind === 'credentials' || section === 'default') all.profiles.set(section, values)
    else if (section.startsWith('profile')) put(all.profiles, section, values)
    else if (section.startsWith('sso-session')) put(all.ssoSessions, section, values)
    else if (section.startsWith('services')) put(all.services, section, values)
  }
  return all
}

function put(map: Map<string, Values>, section: string, values: Values): void {
  const plain = /^[a-z-]+ ([\w\-./%@:+]+)$/.exec(section)
  const parts = plain ? [section, plain[1]!] : shellSplit(section)
  if (parts?.length === 2) map.set(parts[1]!, values)
}

function merged(first: Sections, second: Sections): Sections {
  const all = new Map(first)
  for (const [name, values] of second) {
    const earlier = all.get(name)
    all.set(name, earlier ? union(earlier, values) : values)
  }
  return all
}

function union(first: Values, second: Values): Values {
  const all = new Map(first)
  for (const [key, value] of second) all.set(key, value)
  return all
}
