import type {IAMClient} from '@aws-sdk/client-iam'
import type * as Sdk from './sdk.js'
import {DEPLOY_ACTIONS} from './deploy-needs.js'
import type {Identity} from './identity.js'

/** What one question to IAM needs: a client, the commands, and the end of its time. */
export interface Asking {
  readonly client: IAMClient
  readonly iam: typeof Sdk
  readonly abortSignal: AbortSignal
}

interface User {
  readonly UserName: string
}

export interface HeldPolicies {
  /** Attached, of its groups, and inline; each once. */
  readonly names: readonly string[]
  readonly isAdministrator: boolean
  /** Some could not be read, so there may be more. */
  readonly isPartial: boolean
}

/** IAM sends a list even where it is empty; without one, the answer is not of IAM, and says nothing. */
function listed<T>(list: readonly T[] | undefined): readonly T[] {
  if (list === undefined) throw new Error('The answer holds no list.')
  return list
}

export async function accountAlias({client, iam, abortSignal}: Asking): Promise<string | undefined> {
  const {AccountAliases} = await client.send(new iam.ListAccountAliasesCommand({}), {abortSignal})
  return listed(AccountAliases)[0]
}

/** The user's keys, as a map from ID to the time they were made. */
export async function accessKeys({client, iam, abortSignal}: Asking, user: User) {
  const {AccessKeyMetadata} = await client.send(new iam.ListAccessKeysCommand(user), {abortSignal})
  return new Map(listed(AccessKeyMetadata).map(({AccessKeyId = '', CreateDate}) => [AccessKeyId, CreateDate]))
}

export async function mfaDeviceCount({client, iam, abortSignal}: Asking, user: User): Promise<number> {
  const {MFADevices} = await client.send(new iam.ListMFADevicesCommand(user), {abortSignal})
  return listed(MFADevices).length
}

/** All policies that count for a user. Only the attached ones have to be readable. */
export async function heldPolicies({client, iam, abortSignal}: Asking, user: User): Promise<HeldPolicies> {
  let isPartial = false
  const orNothing = async <T>(answer: Promise<T>): Promise<Partial<T>> =>
    answer.catch(() => {
      isPartial = true
      return {}
    })
  const [attached, {Groups = []}, {PolicyNames = []}] = await Promise.all([
    client.send(new iam.ListAttachedUserPoliciesCommand(user), {abortSignal}),
    orNothing(client.send(new iam.ListGroupsForUserCommand(user), {abortSignal})),
    orNothing(client.send(new iam.ListUserPoliciesCommand(user), {abortSignal})),
  ])
  const ofGroups = await Promise.all(
    Groups.map(async ({GroupName}) => {
      const [managed, inline] = await Promise.all([
        orNothing(client.send(new iam.ListAttachedGroupPoliciesCommand({GroupName}), {abortSignal})),
        orNothing(client.send(new iam.ListGroupPoliciesCommand({GroupName}), {abortSignal})),
      ])
      return {managed: managed.AttachedPolicies ?? [], inline: inline.PolicyNames ?? []}
    }),
  )
  const managed = [...listed(attached.AttachedPolicies), ...ofGroups.flatMap((group) => group.managed)]
  const inline = [...PolicyNames, ...ofGroups.flatMap((group) => group.inline)]
  return {
    names: [...new Set([...managed.map(({PolicyName = ''}) => PolicyName), ...inline])],
    // By its ARN: anybody may give a policy of their own this name.
    isAdministrator: managed.some(({PolicyArn = ''}) =>
      /^arn:[a-z-]+:iam::aws:policy\/AdministratorAccess$/.test(PolicyArn),
    ),
    isPartial,
  }
}

/**
 * Which of the deploy actions IAM would not allow. Those on roles are tried on a role of the name that a deploy makes:
 * asked about "every resource", a policy that allows roles only would count as a denial.
 * @throws when the simulation is not allowed, or says less than it was asked
 */
export async function deniedActions(asking: Asking, identity: Identity): Promise<string[]> {
  const {client, iam, abortSignal} = asking
  const PolicySourceArn = await simulatedArn(asking, identity)
  const simulate = async (ActionNames: string[], ResourceArns: string[]) => {
    const command = new iam.SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames,
      ResourceArns,
      MaxItems: 200,
      // Policies often allow roles to be passed to this service only.
      ContextEntries: [
        {
          ContextKeyName: 'iam:PassedToService',
          ContextKeyType: 'string',
          ContextKeyValues: ['lambda.amazonaws.com'],
        },
      ],
    })
    const {EvaluationResults = []} = await client.send(command, {abortSignal})
    if (EvaluationResults.length < ActionNames.length) throw new Error('The simulation says too little.')
    return EvaluationResults.filter(({EvalDecision}) => EvalDecision !== 'allowed').map(
      ({EvalActionName = ''}) => EvalActionName,
    )
  }
  const onRoles = DEPLOY_ACTIONS.filter((action) => action.startsWith('iam:'))
  const others = DEPLOY_ACTIONS.filter((action) => !action.startsWith('iam:'))
  const role = `arn:${identity.partition}:iam::${identity.accountId}:role/service-dev-us-east-1-lambdaRole`
  return (await Promise.all([simulate(others, ['*']), simulate(onRoles, [role])])).flat()
}

/** Policies stand on the role, not on its session; the session's ARN leaves out the role's path. */
async function simulatedArn({client, iam, abortSignal}: Asking, {arn, kind}: Identity): Promise<string> {
  if (kind !== 'assumed-role') return arn
  const RoleName = arn.split('/')[1]
  const {Role} = await client.send(new iam.GetRoleCommand({RoleName}), {abortSignal})
  return Role?.Arn ?? arn
}
