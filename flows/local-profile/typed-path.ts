import {readCredentials} from '../../src/paste/credentials-text.js'

const BEGINS = /^(?:\/|~\/|\.{1,2}\/|file:\/\/\/|[A-Za-z]:[\\/])/
const ENDS = /\.(?:csv|json|txt|ini|env)$/i

/** The path in a text that holds no key itself. */
export function pathOf(text: string): string | undefined {
  return readCredentials(text).kind === 'nothing' ? typedPath(text) : undefined
}

/**
 * The path of a file in what was typed or dragged into the field of the key, as a terminal gives it: in quotes, with
 * blanks behind `\`, or as an address. A dot has to be in it, which no access key and no secret has.
 */
export function typedPath(text: string): string | undefined {
  const trimmed = text.trim()
  const bare = unquoted(trimmed)
  if (/[\r\n]/.test(bare) || bare.length > 1_000) return undefined
  // From the home folder on it is a path in any case: no key and no secret has a tilde.
  if (!bare.includes('.') && !bare.startsWith('~/')) return undefined
  if (!BEGINS.test(bare) && !(ENDS.test(bare) && !/\s/.test(trimmed))) return undefined
  return bare.startsWith('file://') ? fromAddress(bare) : bare
}

function unquoted(text: string): string {
  const inQuotes = /^'([^']*)'$|^"([^"]*)"$/.exec(text)
  if (inQuotes) return inQuotes[1] ?? inQuotes[2] ?? ''
  return /^[A-Za-z]:\\/.test(text) ? text : text.replace(/\\(.)/g, '$1')
}

function fromAddress(address: string): string | undefined {
  try {
    return decodeURIComponent(new URL(address).pathname)
  } catch {
    return undefined
  }
}

/**
 * Whether what stands in the field so far begins as the path of a file does. A secret may begin with `/` and hold
 * others, so after that a name in small letters has to follow and end, as in `/home/`, or a dot, which no secret has.
 */
export function beginsAsPath(text: string): boolean {
  const start = text.trimStart().replace(/^['"]/, '')
  if (/[\r\n]/.test(start)) return false
  return (
    /^(?:~\/|~$|\.{1,2}(?:\/|$)|file:\/\/|[A-Za-z]:\\)/.test(start) || /^\/[A-Z]?[a-z]{1,11}\//.test(start)
  )
}

/** An ID and a secret together, with or without a session token: what the console copies as one. */
export function isWholeKey(text: string): boolean {
  const {kind} = readCredentials(text)
  return kind === 'complete' || kind === 'needs-token'
}
