import {panelLines} from '../../components/panel-lines.js'
import type {Driver, Ended} from '../engine/driver.js'
import {printable, wantsColour} from './ansi.js'

export interface SilentOptions {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
  /** Such as `[DEMO] `, before every line of progress. */
  readonly prefix: string
}

/** Nobody is there and nothing is asked: work is told on standard error, the receipt on standard output. */
export async function runSilent<S, E, P, O>(driver: Driver<S, E, P, O>, options: SilentOptions): Promise<Ended<E, P, O>> {
  const {stdout, stderr, env, prefix} = options
  let told = -1
  const follow = () => {
    const {step, serial} = driver.snapshot
    if (serial === told) return
    told = serial
    if (step.kind === 'work') stderr.write(`${prefix}${step.title}\n`)
  }
  const unsubscribe = driver.subscribe(follow)
  follow()
  const ended = await driver.finished
  unsubscribe()
  const {step} = driver.snapshot
  const hasProblem = step.kind === 'end' && step.panels?.some(({kind}) => kind === 'problem')
  if (ended.kind === 'done' && step.kind === 'end' && !hasProblem) {
    stdout.write(printable(panelLines(step.panels ?? [], 96), wantsColour(stdout, env)))
  }
  return ended
}
