import {lstatSync, readFileSync, readdirSync, readlinkSync} from 'node:fs'
import {join, relative} from 'node:path'

/** One place where a secret, or a long part of one, was found. */
export interface CanaryHit {
  readonly canary: string
  /** How it was written there: `plain`, `base64` and so on. */
  readonly form: string
  /** A path inside the folder, or `text`. */
  readonly where: string
}

export interface CanaryFolder {
  readonly dir: string
  /** Files that may hold the secret, such as `.aws/credentials`. */
  readonly except?: readonly string[]
  /** A folder whose files may. */
  readonly exceptBelow?: string
}

/** A part of a secret of this length counts as the secret: a line break in it must not hide it. */
const PART_LENGTH = 16

/**
 * Looks for secrets in a text, a byte stream or all files of a folder (their names and link targets too): as they
 * are, cut by colours or line ends, escaped for URLs, JSON, HTML or shells, as base64, hex or UTF-16.
 */
export function findCanary(
  where: CanaryFolder | string | Uint8Array,
  canaries: readonly string[],
): CanaryHit[] {
  if (typeof where === 'string') return search(Buffer.from(where), 'text', canaries)
  if (where instanceof Uint8Array) return search(Buffer.from(where), 'text', canaries)
  const {dir, except = [], exceptBelow} = where
  const mayHold = (name: string) =>
    except.includes(name) || (exceptBelow !== undefined && name.startsWith(`${exceptBelow}/`))
  return everyPath(dir).flatMap((path) => {
    const name = relative(dir, path)
    const inName = search(Buffer.from(name), `name of ${name}`, canaries)
    const status = lstatSync(path)
    if (status.isSymbolicLink())
      return [...inName, ...search(Buffer.from(readlinkSync(path)), name, canaries)]
    if (!status.isFile() || mayHold(name)) return inName
    return [...inName, ...search(readFileSync(path), name, canaries)]
  })
}

function search(bytes: Buffer, where: string, canaries: readonly string[]): CanaryHit[] {
  // latin1 keeps every byte; needles are compared in the same form.
  const text = bytes.toString('latin1')
  const joined = withoutLayout(text)
  return canaries.flatMap((canary) =>
    needles(canary)
      .filter(({needle}) => text.includes(needle) || joined.includes(needle))
      .slice(0, 1)
      .map(({form}) => ({canary, form, where})),
  )
}

/** Without terminal sequences, frames and white space: what a person could copy together again. */
function withoutLayout(text: string): string {
  return text
    .replaceAll(/\u001B(?:\[[0-9;?<=>]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/g, '')
    .replaceAll(/[\s|\u2502]+|\u00E2\u0094\u0082/g, '')
}

function needles(canary: string): {form: string; needle: string}[] {
  const latin = (text: string) => Buffer.from(text).toString('latin1')
  const whole: [string, string][] = [
    ['plain', canary],
    ['url', encodeURIComponent(canary)],
    ['url', encodeURIComponent(canary).replaceAll(/%../g, (code) => code.toLowerCase())],
    ['json', JSON.stringify(canary).slice(1, -1)],
    ['json', canary.replaceAll('/', '\\/')],
    [
      'html',
      canary
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    ],
    ['shell', canary.replaceAll(/[^A-Za-z0-9]/g, '\\$&')],
    ['hex', Buffer.from(canary).toString('hex')],
    ['hex', Buffer.from(canary).toString('hex').toUpperCase()],
    ['utf-16', Buffer.from(canary, 'utf16le').toString('latin1')],
    ['reversed', [...canary].reverse().join('')],
  ]
  return [
    ...whole.map(([form, text]) => ({form, needle: form === 'utf-16' ? text : latin(text)})),
    ...base64Forms(canary).map((needle) => ({form: 'base64', needle})),
    ...parts(canary).map((part) => ({form: 'part', needle: latin(part)})),
  ]
}

/** The inner characters of base64 at each of the three places where the secret may begin in what was encoded. */
function base64Forms(canary: string): string[] {
  return [0, 1, 2].flatMap((lead) => {
    const encoded = Buffer.from(' '.repeat(lead) + canary)
      .toString('base64')
      .replaceAll('=', '')
    const inner = encoded.slice(lead === 0 ? 0 : lead + 1, -1)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function parts(canary: string): string[] {
  const found: string[] = []
  for (let start = 0; start + PART_LENGTH < canary.length; start++)
    found.push(canary.slice(start, start + PART_LENGTH))
  return found
}

function everyPath(dir: string): string[] {
  return readdirSync(dir, {withFileTypes: true}).flatMap((entry) => {
    const path = join(dir, entry.name)
    return entry.isDirectory() ? [path, ...everyPath(path)] : [path]
  })
}
