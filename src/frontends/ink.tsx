import {render, type Instance} from 'ink'
import type {KeyPress} from '../../components/keys.js'
import {EMPTY, line, widthOf, wrapText} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import {headerLine, layoutOf, type ScreenProps} from '../../components/screen.js'
import {ScreenView} from '../../components/screen-view.js'
import {trailLines} from '../../components/trail.js'
import {reduceWidget} from '../../components/widget.js'
import type {Driver, Ended} from '../engine/driver.js'
import {offersOf} from '../engine/offers.js'
import type {OfferResult, Panel, Step} from '../engine/types.js'
import {clipboardProgram, copyBy} from './clipboard.js'
import {say, type SafeText} from '../text/safe-text.js'
import {lastWords, printable, wantsColour} from './ansi.js'
import {frameOf, localOf, type Local} from './frame.js'
import type {Painter} from './painter.js'
import type {TerminalInput} from './terminal-input.js'

export interface InkOptions {
  readonly input: TerminalInput
  readonly stdout: NodeJS.WriteStream
  readonly badge?: SafeText
  readonly env: NodeJS.ProcessEnv
  /** Has printed the first frame already. */
  readonly painter?: Painter
}

const TICK_MS = 100
const SCROLL_ROWS = 8
const ROW_UP = '\u001B[1A'

/** Rows that a key scrolls by; arrows and the space bar only where they answer nothing. */
const PAGES: Readonly<Record<string, number>> = {pagedown: SCROLL_ROWS, pageup: -SCROLL_ROWS}
const STEPS: Readonly<Record<string, number>> = {down: 1, up: -1, ' ': SCROLL_ROWS}

/**
 * Shows a flow with Ink. The way of a key press is straight: decoder, pure reducer of the widget, driver, one
 * render. React only draws; it holds no state, so keys that arrive in one write never meet a stale closure.
 */
export async function runInk<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  options: InkOptions,
): Promise<Ended<E, P, O>> {
  const {stdout, input, badge} = options
  const local = localOf(driver.snapshot)

  const sync = () => {
    if (local.serial !== driver.snapshot.serial) Object.assign(local, localOf(driver.snapshot))
  }
  const props = (): ScreenProps => frameOf(driver.snapshot, local, stdout, badge)
  sync()
  const mount = () => render(<ScreenView {...props()} />, {stdout, exitOnCtrlC: false, patchConsole: false})
  options.painter?.handOver(props())
  let app = mount()
  const draw = () => {
    sync()
    app.rerender(<ScreenView {...props()} />)
  }
  const copy = async (lines: readonly SafeText[]) => {
    const {serial} = driver.snapshot
    const program = clipboardProgram({env: options.env})
    if (program && (await copyBy(program, lines, options.env)))
      return driver.tell(say`Copied to the clipboard with ${program.name}.`, serial)
    stdout.write(clipboardSequence(lines))
  }
  const carryOut = (result: OfferResult) => {
    if ('fill' in result) pressWidget(driver, local, {kind: 'paste', text: result.fill})
    if ('copy' in result) void copy(result.copy)
    if ('print' in result) {
      // Left above the frame for good: a screen that scrolls cannot be selected whole. Ink draws no frame twice that
      // it thinks is still there, so it begins anew below.
      close(app, options)
      stdout.write(`\n${result.print.join('\n')}\n\n`)
      app = mount()
    }
  }
  const unsubscribe = driver.subscribe(draw)
  const ticker = setInterval(() => {
    if (driver.snapshot.step.kind === 'work') draw()
  }, TICK_MS)
  stdout.on('resize', draw)

  input.listen((presses) => {
    for (const press of mergePaste(driver, presses)) {
      sync()
      handle(driver, local, press, props, draw, carryOut)
    }
    draw()
  })

  const ended = await driver.finished.finally(async () => {
    unsubscribe()
    clearInterval(ticker)
    stdout.off('resize', draw)
    const gone = app.waitUntilExit()
    close(app, options)
    await gone
    input.restore()
  })
  stdout.write(printable(lastLines(driver, ended, options), wantsColour(stdout, options.env)))
  return ended
}

/**
 * Takes the frame off the screen. Ink draws once more when it is unmounted, also a frame it has held back since: so
 * the last one it is given is empty. What it leaves of that is one empty row, except to a screen reader.
 */
