/**
 * The files as botocore and the AWS CLI read them: Python's `configparser.RawConfigParser()` with its defaults,
 * then `botocore.configloader`. Written after CPython 3.11 and botocore 1.43.
 */
import type {FileKind} from '../../files/locations.js'
import type {Reading, ReadProfile} from './reading.js'
import {shellSplit} from './shell-split.js'

/** What Python's `str.strip` takes away. */
const PY_SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const LEFT = new RegExp(`^${PY_SPACE}+`)
const RIGHT = new RegExp(`${PY_SPACE}+$`)
/** A dot of Python is all but a line feed: U+2028 too may stand in a value or a name. */
const OPTION = new RegExp(`^(.*?)${PY_SPACE}*[=:]${PY_SPACE}*(.*)$`, 's')
/** What Python's `str.splitlines` takes for the end of a line: more than those of a file. */
const LINE_ENDS = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/

const pythonStrip = (text: string): string => text.replace(LEFT, '').replace(RIGHT, '')

/** `text` is the decoded file. Sections in the order of the file, in Python's spelling of their names. */
export function readAsBotocore(text: string, kind: FileKind): Reading {
  const parsed = parseConfigparser(text)
  if ('error' in parsed) return parsed
  const profiles = new Map<string, ReadProfile>()
  const ssoSessions = new Map<string, ReadProfile>()
  for (const [section, options] of parsed.sections) {
    for (const [name, value] of options) {
      const bad = value.startsWith('\n') ? invalidNested(value) : undefined
      if (bad !== undefined) return {error: {line: 0, code: 'NESTED_WITHOUT_EQUALS', text: name}}
    }
    const withDefaults = new Map([...parsed.defaults, ...options])
    const name = kind === 'credentials' ? section : profileName(section)
    const session = kind === 'credentials' ? undefined : nameBehind('sso-session', section)
    if (name !== undefined) profiles.set(name, withDefaults)
    else if (session !== undefined) ssoSessions.set(session, withDefaults)
  }
  return {profiles, ssoSessions, sections: [...parsed.sections.keys()]}
}

interface Configparser {
  readonly sections: Map<string, Map<string, string>>
  readonly defaults: Map<string, string>
}

type Failed = Extract<Reading, {error: unknown}>

export function parseConfigparser(text: string): Configparser | Failed {
  if (text.startsWith('\ufeff')) return fail(1, 'BYTE_ORDER_MARK', '')
  const sections = new Map<string, Map<string, string[]>>()
  const defaults = new Map<string, string[]>()
  let current: Map<string, string[]> | undefined
  let option: string[] | undefined
  let indentLevel = 0
  let firstError: Failed | undefined
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const value = pythonStrip(line)
    if (value === '') {
      option?.push('')
      continue
    }
    if (value.startsWith('#') || value.startsWith(';')) continue
    const indent = line.length - line.replace(LEFT, '').length
    if (current && option && indent > indentLevel) {
      option.push(value)
      continue
    }
    indentLevel = indent
    const header = /^\[(.+)\]/s.exec(value)
    if (header) {
      const name = header[1]!
      if (sections.has(name)) return fail(index + 1, 'DUPLICATE_SECTION', name)
      current = name === 'DEFAULT' ? defaults : new Map()
      if (name !== 'DEFAULT') sections.set(name, current)
      option = undefined
      continue
    }
    if (!current) return fail(index + 1, 'BEFORE_FIRST_SECTION', value)
    const parts = OPTION.exec(value)
    if (!parts || parts[1] === '') {
      firstError ??= fail(index + 1, 'NO_EQUALS', value)
      // Python goes on with the old option, or with the empty name; either way the file is refused at its end.
      continue
    }
    const name = pythonStrip(parts[1]!).toLowerCase()
    if (current.has(name)) return fail(index + 1, 'DUPLICATE_KEY', name)
    option = [pythonStrip(parts[2]!)]
    current.set(name, option)
  }
  if (firstError) return firstError
  const join = (options: Map<string, string[]>) =>
    new Map([...options].map(([name, lines]) => [name, lines.join('\n').replace(RIGHT, '')]))
  return {
    sections: new Map([...sections].map(([name, options]) => [name, join(options)])),
    defaults: join(defaults),
  }
}

function fail(line: number, code: string, text: string): Failed {
  return {error: {line, code, text}}
}

function invalidNested(value: string): string | undefined {
  return value
    .split(LINE_ENDS)
    .map(pythonStrip)
    .find((line) => line !== '' && !line.includes('='))
}

/** `build_profile_map`: the profile a section of `config` stands for. */
function profileName(section: string): string | undefined {
  return section === 'default' ? section : nameBehind('profile', section)
}

function nameBehind(type: string, section: string): string | undefined {
  if (!section.startsWith(type)) return undefined
  const parts = shellSplit(section)
  return parts?.length === 2 ? parts[1] : undefined
}
