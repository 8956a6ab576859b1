import {Terminal} from '../pty/terminal.mjs'
import {snapshot} from './snapshot.mjs'

/** A screen is taken once the program has been quiet for so long. */
const QUIET_MS = 120
const HOLD_MS = 1500

/**
 * Drives a program through steps and returns its screens as frames `{holdMs, rows}`. The times are those of the
 * steps, never measured, so that the same program gives the same recording.
 *
 * A step waits for `see` (a text or pattern on the screen), shows that screen for `holdMs`, then sends `press` (a list
 * of keys), `type` or `paste`. The last frame is the screen after the end. `steady` holds pairs of a pattern and
 * the words to show in its place.
 *
 * @param {{program: import('../pty/terminal.mjs').TerminalOptions, steps: readonly object[], steady?: readonly [RegExp, string][], endHoldMs?: number}} plan
 */
export async function record({program, steps, steady = [], endHoldMs = 4000}) {
  const terminal = await Terminal.start(program)
  const frames = []
  const take = (holdMs) => frames.push({holdMs, rows: steadied(snapshot(terminal.emulator), steady)})
  try {
    for (const {see, holdMs = HOLD_MS, press, type, paste} of steps) {
      await terminal.see(see)
      await quiet(terminal)
      take(holdMs)
      if (press) terminal.press(...press)
      if (type) terminal.type(type)
      if (paste) terminal.paste(paste)
    }
    const {code, signal} = await terminal.exit()
    if (code !== 0)
      throw new Error(`The program ended with ${signal ?? `exit code ${code}`}.\n${terminal.picture()}`)
    terminal.widthOk()
    const left = await terminal.restored()
    if (left.length > 0) throw new Error(`The program left the terminal changed: ${left.join('; ')}.`)
    take(endHoldMs)
    return frames
  } finally {
    terminal.kill()
  }
}

/** Words that differ from run to run, such as a port, with others in their place. */
function steadied(rows, steady) {
  return rows.map((runs) =>
    runs.map((run) => {
      const text = steady.reduce((changed, [pattern, words]) => changed.replaceAll(pattern, words), run.text)
      return {...run, text, cells: run.cells + text.length - run.text.length}
    }),
  )
}

/** Waits until nothing has been written for a moment: a frame may come in several pieces. */
async function quiet(terminal) {
  let count
  do {
    count = terminal.chunks.length
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  } while (terminal.chunks.length !== count)
}
