/** IAM calls on access keys. */
import type {PracticeAccessKey, RootOrUser} from '../entities.js'
import {noSuchEntity, validationError} from '../aws-error.js'
import {page, subject, userTarget} from './iam-common.js'
import type {Action, Call, Target} from './query.js'

export const accessKeyActions: Readonly<Record<string, Action>> = {
  ListAccessKeys: {
    target: userTarget,
    run: (call) => {
      const of = subject(call)
      return page(
        call,
        'AccessKeyMetadata',
        call.account.keysOf(of).map((key) => metadata(of, key)),
      )
    },
  },
  CreateAccessKey: {
    target: userTarget,
    run: (call) => {
      const of = subject(call)
      const key = call.account.createKey(of)
      return {AccessKey: {...metadata(of, key), SecretAccessKey: key.secret.reveal()}}
    },
  },
  UpdateAccessKey: {
    target: userTarget,
    run: (call) => {
      const status = call.params.required('Status')
      const key = ownKey(call)
      if (status !== 'Active' && status !== 'Inactive') {
        throw validationError(
          `1 validation error detected: Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
        )
      }
      key.status = status
      return undefined
    },
  },
  DeleteAccessKey: {
    target: userTarget,
    run: (call) => {
      call.account.accessKeys.delete(ownKey(call).accessKeyId)
      return undefined
    },
  },
  GetAccessKeyLastUsed: {target: ownerTarget, run: lastUsed},
}

function metadata(of: RootOrUser, key: PracticeAccessKey) {
  return {
    UserName: of.kind === 'user' ? of.user.name : undefined,
    AccessKeyId: key.accessKeyId,
    Status: key.status,
    CreateDate: new Date(key.createdAt),
  }
}

/** A key of the user the call names. @throws AwsError NoSuchEntity also when it is another's */
function ownKey(call: Call): PracticeAccessKey {
  const of = subject(call)
  const accessKeyId = call.params.required('AccessKeyId')
  const key = call.account.keysOf(of).find((each) => each.accessKeyId === accessKeyId)
  if (key === undefined) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`)
  return key
}

/** The call names a key, the policy a user: the key's owner. */
function ownerTarget({account, params}: Call): Target {
  const owner = account.accessKeys.get(params.required('AccessKeyId'))?.owner
  if (owner?.kind !== 'user') return {arn: '*', label: '*'}
  return {arn: account.arnOf(owner), label: `user ${owner.user.name}`}
}

function lastUsed({account, params}: Call) {
  const {owner, lastUsed: used} = account.accessKey(params.required('AccessKeyId'))
  return {
    UserName: owner.kind === 'user' ? owner.user.name : undefined,
    AccessKeyLastUsed: {
      LastUsedDate: used === undefined ? undefined : new Date(used.at),
      ServiceName: used?.service ?? 'N/A',
      Region: used?.region ?? 'N/A',
    },
  }
}
