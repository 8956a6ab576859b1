/** The last net under everything that is logged: masks what is a secret or looks like one. */
import type {Secret} from './secret.js'
import {FORTY, isMixed} from './secret-shape.js'

const MASK = '[secret]'

/** A piece of a known secret this long is masked too: what is left where a text was cut or wrapped. */
const PIECE_LENGTH = 12

const SECRET_NAMES =
  'secret[ _-]?(?:access[ _-]?)?key|(?:session|security|access|refresh|id|bearer|csrf|auth)[ _-]?token|client[ _-]?secret|' +
  'pass(?:word|wd|phrase)|api[ _-]?key|private[ _-]?key|license[ _-]?key|serverless[ _-]access[ _-]key|' +
  'device[ _-]?code|code[ _-]?verifier|dpop(?:[ _-]?key)?|x-amz-signature|signature'

/** `name = value` in any notation, also XML and URL queries. What stands before the value is kept. */
const NAMED = new RegExp(
  `((?:${SECRET_NAMES})(?:\\\\?["'\\]]){0,3}[ \\t]{0,9}(?:=>|[=:>]|%3[Dd]|,)[ \\t]{0,9}(?:\\\\?["'\`])?)` +
    '(?!\\[secret\\])[^\\s"\'`<>&;,\\\\]+',
  'gi',
)

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Headers that carry credentials: the rest of the line, or of the quoted text.
  [/((?:proxy-)?authorization\\?["']?[ \t]{0,9}[:=,][ \t]{0,9}\\?["']?)[^"'\r\n\\]+/gi, `$1${MASK}`],
  [/((?:set-)?cookie\\?["']?[ \t]{0,9}[:=,][ \t]{0,9}\\?["']?)[^"'\r\n\\]+/gi, `$1${MASK}`],
  [/\b(bearer|basic|dpop)[ \t]+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
  [/-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*(?:-----END[^-]{0,40}-----)?/g, MASK],
  [NAMED, `$1${MASK}`],
  // JSON web tokens, and the beginnings session tokens have.
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, MASK],
  [/\b(?:IQoJ|FQoG|FwoG|AQoD)[A-Za-z0-9/+=_%-]{40,}/g, MASK],
  // Name and password before the host of a URL.
  [/(:\/\/)[^\s/?#@"'<>]{1,500}@/g, `$1${MASK}@`],
]

const LONG_BASE64 = /[A-Za-z0-9/+_-]{200,}={0,2}/g

/**
 * The text with secrets replaced by `[secret]`. `known` are masked in every encoding they may be logged in
 * (URL, JSON, HTML, base64, hex); anything else by its shape or the name beside it. Names and access key IDs stay.
 */
export function redact(text: string, known: readonly Secret[] = []): string {
  let redacted = known.reduce(withoutSecret, text)
  for (const [pattern, replacement] of PATTERNS) redacted = redacted.replace(pattern, replacement)
  return redacted.replace(FORTY, (run) => (isMixed(run) ? MASK : run)).replace(LONG_BASE64, MASK)
}

function withoutSecret(text: string, secret: Secret): string {
  const value = secret.reveal()
  // Masking every "a" would make the log unreadable and give the secret away.
  if (value.length < 4) return text
  const encoded = encodedForms(value).reduce((rest, form) => rest.replaceAll(form, MASK), text)
  return withoutPieces(encoded.replace(escapedForm(value), MASK), value)
}

/** Each character as itself or escaped for a URL (also twice), JSON, JavaScript or HTML, in any mixture. */
function escapedForm(value: string): RegExp {
  const characters = [...value].map((character) => {
    const code = character.codePointAt(0)!
    const hex = code.toString(16).padStart(2, '0')
    const forms = [
      `\\\\{0,3}${escapeForRegExp(character)}`,
      `%(?:25){0,3}${caseless(hex)}`,
      `\\\\{1,4}u${caseless(hex.padStart(4, '0'))}`,
      `\\\\{1,4}x${caseless(hex)}`,
      `&#0{0,4}${code};`,
      `&#[xX]0{0,4}${caseless(hex)};`,
    ]
    return `(?:${forms.join('|')})`
  })
  return new RegExp(characters.join(''), 'gu')
}

/** URL, JSON, base64 in its three alignments (as in `Basic`, where a name stands before it), base64url, hex. */
function encodedForms(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8')
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    // Only characters made of the secret's bits alone are the same whatever stands around it.
    const inner = text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
    return [inner, inner.replace(/\+/g, '-').replace(/\//g, '_'), encodeURIComponent(inner)]
  })
  const hex = bytes.toString('hex')
  // Beyond ASCII a URL holds bytes of UTF-8, and JSON its short escapes such as \n.
  const written = [encodeURIComponent(bytes.toString('utf8')), JSON.stringify(value).slice(1, -1)]
  return [...written, ...base64, hex, hex.toUpperCase()].filter((form) => form.length >= 5)
}

function withoutPieces(text: string, value: string): string {
  if (value.length < PIECE_LENGTH) return text
  const pieces = new Set<string>()
  for (let at = 0; at + PIECE_LENGTH <= value.length; at++) pieces.add(value.slice(at, at + PIECE_LENGTH))
  let result = ''
  for (let at = 0, kept = 0; ;) {
    if (at + PIECE_LENGTH > text.length) return result + text.slice(kept)
    if (!pieces.has(text.slice(at, at + PIECE_LENGTH))) {
      at++
      continue
    }
    result += text.slice(kept, at) + MASK
    while (pieces.has(text.slice(at, at + PIECE_LENGTH))) at++
    at += PIECE_LENGTH - 1
    kept = at
  }
}

function caseless(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
