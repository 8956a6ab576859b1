/**
 * Runs before dist/cli.js (`node --import`) in a terminal that is only pretended, and keeps what V8 has compiled once
 * a person could press keys, or at the end of a program that asks nothing: the functions that a start needs, and no
 * others. The last argument names the file.
 */
import {writeFileSync} from 'node:fs'
import {Readable, Writable} from 'node:stream'
import vm from 'node:vm'

const target = process.argv.pop()
const scripts = []
vm.Script = class extends vm.Script {
  constructor(...parts) {
    super(...parts)
    scripts.push(this)
  }
}

/** One key press after another, each on the screen that shows the mark of a focused choice. */
const presses = ['\r', '\u001B[B', '\u001B[A']
const QUIET_MS = 100
let drawn = ''
let quiet
const stdout = new Writable({
  write(chunk, _encoding, done) {
    drawn += chunk
    done()
    clearTimeout(quiet)
    quiet = setTimeout(step, QUIET_MS)
  },
})
Object.assign(stdout, {
  isTTY: true,
  columns: 80,
  rows: 24,
  fd: 1,
  getColorDepth: () => 8,
  hasColors: () => true,
})
const stdin = new Readable({read: () => undefined})
Object.assign(stdin, {isTTY: true, fd: 0, setRawMode: () => stdin, ref: () => stdin, unref: () => stdin})
Object.defineProperty(process, 'stdout', {value: stdout})
Object.defineProperty(process, 'stdin', {value: stdin})

const keep = () => {
  writeFileSync(target, scripts[0].createCachedData())
}
process.once('exit', keep)

function step() {
  if (!drawn.includes('\u276F')) return
  drawn = ''
  const press = presses.shift()
  if (press) return stdin.push(press)
  keep()
  process.reallyExit(0)
}
