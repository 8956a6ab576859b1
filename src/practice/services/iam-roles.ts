/** GetRole: where a role stands, whom it trusts. Roles are made by CloudFormation and by IAM Identity Center here. */
import {noSuchEntity} from '../aws-error.js'
import {encodedDocument} from './iam-common.js'
import type {Action, Call, Target} from './query.js'

const LONGEST_NAME = 64
/** What AWS gives a role unless it is told another, in seconds. */
const SESSION_SECONDS = 3_600

export const roleActions: Readonly<Record<string, Action>> = {
  GetRole: {target: roleTarget, run: (call) => ({Role: getRole(call)})},
}

function roleTarget({account, params}: Call): Target {
  const name = params.entityName('RoleName', LONGEST_NAME)
  const path = account.roles.get(name)?.path ?? '/'
  return {arn: account.iamArn('role', path, name), label: `role ${name}`}
}

/** @throws AwsError ValidationError, NoSuchEntity */
function getRole({account, params}: Call) {
  const name = params.entityName('RoleName', LONGEST_NAME)
  const role = account.roles.get(name)
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  const {path, id, createdAt, trusted} = role
  return {
    Path: path,
    RoleName: name,
    RoleId: id,
    Arn: account.iamArn('role', path, name),
    CreateDate: new Date(createdAt),
    AssumeRolePolicyDocument: encodedDocument(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: trusted.map((arn) => ({
          Effect: 'Allow',
          Principal: {AWS: arn},
          Action: 'sts:AssumeRole',
        })),
      }),
    ),
    MaxSessionDuration: SESSION_SECONDS,
  }
}
