import type {IAMClient} from '@aws-sdk/client-iam'
import type * as IamModule from '@aws-sdk/client-iam'
import type {AccessKey} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {safe, say, type SafeText} from '../safety/safe-text.js'
import {bounded} from './call.js'
import {iamClient, type TimeLimits} from './client.js'
import {DEPLOY_ACTIONS, DEPLOY_NEEDS} from './deploy-needs.js'
import {interpret} from './explain.js'
import type {Identity} from './identity.js'
import type {Network} from './network.js'
import type {Observation} from './observation.js'

/** One line of what was found. */
export interface Finding {
  readonly mark: 'good' | 'warning' | 'bad' | 'unknown' | 'fact'
  readonly label: SafeText
  readonly value?: SafeText
  readonly note?: SafeText
}

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
const OLD_KEY_DAYS = 90
const DAY_MS = 86_400_000

type Read<T> = {readonly value: T} | {readonly problem: Problem}

/** Reads what the key may do, as far as it may see that itself. Never fails: each denial becomes a line. */
export async function readAccess(
  key: AccessKey,
  identity: Identity,
  options: AccessOptions,
): Promise<AccessReport> {
  const {network, signal, limits = LIMITS, now = Date.now} = options
  const observation: Observation = {}
  const client = await iamClient({key, region: identity.region, network, limits, observation, now})
  const iam = await import('@aws-sdk/client-iam')
  const read = async <T>(
    operation: string,
    call: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<Read<T>> => {
    try {
      return {value: await bounded(call, signal, limits)}
    } catch (error) {
      const context = {
        service: 'IAM',
        operation,
        region: identity.region,
        network,
        observation: {},
        key,
        signal,
      } as const
      return {problem: error instanceof Failure ? error.problem : interpret(error, context)}
    }
  }
  const UserName = identity.userName
  const user = UserName === undefined ? undefined : {UserName}
  try {
    const [aliases, policies, keys, devices, simulated] = await Promise.all([
      read(
        'iam:ListAccountAliases',
        async (abortSignal) =>
          (await client.send(new iam.ListAccountAliasesCommand({}), {abortSignal})).AccountAliases ?? [],
      ),
      user &&
        read('iam:ListAttachedUserPolicies', async (abortSignal) =>
          policyNames(client, iam, user, abortSignal),
        ),
      user &&
        read(
          'iam:ListAccessKeys',
          async (abortSignal) =>
            (await client.send(new iam.ListAccessKeysCommand(user), {abortSignal})).AccessKeyMetadata ?? [],
        ),
      user &&
        read(
          'iam:ListMFADevices',
          async (abortSignal) =>
            (await client.send(new iam.ListMFADevicesCommand(user), {abortSignal})).MFADevices ?? [],
        ),
      user &&
        read('iam:SimulatePrincipalPolicy', async (abortSignal) =>
          deniedActions(client, iam, identity, abortSignal),
        ),
    ])
    const alias = 'value' in aliases ? aliases.value[0] : undefined
    const hasAdministratorAccess =
      policies && 'value' in policies ? policies.value.includes('AdministratorAccess') : undefined
    const created =
      keys && 'value' in keys
        ? keys.value.find(({AccessKeyId}) => AccessKeyId === key.accessKeyId)?.CreateDate
        : undefined
    const keyAgeDays = created ? Math.max(0, Math.floor((now() - created.getTime()) / DAY_MS)) : undefined
    const missing = simulated && 'value' in simulated ? simulated.value : undefined
    return {
      ...(alias === undefined ? {} : {accountAlias: alias}),
      ...(hasAdministratorAccess === undefined ? {} : {hasAdministratorAccess}),
      ...(keyAgeDays === undefined ? {} : {keyAgeDays}),
      ...(missing === undefined ? {} : {missing}),
      findings: [
        accountFinding(identity, alias),
        {mark: 'good', label: say`Signs in as`, value: safe(identity.arn)},
        ...principalFindings(identity),
        ...(policies ? [policyFinding(policies)] : []),
        ...(simulated ? [deployFinding(simulated, hasAdministratorAccess === true)] : []),
        ...(keys ? [ageFinding(keys, keyAgeDays)] : []),
        ...(devices ? [mfaFinding(devices)] : []),
      ],
    }
  } finally {
    client.destroy()
  }
}

type Iam = typeof IamModule

/** Names of all policies that count for a user: attached, of its groups, and inline. */
async function policyNames(
  client: IAMClient,
  iam: Iam,
  user: {UserName: string},
  abortSignal: AbortSignal,
): Promise<string[]> {
  const [attached, groups, inline] = await Promise.all([
    client.send(new iam.ListAttachedUserPoliciesCommand(user), {abortSignal}),
    client.send(new iam.ListGroupsForUserCommand(user), {abortSignal}),
    client.send(new iam.ListUserPoliciesCommand(user), {abortSignal}),
  ])
  const ofGroups = await Promise.all(
    (groups.Groups ?? []).map(({GroupName}) =>
      client.send(new iam.ListAttachedGroupPoliciesCommand({GroupName}), {abortSignal}),
    ),
  )
  return [
    ...(attached.AttachedPolicies ?? []).map(({PolicyName}) => PolicyName ?? ''),
    ...ofGroups.flatMap(({AttachedPolicies}) =>
      (AttachedPolicies ?? []).map(({PolicyName}) => PolicyName ?? ''),
    ),
    ...(inline.PolicyNames ?? []),
  ]
}

/**
 * Which of the deploy actions IAM would not allow. Those on roles are tried on a role of the name that a deploy makes:
 * asked about "every resource", a policy that allows roles only would count as a denial.
 */
async function deniedActions(
  client: IAMClient,
  iam: Iam,
  {arn, partition, accountId}: Identity,
  abortSignal: AbortSignal,
): Promise<string[]> {
  const simulate = async (ActionNames: string[], ResourceArns: string[]) => {
    const command = new iam.SimulatePrincipalPolicyCommand({
      PolicySourceArn: arn,
      ActionNames,
      ResourceArns,
      MaxItems: 200,
    })
    const {EvaluationResults} = await client.send(command, {abortSignal})
    if (!EvaluationResults || EvaluationResults.length === 0) throw new Error('The simulation says nothing.')
    return EvaluationResults.filter(({EvalDecision}) => EvalDecision !== 'allowed').map(
      ({EvalActionName}) => EvalActionName ?? '',
    )
  }
  const onRoles = DEPLOY_ACTIONS.filter((action) => action.startsWith('iam:'))
  const others = DEPLOY_ACTIONS.filter((action) => !action.startsWith('iam:'))
  const role = `arn:${partition}:iam::${accountId}:role/service-dev-us-east-1-lambdaRole`
  return (await Promise.all([simulate(others, ['*']), simulate(onRoles, [role])])).flat()
}

function accountFinding({accountId}: Identity, alias: string | undefined): Finding {
  return {mark: 'good', label: say`Account`, value: alias ? say`${accountId} (${alias})` : safe(accountId)}
}

function principalFindings({kind, clockSkewSeconds}: Identity): Finding[] {
  const skew: Finding[] =
    Math.abs(clockSkewSeconds) > 60
      ? [
          {
            mark: 'warning',
            label: say`Clock`,
            value: say`${Math.abs(clockSkewSeconds)} s ${clockSkewSeconds > 0 ? 'ahead of' : 'behind'} AWS`,
          },
        ]
      : []
  if (kind === 'root')
    return [{mark: 'bad', label: say`Root user`, value: say`can do everything; no policy limits it`}, ...skew]
  if (kind === 'user') return skew
  return [
    {
      mark: 'fact',
      label: say`Kind`,
      value: kind === 'assumed-role' ? say`assumed role, temporary` : say`federated user, temporary`,
    },
    ...skew,
  ]
}

function policyFinding(policies: Read<string[]>): Finding {
  if ('problem' in policies) return unread(say`Policies`, policies.problem)
  const names = [...new Set(policies.value)]
  if (names.length === 0)
    return {mark: 'bad', label: say`Policies`, value: say`none: this user may do nothing`}
  return {
    mark: names.includes('AdministratorAccess') ? 'good' : 'fact',
    label: say`Policies`,
    value: safe(names.join(', ')),
  }
}

/** A missing right stops no one here: it is said before the deploy would. */
function deployFinding(simulated: Read<string[]>, isAdministrator: boolean): Finding {
  const label = say`serverless deploy`
  if ('problem' in simulated) {
    return isAdministrator
      ? {mark: 'good', label, value: say`everything is allowed`}
      : unread(label, simulated.problem)
  }
  const missing = new Set(simulated.value)
  if (missing.size === 0) return {mark: 'good', label, value: say`may do what a deploy needs`}
  const groups = DEPLOY_NEEDS.filter(({actions}) => actions.some((action) => missing.has(action)))
  const shown = [...missing].slice(0, 4).join(', ')
  return {
    mark: 'warning',
    label,
    value: safe(`would miss rights for ${groups.map((group) => group.label).join(', ')}`),
    note: missing.size > 4 ? say`${shown} and ${missing.size - 4} more` : safe(shown),
  }
}

function ageFinding(keys: Read<unknown>, days: number | undefined): Finding {
  const label = say`Age of the key`
  if ('problem' in keys) return unread(label, keys.problem)
  if (days === undefined) return {mark: 'unknown', label, value: say`not told`}
  const value = days === 0 ? say`made today` : say`${days} days`
  return days > OLD_KEY_DAYS
    ? {mark: 'warning', label, value, note: say`AWS advises to replace keys every ${OLD_KEY_DAYS} days.`}
    : {mark: 'fact', label, value}
}

function mfaFinding(devices: Read<readonly unknown[]>): Finding {
  const label = say`MFA`
  if ('problem' in devices) return unread(label, devices.problem)
  return {
    mark: 'fact',
    label,
    value:
      devices.value.length > 0 ? say`${devices.value.length} device` : say`none (a key works without it)`,
  }
}

function unread(label: SafeText, {code, what}: Problem): Finding {
  const value =
    code === 'ACCESS_DENIED' ? say`could not be read: this key may not look` : say`could not be read`
  return {mark: 'unknown', label, value, note: what}
}
