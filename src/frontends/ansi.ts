import type {Line} from '../../components/line.js'
import type {Tone} from '../engine/types.js'
import {say} from '../safety/safe-text.js'

/** The last words to whoever left before anything was changed. */
export const UNTOUCHED = say`Nothing was written.`

const CODES: Record<Tone, string> = {plain: '', dim: '2', strong: '1', good: '32', warning: '33', bad: '31'}

/** Rows as text for a stream, with colours where they are wanted. */
export function printable(lines: readonly Line[], hasColour: boolean): string {
  const row = (line: Line) =>
    line
      .map(({text, tone}) =>
        hasColour && tone && CODES[tone] ? `\u001B[${CODES[tone]}m${text}\u001B[0m` : text,
      )
      .join('')
  return lines.map((line) => `${row(line).trimEnd()}\n`).join('')
}

/** https://no-color.org: set and not empty means no colours. */
export function wantsColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false
  return stream.isTTY && env['TERM'] !== 'dumb'
}
