/**
 * A service, and the one answer for it: which credentials `serverless deploy` uses in each stage. What the file says decides
 * first; where it leaves the choice to the chain of AWS, the room of credentials answers.
 */
import {dirname, resolve} from 'node:path'
import {effective, isBlamed, reasonOf, type Effective} from '../credentials/effective.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {profileStates} from '../credentials/profile-states.js'
import type {Outcome} from '../credentials/tools/outcome.js'
import {detailOf} from '../credentials/tools/verdict.js'
import type {Asked} from '../credentials/types.js'
import type {RegionName} from '../domain/access-key.js'
import {wayTo} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {parseRegion} from '../domain/validators.js'
import type {DotenvFound} from './dotenv.js'
import type {ServiceReport} from './report/report.js'
import type {StageVerdict} from './resolvers/index.js'
import {isVariable} from './resolvers/variables.js'
import {profilesHere, worldOf, type ProfileKnown, type World} from './resolvers/world.js'
import {dotenvSays, mayHaveDotenv, onCredentials, runWith} from './run.js'

export interface ServiceHere {
  readonly path: string
  readonly report: ServiceReport
  /** What a plain deploy asks of the chain of AWS; absent where the file leaves nothing to it, or cannot be read. */
  readonly asked?: Asked
  /** The machine as a plain deploy has it: with what the Framework reads from `.env`. */
  readonly run: Snapshot
  /** Those of all stages that were judged, each once. */
  readonly runs: readonly Snapshot[]
  /** Of what it reads there, what bears on credentials, with the files. */
  readonly dotenv: DotenvFound
  /** By stage, what it comes to where that is left to the files of AWS and the environment, by profile or without. */
  readonly chains: ReadonlyMap<string, StageChain>
  /** No stage is known to fail, and the file has no mistake. */
  readonly isUsable: boolean
}

/** A stage on the machine as its run has it. */
interface StageChain {
  readonly s: Snapshot
  readonly outcome: Outcome
}

export interface ServiceOptions extends Pick<Asked, 'profile' | 'region'> {
  readonly stage?: string | undefined
  /** Where a deploy is run, where that is not the folder of the service. */
  readonly runsIn?: string
  /** What is known of profiles, once AWS was asked in each of the runs. */
  readonly known?: (run: Snapshot) => ReadonlyMap<string, ProfileKnown>
}

/**
 * @param s the machine as a run in its folder begins
 * @param world as `worldHere` gives it for that: the same for all services of a project
 */
export async function serviceAt(
  path: string,
  s: Snapshot,
  options: ServiceOptions,
  world: World,
): Promise<ServiceHere> {
  const {canDeploy, reportService} = await import('./report/report.js')
  const around = {...world, file: path}
  const glance = await reportService(path, around, options.stage)
  const {useDotenv = []} = glance.model ?? {}
  const dir = dirname(resolve(path))
  // Few services have such a file, and its reader is loaded for them alone.
  const {readDotenv} = mayHaveDotenv(dir, useDotenv) ? await import('./dotenv.js') : {}
  const found = (stage: string): DotenvFound => readDotenv?.(dir, stage, useDotenv, s.env) ?? new Map()
  const [first = 'dev'] = glance.stages
  // What names other files, another profile or a key changes what there is to be found.
  const runs = new Map<string, Snapshot>()
  const worlds = new Map<string, World>()
  for (const stage of new Set([first, ...glance.stages])) {
    const run = await runWith(s, found(stage), options.runsIn ?? dir)
    runs.set(stage, run)
    worlds.set(stage, run === s ? world : await worldHere(run, options))
  }
  const inStage = (stage: string) => worlds.get(stage)
  // As first read, where every run has the machine as it is.
  const isOther = [...runs.values()].some((run) => run !== s)
  const plain = isOther ? await reportService(path, {...around, inStage}, options.stage) : glance
  const failing: string[] = []
  const remarks = new Map(plain.remarks)
  const chains = new Map<string, StageChain>()
  for (const verdict of plain.verdicts) {
    const {stage, deploys} = verdict
    const run = runs.get(stage) ?? s
    const chain = askedIn(path, verdict)
    const end = chain && effective(run, chain)
    if (end) chains.set(stage, {s: run, outcome: end.outcome})
    // Known to fail without asking anybody.
    const isInVain = !deploys.mayBeDashboard && end?.isUsable === false
    if (deploys.by === 'error' || isInVain) failing.push(stage)
    // Of a profile that the file names the check of the file says it.
    if (isInVain && (deploys.by === 'chain' || end.fault?.code === 'REGION_UNKNOWN'))
      remarks.set(stage, whyNone(end, effective(s, chain), found(stage)))
  }
  const report = {...plain, useless: [...new Set([...plain.useless, ...failing])], remarks}
  const [verdict] = report.verdicts
  const asked = verdict && askedIn(path, verdict, options.profile)
  return {
    path,
    report,
    dotenv: onCredentials(found(first)),
    run: runs.get(first) ?? s,
    runs: [...new Set(runs.values())],
    chains,
    ...(asked ? {asked} : {}),
    isUsable: canDeploy(report),
  }
}

