/** What AWS says of every profile, and of several at a time. */
import type {VerifiedProfile} from '../../flows/sso/ports.js'
import type {Identity} from '../aws/identity.js'
import {environmentKey} from '../credentials/access-key.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {MachineSource} from '../aws/profile-provider.js'
import {effective} from '../credentials/effective.js'
import type {Found} from '../credentials/tools/outcome.js'
import type {Asked} from '../credentials/types.js'
import type {Diagnosis} from '../doctor/types.js'
import type {Answers} from '../doctor/verified.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../safety/access-key.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {inParallel, problemOf, type Asker} from './asker.js'
import {beginAsking, keyOf, networkOf, regionOf, type Asking} from './profile-keys.js'

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
  asker: Asker,
  {run, dotenv}: Deploy = {},
): Promise<VerifiedDiagnosis> {
  const {env} = s
  const [{diagnose}, {withAnswers}] = await Promise.all([
    import('../doctor/diagnose.js'),
    import('../doctor/verified.js'),
  ])
  const own = environmentKey(env)
  const environment = own
    ? await asker.key(own, regionOf(env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION']))
    : undefined
  const profiles = await asker.profiles()
  const {outcome} = effective(run ?? s, asked)
  const machine = outcome.kind === 'found' ? machineSource(outcome) : undefined
  const answers: Answers = {
    profiles,
    ...(environment ? {environment} : {}),
    ...(machine ? {machine: {source: machine, answer: await asker.machine(machine)}} : {}),
  }
  const skewSeconds = asker.skewSeconds()
  const judged = diagnose(s, {...asked, ...(skewSeconds === undefined ? {} : {skewSeconds})}, run, dotenv)
  return {diagnosis: withAnswers(judged, answers), answers}
}

/** Where the machine itself gives them, beside the environment's keys and all profiles. */
export function machineSource({source, profile}: Found): MachineSource | undefined {
  const isOfMachine = source === 'web-identity-env' || source === 'container' || source === 'instance'
  return isOfMachine && profile === undefined ? source : undefined
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
      const identity = await identify(key, {region, profile: name}, asking)
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

async function identify(
  key: AccessKey,
  {region, profile}: {readonly region: RegionName; readonly profile: string},
  asking: Asking,
): Promise<Identity> {
  const {verifyIdentity} = await import('../aws/identity.js')
  const [network, {context}] = [await networkOf(profile, asking), asking]
  return verifyIdentity(key, {region, network, signal: context.signal})
}

async function deployRights(key: AccessKey, identity: Identity, {network, context}: Asking) {
  const {readDeployRights} = await import('../aws/access.js')
  return readDeployRights(key, identity, {network, signal: context.signal})
}
