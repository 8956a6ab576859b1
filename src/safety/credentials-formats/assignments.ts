/**
 * Lines that give a value to a name: `export`, `set`, `setx`, PowerShell, fish, .env, `docker -e`, INI sections, and
 * labels such as `AWS Access Key ID [None]:`. One tolerant reading serves all of them, since people paste a mixture.
 */
import type {SafeText} from '../safe-text.js'
import {say} from '../safe-text.js'
import {isShapedLikeSecret} from '../key-validators.js'
import {endOf} from '../time.js'
import {isOfAnother, owner} from './others.js'
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

/** Keys in the order of the text. In a section the last value of a name counts, elsewhere a repeated name begins a new key. */
export function readAssignments(text: string): {readonly keys: readonly RawKey[]; readonly source: SafeText} {
  const keys: RawKey[] = [{}]
  const styles = new Set<Style>()
  let isInSection = false
  const isMeant = meantIn(text)
  for (const line of text.split('\n')) {
    if (line === '' || COMMENT.test(line)) continue
    const header = line.length <= MAX_HEADER_LENGTH ? HEADER.exec(line) : null
    if (header) {
      const profileName = header[1]!
      keys.push({profileName, ...(/^\d{12}_/.test(profileName) ? {accountId: profileName.slice(0, 12)} : {})})
      isInSection = true
      continue
    }
    if (isInSection && SHELL_LINE.test(line)) {
      keys.push({})
      isInSection = false
    }
    for (const assignment of assignmentsOf(line)) {
      if (!isMeant(assignment)) continue
      const {field, value} = assignment
      let key = keys.at(-1)!
      if (!isInSection && isKeyPart(field) && key[field] !== undefined) keys.push((key = {}))
      key[field] = value
      if (isKeyPart(field)) styles.add(styleOf(line, isInSection, key))
    }
  }
  const found = keys.filter((key) => key.accessKeyId !== undefined || key.secretAccessKey !== undefined)
  return {keys: found, source: SOURCES[mainStyle(styles)]}
}

/** `SECRET_KEY` is a name that many programs have: it counts where no full name stands, and as nobody else's. */
function meantIn(text: string): (assignment: Assignment) => boolean {
  const all = text.split('\n').flatMap((line) => (COMMENT.test(line) ? [] : [...assignmentsOf(line)]))
  const isLoose = ({field, name}: Assignment) => field === 'secretAccessKey' && !/aws|access/i.test(name)
  const hasFull = all.some((each) => each.field === 'secretAccessKey' && !isLoose(each))
  const owners = new Set(all.flatMap(({field, name}) => (field === 'accessKeyId' ? [owner(name)] : [])))
  return (each) => !isLoose(each) || (!hasFull && (owner(each.name) === '' || owners.has(owner(each.name))))
}

function isKeyPart(field: RawField): boolean {
  return field === 'accessKeyId' || field === 'secretAccessKey' || field === 'sessionToken'
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
    const before = /[\w.-]*$/.exec(line.slice(Math.max(0, match.index - 60), match.index))?.[0] ?? ''
    if (isOfAnother(before)) continue
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
