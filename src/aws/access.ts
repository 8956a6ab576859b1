import type {AccessKey} from '../domain/access-key.js'
import {bounded} from './call.js'
import {iamClient, type TimeLimits} from './client.js'
import {interpret} from './explain.js'
import {
  accountFinding,
  ageFinding,
  deployFinding,
  endFinding,
  mfaFinding,
  policyFinding,
  principalFindings,
  withoutRepeats,
  type Finding,
  type Read,
} from './findings.js'
import {
  accessKeys,
  accountAlias,
  deniedActions,
  heldPolicies,
  mfaDeviceCount,
  type Asking,
} from './iam-reads.js'
import type {Identity} from './identity.js'
import type {Network} from './network.js'
import type {Observation} from './observation.js'

export type {Finding} from './findings.js'

/** What IAM says about a key. Whatever could not be read is named as such, never guessed. */
export interface AccessReport {
  readonly accountAlias?: string
  /** Undefined where the policies could not be read. */
  readonly hasAdministratorAccess?: boolean
  /** Deploy actions that are not allowed; undefined where that could not be found out. */
  readonly missing?: readonly string[]
  readonly keyAgeDays?: number
  readonly findings: readonly Finding[]
}

export interface AccessOptions {
  readonly network: Network
  readonly signal: AbortSignal
  readonly limits?: TimeLimits
  readonly now?: () => number
}

/** All calls go out at once, and each may take this long, in milliseconds: the report is a courtesy. */
const LIMITS: TimeLimits = {connectMs: 3_000, callMs: 5_000}
const DAY_MS = 86_400_000

/** Reads what the key may do, as far as it may see that itself. Never fails: each denial becomes a line. */
export async function readAccess(
  key: AccessKey,
  identity: Identity,
  options: AccessOptions,
): Promise<AccessReport> {
  const read = reader(key, identity, options)
  const {userName, kind} = identity
  const user = userName === undefined ? undefined : {UserName: userName}
  const [alias, policies, keys, devices, simulated] = await Promise.all([
    read('iam:ListAccountAliases', accountAlias),
    user && read('iam:ListAttachedUserPolicies', async (asking) => heldPolicies(asking, user)),
    user && read('iam:ListAccessKeys', async (asking) => accessKeys(asking, user)),
    user && read('iam:ListMFADevices', async (asking) => mfaDeviceCount(asking, user)),
    // No policy limits the root user, and a federated user cannot be simulated.
    (user ?? kind === 'assumed-role') &&
      read('iam:SimulatePrincipalPolicy', async (asking) => deniedActions(asking, identity)),
  ])
  const accountName = 'value' in alias ? alias.value : undefined
  const held = policies && 'value' in policies ? policies.value : undefined
  const isKnown = held && (held.isAdministrator || !held.isPartial)
  const created = keys && 'value' in keys ? keys.value.get(key.accessKeyId) : undefined
  const {now = Date.now} = options
  const keyAgeDays = created ? Math.max(0, Math.floor((now() - created.getTime()) / DAY_MS)) : undefined
  return {
    ...(accountName === undefined ? {} : {accountAlias: accountName}),
    ...(isKnown ? {hasAdministratorAccess: held.isAdministrator} : {}),
    ...(keyAgeDays === undefined ? {} : {keyAgeDays}),
    ...(simulated && 'value' in simulated ? {missing: simulated.value} : {}),
    findings: withoutRepeats([
      accountFinding(identity, alias),
      ...principalFindings(identity),
      ...endFinding(key, now()),
      ...(policies ? [policyFinding(policies)] : []),
      ...(simulated
        ? [deployFinding(simulated, held?.isAdministrator === true, identity, options.network)]
        : []),
      ...(keys ? [ageFinding(keys, keyAgeDays)] : []),
      ...(devices ? [mfaFinding(devices)] : []),
    ]),
  }
}

/** Whether the key may do what a deploy needs, as one line. Never fails: what could not be read is said. */
export async function readDeployRights(
  key: AccessKey,
  identity: Identity,
  options: AccessOptions,
): Promise<Finding> {
  const simulated = await reader(
    key,
    identity,
    options,
  )('iam:SimulatePrincipalPolicy', async (asking) => deniedActions(asking, identity))
  return deployFinding(simulated, false, identity, options.network)
}

/** Asks one question, in bounded time; what goes wrong becomes data. A client each, so that faults do not mix. */
function reader(key: AccessKey, {region}: Identity, {network, signal, limits = LIMITS}: AccessOptions) {
  return async <T>(operation: string, ask: (asking: Asking) => Promise<T>): Promise<Read<T>> => {
    const observation: Observation = {}
    const client = await iamClient({key, region, network, limits, observation})
    const iam = await import('./sdk.js')
    try {
      return {
        value: await bounded(async (abortSignal) => ask({client, iam, abortSignal}), signal, limits),
      }
    } catch (error) {
      return {
        problem: interpret(error, {service: 'IAM', operation, region, network, observation, key, signal}),
      }
    } finally {
      client.destroy()
    }
  }
}
