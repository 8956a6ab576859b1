/** Whose credentials are: AWS is asked about each of them once, several at a time. */
import type {Identity} from '../aws/identity.js'
import {keyOfMachine, type MachineSource} from '../aws/profile-provider.js'
import {endpointOfProfile, settingsProfile} from '../credentials/endpoint.js'
import {profileStates} from '../credentials/profile-states.js'
import type {Snapshot} from '../credentials/snapshot.js'
import type {ProfileState} from '../credentials/types.js'
import type {Answer} from '../doctor/verified.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {word} from '../text/shell.js'
import {networkOf} from './network-of.js'
import {beginAsking, givesNone, keyOf, keyOfProgram, regionOf} from './profile-keys.js'

/** Profiles that are asked about at the same time. */
const AT_ONCE = 8

export interface Asker {
  /** In the order of the files. Profiles without credentials have no answer; `only` leaves others out. */
  profiles(only?: ReadonlySet<string>): Promise<ReadonlyMap<string, Answer>>
  key(key: AccessKey, region: RegionName): Promise<Answer>
  /** The same of one of them as a run has it: in the region that it goes to, and where the settings of the run send requests. */
  run(profile: string, region: RegionName): Promise<Answer | undefined>
  /** What the program of a profile gives, where the chain comes to it past a role that is broken. */
  program(profile: string, region: RegionName): Promise<Answer>
  /** What the machine itself gives, beside all profiles. */
  machine(source: MachineSource): Promise<Answer>
  /** How far this machine's clock is from that of AWS; absent where nothing was answered. */
  skewSeconds(): number | undefined
}

/**
 * Asks as a machine does: with its environment, and its files. One at a time.
 *
 * @throws what the person did, such as leaving; what is wrong with credentials is an answer
 */
export type Within = <T>(s: Snapshot, work: (asker: Asker) => Promise<T>) => Promise<T>

/** What was asked of a machine once is known of it. */
export function askers(context: WorkContext): Within {
  const known = new Map<Snapshot, Promise<Asker>>()
  return async (s, work) => {
    const {inEnvironment} = await import('../aws/profile-provider.js')
    return inEnvironment(s.env, async () => {
      const asker = known.get(s) ?? askerOf(s, context)
      known.set(s, asker)
      return work(await asker)
    })
  }
}

async function askerOf(s: Snapshot, context: WorkContext): Promise<Asker> {
  const asking = await beginAsking(s, context)
  const [{verifyIdentity}, here] = [await import('../aws/identity.js'), profileStates(s)]
  let skewSeconds: number | undefined
  const identified = async (
    getKey: () => Promise<AccessKey>,
    region: RegionName,
    profile = settingsProfile(s),
  ): Promise<Answer> => {
    try {
      const network = networkOf(profile, asking)
      const identity = await verifyIdentity(await getKey(), {region, network, signal: context.signal})
      if (Math.abs(identity.clockSkewSeconds) > Math.abs(skewSeconds ?? 0))
        skewSeconds = identity.clockSkewSeconds
      const {accountId, partition} = identity
      return {whose: whoseWords(identity), accountId, partition}
    } catch (error) {
      if (context.signal.aborted) throw error
      return {problem: problemOf(error)}
    }
  }
  const isAsOwn = (profile: string) =>
    (['sts', 'iam'] as const).every(
      (service) =>
        endpointOfProfile(s, profile, service)?.url ===
        endpointOfProfile(s, settingsProfile(s), service)?.url,
    )
  const answered = new Map<string, Promise<Answer>>()
  const once = async (of: string, ask: () => Promise<Answer>) => {
    const answer = answered.get(of) ?? ask()
    answered.set(of, answer)
    return answer
  }
  const profiles: Asker['profiles'] = async (only) => {
    const wanted = here.filter(({kind, name}) => kind !== 'empty' && (only?.has(name) ?? true))
    const candidates = wanted.filter(({state}) => state === 'usable')
    const answers = new Map<string, Answer>()
    const fresh = candidates.filter(({name}) => !answered.has(`profile ${name}`)).length
    let count = 0
    await inParallel(candidates, context, async ({name, region}) => {
      const ask = async () => {
        const answer = await identified(async () => keyOf(name, asking), regionOf(region), name)
        count++
        context.report(say`${count} of ${fresh} profiles asked about`)
        return answer
      }
      answers.set(name, await once(`profile ${name}`, ask))
    })
    // Nothing is asked for one that cannot be signed with; it is told all the same.
    return new Map(
      wanted.map((profile) => [profile.name, answers.get(profile.name) ?? {problem: unusable(profile)}]),
    )
  }
  return {
    skewSeconds: () => skewSeconds,
    key: async (key, region) =>
      once(
        `key ${key.accessKeyId} ${key.sessionToken?.reveal() ?? ''} ${key.secretAccessKey.reveal()} in ${region}`,
        async () => identified(async () => key, region),
      ),
    program: async (name, region) =>
      once(`program ${name} in ${region}`, async () =>
        identified(async () => keyOfProgram(name, asking), region),
      ),
    machine: async (source) =>
      once(`machine ${source}`, async () => {
        // As its identity is asked about, so is the role: where the profile in use sends requests.
        const network = networkOf(settingsProfile(s), asking)
        const region = regionOf(s.env['AWS_REGION'])
        const options = {region, network, signal: context.signal}
        return identified(async () => keyOfMachine(source, options).catch(machineFailed(source)), region)
      }),
    profiles,
    run: async (name, region) => {
      const state = here.find((each) => each.name === name)
      if (state?.state !== 'usable' || (region === regionOf(state.region) && isAsOwn(name)))
        return (await profiles(new Set([name]))).get(name)
      const settings = settingsProfile(s)
      return once(`profile ${name} in ${region}`, async () =>
        identified(async () => keyOf(name, asking, settings), region, settings),
      )
    },
  }
}

function unusable({name, why}: ProfileState): Problem {
  return {
    code: 'CREDENTIALS_UNUSABLE',
    what: why ?? say`It gives no credentials that AWS could be asked with.`,
    why: say`AWS was not asked about it.`,
    nextSteps: [say`See why: \`${program()} doctor --profile ${word(name)}\``],
  }
}

const MACHINE: Readonly<Record<MachineSource, SafeText>> = {
  'web-identity-env': say`The web identity of the environment`,
  container: say`The container`,
  instance: say`The EC2 instance`,
}

function machineFailed(source: MachineSource): (error: unknown) => never {
  return (error) => {
    if (error instanceof Failure) throw error
    throw new Failure(
      givesNone(MACHINE[source], error, say`See what decides: \`${program()} doctor --verify\``),
    )
  }
}

export async function inParallel<T>(
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

export function problemOf(error: unknown): Problem {
  return error instanceof Failure
    ? error.problem
    : {
        code: 'UNEXPECTED',
        what: say`It could not be checked.`,
        why: say`${error instanceof Error ? error.name : 'unknown'}`,
        nextSteps: [say`Try again: \`${program()} doctor --verify --debug\``],
      }
}
