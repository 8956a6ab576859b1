import type {Panel} from '../src/engine/types.js'
import type {SafeText} from '../src/safety/safe-text.js'

interface Words {
  readonly practice: SafeText
  readonly forReal: {readonly label: SafeText; readonly line: SafeText}
}

/** The first line of a receipt. A demo says right there what it was: what comes last may stand below the screen. */
export function doneHeading(label: SafeText, {practice}: Words, isPractice = false): Panel {
  return {kind: 'verdicts', rows: [{mark: 'good', label, ...(isPractice ? {note: practice} : {})}]}
}

/** How a demo ends: the command of the real thing, alone on its line. */
export function practiceEnd({forReal}: Words): Panel {
  return {kind: 'code', label: forReal.label, lines: [forReal.line]}
}
