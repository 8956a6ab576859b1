import {spawn} from 'node:child_process'

/** What line editing in a shell needs; raw mode in Node clears every one of them. */
const NEEDED = ['echo', 'icanon', 'isig', 'iexten', 'icrnl', 'ixon', 'opost']

/**
 * Keeps the master side of a pty open after its program has ended, so that the line settings which the program
 * left behind can still be asked for: node-pty closes its own master as soon as the program is gone.
 */
export class LineSettings {
  #keeper
  #answer

  constructor(masterFd, slavePath) {
    const script = 'read -r _ || exit 0; exec stty -a <"$1"'
    this.#keeper = spawn('/bin/sh', ['-c', script, 'sh', slavePath], {
      stdio: ['pipe', 'pipe', 'pipe', masterFd],
    })
    this.#answer = new Promise((resolve) => {
      let text = ''
      this.#keeper.stdout.on('data', (chunk) => (text += chunk))
      this.#keeper.stderr.on('data', (chunk) => (text += chunk))
      this.#keeper.on('error', (error) => resolve(String(error)))
      this.#keeper.on('close', () => resolve(text))
    })
    this.#keeper.stdin.on('error', () => undefined)
  }

  /** What `stty -a` prints now. May be asked once; the pty is let go then. */
  async read() {
    this.#keeper.stdin.end('now\n')
    return this.#answer
  }
}

/** The settings of a terminal that are not as a shell needs them, such as `echo`. */
export function brokenSettings(sttyText) {
  const words = new Set(sttyText.split(/[\s;]+/))
  return NEEDED.filter((name) => !words.has(name))
}
