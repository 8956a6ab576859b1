import type {Terminal as Emulator} from '@xterm/headless'

export interface TerminalOptions {
  /** The program; Node itself by default. */
  readonly command?: string
  readonly args?: readonly string[]
  /** All of the environment: nothing is added but TERM. */
  readonly env?: NodeJS.ProcessEnv
  readonly cols?: number
  readonly rows?: number
  readonly cwd?: string
}

export interface WaitOptions {
  /** Deadline in milliseconds, 10,000 by default. Missing it is an error that shows the whole screen. */
  readonly timeoutMs?: number
}

export interface Chunk {
  /** Milliseconds since the program was started. */
  readonly atMs: number
  readonly data: Buffer
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A program in a real pty, what a person would see of it, and the keys they would press. */
export class Terminal {
  static start(options: TerminalOptions): Promise<Terminal>
  private constructor()
  readonly pid: number
  /** What the program wrote, piece by piece. */
  readonly chunks: readonly Chunk[]
  /** Everything the program has written, byte for byte. */
  readonly raw: Buffer
  /** Whether the program has switched bracketed paste on. */
  readonly isPasteMode: boolean
  readonly isCursorVisible: boolean
  readonly emulator: Emulator
  /** The rows that are visible now, without trailing spaces. */
  screen(): string[]
  /** All rows since the start, the visible ones last. */
  scrollback(): string[]
  /** The screen in a frame, for messages. */
  picture(): string
  /** Waits until the screen shows a text. Throws with the screen at the deadline, or when the program ends first. */
  see(wanted: string | RegExp, options?: WaitOptions): Promise<void>
  /** Waits until the screen no longer shows a text. Throws like `see`. */
  gone(unwanted: string | RegExp, options?: WaitOptions): Promise<void>
  /** Waits for a screen of which `isThere` is true. Throws like `see`. */
  until(
    isThere: (screen: string[]) => boolean,
    options?: WaitOptions & {readonly expected?: string},
  ): Promise<void>
  /**
   * Presses keys, all of them in one write: `up`, `down`, `left`, `right`, `home`, `end`, `pageup`, `pagedown`,
   * `enter`, `esc`, `tab`, `shift+tab`, `space`, `backspace`, `delete`, `ctrl+a` to `ctrl+z`, or one character.
   */
  press(...keys: readonly string[]): void
  /** Types a text, in one write. */
  type(text: string): void
  /** Pastes as a terminal does: between markers when the program has switched paste mode on. */
  paste(text: string): void
  resize(cols: number, rows: number): void
  /** Sends a signal to the program, SIGKILL by default. */
  kill(signal?: NodeJS.Signals): void
  /** Waits for the end of the program. Throws with the screen at the deadline. */
  exit(options?: WaitOptions): Promise<Exit>
  /** True, or an error that shows every line that was wider than the terminal at any time. */
  widthOk(): true
  /**
   * What the program has left wrong in the terminal, in words; empty when all is as a shell needs it: line
   * settings, cursor, paste and mouse modes, style, start of a line, and the alternate screen never used.
   */
  restored(): Promise<string[]>
}

/** Ends every program that still runs: for the end of a test that failed half way. */
export function closeTerminals(): Promise<void>
