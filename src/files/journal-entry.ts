/** An entry of the journal as it is read back: a file that says something else is none. */
import type {JournalEntry, Written, WrittenHunk} from './journal.js'

type Fields = Readonly<Record<string, unknown>>

/** `undefined` for whatever this program does not write. */
export function entryFrom(value: unknown): JournalEntry | undefined {
  if (!isFields(value) || value['version'] !== 1) return undefined
  const {id, at, profile, writes} = value
  const isEntry =
    isText(id) &&
    isCount(at) &&
    at <= LAST &&
    isText(profile) &&
    isListOf(writes, isListOfWritten) &&
    writes.length > 0
  return isEntry ? {id, at, profile, writes} : undefined
}

/** The last time that a date can tell, in milliseconds since 1970. */
const LAST = 8_640_000_000_000_000

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isTexts = (value: unknown) => isListOf(value, isText)
const isListOfWritten = (value: unknown): value is readonly Written[] => isListOf(value, isWritten)

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isListOf<T>(value: unknown, is: (each: unknown) => each is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is)
}

function isWritten(value: unknown): value is Written {
  if (!isFields(value)) return false
  const {path, realPath, role, existed, madeFolder, after, hunks} = value
  return (
    [path, realPath, after].every(isText) &&
    ['credentials', 'config', 'service'].includes(role as string) &&
    typeof existed === 'boolean' &&
    (madeFolder === undefined || isText(madeFolder)) &&
    isListOf(hunks, isHunk)
  )
}

function isHunk(value: unknown): value is WrittenHunk {
  if (!isFields(value)) return false
  const {at, length, old, now, under, above, below, signs, keys, header} = value
  return (
    isCount(at) &&
    isCount(length) &&
    [old, now, under, above, below].every(isTexts) &&
    (signs === undefined || isTexts(signs)) &&
    (keys === undefined || isTexts(keys)) &&
    (header === undefined || isText(header))
  )
}
