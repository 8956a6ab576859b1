import {confirm} from '@inquirer/prompts'
import {widthOf, type Line} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import type {Driver, Ended} from '../engine/driver.js'
import type {Panel, Step} from '../engine/types.js'
import {say, type SafeText} from '../text/safe-text.js'
import {lastWords, printable, wantsColour} from './ansi.js'
import {askField, askList, askPrompt, askSecret, askText, type Given, type PlainPage} from './plain-ask.js'
import {sentence} from './plain-list.js'
import {workEnds} from './plain-work.js'

export interface PlainOptions {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly badge?: SafeText
  readonly env: NodeJS.ProcessEnv
}

/**
 * Shows a flow as lines and simple prompts: for terminals that cannot redraw, and for screen readers. Nothing that
 * stands there is written over, but a field that hides what is in it.
 */
export async function runPlain<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  options: PlainOptions,
): Promise<Ended<E, P, O>> {
  const {stdin, stdout, badge} = options
  const hasColour = wantsColour(stdout, options.env)
  const prefix = badge ? `[${badge}] ` : ''
  const width = () => widthOf(stdout.columns)
  const printLines = (lines: readonly Line[]) => stdout.write(printable(lines, hasColour))
  const print = (...panels: readonly Panel[]) => printLines(panelLines(panels, width(), Infinity))
  const tell = (text: SafeText) => print({kind: 'prose', lines: [say`${prefix}${text}`]})
  const onInterrupt = () => driver.cancel()
  process.on('SIGINT', onInterrupt)
  let hasEnded = false
  const over = () => (hasEnded = true)
  void driver.finished.then(over, over)
  let fill: string | undefined
  tell(say`Answer with a number or a text, then Enter. Esc goes back, Ctrl+C leaves.`)
  while (!hasEnded) {
    // Work that ends in the turn in which it was to begin is not told.
    if (driver.snapshot.step.kind === 'work') await new Promise(setImmediate)
    const {step, serial, canGoBack, earlier} = driver.snapshot
    if (step.kind === 'end') break
    if (step.kind === 'work') {
      if (step.panels?.length) stdout.write('\n')
      print(...(step.panels ?? []))
      tell(say`${step.title} …`)
      await workEnds(driver, serial, {stdin, stdout, say: tell})
      continue
    }
    stdout.write('\n')
    if (badge) stdout.write(`${prefix}\n`)
    if (step.panels?.length) {
      print(...step.panels)
      stdout.write('\n')
    }
    const {note} = driver.snapshot
    if (step.kind === 'ask' && note) tell(note)
    const page: PlainPage = {
      stdin,
      stdout,
      prefix,
      width,
      printLines,
      print,
      canGoBack,
      ...(earlier === undefined ? {} : {earlier}),
      ...(fill === undefined ? {} : {fill}),
    }
    // Between two questions Ctrl+C is a signal, and no question hears of it.
    const given = await Promise.race([ask(step, page), driver.finished.then(() => undefined)])
    if (!given) {
      if (stdin.isTTY) stdin.setRawMode(false)
      break
    }
    fill = undefined
    if (given.kind === 'cancel') driver.cancel()
    else if (given.kind === 'back') driver.back()
    else if (given.kind === 'offer') {
      const result = await driver.offer(given.key)
      if (result && 'fill' in result) fill = result.fill
      // Here a copy is printed too: nothing tells whether the terminal has a clipboard.
      else if (result && 'print' in result) stdout.write(`\n${result.print.join('\n')}\n`)
      else if (result && 'copy' in result) stdout.write(`\n${result.copy.join('\n')}\n`)
      else if (result) tell(result.note)
    } else if (step.kind === 'show') driver.proceed()
    else driver.answer(given.value)
    await Promise.resolve()
  }
  const ended = await driver.finished.finally(() => process.off('SIGINT', onInterrupt))
  const {step} = driver.snapshot
  if (ended.kind === 'done' && step.kind === 'end') {
    stdout.write('\n')
    if (badge) stdout.write(`${prefix}\n`)
    print(...(step.panels ?? []))
  }
  if (ended.kind === 'left' && (ended.isUntouched || !badge)) tell(lastWords(ended))
  return ended
}

async function ask<E, P, O>(
  step: Extract<Step<E, P, O>, {kind: 'ask' | 'show'}>,
  page: PlainPage,
): Promise<Given> {
  if (step.kind === 'show') {
    const list = {choices: [{id: 'next', label: sentence(step.proceed)}]}
    page.print({kind: 'heading', text: say`${page.prefix}Go on?`})
    return askList(list, step, page)
  }
  const {question} = step
  page.print({kind: 'heading', text: say`${page.prefix}${question.message}`})
  if (question.hint) page.print({kind: 'prose', lines: [question.hint], tone: 'dim'})
  switch (question.kind) {
    case 'select':
    case 'choose-many':
      return askList(question, step, page)
    case 'text':
      return askText(question, step, page)
    case 'paste':
      return askField(question, step, page)
    case 'confirm': {
      const initial = page.earlier ?? question.initial ?? true
      const words = say`${question.yes ?? say`Yes`} (y) or ${question.no ?? say`No`} (n)?`
      return askPrompt(page, (signal) => confirm({message: words, default: initial === true}, {signal}))
    }
    case 'secret':
      return askSecret(question, page)
  }
}