function close(app: Instance, {stdout, env}: InkOptions): void {
  app.rerender(null)
  app.unmount()
  if (env['INK_SCREEN_READER'] !== 'true') stdout.write(ROW_UP)
}

function handle<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  local: Local,
  press: KeyPress,
  props: () => ScreenProps,
  draw: () => void,
  carryOut: (result: OfferResult) => void,
): void {
  const {step} = driver.snapshot
  const name = press.kind === 'key' ? press.name : press.kind === 'text' ? press.text : ''
  if (name === 'ctrl+c') return driver.cancel()
  if (name === 'esc') return driver.back()
  const by = PAGES[name] ?? (step.kind === 'ask' ? undefined : STEPS[name])
  if (by !== undefined && press.kind !== 'paste') {
    const {maxScroll, panels} = layoutOf(props())
    if (maxScroll > 0) {
      // A page is what is seen of it, but for one row to go on from.
      const rows =
        Math.abs(by) === 1 ? by : Math.sign(by) * Math.min(Math.abs(by), Math.max(1, panels.length - 1))
      local.scroll = Math.min(maxScroll, Math.max(0, local.scroll + rows))
      return
    }
  }
  if (press.kind !== 'paste' && offersOf(step).some(({key}) => key === name)) {
    const serial = local.serial
    void driver.offer(name).then((result) => {
      if (result && local.serial === serial) carryOut(result)
      draw()
    })
    return
  }
  if (step.kind === 'show' && name === 'enter') return driver.proceed()
  if (step.kind === 'ask') pressWidget(driver, local, press)
}

/** A key press on the widget that stands, and its answer to the driver once there is one. */
function pressWidget<S, E, P, O>(driver: Driver<S, E, P, O>, local: Local, press: KeyPress): void {
  const {step} = driver.snapshot
  if (step.kind !== 'ask' || !local.widget) return
  const {state, submitted} = reduceWidget(step.question, local.widget, press)
  local.widget = state
  local.complaint = submitted === undefined ? undefined : driver.answer(submitted)
}

/** In a terminal without paste mode a paste of several lines comes as text and Enters in one write. */
function mergePaste<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  presses: readonly KeyPress[],
): readonly KeyPress[] {
  const {step} = driver.snapshot
  if (step.kind !== 'ask' || step.question.kind !== 'paste') return presses
  const firstEnter = presses.findIndex((press) => press.kind === 'key' && press.name === 'enter')
  const isPlain = presses.every(
    (press) => press.kind === 'text' || (press.kind === 'key' && press.name === 'enter'),
  )
  const hasTextAfter = presses.slice(firstEnter + 1).some((press) => press.kind === 'text')
  if (firstEnter <= 0 || !isPlain || !hasTextAfter) return presses
  return [{kind: 'paste', text: presses.map((press) => (press.kind === 'text' ? press.text : '\n')).join('')}]
}

/** OSC 52: the terminal puts it into its clipboard, also over SSH. Terminals that do not know it ignore it. */
function clipboardSequence(lines: readonly SafeText[]): string {
  return `\u001B]52;c;${Buffer.from(`${lines.join('\n')}\n`).toString('base64')}\u0007`
}

/** The last words, or the receipt of what was written where that was left standing. */
function staying<E, P, O>(step: Step<E, P, O>, {kind}: Ended<E, P, O>): readonly Panel[] {
  const isReceipt = kind === 'left' && step.kind === 'ask' && step.isBarrier === true
  return (step.kind === 'end' && kind === 'done') || isReceipt ? (step.panels ?? []) : []
}

/** What stays on the screen when the wizard is done: the trail, and the last words. */
function lastLines<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  ended: Ended<E, P, O>,
  {badge, stdout}: InkOptions,
) {
  const width = widthOf(stdout.columns)
  const {step, trail} = driver.snapshot
  const last = panelLines(staying(step, ended), width)
  // A demo has nothing that could be taken back afterwards.
  const isTold = ended.kind === 'left' && (ended.isUntouched || (last.length === 0 && !badge))
  const words = isTold ? wrapText(lastWords(ended), width).map((row) => line(row)) : last
  return [
    headerLine(badge, width),
    ...trailLines(trail, width),
    ...(words.length > 0 ? [EMPTY, ...words] : []),
  ]
}
