import {welcome, type WelcomeInput, type WelcomeOutcome} from '../../flows/welcome/flow.js'
import type {WelcomePorts} from '../../flows/welcome/ports.js'
import type {Options} from './options.js'
import {answersOf} from './options.js'
import type {Begun} from './first-screen.js'
import {roleInput, ssoInput} from './inputs.js'
import type {Answer} from '../engine/types.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import {present} from './present.js'
import {reportProblem, EXIT} from './report.js'
import type {SafeText} from '../text/safe-text.js'

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

/** The person's own machine, and AWS itself. */
export async function realWorld(options: Options): Promise<World> {
  const {realPorts} = await import('../adapters/ports.js')
  return {env: process.env, ports: realPorts({env: process.env, options})}
}

/** The wizard, from the welcome to the deploy that may follow it. */
export async function wizard(
  options: Options,
  screen: OpenScreen | undefined,
  world: World,
): Promise<number> {
  const presets = new Map([...answersOf(options.given), ...(world.presets ?? [])])
  // In a terminal the key is pasted into its field, which shows nothing of it and goes on with questions.
  const isTyped = options.keysFrom === '-' && process.stdin.isTTY && process.stdout.isTTY
  if (isTyped) presets.set('account', 'yes').set('method', 'have')
  else if (options.keysFrom !== undefined) {
    const {readKeysFile} = await import('../adapters/keys-from.js')
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
  const [{deploy}, {err}] = await Promise.all([
    import('../adapters/deploy.js'),
    import('../frontends/output.js'),
  ])
  const tell = (line: string) => void err().write(line)
  return outcome.kind === 'saved'
    ? deploy({folder: options.service, args: outcome.next?.args}, env, tell)
    : deploy({folder: outcome.dir}, env, tell)
}

/** The region is suggested next time. Settings are a courtesy: that they cannot be written is no failure. */
async function remember(outcome: WelcomeOutcome, env: NodeJS.ProcessEnv): Promise<void> {
  if (outcome.kind !== 'saved') return
  const {updateSettings} = await import('../files/settings-update.js')
  await updateSettings(env, {lastRegion: outcome.region}).catch(() => undefined)
}
