/** What AWS says of every profile, and of several at a time. */
import type {VerifiedProfile} from '../../flows/sso/ports.js'
import type {Identity} from '../aws/identity.js'
import {environmentKey} from '../credentials/access-key.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {MachineSource} from '../aws/profile-provider.js'
import {effective} from '../credentials/effective.js'
import type {Found} from '../credentials/tools/outcome.js'
import type {Asked} from '../credentials/types.js'
import {SOURCE_LABELS} from '../credentials/sources.js'
import type {Deploy} from '../doctor/diagnose.js'
import type {Diagnosis} from '../doctor/types.js'
import type {Answer, Answers} from '../doctor/verified.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {isAboutCredentials} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {inParallel, problemOf, type Asker, type Within} from './asker.js'
import {networkOf} from './network-of.js'
import {beginAsking, keyOf, regionOf, type Asking} from './profile-keys.js'

/** Profiles whose rights are looked at: as many as a receipt shows. */
const MAX_WITH_RIGHTS = 6

export interface VerifiedDiagnosis {
  readonly diagnosis: Diagnosis
  readonly answers: Answers
}

/** Asks AWS about the environment and every profile that could work, and judges anew with what is known then. */
export async function verifyDiagnosis(
  s: Snapshot,
  asked: Asked,
  within: Within,
  deploy: Deploy = {run: s},
): Promise<VerifiedDiagnosis> {
  const [{diagnose}, {withAnswers}] = await Promise.all([
    import('../doctor/diagnose.js'),
    import('../doctor/verified.js'),
  ])
  const {answers, skewSeconds} = await within(s, async (asker) => {
    const {AWS_REGION, AWS_DEFAULT_REGION} = s.env
    const environment = await environmentOf(s, AWS_REGION ?? AWS_DEFAULT_REGION, asker)
    const profiles = await asker.profiles()
    return {answers: {profiles, ...(environment ? {environment} : {})}, skewSeconds: asker.skewSeconds()}
  })
  const {run} = deploy
  const {outcome, verdict} = effective(run, asked)
  const used = outcome.kind === 'found' ? outcome : undefined
  const answer =
    used &&
    (await within(run, async (asker) => answerOf({s: run, outcome: used}, verdict.region?.name, asker)))
  const all: Answers = {
    ...answers,
    ...(used && answer ? {used: {...labelled(used, run === s), answer}} : {}),
  }
  const refused = new Set(
    [...answers.profiles].flatMap(([name, answer]) =>
      'problem' in answer && isAboutCredentials(answer.problem.code) ? [name] : [],
    ),
  )
  const judged = diagnose(
    s,
    {...asked, ...(skewSeconds === undefined ? {} : {skewSeconds})},
    {...deploy, refused},
  )
  return {diagnosis: withAnswers(judged, all), answers: all}
}

async function environmentOf(
  {env}: Snapshot,
  region: string | undefined,
  asker: Asker,
): Promise<Answer | undefined> {
  const own = environmentKey(env)
  return own && asker.key(own, regionOf(region))
}

/** The winner has a row of its own where none of the others is of it. */
function labelled(found: Found, isOfTerminal: boolean): Omit<NonNullable<Answers['used']>, 'answer'> {
  const machine = machineSource(found)
  if (isOfTerminal) return machine ? {id: machine, label: SOURCE_LABELS[machine]} : {}
  return {id: 'folder', label: say`In this folder`}
}

/** Of what a machine comes to. */
export async function answerOf(
  {s, outcome}: {readonly s: Snapshot; readonly outcome: Found},
  region: string | undefined,
  asker: Asker,
): Promise<Answer | undefined> {
  if (outcome.source === 'environment') return environmentOf(s, region, asker)
  const machine = machineSource(outcome)
  if (machine) return asker.machine(machine)
  const {profile, source} = outcome
  if (profile === undefined) return undefined
  const isPastARole = source === 'process' && s.javascript.profiles.get(profile)?.has('role_arn')
  return isPastARole ? asker.program(profile, regionOf(region)) : asker.run(profile, regionOf(region))
}

/** Where the machine itself gives them, beside the environment's keys and all profiles. */
function machineSource({source, profile}: Found): MachineSource | undefined {
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
        ...(names.indexOf(name) < MAX_WITH_RIGHTS
          ? {deploy: await deployRights(key, identity, name, asking)}
          : {}),
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
  const [network, {context}] = [networkOf(profile, asking), asking]
  return verifyIdentity(key, {region, network, signal: context.signal})
}

async function deployRights(key: AccessKey, identity: Identity, profile: string, asking: Asking) {
  const {readDeployRights} = await import('../aws/access.js')
  const [network, {context}] = [networkOf(profile, asking), asking]
  return readDeployRights(key, identity, {network, signal: context.signal})
}
