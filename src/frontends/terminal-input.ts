import type {KeyPress} from '../../components/keys.js'

/**
 * The keyboard, straight from the terminal. Raw mode is set before anything heavy is loaded, because keys typed
 * before it would be echoed; what is typed meanwhile is kept and delivered once someone listens.
 */
export interface TerminalInput {
  /** Delivers every key press, those already typed first. One call for all that came in one write. */
  listen(handler: (presses: readonly KeyPress[]) => void): void
  /** Gives the terminal back as it was found. Safe to call twice. */
  restore(): void
}

const PASTE_ON = '\u001B[?2004h'
const PASTE_OFF = '\u001B[?2004l'
const SHOW_CURSOR = '\u001B[?25h'
const PASTE_START = '\u001B[200~'
const PASTE_END = '\u001B[201~'
/** A lone escape is the Esc key once nothing has followed it for so long. */
const ESCAPE_WAIT_MS = 25
/** Longest paste that is kept; what is longer is cut, so that a huge clipboard cannot fill the memory. */
export const MAX_PASTE_LENGTH = 1024 * 1024

const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[Z': 'shift+tab',
}

const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007F': 'backspace',
  '\b': 'backspace',
}

export function openTerminal(stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): TerminalInput {
  const decoder = new KeyDecoder()
  let handler: ((presses: readonly KeyPress[]) => void) | undefined
  let waiting: KeyPress[] = []
  let timer: NodeJS.Timeout | undefined
  let isOpen = true

  const deliver = (presses: readonly KeyPress[]) => {
    if (presses.length === 0) return
    if (handler) handler(presses)
    else waiting.push(...presses)
  }
  const onData = (chunk: string) => {
    clearTimeout(timer)
    deliver(decoder.push(chunk))
    if (decoder.isPending) timer = setTimeout(() => deliver(decoder.flush()), ESCAPE_WAIT_MS)
  }
  const restore = () => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(timer)
    stdin.off('data', onData)
    process.off('exit', restore)
    stdin.setRawMode(false)
    stdin.pause()
    stdout.write(PASTE_OFF + SHOW_CURSOR)
  }

  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.on('data', onData)
  // A prompt before this one may have paused it, and let go of the event loop.
  stdin.ref()
  stdin.resume()
  stdout.write(PASTE_ON)
  process.once('exit', restore)
  return {
    listen(next) {
      handler = next
      const early = waiting
      waiting = []
      deliver(early)
    },
    restore,
  }
}

/** Turns what a terminal sends into key presses. Keeps an unfinished sequence for the next chunk. */
export class KeyDecoder {
  #rest = ''
  #paste: string | undefined

  /** True when something is held back that may be a lone Esc. */
  get isPending(): boolean {
    return this.#rest !== ''
  }

  push(chunk: string): KeyPress[] {
    const presses: KeyPress[] = []
    let input = this.#rest + chunk
    this.#rest = ''
    while (input !== '') {
      if (this.#paste !== undefined) {
        input = this.#continuePaste(input, presses)
        continue
      }
      if (input.startsWith(PASTE_START)) {
        this.#paste = ''
        input = input.slice(PASTE_START.length)
        continue
      }
      const taken = takeOne(input, presses)
      if (taken === 0) {
        this.#rest = input
        break
      }
      input = input.slice(taken)
    }
    return presses
  }

  /** What was held back was not the start of a sequence: Esc, and what followed it. */
  flush(): KeyPress[] {
    const rest = this.#rest
    this.#rest = ''
    if (rest === '' || this.#paste !== undefined) return []
    return [{kind: 'key', name: 'esc'}, ...(rest.length > 1 ? new KeyDecoder().push(rest.slice(1)) : [])]
  }

  #continuePaste(input: string, presses: KeyPress[]): string {
    const end = input.indexOf(PASTE_END)
    const text = end === -1 ? input : input.slice(0, end)
    // The end marker may arrive in two chunks: its possible start stays out of the text.
    const held = end === -1 ? heldLength(text) : 0
    const body = held > 0 ? text.slice(0, -held) : text
    this.#paste = ((this.#paste ?? '') + body).slice(0, MAX_PASTE_LENGTH)
    if (end === -1) {
      this.#rest = held > 0 ? text.slice(-held) : ''
      return ''
    }
    presses.push({kind: 'paste', text: this.#paste.replace(/\r\n?/g, '\n')})
    this.#paste = undefined
    return input.slice(end + PASTE_END.length)
  }
}

function heldLength(text: string): number {
  for (let length = Math.min(PASTE_END.length - 1, text.length); length > 0; length -= 1) {
    if (PASTE_END.startsWith(text.slice(-length))) return length
  }
  return 0
}

/** Takes one key press off the start of `input`; returns how much of it that was, 0 when more is needed. */
function takeOne(input: string, presses: KeyPress[]): number {
  const first = input[0]!
  if (first === '\u001B') return takeEscape(input, presses)
  const named = CONTROLS[first]
  if (named) {
    presses.push({kind: 'key', name: named})
    return first === '\r' && input[1] === '\n' ? 2 : 1
  }
  const code = first.charCodeAt(0)
  if (code < 0x20) {
    presses.push({kind: 'key', name: `ctrl+${String.fromCharCode(code + 0x60)}`})
    return 1
  }
  const text = /^[^\u0000-\u001F\u007F]+/.exec(input)![0]
  presses.push(...(text.length === 1 ? [{kind: 'text', text} as const] : splitTyped(text)))
  return text.length
}

/** Several characters in one write are typed ahead, or a paste in a terminal without paste mode: one by one does for both. */
function splitTyped(text: string): KeyPress[] {
  return text.length > 64
    ? [{kind: 'text', text}]
    : [...text].map((character) => ({kind: 'text', text: character}))
}

function takeEscape(input: string, presses: KeyPress[]): number {
  if (PASTE_START.startsWith(input)) return 0
  const sequence = /^\u001B(?:\[[0-9;?]*[ -/]*[@-~]|O[A-Za-z])/.exec(input)?.[0]
  if (sequence) {
    // `ESC [ 1 ; 5 A` is Ctrl+Up: the modifier is left out, the arrow counts.
    const name = SEQUENCES[sequence.slice(1)] ?? SEQUENCES[sequence.slice(1).replace(/^\[1;\d+/, '[')]
    if (name) presses.push({kind: 'key', name})
    return sequence.length
  }
  if (/^\u001B(?:\[[0-9;?]*[ -/]*|O)?$/.test(input)) return 0
  if (input.startsWith('\u001B\u001B')) {
    presses.push({kind: 'key', name: 'esc'})
    return 1
  }
  presses.push({kind: 'key', name: 'esc'})
  return 1
}
