/** What the IAM calls share: whom they are about, pages of lists, and the shapes of entities. */
import type {PolicyHolder, RootOrUser, User} from '../entities.js'
import {AwsError, noSuchEntity, validationError} from '../aws-error.js'
import type {Call, Target} from './query.js'
import type {XmlRecord, XmlValue} from '../xml.js'

/** The user a call is about: the one named, else the caller. @throws AwsError ValidationError, NoSuchEntity */
export function subject({account, caller: {principal}, params}: Call): RootOrUser {
  const name = params.get('UserName')
  if (name !== undefined) return {kind: 'user', user: account.user(name)}
  if (principal.kind === 'role')
    throw validationError('Must specify userName when calling with non-User credentials')
  return principal
}

/** The user that must be named. @throws AwsError ValidationError, NoSuchEntity */
export function namedUser({account, params}: Call): User {
  return account.user(params.entityName('UserName', 128))
}

/** Checked before the entity is looked up, as IAM does: whoever may not ask learns nothing of what exists. */
export function userTarget({account, caller: {principal}, params}: Call): Target {
  const name = params.get('UserName') ?? (principal.kind === 'user' ? principal.user.name : undefined)
  if (name === undefined) return {arn: account.rootArn, label: account.rootArn}
  const path = account.users.get(name)?.path ?? params.get('Path') ?? '/'
  return {arn: account.iamArn('user', path, name), label: `user ${name}`}
}

export function groupTarget({account, params}: Call): Target {
  const name = params.required('GroupName')
  const path = account.groups.get(name)?.path ?? '/'
  return {arn: account.iamArn('group', path, name), label: `group ${name}`}
}

export function policyTarget({params}: Call): Target {
  const arn = params.required('PolicyArn')
  return {arn, label: `policy ${arn}`}
}

/** @throws AwsError NoSuchEntity */
export function namedGroup({account, params}: Call): PolicyHolder {
  const name = params.required('GroupName')
  const group = account.groups.get(name)
  if (group === undefined) throw noSuchEntity(`The group with name ${name} cannot be found.`)
  return group
}

/** One page of a list, 100 items unless asked otherwise. @throws AwsError ValidationError, InvalidInput */
export function page(call: Call, name: string, items: readonly XmlValue[]): XmlRecord {
  const size = call.params.integer('MaxItems', {min: 1, max: 1000, otherwise: 100})
  const start = offsetOf(call.params.get('Marker'))
  const isTruncated = start + size < items.length
  return {
    IsTruncated: isTruncated,
    [name]: items.slice(start, start + size),
    ...(isTruncated ? {Marker: Buffer.from(`offset:${start + size}`).toString('base64')} : {}),
  }
}

function offsetOf(marker: string | undefined): number {
  if (marker === undefined) return 0
  const offset = /^offset:(\d{1,9})$/.exec(Buffer.from(marker, 'base64').toString('latin1'))?.[1]
  if (offset === undefined) throw new AwsError(400, 'InvalidInput', `Invalid Marker: ${marker}`)
  return Number(offset)
}

export function userRecord(call: Call, user: User): XmlRecord {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: call.account.iamArn('user', user.path, user.name),
    CreateDate: new Date(user.createdAt),
  }
}

export function attachedPolicies({account}: Call, holder: PolicyHolder): XmlRecord[] {
  return [...holder.attached].map((arn) => ({PolicyName: account.policies.get(arn)?.name, PolicyArn: arn}))
}

/** Policy documents travel percent-encoded (RFC 3986). */
export function encodedDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
