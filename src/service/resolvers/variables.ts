/** Variables of the Serverless Framework in a text: `${env:NAME, 'fallback'}`. They are found here; `resolve.ts` says what they come to. */
import {isShapedLikeSecret} from '../../domain/key-validators.js'
import {redact} from '../../text/redaction.js'
import {safe, say, type SafeText} from '../../text/safe-text.js'
import type {Secret} from '../../text/secret.js'

export interface Variable {
  /** What stands before the colon: `env`, or the name of a resolver. */
  readonly name: string
  readonly key: string
  /** Where it begins in the text. */
  readonly offset: number
}

/** One source of a variable, right behind `${` or a comma within one. */
const SOURCE = /\s{0,20}([^\s:(),{}$'"]{1,200})(?:\([^(){}]{0,200}\))?:([^,{}$]*)/y
/** One source and nothing else, with an address that can be shown: no room for a literal in it. */
const PLAIN = /^\$\{[A-Za-z][\w-]{0,60}:[\w./~-]{1,80}\}$/
const ENV_ALONE = /^\$\{\s*env:\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}$/
/** Shorter ones are words (`test`), and masking a word everywhere would tell more than it hides. */
const SECRET_LENGTH = 12

export function isVariable(text: string): boolean {
  return text.includes('${')
}

/** All sources of all variables in a text, those of nested ones and of fallbacks too. */
export function variablesIn(text: string): readonly Variable[] {
  const found: Variable[] = []
  let depth = 0
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (text.startsWith('${', at)) {
      depth++
      quote = ''
      at++
      addSource(text, at + 1, found)
    } else if (depth === 0) continue
    else if (quote !== '') quote = char === quote ? '' : quote
    else if (char === "'" || char === '"') quote = char
    else if (char === '}') depth--
    else if (char === ',') addSource(text, at + 1, found)
  }
  return found
}

function addSource(text: string, from: number, found: Variable[]): void {
  SOURCE.lastIndex = from
  const match = SOURCE.exec(text)
  if (match) found.push({name: match[1] ?? '', key: (match[2] ?? '').trim(), offset: from})
}

/** The name of the environment variable that the text consists of; nothing where there is a fallback. */
export function envNameOf(text: string): string | undefined {
  return ENV_ALONE.exec(text.trim())?.[1]
}

/**
 * What stands in a text with variables and is none: fallbacks, quoted or not, and text beside them. In a key each may
 * be the secret itself.
 */
export function literalsIn(text: string): readonly string[] {
  const found = [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2] ?? '')
  const bare = text.replace(/'[^']*'|"[^"]*"/g, '')
  found.push(...[...bare.matchAll(/,([^,:${}()]*)(?=[,}])/g)].map((match) => match[1] ?? ''))
  found.push(...outside(bare))
  return found.map((each) => each.trim()).filter((each) => each !== '')
}

/** The parts of a text that are in no variable. */
function outside(text: string): readonly string[] {
  const parts = ['']
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('${', at)) {
      if (depth++ === 0) parts.push('')
      at++
    } else if (depth > 0) depth -= text[at] === '}' ? 1 : 0
    else parts[parts.length - 1] += text[at] ?? ''
  }
  return parts
}

/** A text of the file as it may be shown: nothing in it that is a secret of this file, or looks like one. */
export function shown(text: string, secrets: readonly Secret[] = []): SafeText {
  const known = secrets.filter((secret) => secret.length >= SECRET_LENGTH)
  const masked = redact(text, known)
  if (masked === text && looksSecret(text)) return say`[secret]`
  return safe(masked)
}

/** A name within a line or command to copy; the stand-in where it has what a shell or YAML would take for more. */
export function copyable(name: string, standIn: string, secrets: readonly Secret[] = []): SafeText {
  const text = shown(name, secrets)
  return text === name && /^[A-Za-z0-9_][A-Za-z0-9_.@%+/-]{0,127}$/.test(name) ? text : safe(standIn)
}

/** The variable a key comes from, where it is only that; a fallback may hold the key itself, so it is not shown. */
export function shownVariable(text: string, secrets: readonly Secret[] = []): SafeText {
  return PLAIN.test(text) ? shown(text, secrets) : say`a variable`
}

/** Names of commits and most paths have not all three; of secret access keys nearly all have. */
export function looksSecret(text: string): boolean {
  return isShapedLikeSecret(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text)
}
