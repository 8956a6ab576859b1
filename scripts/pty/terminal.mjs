import {constants} from 'node:os'
import {createRequire} from 'node:module'
import {keyBytes, pasteBytes} from './keys.mjs'
import {LineSettings, brokenSettings} from './termios.mjs'

const require = createRequire(import.meta.url)
const pty = require('@lydell/node-pty')
const {Terminal: Emulator} = require('@xterm/headless')

const DEADLINE_MS = 20_000
const CURSOR_VISIBLE = 25
const BRACKETED_PASTE = 2004
const ALTERNATE_SCREENS = [47, 1047, 1049]
/** Modes that must be off when a program has ended: cursor keys, mouse, focus, paste, synchronized output. */
const OFF_AT_THE_END = [1, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 2004, 2026]

const open = new Set()

/** Ends every program that still runs: for the end of a test that failed half way. */
export async function closeTerminals() {
  await Promise.all(
    [...open].map(async (terminal) => {
      terminal.kill('SIGKILL')
      await terminal.exit()
    }),
  )
}

/** A program in a real pty, what a person would see of it, and the keys they would press. Types: terminal.d.mts. */
export class Terminal {
  chunks = []
  pid
  #pty
  #screen
  #settings
  #sttyText = ''
  #cols
  #modes = new Map([
    [CURSOR_VISIBLE, true],
    [7, true],
  ])
  #usedAlternate = false
  #tooWide = []
  #excused = new Set()
  #parsing = Promise.resolve()
  #watchers = new Set()
  #ended
  #end
  #startedAt

  static async start(options) {
    return new Terminal(options)
  }

  constructor({
    command = process.execPath,
    args = [],
    env = process.env,
    cols = 80,
    rows = 24,
    cwd = process.cwd(),
  }) {
    this.#cols = cols
    this.#screen = new Emulator({cols, rows, scrollback: 10_000, allowProposedApi: true})
    this.#watchModes()
    this.#watchErasing()
    this.#startedAt = performance.now()
    this.#pty = pty.spawn(command, args, {
      name: env.TERM ?? 'xterm-256color',
      cols,
      rows,
      cwd,
      env,
      encoding: null,
    })
    this.pid = this.#pty.pid
    this.#settings = new LineSettings(this.#pty.fd, this.#pty.ptsName)
    this.#pty.onData((data) => this.#take(Buffer.from(data)))
    // Answers to what a program asks its terminal, such as the cursor position.
    this.#screen.onData((answer) => this.#write(answer))
    open.add(this)
    this.#ended = new Promise((resolve) => {
      this.#pty.onExit(({exitCode, signal}) => resolve(this.#finish(exitCode, signal)))
    })
  }

  /** Everything the program has written, byte for byte. */
  get raw() {
    return Buffer.concat(this.chunks.map(({data}) => data))
  }

  get isPasteMode() {
    return this.#modes.get(BRACKETED_PASTE) === true
  }

  get isCursorVisible() {
    return this.#modes.get(CURSOR_VISIBLE) === true
  }

  /** The emulator itself, for cell colours. */
  get emulator() {
    return this.#screen
  }

  screen() {
    const {baseY} = this.#screen.buffer.active
    return this.#lines(baseY, baseY + this.#screen.rows)
  }

  scrollback() {
    const {active} = this.#screen.buffer
    return this.#lines(0, active.baseY + this.#screen.rows)
  }

  async see(wanted, options = {}) {
    const has =
      typeof wanted === 'string' ? (text) => text.includes(wanted) : (text) => text.search(wanted) >= 0
    await this.until((lines) => has(lines.join('\n')), {expected: `to see ${show(wanted)}`, ...options})
  }

  async gone(unwanted, options = {}) {
    const has =
      typeof unwanted === 'string' ? (text) => text.includes(unwanted) : (text) => text.search(unwanted) >= 0
    await this.until((lines) => !has(lines.join('\n')), {
      expected: `${show(unwanted)} to go away`,
      ...options,
    })
  }

  /** Waits for a screen; checked after each piece of output, never by the clock. */
  until(isThere, {timeoutMs = DEADLINE_MS, expected = 'another screen'} = {}) {
    return new Promise((resolve, reject) => {
      const settle = (act) => {
        clearTimeout(timer)
        this.#watchers.delete(check)
        act()
      }
      const fail = (why) =>
        settle(() => reject(new Error(`Expected ${expected}, but ${why}.\n${this.picture()}`)))
      const check = () => {
        if (isThere(this.screen())) settle(resolve)
        else if (this.#end) fail(`the program ended (${this.#end.signal ?? `exit code ${this.#end.code}`})`)
      }
      const timer = setTimeout(() => fail(`it did not come within ${timeoutMs} ms`), timeoutMs)
      this.#watchers.add(check)
      check()
    })
  }

  press(...keys) {
    const isApplication = this.#screen.modes.applicationCursorKeysMode
    this.#write(keys.map((key) => keyBytes(key, isApplication)).join(''))
  }

  type(text) {
    this.#write(text)
  }

  paste(text) {
    this.#write(pasteBytes(text, this.isPasteMode))
  }

  resize(cols, rows) {
    this.#screen.resize(cols, rows)
    this.#cols = cols
    // Lines that the terminal itself folds anew are not the program's fault.
    for (const text of this.#wrapped()) this.#excused.add(text)
    if (!this.#end) this.#pty.resize(cols, rows)
  }

  kill(signal = 'SIGKILL') {
    if (!this.#end) this.#pty.kill(signal)
  }

  exit({timeoutMs = DEADLINE_MS} = {}) {
    let timer
    const late = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`The program did not end within ${timeoutMs} ms.\n${this.picture()}`)),
        timeoutMs,
      )
    })
    return Promise.race([this.#ended, late]).finally(() => clearTimeout(timer))
  }

  widthOk() {
    if (this.#tooWide.length === 0) return true
    throw new Error(`Lines wider than ${this.#cols} columns:\n${this.#tooWide.join('\n')}`)
  }

  async restored() {
    await this.exit()
    const broken = brokenSettings(this.#sttyText).map((name) => `line setting ${name} is off`)
    const modes = OFF_AT_THE_END.filter((mode) => this.#modes.get(mode)).map((mode) => `mode ${mode} is on`)
    return [
      ...broken,
      ...modes,
      ...(this.isCursorVisible ? [] : ['the cursor is hidden']),
      ...(this.#modes.get(7) ? [] : ['lines no longer wrap']),
      ...(this.#usedAlternate ? ['the alternate screen was used'] : []),
      ...((await this.#hasStyleLeft()) ? ['a colour or style is left on'] : []),
      ...(this.#screen.buffer.active.cursorX === 0 ? [] : ['the cursor is not at the start of a line']),
    ]
  }

  /** The screen in a frame, for messages. */
  picture() {
    const rule = '-'.repeat(this.#cols)
    return [`+${rule}+`, ...this.screen().map((line) => `|${line}`), `+${rule}+`].join('\n')
  }

  #write(text) {
    if (!this.#end) this.#pty.write(text)
  }

  #take(data) {
    this.chunks.push({atMs: performance.now() - this.#startedAt, data})
    this.#parsing = new Promise((resolve) => this.#screen.write(data, resolve)).then(() => {
      this.#measure()
      for (const check of [...this.#watchers]) check()
    })
  }

  async #finish(exitCode, signalNumber) {
    this.#sttyText = await this.#settings.read()
    await this.#parsing
    const signal = Object.entries(constants.signals).find(([, number]) => number === signalNumber)?.[0]
    this.#end = signal ? {code: null, signal} : {code: exitCode, signal: null}
    open.delete(this)
    for (const check of [...this.#watchers]) check()
    return this.#end
  }

  #watchModes() {
    for (const [final, isOn] of [
      ['h', true],
      ['l', false],
    ]) {
      this.#screen.parser.registerCsiHandler({prefix: '?', final}, (params) => {
        for (const mode of params.flat()) {
          this.#modes.set(mode, isOn)
          if (isOn && ALTERNATE_SCREENS.includes(mode)) this.#usedAlternate = true
        }
        return false
      })
    }
  }

  /** A line too long may be erased in the very write that drew it: it is measured before it goes. */
  #watchErasing() {
    for (const final of ['A', 'H', 'J', 'K']) {
      this.#screen.parser.registerCsiHandler({final}, () => {
        this.#measure()
        return false
      })
    }
  }

  #measure() {
    for (const text of this.#wrapped()) {
      if (!this.#excused.has(text) && !this.#tooWide.includes(text)) this.#tooWide.push(text)
    }
  }

  #lines(from, to) {
    const {active} = this.#screen.buffer
    const lines = []
    for (let y = from; y < to; y++) lines.push((active.getLine(y)?.translateToString(true) ?? '').trimEnd())
    return lines
  }

  /** Rows on the screen, or just above it, that go on from the row before: the program wrote past the last column. */
  #wrapped() {
    const {active} = this.#screen.buffer
    const found = []
    for (let y = Math.max(0, active.baseY - this.#screen.rows); y < active.baseY + this.#screen.rows; y++) {
      if (active.getLine(y)?.isWrapped) found.push(this.#lines(y - 1, y + 1).join(''))
    }
    return found
  }

  /** Prints one character as the shell would after the program, looks at its style, and takes it away again. */
  async #hasStyleLeft() {
    const put = (text) => new Promise((resolve) => this.#screen.write(text, resolve))
    const {active} = this.#screen.buffer
    const {cursorX, cursorY, baseY} = active
    await put('\u001B7X')
    const cell = active.getLine(baseY + cursorY)?.getCell(cursorX)
    await put('\u001B8 \u001B8')
    return cell !== undefined && !cell.isAttributeDefault()
  }
}

function show(wanted) {
  return typeof wanted === 'string' ? `"${wanted}"` : String(wanted)
}
