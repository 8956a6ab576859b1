/**
 * How long a person waits: from the start of the program to its first visible text, and from a key press to the
 * frame that answers it. All in a real pty of 80 x 24; the programs take turns, so that a busy moment of the
 * machine falls on all of them.
 *
 *   node bench/startup.mjs [RUNS]
 */
import {execFileSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cleanEnv} from '../scripts/pty/clean-env.mjs'

const pty = createRequire(import.meta.url)('@lydell/node-pty')
const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const RUNS = Number(process.argv[2] ?? 25)
const KEY_PRESSES = 60
const DEADLINE_MS = 20_000
/** Longer than one frame at Ink's 30 a second, so that a key press never waits for the frame of the one before. */
const PAUSE_MS = 60

const scratch = mkdtempSync(join(tmpdir(), 'serverless-setup-bench-'))
try {
  const programs = findPrograms()
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
  for (let run = 0; run < RUNS; run++) {
    for (const [name, program] of Object.entries(programs)) times[name].push(await startUp(program))
  }
  print(times, await keyPresses())
} finally {
  rmSync(scratch, {recursive: true, force: true})
}

/** Each program with the text that a person waits for; without one it is the end that counts. */
function findPrograms() {
  const cli = [process.execPath, join(DIST, 'cli.js')]
  const letters = /[A-Za-z]{3}/
  return {
    'node -e 0': {argv: [process.execPath, '-e', '0']},
    'serverless-setup': {argv: cli, text: letters},
    'the same, without app.cache': {argv: [process.execPath, copyWithoutCache()], text: letters},
    ...(hasAws() ? {'aws configure': {argv: ['aws', 'configure'], text: /Access Key ID/}} : {}),
  }
}

function copyWithoutCache() {
  for (const file of readdirSync(DIST))
    if (file !== 'app.cache') copyFileSync(join(DIST, file), join(scratch, file))
  writeFileSync(join(scratch, 'package.json'), '{"type": "module"}')
  return join(scratch, 'cli.js')
}

function hasAws() {
  try {
    execFileSync('aws', ['--version'], {stdio: 'ignore'})
    return true
  } catch {
    console.warn('aws is not installed: its line is left out.')
    return false
  }
}

function spawn([command, ...args]) {
  return pty.spawn(command, args, {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    cwd: scratch,
    env: cleanEnv(scratch),
  })
}

/** Milliseconds from the start to the text, or to the end of a program that prints nothing. */
function startUp({argv, text}) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const program = spawn(argv)
    let output = ''
    let tookMs
    const timer = setTimeout(() => program.kill('SIGKILL'), DEADLINE_MS)
    program.onData((data) => {
      output += data
      if (tookMs !== undefined || !text?.test(visible(output))) return
      tookMs = performance.now() - startedAt
      program.kill('SIGKILL')
    })
    program.onExit(() => {
      clearTimeout(timer)
      if (!text) tookMs = performance.now() - startedAt
      if (tookMs === undefined) reject(new Error(`${argv.join(' ')} never showed ${text}:\n${output}`))
      else resolve(tookMs)
    })
  })
}

function visible(output) {
  return output.replaceAll(/\u001B(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)/g, '')
}

/** Milliseconds from a Down or Up at a question of several choices to the first byte of the frame that answers it. */
async function keyPresses() {
  const program = spawn([process.execPath, join(DIST, 'cli.js')])
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
    await next((text) => text.includes('\u276F'))
    await pause()
    seen = ''
    program.write('\r')
    await next((text) => text.includes('Esc') && text.includes('\u276F'))
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

function at(times, share) {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

function print(times, presses) {
  const base = at(times['node -e 0'], 0.5)
  const round = (ms) => Math.round(ms * 10) / 10
  const rows = Object.entries(times).map(([name, all]) => ({
    name,
    medianMs: round(at(all, 0.5)),
    bestMs: round(at(all, 0)),
    ratio: Math.round((at(all, 0.5) / base) * 100) / 100,
  }))
  const keys = {medianMs: round(at(presses, 0.5)), p95Ms: round(at(presses, 0.95)), presses: presses.length}
  console.log(`Start to first visible text, ${RUNS} runs each`)
  console.log(
    `  ${'program'.padEnd(30)}${'median'.padStart(10)}${'best'.padStart(10)}${'to node'.padStart(10)}`,
  )
  for (const {name, medianMs, bestMs, ratio} of rows) {
    console.log(
      `  ${name.padEnd(30)}${`${medianMs} ms`.padStart(10)}${`${bestMs} ms`.padStart(10)}${`${ratio} x`.padStart(10)}`,
    )
  }
  console.log(`Key press to frame: median ${keys.medianMs} ms, 95 of 100 within ${keys.p95Ms} ms`)
  const hasCache = existsSync(join(DIST, 'app.cache'))
  console.log(
    JSON.stringify({
      bench: 'startup',
      node: process.version,
      runs: RUNS,
      hasCache,
      start: rows,
      keyPress: keys,
    }),
  )
}
