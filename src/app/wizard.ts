import {welcome, type WelcomeInput, type WelcomeOutcome} from '../../flows/welcome/flow.js'
import type {WelcomePorts} from '../../flows/welcome/ports.js'
import type {Options} from '../commands/read-args.js'
import {refusedOption, reportRefused} from '../commands/check-values.js'
import type {Begun} from './first-screen.js'
import {roleInput, rolePresets} from './role-options.js'
import {ssoInput, ssoPresets} from './sso-options.js'
import type {Answer} from '../engine/types.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import {present} from './present.js'
import {reportProblem, EXIT} from './report.js'
import type {SafeText} from '../safety/safe-text.js'

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
  /** What has happened already. */
  readonly begun?: Begun
}

/** Carries out one command and returns the exit code. */
export async function run(
  options: Options,
  screen: OpenScreen | undefined,
  begun: Begun | undefined,
): Promise<number> {
  const refused = refusedOption(options)
  if (refused) {
    screen?.restore()
    return reportRefused(refused, options)
  }
  if (options.command === 'undo') {
    const {undo} = await import('./undo.js')
    return undo(options, screen)
  }
  if (options.command === 'demo') {
    const {demo} = await import('./demo.js')
    return demo(options, screen)
  }
  const {realPorts} = await import('../wiring/ports.js')
  const world = {env: process.env, ports: realPorts({env: process.env, options})}
  if (options.command === 'doctor') {
    const {doctor} = await import('./doctor.js')
    return doctor(options, screen, world)
  }
  if (options.command === 'sso') {
    const {sso} = await import('./sso.js')
    return sso(options, screen, world)
  }
  if (options.command === 'resolvers') {
    const {resolvers} = await import('./resolvers.js')
    return resolvers(options, screen, world)
  }
  return wizard(options, screen, begun ? {...world, begun} : world)
}

/** The wizard, from the welcome to the deploy that may follow it. */
export async function wizard(
  options: Options,
  screen: OpenScreen | undefined,
  world: World,
): Promise<number> {
  const presets = presetsFrom(options, world)
  // In a terminal the key is pasted into its field, which shows nothing of it and goes on with questions.
  const isTyped = options.keysFrom === '-' && process.stdin.isTTY && process.stdout.isTTY
  if (isTyped) presets.set('account', 'yes').set('method', 'have')
  else if (options.keysFrom !== undefined) {
    const {readKeysFile} = await import('../wiring/keys-from.js')
    const read = await readKeysFile(options.keysFrom)
    if (typeof read !== 'string') {
      screen?.restore()
      reportProblem(read, options)
      return read.code === 'KEYS_FILE_WITHOUT_KEY' ? EXIT.unanswered : EXIT.failed
    }
    presets.set('key', read)
  }
  const flow = welcome({
    ...(options.path === undefined || options.path === 'sso' ? {} : {path: options.path}),
    role: {...roleInput(options), isPractice: world.badge !== undefined},
    skip: {...ssoInput(options), isPractice: world.badge !== undefined},
    ...(options.profile === undefined ? {} : {profile: options.profile}),
    ...(options.region === undefined ? {} : {region: options.region}),
    ...(options.keysFrom === undefined || isTyped ? {} : {isKeyGiven: true}),
    isDryRun: options.dryRun,
    isYes: options.yes,
    ...world.input,
  })
  const {begun} = world
  const whole = begun ? {...flow, initial: flow.next(flow.initial, begun)} : flow
  const {code, ended} = await present(whole, {...world, options, screen, presets})
  return ended.kind === 'done' ? afterwards(ended.outcome, code, options, world.env) : code
}

/** Once credentials are saved the region is remembered, and a deploy that was asked for runs. */
export async function afterwards(
  outcome: WelcomeOutcome,
  code: number,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  await remember(outcome, env)
  if (outcome.kind !== 'saved' && outcome.kind !== 'connected') return code
  if (!outcome.deploy) return code
  const {deploy} = await import('../wiring/deploy.js')
  return outcome.kind === 'saved'
    ? deploy({folder: options.service, args: outcome.next?.args}, env)
    : deploy({folder: outcome.dir}, env)
}

/** Options that answer questions, checked like any other answer. */
function presetsFrom(options: Options, world: World): Map<string, Answer> {
  const presets = new Map<string, Answer>([
    ...ssoPresets(options),
    ...rolePresets(options),
    ...(world.presets ?? []),
  ])
  if (options.profile !== undefined) presets.set('profile', options.profile)
  if (options.region !== undefined) presets.set('region', options.region)
  if (options.yes) presets.set('plan', 'yes').set('replace', 'yes')
  return presets
}

/** The region is suggested next time. Settings are a courtesy: that they cannot be written is no failure. */
async function remember(outcome: WelcomeOutcome, env: NodeJS.ProcessEnv): Promise<void> {
  if (outcome.kind !== 'saved') return
  const {updateSettings} = await import('../store/settings-update.js')
  await updateSettings(env, {lastRegion: outcome.region}).catch(() => undefined)
}
