/** Between the two ways a file's text is held: one character a byte (latin1), and decoded. */

/** Decoded text as one character a byte. */
export function encode(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** One character a byte, decoded; bytes that are not UTF-8 become `�`. */
export function decode(latin1: string): string {
  return isAscii(latin1) ? latin1 : Buffer.from(latin1, 'latin1').toString('utf8')
}

function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text)
}
