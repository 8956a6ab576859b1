/** The three parts of an access key. A complaint describes a value and never repeats it: it may be a secret. */
import type {AccessKeyId} from './access-key.js'
import type {ValidationError} from './problem.js'
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'
import {Secret} from '../text/secret.js'

const ID_LENGTH = 20
const SECRET_LENGTH = 40
/** Shorter than any token AWS gives (several hundred characters), longer than a secret access key. */
const MIN_TOKEN_LENGTH = 48
const MAX_TOKEN_LENGTH = 16_384

/** AWS draws from A-Z and 2-7; the other digits pass too, because stand-ins for AWS (moto) draw from all ten. */
const ACCESS_KEY_ID = /^(?:AKIA|ASIA)[A-Z0-9]{16}$/
const SECRET = /^[A-Za-z0-9/+]{40}$/
const TOKEN = /^[A-Za-z0-9/+_-]+={0,2}$/

/** Marked so as not to be shown in the documentation of any real key. */
const ID_EXAMPLE = say`AKIA followed by 16 capital letters and digits`
const SECRET_EXAMPLE = say`40 letters, digits, / and +`

/** What other identifiers of IAM begin with (IAM user guide, "Understanding unique ID prefixes"). */
const OTHER_PREFIXES: Readonly<Record<string, SafeText>> = {
  ABIA: say`an STS service bearer token`,
  ACCA: say`a credential for one service`,
  AGPA: say`a user group`,
  AIDA: say`an IAM user`,
  AIPA: say`an EC2 instance profile`,
  ANPA: say`a managed policy`,
  ANVA: say`a version of a managed policy`,
  APKA: say`a public key`,
  AROA: say`a role`,
  ASCA: say`a certificate`,
}

/** The name of a part of a key before its value, as a line of a shell or a file has it. */
const NAME = /^(?:export\s+|set\s+|\$env:)?aws_(?:access_key_id|secret_access_key|session_token)\s*[=:]\s*/i

/** What was typed without its name, and without the quotes that stand round it in code and in files. */
export function withoutQuotes(text: string): string {
  const value = text.trim().replace(NAME, '')
  const inner = /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|“([^“”]*)”)[,;]?$/u.exec(value)
  return inner ? (inner[1] ?? inner[2] ?? inner[3] ?? inner[4] ?? '').trim() : value
}

/** Whether the text is exactly an access key ID, documentation examples included. */
export function isShapedLikeAccessKeyId(text: string): boolean {
  return ACCESS_KEY_ID.test(text)
}

/** Whether the text is exactly 40 characters a secret access key can hold. */
export function isShapedLikeSecret(text: string): boolean {
  return SECRET.test(text)
}

/** True for the keys that need a session token (`ASIA…`). */
export function isTemporary(id: AccessKeyId): boolean {
  return id.startsWith('ASIA')
}

/** `undefined` when the text is an access key ID. White space around it does not count. */
export function checkAccessKeyId(text: string): ValidationError | undefined {
  const id = text.trim()
  const say20 = (what: SafeText): ValidationError => ({what, example: ID_EXAMPLE})
  if (id === '') return say20(say`An access key ID is needed.`)
  if (ACCESS_KEY_ID.test(id)) {
    return id.endsWith('EXAMPLE')
      ? say20(
          say`This access key ID is the example of the AWS documentation. Copy your own from the console.`,
        )
      : undefined
  }
  if (isShapedLikeSecret(id))
    return say20(say`This looks like the secret access key; the ID comes first, and is 20 characters long.`)
  const generalFault = damage(id)
  if (generalFault) return say20(say`${generalFault} Copy the access key ID again.`)
  const prefix = id.slice(0, 4)
  const other = OTHER_PREFIXES[prefix]
  if (other && /^[A-Z0-9]{12,}$/.test(id))
    return say20(
      say`This is the ID of ${other} (it begins with ${prefix}), not an access key ID, which begins with AKIA or ASIA.`,
    )
  if (id !== id.toUpperCase() && ACCESS_KEY_ID.test(id.toUpperCase()))
    return say20(
      say`An access key ID is all capitals; this has small letters. Copy it again, do not retype it.`,
    )
  if (/^\d{4}-?\d{4}-?\d{4}$/.test(id))
    return say20(say`This looks like an account ID. The access key ID begins with AKIA or ASIA.`)
  if (/^arn:/i.test(id))
    return say20(say`This is an ARN, the full name of something in AWS, not an access key ID.`)
  if (!/^(?:AKIA|ASIA)/i.test(id))
    return say20(say`An access key ID begins with AKIA (or ASIA, when it is temporary); this does not.`)
  if (id.length !== ID_LENGTH)
    return say20(
      say`An access key ID has ${ID_LENGTH} characters; this has ${difference(id.length, ID_LENGTH)}.`,
    )
  return say20(say`An access key ID holds only capital letters and digits.`)
}

