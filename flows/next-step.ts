import type {Panel} from '../src/engine/types.js'
import type {SafeText} from '../src/text/safe-text.js'
import {shell} from '../src/text/shell.js'
import type {Chosen, NextStep} from '../src/domain/next-step.js'
import {AFTER_THE_REAL} from './practice-end.js'

export type {NextStep} from '../src/domain/next-step.js'

/** What the ends of the paths ask of the world. */
export interface NextStepPorts {
  /** What to run now, in this shell and folder. Reads files only. */
  nextStep(chosen: Pick<Chosen, 'profile' | 'region' | 'among'>): Promise<NextStep>
}

export interface NextStepWords {
  readonly next: SafeText
  readonly forTerminal: SafeText
}

/** The lines, seen without scrolling; then what is unexpected here. */
export function nextStepPanels(
  {notes, lines, remarks, forTerminal}: NextStep,
  words: NextStepWords,
  isPractice = false,
): Panel[] {
  return [
    {kind: 'code', label: isPractice ? AFTER_THE_REAL : words.next, lines, runsIn: shell()},
    ...(notes.length > 0 ? [{kind: 'prose', lines: notes, tone: 'warning'} as const] : []),
    ...(remarks.length > 0 ? [{kind: 'prose', lines: remarks, tone: 'dim'} as const] : []),
    ...(forTerminal && !isPractice
      ? [{kind: 'code', label: words.forTerminal, lines: [forTerminal], runsIn: shell()} as const]
      : []),
  ]
}
