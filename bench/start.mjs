/**
 * How long a person waits: from the start of the program to its first readable text and to its first question, and from
 * a key press to the frame that answers it. In a real pty of 80 x 24, in an empty home, without any cache.
 */
import {mkdtempSync, rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {cleanEnv} from '../scripts/pty/clean-env.mjs'
import {at, ratios, round, takeTurns} from './measure.mjs'

const pty = createRequire(import.meta.url)('@lydell/node-pty')
const KEY_PRESSES = 60
const DEADLINE_MS = 20_000
/** Longer than one frame at Ink's 30 a second, so that a key press never waits for the frame of the one before. */
const PAUSE_MS = 60
const QUESTION = /Set-Up Method:/
const FOCUS = '\u276F'

/** @param cli the program, run by the Node that runs this */
export async function measureStart(cli, runs) {
  const home = mkdtempSync(join(tmpdir(), 'serverless-setup-bench-'))
  const open = (args) =>
    pty.spawn(process.execPath, args, {
      name: 'xterm-256color',
      cols: 80,
      rows: 24,
      cwd: home,
      // What Node could keep of an earlier run is of no help to the first.
      env: cleanEnv(home, {NODE_DISABLE_COMPILE_CACHE: '1'}),
    })
  try {
    const times = await takeTurns(
      {
        'node -e 0': async () => untilEnd(open(['-e', '0'])),
        'serverless-setup': async () => untilQuestion(open([cli])),
      },
      runs,
    )
    const presses = await keyPresses(open([cli]))
    return {
      ...ratios(times, 'node -e 0'),
      'key press': {ms: round(at(presses, 0.5), 1), within95Ms: round(at(presses, 0.95), 1)},
    }
  } finally {
    rmSync(home, {recursive: true, force: true})
  }
}

function untilEnd(program) {
  const startedAt = performance.now()
  return new Promise((resolve) => program.onExit(() => resolve(performance.now() - startedAt)))
}

/** Milliseconds to the first readable text, to the first question, and to the answer to a key that is typed at once. */
function untilQuestion(program) {
  const startedAt = performance.now()
  const found = {}
  return new Promise((resolve, reject) => {
    let output = ''
    const note = (name) => (found[name] ??= performance.now() - startedAt)
    const timer = setTimeout(() => program.kill('SIGKILL'), DEADLINE_MS)
    program.onData((data) => {
      output += data
      const text = visible(output)
      if (/[A-Za-z]{3}/.test(text)) note('first text')
      if (!QUESTION.test(text)) return
      if (!('first question' in found)) program.write('\u001B[B')
      note('first question')
      if (!new RegExp(`${FOCUS} Save AWS`).test(text)) return
      note('first answer')
      program.kill('SIGKILL')
    })
    program.onExit(() => {
      clearTimeout(timer)
      if ('first answer' in found) resolve(found)
      else reject(new Error(`The question never came:\n${output}`))
    })
  })
}

function visible(output) {
  return output.replaceAll(/\u001B(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)/g, '')
}

/** Milliseconds from a Down or Up at a question of several choices to the first byte of the frame that answers it. */
async function keyPresses(program) {
  let onText = () => undefined
  let seen = ''
  program.onData((data) => {
    seen += data
    onText(seen)
  })
  const next = (isThere) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no frame came:\n${visible(seen)}`)), DEADLINE_MS)
      onText = (text) => {
        if (!isThere(text)) return
        clearTimeout(timer)
        resolve()
      }
      onText(seen)
    })
  const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  try {
    // The second question: Ink has drawn it.
    await next((text) => QUESTION.test(text))
    program.write('\r')
    await next((text) => text.includes('Esc') && text.includes(FOCUS))
    const times = []
    for (let press = 0; press < KEY_PRESSES; press++) {
      await pause()
      seen = ''
      const startedAt = performance.now()
      program.write(press % 2 === 0 ? '\u001B[B' : '\u001B[A')
      await next((text) => text !== '')
      times.push(performance.now() - startedAt)
    }
    return times
  } finally {
    program.kill('SIGKILL')
  }
}
