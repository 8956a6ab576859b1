/**
 * Lines that give a value to a name: `export`, `set`, `setx`, PowerShell, fish, .env, `docker -e`, INI sections, and
 * labels such as `AWS Access Key ID [None]:`. One tolerant reading serves all of them, since people paste a mixture.
 */
import type {SafeText} from '../../text/safe-text.js'
import {say} from '../../text/safe-text.js'
import {isShapedLikeSecret} from '../../domain/key-validators.js'
import {endOf} from '../../text/time.js'
import type {Part} from './grouped.js'
import {groupsOf, isKeyPart, KEY_PARTS, noted, regrouped} from './owned-parts.js'
import {isForeignSecret, isOfAnother, owner} from './others.js'
import type {RawField, RawKey} from './raw-key.js'

const NAME =
  /(?<![A-Za-z0-9/+])(?:aws[ _-]?)?(?:(?<secretAccessKey>secret[ _-]?(?:access[ _-]?)?key)|(?<accessKeyId>access[ _-]?key(?:[ _-]?id)?)|(?<sessionToken>(?:session|security)[ _-]?token)|(?<region>(?:default[ _-]?)?region(?:[ _-]?name)?)|(?<profileName>profile)|(?<accountId>account[ _-]?id)|(?<userName>user[ _-]?name)|(?<expiration>x_security_token_expires|(?:(?:credential|session)[ _-]?)?expiration))(?![A-Za-z0-9_])/gi

