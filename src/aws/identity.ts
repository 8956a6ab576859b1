import type {AccessKey, RegionName} from '../domain/access-key.js'
import {HOMES, wrongPartition} from '../domain/partition-homes.js'
import {Failure, type Problem} from '../domain/problem.js'
import {partitionOfRegion, type Partition} from '../domain/regions.js'
import {say, type SafeText} from '../text/safe-text.js'
import {parseRegion} from '../domain/validators.js'
import {bounded, patiently} from './call.js'
import {TIME_LIMITS, stsClient, type TimeLimits} from './client.js'
import {systemClock, type Clock} from './clock.js'
import {cancelled, explain, interpret} from './explain.js'
import {isLoopback, type Network} from './network.js'
import {MAX_SKEW_SECONDS, skewSeconds, type Observation} from './observation.js'

/** Whose a key is, as STS says. */
export interface Identity {
  /** Twelve digits. */
  readonly accountId: string
  readonly arn: string
  readonly userId: string
  readonly partition: Partition
  readonly region: RegionName
  readonly kind: 'root' | 'user' | 'assumed-role' | 'federated-user'
  /** Name without path; present for IAM users. */
  readonly userName?: string
  /** How far this machine's clock is ahead of AWS's; negative when behind. */
  readonly clockSkewSeconds: number
}

export interface IdentityOptions {
  readonly region: RegionName
  readonly network: Network
  readonly signal: AbortSignal
  /** Tells about waiting and second attempts. */
  readonly report?: (note: SafeText) => void
  /** Made a moment ago: not being known yet is retried for `FRESH_SECONDS`. */
  readonly isFresh?: boolean
  readonly clock?: Clock
  readonly limits?: TimeLimits
}

/** How long a new key is given to become valid, in seconds: IAM is eventually consistent. */
export const FRESH_SECONDS = 30
const FRESH_STEP_SECONDS = 3

/**
 * Asks STS GetCallerIdentity with exactly this key.
 * @throws Failure with the code of a fault, WRONG_PARTITION, or REGION_DISABLED
 */
export async function verifyIdentity(key: AccessKey, options: IdentityOptions): Promise<Identity> {
  const {isFresh = false, clock = systemClock, signal, report} = options
  const end = clock.now() + FRESH_SECONDS * 1000
  for (;;) {
    try {
      return await identify(key, options)
    } catch (error) {
      if (!isFresh || !isUnknown(error) || clock.now() >= end) {
        throw isUnknown(error) ? await whyUnknown(key, options, error) : error
      }
      for (let second = 0; second < FRESH_STEP_SECONDS; second += 1) {
        const left = Math.max(0, Math.ceil((end - clock.now()) / 1000))
        report?.(say`New keys can take a few seconds to become valid. Trying again, ${left} s left.`)
        await clock.wait(1000, signal).catch(() => undefined)
        if (signal.aborted) throw new Failure(cancelled)
      }
    }
  }
}

export function isUnknown(error: unknown): error is Failure {
  return error instanceof Failure && error.problem.code === 'INVALID_CLIENT_TOKEN'
}

async function identify(
  key: AccessKey,
  {region, network, signal, clock = systemClock, limits = TIME_LIMITS}: IdentityOptions,
): Promise<Identity> {
  const observation: Observation = {}
  const client = await stsClient({key, region, network, observation, limits, now: clock.now})
  const {GetCallerIdentityCommand} = await import('./sdk.js')
  const context = {
    service: 'STS',
    operation: 'sts:GetCallerIdentity',
    region,
    network,
    observation,
    key,
    signal,
  } as const
  try {
    const answer = await patiently(
      () =>
        bounded(
          (abortSignal) => client.send(new GetCallerIdentityCommand({}), {abortSignal}),
          signal,
          limits,
        ),
      {signal, clock, observation},
    )
    const {Account: accountId, Arn: arn, UserId: userId} = answer
    // A proxy's page with status 200 reads as an answer without fields.
    if (!accountId || !arn || !/^\d{12}$/.test(accountId)) throw new Error('The answer names no account.')
    const skew = skewSeconds(observation) ?? 0
    if (Math.abs(skew) > MAX_SKEW_SECONDS) throw new Failure(explain('CLOCK_SKEW', context))
    return {
      accountId,
      arn,
      userId: userId ?? '',
      region,
      partition: partitionOf(arn),
      clockSkewSeconds: skew,
      ...principal(arn),
    }
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(interpret(error, context))
  } finally {
    client.destroy()
  }
}

function partitionOf(arn: string): Partition {
  return (arn.split(':')[1] ?? 'aws') as Partition
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
function principal(arn: string): Pick<Identity, 'kind' | 'userName'> {
  const resource = arn.split(':').slice(5).join(':')
  if (resource === 'root') return {kind: 'root'}
  if (resource.startsWith('user/')) return {kind: 'user', userName: resource.split('/').at(-1) ?? ''}
  return {kind: resource.startsWith('federated-user/') ? 'federated-user' : 'assumed-role'}
}

/**
 * A key that is not known in one region may be known elsewhere: in the partition's first region, when the chosen one
 * is not enabled, or in another partition. Asked only of AWS itself, never of an endpoint override.
 */
export async function whyUnknown(
  key: AccessKey,
  options: IdentityOptions,
  unknown: Failure,
): Promise<Failure> {
  const {network, region, report, signal} = options
  // A simulator on this machine answers for all regions and partitions, like the real ones together.
  if (network.endpoints.STS && !isLoopback(network.endpoints.STS)) return unknown
  const own = partitionOfRegion(region)
  for (const [partition, home, name] of HOMES) {
    const other = parseRegion(home)
    if (signal.aborted) return new Failure(cancelled)
    if (!other || other === region) continue
    report?.(say`Asking whether the key is known in ${name}`)
    const found = await identify(key, {...options, region: other}).catch(() => undefined)
    if (!found) continue
    return new Failure(partition === own ? disabled(region) : wrongPartition(region, name, home))
  }
  return unknown
}

function disabled(region: RegionName): Problem {
  return {
    code: 'REGION_DISABLED',
    what: say`The region ${region} is not enabled in this account.`,
    why: say`The key works in other regions. Regions opened after March 2019 have to be switched on before keys work in them.`,
    nextSteps: [
      say`Choose another region, such as us-east-1.`,
      say`Or switch it on: \`aws account enable-region --region-name ${region}\``,
    ],
  }
}
