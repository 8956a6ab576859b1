/** IAM calls on users, groups and the account itself. */
import {alreadyExists} from '../aws-error.js'
import {
  groupTarget,
  namedGroup,
  namedUser,
  page,
  subject,
  userRecord,
  userTarget,
  attachedPolicies,
} from './iam-common.js'
import type {Action, Call} from './query.js'

const anything = () => ({arn: '*', label: '*'})

export const userActions: Readonly<Record<string, Action>> = {
  GetUser: {target: userTarget, run: (call) => ({User: getUser(call)})},
  CreateUser: {target: userTarget, run: (call) => ({User: createUser(call)})},
  DeleteUser: {
    target: userTarget,
    run: ({account, params}) => {
      account.deleteUser(params.entityName('UserName', 128))
      return undefined
    },
  },
  ListUsers: {
    target: ({account}) => {
      const arn = account.iamArn('user', '/', '')
      return {arn, label: arn}
    },
    run: (call) =>
      page(
        call,
        'Users',
        [...call.account.users.values()].map((user) => userRecord(call, user)),
      ),
  },
  ListAccountAliases: {target: anything, run: (call) => page(call, 'AccountAliases', call.account.aliases)},
  ListGroupsForUser: {
    target: userTarget,
    run: (call) => {
      const groups = [...namedUser(call).groups].flatMap((name) => call.account.groups.get(name) ?? [])
      const records = groups.map((group) => ({
        Path: group.path,
        GroupName: group.name,
        GroupId: group.id,
        Arn: call.account.iamArn('group', group.path, group.name),
        CreateDate: new Date(group.createdAt),
      }))
      return page(call, 'Groups', records)
    },
  },
  ListAttachedGroupPolicies: {
    target: groupTarget,
    run: (call) => page(call, 'AttachedPolicies', attachedPolicies(call, namedGroup(call))),
  },
  ListGroupPolicies: {
    target: groupTarget,
    run: (call) => page(call, 'PolicyNames', [...namedGroup(call).inline.keys()]),
  },
  ListMFADevices: {
    target: userTarget,
    run: (call) => {
      const of = subject(call)
      const [name, devices] =
        of.kind === 'root' ? [undefined, call.account.rootMfaDevices] : [of.user.name, of.user.mfaDevices]
      const records = devices.map(({serialNumber, enabledAt}) => ({
        UserName: name,
        SerialNumber: serialNumber,
        EnableDate: new Date(enabledAt),
      }))
      return page(call, 'MFADevices', records)
    },
  },
}

function getUser(call: Call) {
  const of = subject(call)
  if (of.kind === 'user') return userRecord(call, of.user)
  const {account} = call
  return {Path: '/', UserId: account.id, Arn: account.rootArn, CreateDate: new Date(account.createdAt)}
}

function createUser(call: Call) {
  const name = call.params.entityName('UserName', 64)
  const path = call.params.path()
  // Names are unique whatever their case.
  if ([...call.account.users.keys()].some((other) => other.toLowerCase() === name.toLowerCase())) {
    throw alreadyExists(`User with name ${name} already exists.`)
  }
  return userRecord(call, call.account.addUser(name, path))
}
