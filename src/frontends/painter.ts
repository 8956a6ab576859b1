/** The first frames, printed from the rows that Ink draws later, so that nobody waits for Ink to be loaded. */
import {linesOf} from '../../components/area.js'
import {MIN_WIDTH, widthOf, type Line} from '../../components/line.js'
import {headerLine, screenAreas, type ScreenProps} from '../../components/screen.js'
import type {Step} from '../engine/types.js'
import type {SafeText} from '../text/safe-text.js'
import {printable} from './ansi.js'
import {frameOf, localOf} from './frame.js'

export interface PainterOptions {
  readonly stdout: NodeJS.WriteStream
  readonly hasColour: boolean
  /** Prints nothing. */
  readonly isOff: boolean
  /** Words such as DEMO that must stand in every frame. */
  readonly badge?: SafeText
}

const HIDE_CURSOR = '\u001B[?25l'
const ERASE_BELOW = '\u001B[J'

/** Prints one frame in place of the one before. Somebody else may take over: the same frame is drawn over it then. */
export class Painter {
  readonly #options: PainterOptions
  #frame = ''
  #rows = 0
  #columns = 0

  constructor(options: PainterOptions) {
    this.#options = options
  }

  /** The first row of every frame, where nothing else is known yet. */
  header(): void {
    const {stdout, badge} = this.#options
    this.#print([headerLine(badge, widthOf(stdout.columns))])
  }

  step<E, P>(step: Step<E, P, never>): void {
    const {stdout, badge} = this.#options
    const snapshot = {step, serial: 0, trail: [], canGoBack: false}
    this.#print(linesOf(screenAreas(frameOf(snapshot, localOf(snapshot), stdout, badge))))
  }

  /**
   * Puts the cursor where the frame begins, for whoever draws from now on. Where that is the same frame nothing is
   * erased before, so that nothing flickers.
   */
  handOver(next: ScreenProps): void {
    if (this.#rows === 0) return
    const {stdout, hasColour} = this.#options
    const isSame =
      next.columns === this.#columns && printable(linesOf(screenAreas(next)), hasColour) === this.#frame
    stdout.write(this.#toTop() + (isSame ? '' : ERASE_BELOW))
    this.#rows = 0
  }

  /** Takes the frame off the screen. */
  erase(): void {
    if (this.#rows > 0) this.#options.stdout.write(this.#toTop() + ERASE_BELOW)
    this.#rows = 0
  }

  #print(lines: readonly Line[]): void {
    const {stdout, hasColour, isOff} = this.#options
    // Ink would cut the rows of a terminal that is narrower than they are.
    if (isOff || (stdout.columns || 80) <= MIN_WIDTH) return
    const frame = printable(lines, hasColour)
    stdout.write(this.#rows === 0 ? HIDE_CURSOR + frame : this.#toTop() + ERASE_BELOW + frame)
    this.#frame = frame
    this.#rows = lines.length
    this.#columns = stdout.columns || 80
  }

  #toTop(): string {
    return this.#rows === 0 ? '' : `\u001B[${this.#rows}A\r`
  }
}
