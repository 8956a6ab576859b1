/** Identifiers in the shapes AWS gives them; all random, so none is an example that a scanner or validator knows. */
import {randomBytes, randomInt} from 'node:crypto'
import {Secret} from '../text/secret.js'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * 20 characters. As in real ones, the 40 bits after the first carry the account number, so tools that read the
 * account out of an access key ID find the right one.
 */
export function newAccessKeyId(prefix: 'AKIA' | 'ASIA', accountId: string): string {
  const noise = BigInt(randomInt(2 ** 40))
  const value = (1n << 79n) | (BigInt(accountId) << 39n) | (noise & ((1n << 39n) - 1n))
  let text = ''
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += BASE32[Number((value >> shift) & 31n)]
  return prefix + text
}

/** The account number inside an access key ID, 12 digits. */
export function accountOfAccessKeyId(accessKeyId: string): string {
  let value = 0n
  for (const character of accessKeyId.slice(4)) value = (value << 5n) | BigInt(BASE32.indexOf(character))
  return ((value >> 39n) & ((1n << 40n) - 1n)).toString().padStart(12, '0')
}

/** 40 characters of base64, `+` and `/` included. */
export function newSecretAccessKey(): Secret {
  return new Secret(randomBytes(30).toString('base64'))
}

/** Base64 that ends in `==`, as real session tokens may: the end that careless editors of INI files lose. */
export function newSessionToken(): Secret {
  const head = Buffer.from('IQoJb3JpZ2luX2Vj', 'base64')
  return new Secret(Buffer.concat([head, randomBytes(256)]).toString('base64'))
}

/** 21 characters: `AIDA` a user, `AROA` a role, `AGPA` a group, `ANPA` a managed policy. */
export function newEntityId(prefix: 'AIDA' | 'AROA' | 'AGPA' | 'ANPA'): string {
  return prefix + Array.from({length: 17}, () => BASE32[randomInt(32)]).join('')
}
