/** Takes out of a paste what a terminal, a browser or a document put into it. */
import type {SafeText} from '../safe-text.js'
import {say} from '../safe-text.js'

/** Colours and titles: CSI, OSC and two-character escape sequences. */
const ESCAPE_SEQUENCES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g
/** What is left of bracketed paste where a terminal ate the escape character, or drew it as `^[`. */
const PASTE_BRACKETS = /(?:\^\[)?\[20[01]~/g
const ODD_BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const INVISIBLE =
  // eslint-disable-next-line no-misleading-character-class
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]|\p{Cs}/gu

export interface Tidied {
  readonly text: string
  readonly notes: readonly SafeText[]
}

/** Lines end in `\n`; no control character but tab and line end remains. Linear in the length of the text. */
export function tidy(text: string): Tidied {
  const plain = text
    .replace(/^\ufeff/, '')
    .replace(ESCAPE_SEQUENCES, '')
    .replace(PASTE_BRACKETS, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
  const visible = plain.replace(INVISIBLE, '')
  const blanksReplaced = visible.replace(ODD_BLANKS, ' ')
  const notes: SafeText[] = []
  if (visible.length !== plain.length) notes.push(say`Invisible characters in the pasted text were left out.`)
  if (blanksReplaced !== visible) notes.push(say`Unusual blanks in the pasted text were read as plain ones.`)
  return {text: blanksReplaced, notes}
}
