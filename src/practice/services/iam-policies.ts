/** IAM calls on policies, attached and inline. */
import type {ManagedPolicy, PolicyHolder} from '../entities.js'
import {alreadyExists, limitExceeded, noSuchEntity} from '../aws-error.js'
import {attachedPolicies, encodedDocument, namedUser, page, policyTarget, userTarget} from './iam-common.js'
import {parsePolicy} from '../policy.js'
import type {Action, Call} from './query.js'

/** Characters that are not white space. */
const MAX_USER_INLINE = 2048
const MAX_MANAGED = 6144
const MAX_ATTACHED = 10

export const policyActions: Readonly<Record<string, Action>> = {
  ListAttachedUserPolicies: {
    target: userTarget,
    run: (call) => page(call, 'AttachedPolicies', attachedPolicies(call, namedUser(call))),
  },
  ListUserPolicies: {
    target: userTarget,
    run: (call) => page(call, 'PolicyNames', [...namedUser(call).inline.keys()]),
  },
  GetUserPolicy: {
    target: userTarget,
    run: (call) => {
      const {name, inline} = namedUser(call)
      const policyName = call.params.required('PolicyName')
      const document = inline.get(policyName)
      if (document === undefined) throw noUserPolicy(policyName)
      return {UserName: name, PolicyName: policyName, PolicyDocument: encodedDocument(document.text)}
    },
  },
  PutUserPolicy: {
    target: userTarget,
    run: (call) => {
      const {name, inline} = namedUser(call)
      const policyName = call.params.entityName('PolicyName', 128)
      const document = parsePolicy(call.params.required('PolicyDocument'))
      const others = [...inline].filter(([other]) => other !== policyName).map(([, other]) => other)
      if ([...others, document].reduce((sum, {text}) => sum + sizeOf(text), 0) > MAX_USER_INLINE) {
        throw limitExceeded(`Maximum policy size of ${MAX_USER_INLINE} bytes exceeded for user ${name}`)
      }
      inline.set(policyName, document)
      return undefined
    },
  },
  DeleteUserPolicy: {
    target: userTarget,
    run: (call) => {
      const policyName = call.params.required('PolicyName')
      if (!namedUser(call).inline.delete(policyName)) throw noUserPolicy(policyName)
      return undefined
    },
  },
  AttachUserPolicy: {
    target: userTarget,
    run: (call) => {
      const user = namedUser(call)
      const arn = call.params.required('PolicyArn')
      if (!call.account.policies.has(arn))
        throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
      if (!user.attached.has(arn) && user.attached.size >= MAX_ATTACHED) {
        throw limitExceeded(`Cannot exceed quota for PoliciesPerUser: ${MAX_ATTACHED}`)
      }
      user.attached.add(arn)
      return undefined
    },
  },
  DetachUserPolicy: {
    target: userTarget,
    run: (call) => {
      const arn = call.params.required('PolicyArn')
      if (!namedUser(call).attached.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
      return undefined
    },
  },
  CreatePolicy: {
    target: ({account, params}) => {
      const arn = account.iamArn('policy', params.path(), params.entityName('PolicyName', 128))
      return {arn, label: `policy ${params.required('PolicyName')}`}
    },
    run: (call) => ({Policy: policyRecord(call, createPolicy(call))}),
  },
  GetPolicy: {target: policyTarget, run: (call) => ({Policy: policyRecord(call, namedPolicy(call))})},
  GetPolicyVersion: {
    target: policyTarget,
    run: (call) => {
      const {arn, createdAt, document} = namedPolicy(call)
      const versionId = call.params.required('VersionId')
      if (versionId !== 'v1')
        throw noSuchEntity(`Policy ${arn} version ${versionId} does not exist or is not attachable.`)
      return {
        PolicyVersion: {
          Document: encodedDocument(document.text),
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: new Date(createdAt),
        },
      }
    },
  },
}

function createPolicy({account, params}: Call): ManagedPolicy {
  const name = params.entityName('PolicyName', 128)
  const text = params.required('PolicyDocument')
  const description = params.get('Description')
  const isTaken = [...account.policies.values()].some(
    (policy) => policy.arn.includes(`:${account.id}:`) && policy.name.toLowerCase() === name.toLowerCase(),
  )
  if (isTaken) throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`)
  if (sizeOf(text) > MAX_MANAGED) throw limitExceeded(`Cannot exceed quota for PolicySize: ${MAX_MANAGED}`)
  return account.addPolicy(name, text, {
    path: params.path(),
    ...(description === undefined ? {} : {description}),
  })
}

function namedPolicy({account, params}: Call): ManagedPolicy {
  const arn = params.required('PolicyArn')
  const policy = account.policies.get(arn)
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

function policyRecord({account}: Call, policy: ManagedPolicy) {
  const holders: PolicyHolder[] = [
    ...account.users.values(),
    ...account.groups.values(),
    ...account.roles.values(),
  ]
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    AttachmentCount: holders.filter((holder) => holder.attached.has(policy.arn)).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.createdAt),
  }
}

function sizeOf(text: string): number {
  return text.replace(/\s/g, '').length
}

function noUserPolicy(name: string) {
  return noSuchEntity(`The user policy with name ${name} cannot be found.`)
}
