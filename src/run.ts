import {welcome, type WelcomeInput, type WelcomeOutcome} from '../flows/welcome/flow.js'
import type {WelcomePorts} from '../flows/welcome/ports.js'
import type {Options} from './args.js'
import {Driver, type Ended} from './engine/driver.js'
import type {Answer} from './engine/types.js'
import type {TerminalInput} from './frontends/terminal-input.js'
import {report, reportProblem, EXIT} from './report.js'
import type {SafeText} from './safety/safe-text.js'

/** Where a run of the wizard happens: the real world, or the practice one. */
export interface World {
  readonly env: NodeJS.ProcessEnv
  readonly ports: WelcomePorts
  readonly badge?: SafeText
  readonly input?: Partial<WelcomeInput>
  /** Without a person every screen is printed, to be read. */
  readonly isTranscript?: boolean
  /** Answers given beforehand. */
  readonly presets?: ReadonlyMap<string, Answer>
}

/** Carries out one command and returns the exit code. */
export async function run(options: Options, terminal: TerminalInput | undefined): Promise<number> {
  if (options.command === 'undo') {
    const {undo} = await import('./undo.js')
    return undo(options)
  }
  if (options.command === 'demo') {
    const {demo} = await import('./demo.js')
    return demo(options, terminal)
  }
  const {realPorts} = await import('./wiring/ports.js')
  const world = {env: process.env, ports: realPorts({env: process.env, options})}
  return wizard(options, terminal, world)
}

/** The wizard in the front end that fits. */
export async function wizard(options: Options, terminal: TerminalInput | undefined, world: World): Promise<number> {
  const presets = await presetsFrom(options, world)
  if (!presets) return EXIT.unanswered
  const hasPerson = process.stdin.isTTY && process.stdout.isTTY && !options.json
  const flow = welcome({
    ...(options.path ? {path: options.path} : {}),
    ...(options.profile === undefined ? {} : {profile: options.profile}),
    ...(options.region === undefined ? {} : {region: options.region}),
    isDryRun: options.dryRun,
    isYes: options.yes,
    ...world.input,
  })
  const driver = new Driver(flow, {
    ports: world.ports,
    presets,
    isUnattended: !hasPerson && !options.json,
    takesAssumed: options.yes,
  })
  const ended = await drive(driver, options, terminal, world, hasPerson)
  const code = report(ended, options, hasPerson)
  if (ended.kind === 'done') await remember(ended.outcome, world.env)
  return ended.kind === 'done' && ended.outcome.kind === 'saved' && ended.outcome.deploy
    ? (await import('./wiring/deploy.js')).deploy(ended.outcome.profile, options, world.env)
    : code
}

type WelcomeDriver<S, E> = Driver<S, E, WelcomePorts, WelcomeOutcome>

async function drive<S, E>(
  driver: WelcomeDriver<S, E>,
  options: Options,
  terminal: TerminalInput | undefined,
  {env, badge, isTranscript = false}: World,
  hasPerson: boolean,
): Promise<Ended<E, WelcomePorts, WelcomeOutcome>> {
  const label = badge ? {badge} : {}
  if (options.json) {
    const {runJson} = await import('./frontends/json.js')
    process.once('SIGINT', () => driver.cancel())
    const write = (line: string) => process.stdout.write(`${line}\n`)
    return runJson(driver, {stdin: process.stdin, write, isDemo: badge !== undefined})
  }
  if (terminal) {
    // Colour libraries read this once, when they are loaded; NO_COLOR alone is not honoured by Ink's.
    if (env['NO_COLOR']) process.env['FORCE_COLOR'] = '0'
    const {runInk} = await import('./frontends/ink.js')
    return runInk(driver, {input: terminal, stdout: process.stdout, env, ...label})
  }
  if (hasPerson) {
    const {runPlain} = await import('./frontends/plain.js')
    return runPlain(driver, {stdin: process.stdin, stdout: process.stdout, env, ...label})
  }
  const {runSilent} = await import('./frontends/silent.js')
  process.once('SIGINT', () => driver.cancel())
  const prefix = badge ? `[${badge}] ` : ''
  return runSilent(driver, {stdout: process.stdout, stderr: process.stderr, env, prefix, isTranscript})
}

/** Options that answer questions, checked like any other answer. Undefined after a problem that was told. */
async function presetsFrom(options: Options, world: World): Promise<Map<string, Answer> | undefined> {
  const presets = new Map<string, Answer>(world.presets)
  if (options.profile !== undefined) presets.set('profile', options.profile)
  if (options.region !== undefined) presets.set('region', options.region)
  if (options.yes) {
    presets.set('plan', 'yes')
    presets.set('replace', 'yes')
  }
  if (options.keysFrom === undefined) return presets
  const {readKeysFile} = await import('./wiring/keys-from.js')
  const read = await readKeysFile(options.keysFrom)
  if (typeof read !== 'string') {
    reportProblem(read, options)
    return undefined
  }
  return presets.set('account', 'yes').set('method', 'have').set('key', read)
}

/** The region is suggested next time. Settings are a courtesy: that they cannot be written is no failure. */
async function remember(outcome: WelcomeOutcome, env: NodeJS.ProcessEnv): Promise<void> {
  if (outcome.kind !== 'saved') return
  const {updateSettings} = await import('./store/settings.js')
  await updateSettings(env, {lastRegion: outcome.region}).catch(() => undefined)
}
