import type {Driver} from '../engine/driver.js'
import {offersOf} from '../engine/offers.js'
import {say, type SafeText} from '../text/safe-text.js'
import {keyName, sentence} from './plain-list.js'
import {openTerminal} from './terminal-input.js'

/** A countdown is told this often, in milliseconds: a screen reader reads every line. */
const NOTE_EVERY_MS = 5_000

interface WorkOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** Writes a line. */
  say(text: SafeText): void
}

/** Waits for the work that stands to end or to be left. Its keys can be pressed meanwhile. */
export async function workEnds<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  serial: number,
  {stdin, stdout, say: tell}: WorkOptions,
): Promise<void> {
  const {step, canGoBack} = driver.snapshot
  const keys = offersOf(step)
  const terminal = keys.length > 0 ? openTerminal(stdin, stdout) : undefined
  if (terminal) tell(keyList(keys, canGoBack))
  terminal?.listen((presses) => {
    for (const press of presses) {
      const name = press.kind === 'key' ? press.name : press.kind === 'text' ? press.text : ''
      if (name === 'ctrl+c') driver.cancel()
      else if (name === 'esc') driver.back()
      else if (driver.snapshot.serial === serial)
        void driver.offer(name).then((result) => {
          const lines =
            result && ('copy' in result ? result.copy : 'print' in result ? result.print : undefined)
          if (lines) stdout.write(lines.map((each) => `${each}\n`).join(''))
        })
    }
  })
  let toldAt = -Infinity
  let told: SafeText | undefined
  await new Promise<void>((resolve) => {
    const follow = () => {
      const {serial: now, note} = driver.snapshot
      if (now !== serial) {
        unsubscribe()
        resolve()
      } else if (note && note !== told && Date.now() - toldAt >= NOTE_EVERY_MS) {
        toldAt = Date.now()
        told = note
        tell(note)
      }
    }
    const unsubscribe = driver.subscribe(follow)
    const over = () => {
      unsubscribe()
      resolve()
    }
    void driver.finished.then(over, over)
    follow()
  })
  terminal?.restore()
}

/** The keys of a step in one line. */
export function keyList(
  offers: readonly {readonly key: string; readonly label: SafeText}[],
  canGoBack: boolean,
): SafeText {
  const keys = [
    ...offers.map(({key, label}) => say`${keyName(key)}: ${sentence(label)}`),
    ...(canGoBack ? [say`Esc: Go back`] : []),
    say`Ctrl+C: Leave`,
  ]
  return say`${keys.join(', ')}`
}
