import type {Panel} from '../src/engine/types.js'
import {say, type SafeText} from '../src/text/safe-text.js'

interface Words {
  readonly practice: SafeText
  readonly forReal: {readonly label: SafeText; readonly line: SafeText}
}

/** The first line of a receipt. A demo says right there what it was: what comes last may stand below the screen. */
export function doneHeading(label: SafeText, {practice}: Words, isPractice = false): Panel {
  return {kind: 'verdicts', rows: [{mark: 'good', label, ...(isPractice ? {note: practice} : {})}]}
}

/** What a demo makes is gone with it: its commands are for the time after the real thing. */
export const AFTER_THE_REAL = say`After the real one you would run, in the folder of your service:`
/** The way into the folder is among them. */
export const AFTER_THE_REAL_HERE = say`After the real one you would run:`

/** How a demo ends: the command of the real thing, alone on its line. */
export function practiceEnd({forReal}: Words): Panel {
  return {kind: 'code', label: forReal.label, lines: [forReal.line]}
}
