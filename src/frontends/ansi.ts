import type {Line} from '../../components/line.js'
import type {Tone} from '../engine/types.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'

/** The last words to whoever left: before anything was changed, or in the middle, after a write. */
export function lastWords({
  isUntouched,
  stays = [],
  resume,
}: {
  readonly isUntouched: boolean
  readonly stays?: readonly SafeText[]
  readonly resume?: SafeText
}): SafeText {
  const back = say`What was written so far stays. To take it back: \`${program()} undo\``
  const written = !isUntouched ? [back] : stays.length > 0 ? [] : [say`Nothing was written.`]
  const onward = resume === undefined || isUntouched ? [] : [say`To go on: \`${resume}\``]
  return say`${[...written, ...stays, ...onward].join(' ')}`
}

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

/**
 * https://no-color.org: set and not empty means no colours. Else FORCE_COLOR, as Node and the usual libraries take it,
 * decides whatever the stream is; `0` and `false` mean none.
 */
export function wantsColour(stream: Pick<NodeJS.WriteStream, 'isTTY'>, env: NodeJS.ProcessEnv): boolean {
  const {NO_COLOR, FORCE_COLOR, TERM} = env
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return ['', '1', '2', '3', 'true'].includes(FORCE_COLOR)
  return stream.isTTY && TERM !== 'dumb'
}
