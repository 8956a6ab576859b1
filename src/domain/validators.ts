/** What may be a profile name, a region or an account ID. The parts of an access key are in `key-validators.ts`. */
import type {ProfileName, RegionName} from './access-key.js'
import {isShapedLikeAccessKeyId, isShapedLikeSecret} from './key-validators.js'
import type {ValidationError} from './problem.js'
import {isShapedLikeRegion, suggestRegion} from './regions.js'
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'

export {
  checkAccessKeyId,
  checkSecretAccessKey,
  checkSessionToken,
  doubtAboutAccessKeyId,
  isTemporary,
  parseAccessKeyId,
  parseSecretAccessKey,
  parseSessionToken,
  withoutQuotes,
} from './key-validators.js'

/** The names every reader of the AWS files agrees on; other characters lose the section in one of them. */
const PROFILE_NAME = /^[A-Za-z0-9\-/.%@_:+]+$/
const MAX_PROFILE_NAME_LENGTH = 128
const EXAMPLE = say`acme-dev`
const looksLikeKey: ValidationError = {
  what: say`This looks like part of an access key. The name of a profile is yours to choose.`,
  example: EXAMPLE,
}

/** `undefined` when the text may name a new profile in `~/.aws/credentials`. */
export function checkProfileName(text: string): ValidationError | undefined {
  return checkReadableName(text) ?? checkGoodName(text.trim())
}

/** What every tool reads, but a person would regret: only a profile that is there already may be called so. */
function checkGoodName(name: string): ValidationError | undefined {
  if (/A[KS]IA[A-Z0-9]{16}/.test(name)) return looksLikeKey
  if (name !== 'default' && isAlmostDefault(name.toLowerCase()))
    return {
      what: say`This is almost default, the profile that is used when none is named, but not the same.`,
      example: say`default`,
    }
  if (name.startsWith('-'))
    return {
      what: say`A name that begins with - is taken for an option on a command line.`,
      example: suggestProfileName(name),
    }
  if (name.includes('..'))
    return {what: say`Some tools make a file name of it, and .. leads out of their folder.`, example: EXAMPLE}
  return undefined
}

/** Letters of `default` in another order, one of them missing, or an `s` behind them. */
function isAlmostDefault(name: string): boolean {
  const inOrder = (text: string) => [...text].sort().join('')
  if (inOrder(name) === inOrder('default') || name === 'defaults') return true
  return [...'default'].some((_, at) => name === `default`.slice(0, at) + `default`.slice(at + 1))
}

/** `undefined` when every reader of the AWS files finds a profile of this name. */
function checkReadableName(text: string): ValidationError | undefined {
  const name = text.trim()
  const example = EXAMPLE
  if (name === '') return {what: say`A profile needs a name.`, example: say`default`}
  if (isShapedLikeAccessKeyId(name) || (isShapedLikeSecret(name) && hasMixedClasses(name)))
    return looksLikeKey
  if (name.length > MAX_PROFILE_NAME_LENGTH)
    return {
      what: say`A profile name has at most ${MAX_PROFILE_NAME_LENGTH} characters; this has ${name.length}.`,
      example,
    }
  if (name.startsWith('['))
    return {what: say`Give the name alone, without the brackets it has in the file.`, example}
  if (!PROFILE_NAME.test(name))
    return {
      what: say`A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.`,
      example: suggestProfileName(name),
    }
  // The AWS CLI gives the keys of `[DEFAULT]` to every other profile of the file.
  if (name === 'DEFAULT')
    return {
      what: say`DEFAULT in capitals leaks into every other profile of the AWS CLI.`,
      example: say`default`,
    }
  // `[__proto__]` makes the JavaScript SDK read the whole file as empty, `[constructor]` makes it write into `Object`.
  if (name in Object.prototype)
    return {what: say`The AWS SDK for JavaScript cannot read a profile called ${name}.`, example}
  return undefined
}

/**
 * The name of a profile, new or there already, without the white space around it; `undefined` where not every tool
 * would find it. What `checkProfileName` advises against for a new profile is taken.
 */
export function parseProfileName(text: string): ProfileName | undefined {
  return checkReadableName(text) ? undefined : (text.trim() as ProfileName)
}

/** The refused name with what may stay of it, unless it is so long that it may be a secret. */
function suggestProfileName(refused: string): SafeText {
  if (refused.length > 24) return EXAMPLE
  const kept = refused
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\s+/g, '-')
    .replace(/[^A-Za-z0-9\-/.%@_:+]/g, '')
    .replace(/^-+|-+$/g, '')
  return checkProfileName(kept) ? EXAMPLE : say`${kept}`
}

/** As good as every random secret is; a name of exactly 40 letters is not. */
function hasMixedClasses(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9/+]/.test(text)
}

/**
 * `undefined` for a known region and for one newer than this program that follows the pattern
 * (`us-east-3`); a misspelling is answered with the region it is closest to.
 */
export function checkRegion(text: string): ValidationError | undefined {
  const name = text.trim()
  if (name === '') return {what: say`A region is needed.`, example: say`us-east-1`}
  if (isShapedLikeRegion(name)) return undefined
  if (isShapedLikeAccessKeyId(name) || (isShapedLikeSecret(name) && hasMixedClasses(name)))
    return {what: say`This looks like part of an access key, not like a region.`, example: say`us-east-1`}
  const zone = /^(.+[0-9])[a-z]$/.exec(name)
  if (zone && isShapedLikeRegion(zone[1]!))
    return {
      what: say`${name} is an availability zone. The region is its name without the last letter.`,
      example: say`${zone[1]}`,
    }
  if (/^aws(-[a-z-]+)?-global$/.test(name) || name === 'global')
    return {what: say`Give a region with a place, not the global one.`, example: say`us-east-1`}
  const meant = suggestRegion(name)
  return meant
    ? {
        what: say`AWS has no region of this name. Did you mean ${meant.id}, ${meant.name}?`,
        example: say`${meant.id}`,
      }
    : {what: say`AWS has no region of this name.`, example: say`us-east-1`}
}

/** The region without the white space around it; `undefined` where `checkRegion` complains. */
export function parseRegion(text: string): RegionName | undefined {
  return checkRegion(text) ? undefined : (text.trim() as RegionName)
}

/** `undefined` for 12 digits, also in the console's groups of four: `1234-5678-9012`. */
export function checkAccountId(text: string): ValidationError | undefined {
  const digits = withoutGroups(text)
  const example = say`123456789012`
  if (digits === '') return {what: say`An account ID is needed.`, example}
  if (isShapedLikeAccessKeyId(digits) || isShapedLikeSecret(digits))
    return {what: say`This looks like part of an access key. An account ID is 12 digits.`, example}
  if (!/^[0-9]+$/.test(digits)) return {what: say`An account ID is made of 12 digits only.`, example}
  if (digits.length !== 12)
    return {what: say`An account ID has 12 digits; this has ${digits.length}.`, example}
  return undefined
}

/** 12 digits, leading zeros kept; `undefined` where `checkAccountId` complains. */
export function parseAccountId(text: string): string | undefined {
  return checkAccountId(text) ? undefined : withoutGroups(text)
}

function withoutGroups(text: string): string {
  const trimmed = text.trim()
  return /^[0-9]{4}[- ][0-9]{4}[- ][0-9]{4}$/.test(trimmed) ? trimmed.replace(/[- ]/g, '') : trimmed
}
