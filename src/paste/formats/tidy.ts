/** Takes out of a paste what a terminal, a browser or a document put into it. */
import type {SafeText} from '../../text/safe-text.js'
import {say} from '../../text/safe-text.js'

/** Colours and titles: CSI, OSC and two-character escape sequences. */
const ESCAPE_SEQUENCES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g
/** What is left of bracketed paste where a terminal ate the escape character, or drew it as `^[`. */
const PASTE_BRACKETS = /(?:\^\[)?\[20[01]~/g
const ODD_BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu
/** A quoted value that a narrow terminal or an editor broke over several lines. */
const BROKEN_VALUE = /["'][A-Za-z0-9/+=]{20,}(?:\n[ \t]{0,40}[A-Za-z0-9/+=]+)+["']/g
/** A line that goes on behind the sign of a shell: `\\`, or the backtick of PowerShell. */
const CONTINUED = /(?<=[A-Za-z0-9/+=])[\\`]\n(?=[A-Za-z0-9/+=])/g

/** A session token without quotes that was broken over lines of nothing else, indented or quoted as in mail. */
const BROKEN_TOKEN =
  /(?<=(?:session|security)[_ ]?token["']?[ \t]{0,9}[=:][ \t]{0,9})[A-Za-z0-9/+]{20,}(?:\n[ \t>]{0,40}(?!(?:AKIA|ASIA)[A-Z0-9]{16}(?:\n|$))[A-Za-z0-9/+]{20,})*\n[ \t>]{0,40}(?!(?:AKIA|ASIA)[A-Z0-9]{16}(?:\n|$))[A-Za-z0-9/+]{4,}={0,2}(?=\n|$)/gi

export interface Tidied {
  readonly text: string
  readonly notes: readonly SafeText[]
}

const count = (text: string) => text.split('\n').length

/** Lines end in `\n`; no control character but tab and line end remains. Linear in the length of the text. */
export function tidy(text: string): Tidied {
  const plain = text
    .replace(/^\ufeff/, '')
    .replace(ESCAPE_SEQUENCES, '')
    .replace(PASTE_BRACKETS, '')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
  const visible = plain.replace(INVISIBLE, '')
  const blanksReplaced = visible.replace(ODD_BLANKS, ' ')
  const joined = blanksReplaced
    .replaceAll('\\/', '/')
    .replace(CONTINUED, '')
    .replace(BROKEN_VALUE, (value) => value.replace(/\n[ \t]*/g, ''))
    .replace(BROKEN_TOKEN, (value) => value.replace(/\n[ \t>]*/g, ''))
  const notes: SafeText[] = []
  if (visible.length !== plain.length) notes.push(say`Invisible characters in the pasted text were left out.`)
  if (blanksReplaced !== visible) notes.push(say`Unusual blanks in the pasted text were read as plain ones.`)
  if (count(joined) !== count(blanksReplaced)) notes.push(say`Line ends inside a value were left out.`)
  return {text: joined, notes}
}
