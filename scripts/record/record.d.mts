import type {TerminalOptions} from '../pty/terminal.mjs'

export interface Run {
  readonly text: string
  readonly column: number
  readonly cells: number
  /** The same for the same look: `bold,fg2`. */
  readonly style: string
}

export interface Frame {
  readonly holdMs: number
  readonly rows: readonly (readonly Run[])[]
}

export interface RecordStep {
  /** What the screen must show before anything is pressed. */
  readonly see: string | RegExp
  /** How long the recording shows this screen, 1,500 ms by default. */
  readonly holdMs?: number
  readonly press?: readonly string[]
  readonly type?: string
  readonly paste?: string
}

/** Drives a program through steps; throws when a screen does not come or the program fails. */
export function record(plan: {
  readonly program: TerminalOptions
  readonly steps: readonly RecordStep[]
  /** Words that differ from run to run, and what to show in their place. */
  readonly steady?: readonly (readonly [RegExp, string])[]
  readonly endHoldMs?: number
}): Promise<Frame[]>
