import stringWidth from 'string-width'
import type {SafeText} from '../src/text/safe-text.js'
import type {Shell} from '../src/text/shell.js'

/** What a line ends with that goes on in the next one. */
const GOES_ON: Readonly<Record<Shell, string>> = {posix: ' \\', fish: ' \\', powershell: ' `', cmd: ' ^'}

/**
 * A command as rows that can be copied as they stand: a long one is parted at blanks outside of quotes, and each row but
 * the last says in the words of the shell that it goes on. `undefined` where a single word is longer than a row.
 */
export function commandRows(text: SafeText, width: number, shell: Shell): readonly SafeText[] | undefined {
  if (stringWidth(text) <= width) return [text]
  const mark = GOES_ON[shell]
  const rows: string[] = []
  let row = ''
  for (const word of text.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []) {
    const longer = row === '' ? word : `${row} ${word}`
    if (stringWidth(longer) <= width - mark.length) {
      row = longer
      continue
    }
    if (row === '') return undefined
    rows.push(`${row}${mark}`)
    row = word
    if (stringWidth(word) > width - mark.length) return undefined
  }
  return [...rows, row] as SafeText[]
}
