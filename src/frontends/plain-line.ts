import {cellsOf} from '../../components/line.js'
import {safe} from '../text/safe-text.js'
import type {KeyPress} from '../../components/keys.js'
import {openTerminal} from './terminal-input.js'

export interface LineOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** Stands before what is typed. */
  readonly prompt: string
  /** Control keys that do something beside answering, such as `ctrl+t`. */
  readonly offers: readonly string[]
  readonly canGoBack: boolean
  /** Tells why something was left out. */
  readonly onLeftOut: () => void
}

export type LineGiven =
  | {readonly kind: 'answer'; readonly value: string}
  | {readonly kind: 'offer'; readonly key: string}
  | {readonly kind: 'back'}
  | {readonly kind: 'cancel'}

/**
 * One line of text. What is typed is only ever added to the end or taken off it, so nothing is drawn twice. A paste of
 * several lines is left out: a key on its way to another question must not answer this one.
 */
export function readLine(options: LineOptions): Promise<LineGiven> {
  const {stdin, stdout} = options
  const terminal = openTerminal(stdin, stdout)
  let value = ''
  stdout.write(options.prompt)
  return new Promise((resolve) => {
    let isOver = false
    const end = (given: LineGiven) => {
      isOver = true
      terminal.restore()
      stdout.write('\n')
      resolve(given)
    }
    const add = (text: string) => {
      const clean = safe(text)
      value += clean
      stdout.write(clean)
    }
    const erase = (count: number) => {
      const gone = [...value].slice(-count).join('')
      if (count < 1) return
      value = value.slice(0, value.length - gone.length)
      stdout.write('\b \b'.repeat(cellsOf(gone)))
    }
    terminal.listen((presses) => {
      if (isSeveralLines(presses)) {
        stdout.write('\n')
        options.onLeftOut()
        stdout.write(`${options.prompt}${value}`)
        return
      }
      for (const press of presses) {
        if (isOver) return
        if (press.kind !== 'key') add(press.text.replace(/[\r\n]+/g, ''))
        else if (press.name === 'enter') end({kind: 'answer', value: value.trim()})
        else if (press.name === 'ctrl+c' || (press.name === 'ctrl+d' && value === '')) end({kind: 'cancel'})
        else if (press.name === 'esc' && options.canGoBack) end({kind: 'back'})
        else if (options.offers.includes(press.name)) end({kind: 'offer', key: press.name})
        else if (press.name === 'backspace') erase(Math.min(1, value.length))
        else if (press.name === 'ctrl+u') erase([...value].length)
      }
    })
  })
}

/** A paste with a line end in it; without paste mode it comes as text and Enters in one write. */
function isSeveralLines(presses: readonly KeyPress[]): boolean {
  const text = presses.map((press) =>
    press.kind === 'key' ? (press.name === 'enter' ? '\n' : '') : press.text,
  )
  return (
    (presses.length > 2 || presses.some(({kind}) => kind === 'paste')) && /\S\s*\n\s*\S/.test(text.join(''))
  )
}
