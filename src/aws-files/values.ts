/** What may be written into the files: only what every reader gives back as it was. */
import {say, type SafeText} from '../text/safe-text.js'
import {isPlainName} from './header.js'
import {failure} from '../files/trouble.js'

const KEY = /^[a-z0-9_-]+$/
/** White space of any of the readers at either end would be lost on reading. */
const OUTER_SPACE = /^[\s\x1c-\x1f\x85]|[\s\x1c-\x1f\x85]$/u

/** Throws a `Failure` for a value that one of the readers would cut, refuse or take for something else. */
export function checkValue(key: string, value: string): void {
  if (!KEY.test(key) || key in Object.prototype)
    throw refuse(key, say`a key is lower-case letters, digits, _ and -`)
  const why = reasonAgainst(value)
  if (why) throw refuse(key, why)
}

function reasonAgainst(value: string): SafeText | undefined {
  if (value === '') return say`an empty value begins a nested block`
  if (/[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(value))
    return say`it holds a line break or another control character`
  if (/\p{Surrogate}/u.test(value)) return say`it is not valid text`
  if (OUTER_SPACE.test(value) || value.startsWith('\ufeff') || value.endsWith('\ufeff'))
    return say`it begins or ends with white space`
  if (/^[#;]|\s[#;]/u.test(value)) return say`a part of it would be read as a comment`
  return undefined
}

/** Throws a `Failure` for a name that not every reader accepts. */
export function checkName(name: string): void {
  if (isPlainName(name) && !(name in Object.prototype)) return
  throw failure(
    'PROFILE_NAME_REFUSED',
    say`${name} cannot be the name of a profile.`,
    say`AWS tools agree only on letters, digits and - / . % @ _ : + in names.`,
    say`Choose a name such as acme-dev.`,
  )
}

/** Never says the value: it may be a secret. */
function refuse(key: string, why: SafeText) {
  return failure(
    'VALUE_REFUSED',
    say`The value of ${key} cannot be written. Nothing was changed.`,
    say`AWS tools would not read it back as it is: ${why}.`,
    say`Copy the value again, without what stands around it.`,
  )
}
