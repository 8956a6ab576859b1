/**
 * So many random bytes in hexadecimal. By the global `crypto`, which Node loads when it is used: importing
 * `node:crypto` takes more than two milliseconds of every start.
 */
export function randomHex(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex')
}
