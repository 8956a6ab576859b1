/** Codes and tokens in the shapes the identity center gives them; all random. */
import {randomBytes, randomInt} from 'node:crypto'
import {Secret} from '../text/secret.js'

/** No vowels, so that no code spells a word. */
const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

/** 34 characters or so; real ones carry their region too. */
export function newClientId(region: string): string {
  return Buffer.concat([randomBytes(16), Buffer.from(region)]).toString('base64url')
}

/** Long, with two dots, as a signed token is. */
export function newClientSecret(): Secret {
  const head = Buffer.from('{"kid":"practice","alg":"HS384"}').toString('base64url')
  return new Secret([head, random(420), random(48)].join('.'))
}

export function newDeviceCode(): Secret {
  return new Secret(random(96))
}

/** `BCDF-GHJK`. */
export function newUserCode(): string {
  const four = () =>
    Array.from({length: 4}, () => USER_CODE_LETTERS[randomInt(USER_CODE_LETTERS.length)]).join('')
  return `${four()}-${four()}`
}

export function newAuthorizationCode(): Secret {
  return new Secret(random(120))
}

/** Base64 with a colon, as real ones have it: whatever stores or sends one must bear both. */
export function newAccessToken(): Secret {
  return new Secret(`aoaAAAAA${random(210, 'base64')}:${random(64, 'base64')}`)
}

export function newRefreshToken(): Secret {
  return new Secret(`aorAAAAA${random(210, 'base64')}:${random(64, 'base64')}`)
}

/** The end of a role's name in the account: 16 hexadecimal digits. */
export function newRoleSuffix(): string {
  return randomBytes(8).toString('hex')
}

function random(bytes: number, encoding: 'base64' | 'base64url' = 'base64url'): string {
  return randomBytes(bytes).toString(encoding)
}
