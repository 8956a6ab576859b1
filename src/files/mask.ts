/** Lines of the AWS files as they may be shown: every secret in them masked, in values, comments and nested blocks. */
import {maskKeyId} from '../text/mask.js'
import {redact} from '../text/redaction.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {decode} from './bytes.js'

/** The same for every secret, so that not even its length is told. */
const MASK = '****************'
const SECRET_KEY = /secret|token|passw|passphrase|private|credential(?!_process|_source)|signature/i
/** Keys whose names sound secret and whose values are not. */
const OPEN_KEYS = new Set([
  'web_identity_token_file',
  'credential_process',
  'credential_source',
  'aws_access_key_id',
])
const ACCESS_KEY_ID = /(?<![A-Za-z0-9])([A-Z]{4})[A-Z0-9]{8,120}?([A-Z0-9]{4})(?![A-Za-z0-9])/g
/** Long runs that hold both small letters and capitals: secrets cut, joined or renamed. */
const LONG_RUN = /[A-Za-z0-9/+]{32,}={0,2}/g

/** Much more than is ever shown: the patterns below take a stack as deep as a line is long. */
const MAX_LENGTH = 16_384

/** `line` is one character a byte, without its line break. `owner` is the key whose value it continues. */
export function maskLine(line: string, owner?: string): SafeText {
  if (line.length <= MAX_LENGTH) return masked(line, owner)
  // Up to a blank, so that no part of a secret is left that would not be known for one.
  const end = Math.max(0, line.lastIndexOf(' ', MAX_LENGTH))
  return say`${masked(line.slice(0, end), owner)} …`
}

function masked(line: string, owner: string | undefined): SafeText {
  const text = decode(line)
  if (owner !== undefined && isSecretKey(owner) && text.trim() !== '') return safe(`    ${MASK}`)
  const property = propertyOf(text)
  if (property) {
    const {before, key, equals, value} = property
    if (isSecretKey(key) && value.trim() !== '') return safe(`${before}${key}${equals}${MASK}`)
    if (/access_?key_?id/i.test(key)) return safe(`${before}${key}${equals}${maskValue(value)}`)
  }
  return safe(maskLoose(text))
}

/** In pieces that join to the line again. Step by step: one pattern for it takes the square of a long row of blanks. */
function propertyOf(text: string) {
  const at = text.search(/[=:]/)
  if (at < 0) return undefined
  const before = /^[ \t]*(?:[#;]+[ \t]*)?/.exec(text)![0]
  const key = text.slice(before.length, at).trimEnd()
  const value = text.slice(at + 1).trimStart()
  const equals = text.slice(before.length + key.length, text.length - value.length)
  return {before, key, equals, value}
}

function isSecretKey(key: string): boolean {
  const name = key.trim().toLowerCase()
  return !OPEN_KEYS.has(name) && SECRET_KEY.test(name)
}

/** First and last four characters, and nothing of what stands behind it. */
function maskValue(value: string): string {
  const [id = '', ...rest] = value.trim().split(/[ \t]/)
  const known = maskKeyId(id)
  return rest.length === 0 ? known : `${known} ${maskLoose(rest.join(' '))}`
}

function maskLoose(text: string): string {
  return redact(text)
    .replace(LONG_RUN, (run) => (/[a-z]/.test(run) && /[A-Z]/.test(run) ? MASK : run))
    .replace(ACCESS_KEY_ID, (id, first: string, last: string) =>
      /[0-9]/.test(id) && id.length >= 16 ? `${first}${MASK.slice(0, 12)}${last}` : id,
    )
}