/** Why the chain of AWS comes to nothing that works, and where it is told to from. */
function whyNone(end: Effective, without: Effective, added: DotenvFound): SafeText {
  const said = isBlamed(end, without) ? dotenvSays(added, (path) => say`${wayTo(path)}`) : undefined
  return say`${reasonOf(end)}${said ? say` (${said})` : ''}`
}

/** All that is known around a service, for every judgement of one. */
export async function worldHere(s: Snapshot, options: ServiceOptions): Promise<World> {
  const working = new Set(profileStates(s).flatMap(({name, state}) => (state === 'usable' ? [name] : [])))
  return worldOf(s.env, {
    profiles: (options.known ?? profilesHere)(s),
    inPlaceOf(profile) {
      const {outcome, isUsable} = effective(s, {profile})
      // What stands in the profile itself is asked about under its own name; another way of it is one that comes next.
      const isOwn = outcome.kind === 'found' && outcome.profile === profile && working.has(profile)
      return outcome.kind === 'found' && isUsable && !isOwn ? detailOf(outcome) : undefined
    },
    dashboard: {signedIn: await isSignedIn(s)},
    ...(options.stage === undefined ? {} : {stageOption: options.stage}),
    ...(options.profile === undefined ? {} : {awsProfileOption: options.profile}),
    ...(options.region === undefined ? {} : {regionOption: options.region}),
  })
}

/** In to the Serverless Dashboard, by a person's sign-in or an access key. */
export async function isSignedIn({env, home}: Snapshot): Promise<boolean> {
  if (env['SERVERLESS_ACCESS_KEY'] || env['SERVERLESS_USER_ACCESS_KEY']) return true
  const {readDashboardUser} = await import('./serverless-rc.js')
  const stage = env['SERVERLESS_PLATFORM_STAGE'] === 'dev' ? 'dev' : 'prod'
  // A file of the Framework that cannot be read is told where it is needed.
  return (await readDashboardUser(home, stage).catch(() => undefined)) !== undefined
}

/** The region that the file itself names for a plain deploy. */
export function regionIn({report}: ServiceHere): RegionName | undefined {
  const [plain] = report.verdicts
  return plain && regionOf(plain)
}

/** The same for one stage. */
export function regionOf({deploys: {region}}: StageVerdict): RegionName | undefined {
  return region.line === undefined ? undefined : parseRegion(region.value)
}

/** What a stage asks of the chain of AWS, where the file leaves the choice to it. */
function askedIn(
  path: string,
  {deploys: {by, profileName: profile, resolver, region, unset}, stage}: StageVerdict,
  option?: string,
): Asked | undefined {
  // A run that stops, or a stage that is not known, asks for nothing that could be told.
  if (unset || region.unset || isVariable(stage)) return undefined
  const isNamed = by === 'profile' && profile !== undefined && !isVariable(profile)
  if (by !== 'chain' && !isNamed) return undefined
  const named = resolver
    ? say`the resolver ${resolver} in the service file`
    : profile === option
      ? say`The option --profile`
      : say`provider.profile in the service file`
  return {
    ...(isNamed ? {profile, profileFrom: named, isForAll: profile === option, chosenIn: path} : {}),
    serviceRegion: {name: region.value, from: region.from},
  }
}
