import {EMPTY, line, widthOf, type Line} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import type {Driver, Ended, TrailEntry} from '../engine/driver.js'
import type {Panel} from '../engine/types.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {Output} from './output.js'
import {lastWords, printable, wantsColour} from './ansi.js'

export interface SilentOptions {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  /** Such as `[DEMO] `, before every line of progress. */
  readonly prefix: string
  /** Prints every screen that is passed, so that the path can be read as a transcript. */
  readonly isTranscript?: boolean
}

/** Where nobody looks at it now, rows are as wide as the usual terminal's. */
const widthIn = (stream: Output) => widthOf(stream.isTTY ? stream.columns : undefined)

const linesOf = (panels: readonly Panel[] = [], stream: Output) =>
  panelLines(panels, widthIn(stream), Infinity)

/** Nobody is there and nothing is asked: work is told on standard error, the receipt on standard output. */
export async function runSilent<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  options: SilentOptions,
): Promise<Ended<E, P, O>> {
  const {stdout, stderr, env, prefix} = options
  const print = (lines: readonly Line[]) => stdout.write(printable(lines, wantsColour(stdout, env)))
  let told = -1
  const passed = new Set<TrailEntry>()
  let isNoted = false
  let shown: string | undefined
  /** How far the work has come, on one line that is written over; only where somebody can see it. */
  const tellNote = (note: SafeText | undefined) => {
    if (!stderr.isTTY || env['TERM'] === 'dumb' || (!note && !isNoted)) return
    stderr.write(note ? `\r\u001B[K${prefix}${note}` : '\r\u001B[K')
    isNoted = note !== undefined
  }
  const follow = () => {
    const {step, serial, trail, note} = driver.snapshot
    tellNote(step.kind === 'work' && serial === told ? note : undefined)
    if (options.isTranscript) {
      for (const entry of trail) {
        if (passed.has(entry) || entry.isRefused) continue
        passed.add(entry)
        print([
          line(
            entry.answer
              ? say`${prefix}✔ ${entry.question} ${entry.answer}`
              : say`${prefix}✔ ${entry.question}`,
            'good',
          ),
        ])
      }
    }
    if (serial === told) return
    told = serial
    if (step.kind === 'work') {
      stderr.write(printable(linesOf(step.panels, stderr), wantsColour(stderr, env)))
      stderr.write(`${prefix}${step.title}\n`)
    }
    if (step.kind !== 'work' && step.kind !== 'end' && options.isTranscript) {
      shown = printable(linesOf(step.panels, stdout), false)
      print([EMPTY, ...linesOf(step.panels, stdout)])
    }
  }
  const unsubscribe = driver.subscribe(follow)
  follow()
  const ended = await driver.finished.finally(() => {
    unsubscribe()
    tellNote(undefined)
  })
  if (ended.kind === 'left' && (ended.isUntouched || !prefix)) stderr.write(`${prefix}${lastWords(ended)}\n`)
  const {step} = driver.snapshot
  // What failed is told by who asked, on standard error.
  const hasFailed = ended.kind === 'done' && (ended.outcome as {readonly kind?: unknown}).kind === 'failed'
  // A transcript has shown the last words already, where they stood above the last question.
  const isShown = step.kind === 'end' && shown === printable(linesOf(step.panels, stdout), false)
  if (ended.kind === 'done' && step.kind === 'end' && !hasFailed && !isShown)
    print([EMPTY, ...linesOf(step.panels, stdout)])
  return ended
}
