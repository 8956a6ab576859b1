/** Whose every profile's credentials are, several asked about at a time. */
import type {VerifiedProfile} from '../../flows/sso/ports.js'
import type {Identity} from '../aws/identity.js'
import {environmentKey} from '../credentials/access-key.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {Asked, ProfileState} from '../credentials/types.js'
import type {Diagnosis} from '../doctor/types.js'
import type {Answer, Answers} from '../doctor/verified.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {beginAsking, keyOf, regionOf, type Asking} from './profile-keys.js'
import {word} from '../safety/shell.js'

/** Profiles that are asked about at the same time. */
const AT_ONCE = 8
/** Profiles whose rights are looked at: as many as a receipt shows. */
const MAX_WITH_RIGHTS = 6

export interface VerifiedDiagnosis {
  readonly diagnosis: Diagnosis
  readonly answers: Answers
}

/** The machine as a deploy has it, as `diagnose` takes it. */
interface Deploy {
  readonly run?: Snapshot | undefined
  readonly dotenv?: SafeText | undefined
}

/** Asks AWS about the environment and every profile that could work, and judges anew with what is known then. */
export async function verifyDiagnosis(
  s: Snapshot,
  asked: Asked,
  context: WorkContext,
  of: Deploy = {},
): Promise<VerifiedDiagnosis> {
  const {inEnvironment} = await import('../aws/profile-provider.js')
  return inEnvironment(s.env, async () => verifyAll(s, asked, context, of))
}

async function verifyAll(
  s: Snapshot,
  asked: Asked,
  context: WorkContext,
  {run, dotenv}: Deploy,
): Promise<VerifiedDiagnosis> {
  const {env} = s
  const [{diagnose}, {withAnswers}, asking] = await Promise.all([
    import('../doctor/diagnose.js'),
    import('../doctor/verified.js'),
    beginAsking(s, context),
  ])
  const offline = diagnose(s, asked)
  const own = environmentKey(env)
  let skewSeconds: number | undefined
  const identified = async (getKey: () => Promise<AccessKey>, region: RegionName): Promise<Answer> => {
    try {
      const identity = await identify(await getKey(), region, asking)
      if (Math.abs(identity.clockSkewSeconds) > Math.abs(skewSeconds ?? 0))
        skewSeconds = identity.clockSkewSeconds
      return {whose: whoseWords(identity), accountId: identity.accountId}
    } catch (error) {
      if (context.signal.aborted) throw error
      return {problem: problemOf(error)}
    }
  }
  const environment = own
    ? await identified(async () => own, regionOf(env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION']))
    : undefined
  const here = offline.profiles.filter(({kind}) => kind !== 'empty')
  const candidates = here.filter(({state}) => state === 'usable')
  const profiles = new Map<string, Answer>()
  // Nothing is asked for one that cannot be signed with; it is told all the same.
  for (const profile of here)
    if (profile.state !== 'usable') profiles.set(profile.name, {problem: unusable(profile)})
  let count = 0
  await inParallel(candidates, context, async ({name, region}) => {
    profiles.set(name, await identified(async () => keyOf(name, asking), regionOf(region)))
    count++
    context.report(say`${count} of ${candidates.length} profiles asked about`)
  })
  const answers: Answers = {
    profiles: new Map(here.flatMap(({name}) => (profiles.has(name) ? [[name, profiles.get(name)!]] : []))),
    ...(environment ? {environment} : {}),
  }
  const judged = diagnose(s, {...asked, ...(skewSeconds === undefined ? {} : {skewSeconds})}, run, dotenv)
  return {diagnosis: withAnswers(judged, answers), answers}
}

function unusable({name, why}: ProfileState): Problem {
  return {
    code: 'CREDENTIALS_UNUSABLE',
    what: why ?? say`It gives no credentials that AWS could be asked with.`,
    why: say`AWS was not asked about it.`,
    nextSteps: [say`See why: \`${program()} doctor --profile ${word(name)}\``],
  }
}

/** The profiles named, read back from disk. */
export async function verifyProfiles(
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  context: WorkContext,
): Promise<readonly VerifiedProfile[]> {
  const {inEnvironment} = await import('../aws/profile-provider.js')
  return inEnvironment(env, async () => verifyNamed(names, env, context))
}

async function verifyNamed(
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  context: WorkContext,
): Promise<readonly VerifiedProfile[]> {
  const asking = await beginAsking(await readSnapshot({env}), context)
  const found = new Map<string, VerifiedProfile>()
  await inParallel(names, context, async (name) => {
    const region = regionOf(asking.surroundings.javascript.profiles.get(name)?.get('region'))
    try {
      const key = await keyOf(name, asking)
      const identity = await identify(key, region, asking)
      const {accountId, arn} = identity
      found.set(name, {
        profile: name,
        accountId,
        arn,
        ...(names.indexOf(name) < MAX_WITH_RIGHTS ? {deploy: await deployRights(key, identity, asking)} : {}),
      })
    } catch (error) {
      if (context.signal.aborted) throw error
      found.set(name, {profile: name, problem: problemOf(error)})
    }
    context.report(say`${found.size} of ${names.length} profiles checked`)
  })
  return names.flatMap((name) => found.get(name) ?? [])
}

async function identify(key: AccessKey, region: RegionName, {network, context}: Asking): Promise<Identity> {
  const {verifyIdentity} = await import('../aws/identity.js')
  return verifyIdentity(key, {region, network, signal: context.signal})
}

async function deployRights(key: AccessKey, identity: Identity, {network, context}: Asking) {
  const {readDeployRights} = await import('../aws/access.js')
  return readDeployRights(key, identity, {network, signal: context.signal})
}

async function inParallel<T>(
  items: readonly T[],
  {signal}: WorkContext,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined && !signal.aborted; item = waiting.shift())
      await work(item)
  }
  await Promise.all(Array.from({length: Math.min(AT_ONCE, items.length)}, worker))
  signal.throwIfAborted()
}

function whoseWords({accountId, arn}: Identity): SafeText {
  return say`account ${accountId}, ${arn}`
}

function problemOf(error: unknown): Problem {
  return error instanceof Failure
    ? error.problem
    : {
        code: 'UNEXPECTED',
        what: say`It could not be checked.`,
        why: say`${error instanceof Error ? error.name : 'unknown'}`,
        nextSteps: [say`Try again: \`${program()} doctor --verify --debug\``],
      }
}
