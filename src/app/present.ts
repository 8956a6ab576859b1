import type {Options} from './options.js'
import {Driver, type Ended} from '../engine/driver.js'
import type {Answer, Flow} from '../engine/types.js'
import {wantsColour} from '../frontends/ansi.js'
import type * as InkFrontEnd from '../frontends/ink.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import {err, out} from '../frontends/output.js'
import {report, reportStack, type Result} from './report.js'
import type {SafeText} from '../text/safe-text.js'

export interface Presentation<P> {
  readonly options: Options
  /** Where Ink is to be used. */
  readonly screen: OpenScreen | undefined
  readonly env: NodeJS.ProcessEnv
  readonly ports: P
  readonly presets: ReadonlyMap<string, Answer>
  /** Words such as DEMO that must stand in every frame. */
  readonly badge?: SafeText
  /** Without a person every screen is printed, to be read. */
  readonly isTranscript?: boolean
}

/** Shows a flow in the front end that fits, tells how it ended, and returns the exit code with the outcome. */
export async function present<S, E, P, O extends Result>(
  flow: Flow<S, E, P, O>,
  presentation: Presentation<P>,
): Promise<{readonly code: number; readonly ended: Ended<E, P, O>}> {
  const {options, presets} = presentation
  const ports = options.dryRun ? await withoutWriting(presentation.ports) : presentation.ports
  const hasPerson = process.stdin.isTTY && process.stdout.isTTY && !options.json
  const unexpected: unknown[] = []
  const driver = new Driver(flow, {
    ports,
    presets,
    isUnattended: !hasPerson && !options.json,
    takesAssumed: options.yes,
    asksAgain: hasPerson,
    onUnexpected: (error) => unexpected.push(error),
  })
  const cleaning = cleanUp(presentation.env)
  const ended = await drive(driver, presentation, hasPerson)
  await cleaning
  if (options.debug) for (const error of unexpected) reportStack(error)
  return {code: report(ended, options, hasPerson), ended}
}

async function withoutWriting<P>(ports: P): Promise<P> {
  const {underDryRun} = await import('../adapters/dry-run.js')
  return underDryRun(ports as object) as P
}

/** What a killed run has left is taken away by the next one, whatever it is for: secrets may be in it. */
async function cleanUp(env: NodeJS.ProcessEnv): Promise<void> {
  const [{cleanLeftovers}, {awsFiles}] = await Promise.all([
    import('../files/clean.js'),
    import('../files/locations.js'),
  ])
  await cleanLeftovers(awsFiles(env))
}

async function drive<S, E, P, O>(
  driver: Driver<S, E, P, O>,
  {options, screen, env, badge, isTranscript = false}: Presentation<P>,
  hasPerson: boolean,
): Promise<Ended<E, P, O>> {
  const label = badge ? {badge} : {}
  if (options.json) {
    const {runJson} = await import('../frontends/json.js')
    process.once('SIGINT', () => driver.cancel())
    const write = (line: string) => out().write(`${line}\n`)
    return runJson(driver, {stdin: process.stdin, write, isDemo: badge !== undefined})
  }
  if (screen) {
    const {runInk} = await loadInk(wantsColour(process.stdout, env))
    return runInk(driver, {input: screen, painter: screen.painter, stdout: process.stdout, env, ...label})
  }
  if (hasPerson) {
    const {runPlain} = await import('../frontends/plain.js')
    return runPlain(driver, {stdin: process.stdin, stdout: process.stdout, env, ...label})
  }
  const {runSilent} = await import('../frontends/silent.js')
  process.once('SIGINT', () => driver.cancel())
  const prefix = badge ? `[${badge}] ` : ''
  return runSilent(driver, {stdout: out(), stderr: err(), env, prefix, isTranscript})
}

/**
 * Ink's library of colours asks the environment once, when it is loaded, and does not know NO_COLOR. What it is told is
 * taken back, as programs that are started later inherit the environment.
 */
async function loadInk(hasColour: boolean): Promise<typeof InkFrontEnd> {
  const {FORCE_COLOR} = process.env
  process.env['FORCE_COLOR'] = hasColour ? '1' : '0'
  try {
    return await import('../frontends/ink.js')
  } finally {
    if (FORCE_COLOR === undefined) delete process.env['FORCE_COLOR']
    else process.env['FORCE_COLOR'] = FORCE_COLOR
  }
}