/** What stands between a name and its value; `[None]` is what `aws configure` shows of the old value. */
const SEPARATOR =
  /["'”’\]]{0,2}[ \t]{0,40}(?:\[[^\]]{0,60}\][ \t]{0,9})?(?:=>|[=:>,|]|[ \t])[ \t]{0,40}["'“”‘’`]?/y

const COMMENT = /^\s*(?:[#;]|\/\/|rem\s)/i
const HEADER = /^\s*\[\s*(?:profile\s+)?["']?([^\]"']+?)["']?\s*\]\s*(?:[#;].*)?$/
const MAX_HEADER_LENGTH = 300
/** More names than this on one line are not the work of a person or a tool. */
const MAX_NAMES = 1_000
const SHELL_LINE = /^\s*(?:\S+[$>%#]\s*|[$>%]\s*)?(?:export|declare|set|setx|setenv|\$env:|aws\s)/i
const CLOSING_QUOTES: Readonly<Record<string, string>> = {
  '"': '"”',
  "'": "'’",
  '`': '`',
  '“': '”"',
  '”': '”',
  '‘': "’'",
  '’': '’',
}

type Style = 'portal' | 'ini' | 'powershell' | 'shell' | 'windows' | 'names'

const SOURCES: Readonly<Record<Style, SafeText>> = {
  portal: say`the AWS access portal`,
  ini: say`a credentials file`,
  powershell: say`PowerShell variables`,
  shell: say`shell variables`,
  windows: say`Windows variables`,
  names: say`named values`,
}

interface Draft {
  readonly key: RawKey
  /** What stands in a comment: it keeps its place, so that nothing else is taken for its other half. */
  readonly commented: Set<RawField>
  last?: RawField
}

/**
 * Keys in the order of the text. In a section the last value of a name counts; elsewhere names say whose a value is, and a
 * repeated one begins a new key. What cannot be told apart is not paired.
 */
export function readAssignments(text: string): {
  readonly keys: readonly RawKey[]
  readonly source: SafeText
  /** Keys stand below headers, which nothing may be read across. */
  readonly hasSections: boolean
} {
  const drafts: {readonly draft: Draft; readonly of: string | undefined}[] = []
  const styles = new Set<Style>()
  const unclear = new Set<string>()
  const latest = new Map<string, Draft>()
  /** Of each owner the parts of keys, in the order of the text. */
  const parts = new Map<string, Part[]>()
  let newest: Draft | undefined
  const begin = (of: string | undefined, key: RawKey = {}): Draft => {
    const draft = {key, commented: new Set<RawField>()}
    drafts.push({draft, of})
    if (of !== undefined) latest.set(of, (newest = draft))
    return draft
  }
  let section: Draft | undefined
  let hasSections = false
  let isAfterBlank = false
  const lines = text.split('\n').map(parsed)
  const isMeant = meantIn(lines)
  for (const {line, isComment, assignments} of lines) {
    const header = !isComment && line.length <= MAX_HEADER_LENGTH ? HEADER.exec(line) : null
    if (header) {
      const profileName = header[1]!
      const accountId = /^\d{12}_/.test(profileName) ? {accountId: profileName.slice(0, 12)} : {}
      section = begin(undefined, {profileName, ...accountId})
      continue
    }
    if (line === '') isAfterBlank = true
    const keyParts = assignments.filter(({field}) => isKeyPart(field))
    // A new key below a section has no header of its own.
    const isRepeated = keyParts.some(({field, value}) => (section?.key[field] ?? value) !== value)
    const isOther = keyParts.length > 1 || line.includes('{') || (isAfterBlank && isRepeated)
    if (section && (SHELL_LINE.test(line) || isOther)) section = undefined
    if (assignments.length > 0) isAfterBlank = false
    // In a section the last value counts, so what stands in a comment is nothing there.
    if (isComment && section) continue
    // `aws configure set … --profile dev`, or `… set profile.dev.aws_secret_access_key …`.
    const ofOption = /--profile[ =]["']?([\w.-]+)|\bset profile\.([\w-]+)\./
      .exec(line)
      ?.slice(1)
      .find(Boolean)
    for (const assignment of assignments) {
      if (ofOption === undefined && !isMeant(assignment)) continue
      const {field, name, value} = assignment
      if (section && isLoose(assignment) && isForeignSecret(section.key.profileName ?? '')) continue
      const of = ofOption ?? owner(name)
      const draft = section ?? draftFor(field, of, value, {latest, newest, begin, unclear})
      if (!section && !isComment && isKeyPart(field)) noted(parts, of, field, value)
      if (isComment && draft.key[field] !== undefined) continue
      draft.key[field] = value
      if (isComment) draft.commented.add(field)
      else draft.commented.delete(field)
      draft.last = field
      if (isKeyPart(field) && !isComment) styles.add(styleOf(line, section !== undefined, draft.key))
      if (isKeyPart(field) && section) hasSections = true
    }
  }
  const groups = groupsOf(parts)
  const keys = drafts.map(({draft: {key, commented}, of}) => {
    for (const field of commented) delete key[field]
    if (of === undefined) return key
    if (unclear.has(of)) {
      delete key.secretAccessKey
      delete key.sessionToken
    }
    const own = groups.get(of)
    return own ? regrouped(key, own) : key
  })
  const found = keys.filter((key) => key.accessKeyId !== undefined || key.secretAccessKey !== undefined)
  return {keys: found, source: SOURCES[mainStyle(styles)], hasSections}
}

interface Drafts {
  readonly latest: ReadonlyMap<string, Draft>
  /** Whoever's it is. */
  readonly newest: Draft | undefined
  begin(of: string): Draft
  /** Owners with several IDs or secrets in a row: which belong together is not known. */
  readonly unclear: Set<string>
}

/** The key that a value belongs to: that of its owner, or a new one where that has such a value. */
function draftFor(
  field: RawField,
  of: string,
  value: string,
  {latest, newest, begin, unclear}: Drafts,
): Draft {
  if (!isKeyPart(field) && !latest.has(of)) return newest ?? begin(of)
  const draft = latest.get(of)
  if (!draft) return begin(of)
  const {key, commented, last} = draft
  if (key[field] === undefined || key[field] === value) return draft
  const isFree = !KEY_PARTS.some((part) => key[part] !== undefined && !commented.has(part))
  if (isFree && isKeyPart(field)) {
    for (const part of commented) delete key[part]
    commented.clear()
    return draft
  }
  const isWhole = key.accessKeyId !== undefined && key.secretAccessKey !== undefined
  if (!isKeyPart(field)) return field === 'region' && isWhole ? begin(of) : draft
  if (commented.has(field) && last === field) return draft
  if (!isWhole && commented.size === 0) unclear.add(of)
  return begin(of)
}

interface Line {
  readonly line: string
  readonly isComment: boolean
  readonly assignments: readonly Assignment[]
}

function parsed(line: string): Line {
  const isComment = COMMENT.test(line)
  return {line, isComment, assignments: [...assignmentsOf(isComment ? line.replace(COMMENT, '') : line)]}
}

/** `SECRET_KEY` is a name that many programs have. */
function isLoose({field, name}: Assignment): boolean {
  return field === 'secretAccessKey' && !/aws|access/i.test(name)
}

/** What is of AWS and of somebody whose key ID is here: a loose name counts only where no full one stands. */
function meantIn(lines: readonly Line[]): (assignment: Assignment) => boolean {
  const all = lines.flatMap(({isComment, assignments}) => (isComment ? [] : assignments))
  const hasFull = all.some((each) => each.field === 'secretAccessKey' && !isLoose(each))
  // `access key` and `secret key` are said of the same key.
  const hasShort = all.some(
    ({field, name}) => field === 'accessKeyId' && /^(?:aws[ _-]?)?access[ _-]?key$/i.test(name.trim()),
  )
  const owners = new Set(all.flatMap(({field, name}) => (field === 'accessKeyId' ? [owner(name)] : [])))
  return (each) => {
    if (each.field === 'accessKeyId') return true
    const of = owner(each.name)
    const isOwn = of === '' || owners.has(of)
    if (isLoose(each)) return (!hasFull || hasShort) && isOwn
    return isOwn || (owners.size === 0 && each.field !== 'region')
  }
}

/** Without what stands in comments, which is not what counts where something else has names. */
export function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !COMMENT.test(line))
    .join('\n')
}

function styleOf(line: string, isInSection: boolean, key: RawKey): Style {
  if (isInSection) return key.accountId === undefined ? 'ini' : 'portal'
  if (/\$env:/i.test(line)) return 'powershell'
  if (/^\s*(?:set|setx)\s+["A-Za-z]/i.test(line)) return 'windows'
  return /\b(?:export|declare|set)\s/.test(line) ? 'shell' : 'names'
}

function mainStyle(styles: ReadonlySet<Style>): Style {
  return (Object.keys(SOURCES) as Style[]).find((style) => styles.has(style)) ?? 'names'
}

interface Assignment {
  readonly field: RawField
  /** With what stands before the part of it that says the field. */
  readonly name: string
  readonly value: string
}

function* assignmentsOf(line: string): Generator<Assignment> {
  const names: {match: RegExpExecArray; whole: string}[] = []
  for (const match of line.matchAll(NAME)) {
    const ahead = line.slice(Math.max(0, match.index - 80), match.index)
    const before = /[\w.·-]*$/.exec(ahead)?.[0] ?? ''
    if (isOfAnother(before) && !/^aws/i.test(match[0])) continue
    const words = /(?:[\w.-]+[ \t]){0,2}[\w.·-]*$/.exec(ahead)?.[0] ?? ''
    if (match.groups?.['secretAccessKey'] && isForeignSecret(words + match[0])) continue
    names.push({match, whole: before + match[0]})
    if (names.length === MAX_NAMES) break
  }
  for (const [index, {match: name, whole}] of names.entries()) {
    const field = Object.entries(name.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as RawField
    SEPARATOR.lastIndex = name.index + name[0].length
    const separator = SEPARATOR.exec(line)?.[0]
    if (separator === undefined) continue
    const rest = line.slice(SEPARATOR.lastIndex, names[index + 1]?.match.index ?? line.length)
    const value = valueOf(field, rest, separator.at(-1)!)
    const isOption = line.slice(Math.max(0, name.index - 2), name.index) === '--'
    if (value !== '' && (isOption || /[=:>,|]/.test(separator) || isPlausible(field, value)))
      yield {field, name: whole, value}
  }
}

function valueOf(field: RawField, rest: string, opening: string): string {
  const closing = CLOSING_QUOTES[opening]
  if (closing !== undefined) {
    const end = [...closing].map((quote) => rest.indexOf(quote)).filter((at) => at >= 0)
    if (end.length > 0) return rest.slice(0, Math.min(...end)).trim()
  }
  const word = /^(?:\*\*\s?)?([^\s"'“”‘’`;,<>&|)]+)/.exec(rest)?.[1] ?? ''
  // A blank inside a secret is to be named, not to cut the secret short.
  const whole = rest.trim()
  // Some write a date of several words.
  if (field === 'expiration' && !Number.isNaN(endOf(whole))) return whole
  const isBroken =
    field === 'secretAccessKey' && word.length < 40 && isShapedLikeSecret(whole.replace(/\s/g, ''))
  return isBroken ? whole : word
}

/** Without `=` or `:` in between, "my access key is lost" must not be read as a value. */
function isPlausible(field: RawField, value: string): boolean {
  if (/^[*•]{4}/.test(value)) return true
  if (field === 'accessKeyId') return /^A[KS]IA[A-Z0-9]/i.test(value)
  if (field === 'secretAccessKey') return value.length >= 30 && value.length <= 60
  return field === 'sessionToken' && value.length > 40
}
