import type {Panel} from '../src/engine/types.js'
import type {SafeText} from '../src/safety/safe-text.js'

/** How a demo ends: what it was, and the command of the real thing, alone on its line. */
export function practiceEnd({
  practice,
  forReal,
}: {
  readonly practice: SafeText
  readonly forReal: {readonly label: SafeText; readonly line: SafeText}
}): Panel[] {
  return [
    {kind: 'prose', lines: [practice], tone: 'warning'},
    {kind: 'code', label: forReal.label, lines: [forReal.line]},
  ]
}
