import {welcome, type WelcomeInput, type WelcomeOutcome} from '../flows/welcome/flow.js'
import type {WelcomePorts} from '../flows/welcome/ports.js'
import type {Options} from './args.js'
import type {Answer} from './engine/types.js'
import type {TerminalInput} from './frontends/terminal-input.js'
import {present} from './present.js'
import {reportProblem, EXIT} from './report.js'
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
    return undo(options, terminal)
  }
  if (options.command === 'demo') {
    const {demo} = await import('./demo.js')
    return demo(options, terminal)
  }
  const {realPorts} = await import('./wiring/ports.js')
  return wizard(options, terminal, {env: process.env, ports: realPorts({env: process.env, options})})
}

/** The wizard, from the welcome to the deploy that may follow it. */
export async function wizard(
  options: Options,
  terminal: TerminalInput | undefined,
  world: World,
): Promise<number> {
  const presets = await presetsFrom(options, world)
  if (!presets) return EXIT.failed
  const flow = welcome({
    ...(options.path ? {path: options.path} : {}),
    ...(options.profile === undefined ? {} : {profile: options.profile}),
    ...(options.region === undefined ? {} : {region: options.region}),
    isDryRun: options.dryRun,
    isYes: options.yes,
    ...world.input,
  })
  const {code, ended} = await present(flow, {...world, options, terminal, presets})
  if (ended.kind !== 'done') return code
  await remember(ended.outcome, world.env)
  if (ended.outcome.kind !== 'saved' || !ended.outcome.deploy) return code
  const {deploy} = await import('./wiring/deploy.js')
  return deploy(ended.outcome.profile, options, world.env)
}

/** Options that answer questions, checked like any other answer. Undefined after a problem that was told. */
async function presetsFrom(options: Options, world: World): Promise<Map<string, Answer> | undefined> {
  const presets = new Map<string, Answer>(world.presets)
  if (options.profile !== undefined) presets.set('profile', options.profile)
  if (options.region !== undefined) presets.set('region', options.region)
  if (options.yes) presets.set('plan', 'yes').set('replace', 'yes')
  if (options.keysFrom === undefined) return presets
  const {readKeysFile} = await import('./wiring/keys-from.js')
  const read = await readKeysFile(options.keysFrom)
  if (typeof read === 'string') return presets.set('account', 'yes').set('method', 'have').set('key', read)
  reportProblem(read, options)
  return undefined
}

/** The region is suggested next time. Settings are a courtesy: that they cannot be written is no failure. */
async function remember(outcome: WelcomeOutcome, env: NodeJS.ProcessEnv): Promise<void> {
  if (outcome.kind !== 'saved') return
  const {updateSettings} = await import('./store/settings.js')
  await updateSettings(env, {lastRegion: outcome.region}).catch(() => undefined)
}
