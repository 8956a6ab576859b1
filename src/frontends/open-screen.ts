import type {SafeText} from '../text/safe-text.js'
import {wantsColour} from './ansi.js'
import {Painter} from './painter.js'
import {openTerminal, type TerminalInput} from './terminal-input.js'

/** A terminal that is ours: its keys, and what was printed on it before a front end is there. */
export interface OpenScreen extends TerminalInput {
  readonly painter: Painter
}

export function openScreen(
  {stdin, stdout, env}: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'env'>,
  badge: SafeText | undefined,
): OpenScreen {
  const input = openTerminal(stdin, stdout)
  const painter = new Painter({
    stdout,
    hasColour: wantsColour(stdout, env),
    // What a screen reader is read differs from what is seen.
    isOff: env['INK_SCREEN_READER'] === 'true',
    ...(badge ? {badge} : {}),
  })
  const restore = () => {
    painter.erase()
    input.restore()
  }
  return {listen: (handler) => input.listen(handler), restore, painter}
}