/** Whatever a tool would sign with: a stand-in for AWS has IDs of its own kind, and AWS says itself what it does not know. */
export function anyAccessKeyId(text: string): AccessKeyId | undefined {
  return /^[^\s"'\x00-\x1f\x7f]{1,128}$/.test(text) ? (text as AccessKeyId) : undefined
}

/** The ID without white space around it; `undefined` where `checkAccessKeyId` complains. */
export function parseAccessKeyId(text: string): AccessKeyId | undefined {
  return checkAccessKeyId(text) ? undefined : (text.trim() as AccessKeyId)
}

/** A remark on an ID that is accepted but that AWS itself would not have made: retyped `0` for `O`, `1` for `I`, `8` for `B`. */
export function doubtAboutAccessKeyId(id: AccessKeyId): SafeText | undefined {
  return /[0189]/.test(id.slice(4))
    ? say`AWS uses no 0, 1, 8 or 9 in access key IDs. If this one was retyped, look at O, I and B again.`
    : undefined
}

/** `undefined` when the text is a secret access key: 40 characters of base64 without padding. */
export function checkSecretAccessKey(text: string): ValidationError | undefined {
  const secret = text.trim()
  const say40 = (what: SafeText): ValidationError => ({what, example: SECRET_EXAMPLE})
  if (secret === '') return say40(say`A secret access key is needed.`)
  if (SECRET.test(secret)) {
    return /EXAMPLE(?:KEY)?$/.test(secret)
      ? say40(
          say`This secret access key is the example of the AWS documentation. Copy your own from the console.`,
        )
      : undefined
  }
  if (/^(?:AKIA|ASIA)[A-Z0-9]{16}$/i.test(secret))
    return say40(
      say`This is the access key ID. The secret access key is the longer one beside it, with 40 characters.`,
    )
  const fault = damage(secret)
  if (fault) return say40(say`${fault} Copy the secret access key again.`)
  if (/%(?:2f|2b|3d)/i.test(secret))
    return say40(
      say`This secret access key is URL-encoded (%2F stands for /, %2B for +). Copy it from where it was shown first.`,
    )
  if (/=+$/.test(secret) && SECRET.test(secret.replace(/=+$/, '')))
    return say40(say`A secret access key does not end in =. Leave the = out.`)
  if (/[_-]/.test(secret) && secret.length === SECRET_LENGTH)
    return say40(
      say`A secret access key holds / and +, never - or _. Something on the way has replaced them.`,
    )
  if (secret.length > 2 * SECRET_LENGTH && TOKEN.test(secret))
    return say40(
      say`This looks like a session token (${secret.length} characters). The secret access key has 40.`,
    )
  const strange = /[^A-Za-z0-9/+]/.test(secret)
  if (secret.length !== SECRET_LENGTH) {
    const isShort = secret.length < SECRET_LENGTH
    const hint = isShort ? say` A double click often stops at / or +.` : say``
    return say40(
      say`A secret access key has ${SECRET_LENGTH} characters; this has ${difference(secret.length, SECRET_LENGTH)}.${hint}`,
    )
  }
  return strange
    ? say40(
        say`A secret access key holds only letters (a to z), digits, / and +; something else is in this one.`,
      )
    : undefined
}

/** The secret without white space around it; `undefined` where `checkSecretAccessKey` complains. */
export function parseSecretAccessKey(text: string): Secret | undefined {
  return checkSecretAccessKey(text) ? undefined : new Secret(text.trim())
}

/** `undefined` when the text can be a session token: base64, several hundred characters, on one line. */
export function checkSessionToken(text: string): ValidationError | undefined {
  const token = text.trim()
  const complain = (what: SafeText): ValidationError => ({
    what,
    example: say`several hundred letters, digits, / and +, often with = at the end`,
  })
  if (token === '') return complain(say`A session token is needed.`)
  if (ACCESS_KEY_ID.test(token))
    return complain(say`This is the access key ID. The session token is the longest of the three.`)
  if (SECRET.test(token))
    return complain(
      say`This looks like the secret access key. The session token is the longest of the three.`,
    )
  const fault = damage(token)
  if (fault) return complain(say`${fault} Copy the session token again.`)
  if (/%(?:2f|2b|3d)/i.test(token))
    return complain(
      say`This session token is URL-encoded (%2F stands for /). Copy it from where it was shown first.`,
    )
  if (!TOKEN.test(token))
    return complain(
      say`A session token holds only letters (a to z), digits, / + - _ and up to two = at the end.`,
    )
  if (token.length < MIN_TOKEN_LENGTH)
    return complain(say`A session token has several hundred characters; this has ${token.length}.`)
  if (token.length > MAX_TOKEN_LENGTH)
    return complain(
      say`A session token has at most ${MAX_TOKEN_LENGTH} characters; this has ${token.length}.`,
    )
  if (/EXAMPLE/.test(token)) return complain(say`This session token is the example of the AWS documentation.`)
  return undefined
}

/** The token without white space around it; `undefined` where `checkSessionToken` complains. */
export function parseSessionToken(text: string): Secret | undefined {
  return checkSessionToken(text) ? undefined : new Secret(text.trim())
}

const NUMBERS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** `42, two too many`. */
function difference(length: number, wanted: number): SafeText {
  const by = Math.abs(length - wanted)
  return say`${length}, ${NUMBERS[by] ?? by} too ${length < wanted ? 'few' : 'many'}`
}

/** What a copy on its way through a console, a chat or a document does to any of the three. */
function damage(value: string): SafeText | undefined {
  if (/[*•●∙·⋅]{3}/u.test(value))
    return say`This was copied while it was hidden. Choose "Show" in the console first.`
  if (/…|\.\.\./u.test(value)) return say`This was cut short: three dots stand for the part that is missing.`
  if (/[“”„‟‘’‚«»]/u.test(value))
    return say`There are curved quotation marks in it, which a document or chat put there.`
  if (/["'`]/.test(value)) return say`There are quotation marks in it. Leave them out.`
  if (/\s/.test(value)) return say`There is a blank or line end inside it.`
  if (/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(value))
    return say`There is an invisible character in it.`
  return undefined
}
