/** The file behind "Download .csv file" in the console, with the columns it had over the years. */
import type {RawField, RawKey} from './raw-key.js'

const COLUMNS: Readonly<Record<string, RawField>> = {
  accesskeyid: 'accessKeyId',
  secretaccesskey: 'secretAccessKey',
  sessiontoken: 'sessionToken',
  username: 'userName',
}

/** Keys of each row below a header that names both columns; `undefined` when there is no such header. */
export function readCsv(text: string): readonly RawKey[] | undefined {
  const header = findHeader(text)
  if (!header) return undefined
  const [names, ...rows] = records(text.slice(header.start), header.delimiter)
  const fields = (names ?? []).map((name) => {
    const simple = name.toLowerCase().replace(/[^a-z]/g, '')
    return Object.hasOwn(COLUMNS, simple) ? COLUMNS[simple] : undefined
  })
  return rows
    .map((row) => {
      const key: RawKey = {}
      fields.forEach((field, column) => {
        const value = row[column]?.trim()
        if (field && value) key[field] = value
      })
      return key
    })
    .filter((key) => key.accessKeyId !== undefined || key.secretAccessKey !== undefined)
}

function findHeader(text: string): {start: number; delimiter: string} | undefined {
  let start = 0
  for (const line of text.split('\n')) {
    if (line.length < 500 && /access key id/i.test(line) && /secret access key/i.test(line)) {
      const delimiter = [',', ';', '\t'].find((each) => line.includes(each))
      if (delimiter && !line.includes(':')) return {start, delimiter}
    }
    start += line.length + 1
  }
  return undefined
}

/** RFC 4180 with any delimiter; a quote that is never closed ends with the text. */
function records(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  for (let at = 0; at < text.length;) {
    const row: string[] = []
    for (let ended = false; !ended;) {
      const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter)
      row.push(field.value)
      ended = text[field.end] !== delimiter
      at = field.end + 1
    }
    if (row.some((value) => value.trim() !== '')) rows.push(row)
  }
  return rows
}

interface Field {
  readonly value: string
  /** Where the delimiter, line end or end of text after it stands. */
  readonly end: number
}

function plainField(text: string, start: number, delimiter: string): Field {
  let end = start
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++
  return {value: text.slice(start, end), end}
}

function quotedField(text: string, start: number): Field {
  let value = ''
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return {value: value + text.slice(at), end: text.length}
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      let end = quote + 1
      while (end < text.length && text[end] === ' ') end++
      return {value, end}
    }
    value += '"'
    at = quote + 2
  }
}
