/** Security Token Service, version 2011-06-15. */
import type {Principal, TemporaryKey} from '../entities.js'
import {accessDenied, validationError} from '../aws-error.js'
import {accountOfAccessKeyId} from '../ids.js'
import {decide} from '../policy.js'
import {contextOf, queryService, type Action, type Call} from './query.js'

const HOUR_S = 3600

export const sts = queryService({
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  actions: {
    /** Never refused: not even a policy that denies everything forbids asking who one is. */
    GetCallerIdentity: {
      run: ({account, caller: {principal}}) => ({
        Arn: account.arnOf(principal),
        UserId: account.userIdOf(principal),
        Account: account.id,
      }),
    },
    GetSessionToken: {run: getSessionToken},
    AssumeRole: {run: assumeRole},
    GetAccessKeyInfo: {
      target: () => ({arn: '*', label: '*'}),
      run: ({params}) => {
        const accessKeyId = params.required('AccessKeyId')
        if (!/^A[KS]IA[A-Z2-7]{16}$/.test(accessKeyId)) {
          throw validationError(`Invalid access key id: ${accessKeyId}`)
        }
        return {Account: accountOfAccessKeyId(accessKeyId)}
      },
    },
  } satisfies Record<string, Action>,
})

function getSessionToken(call: Call) {
  const {account, caller, params} = call
  if (caller.isTemporary) throw accessDenied('Cannot call GetSessionToken with session credentials')
  const longest = caller.principal.kind === 'root' ? HOUR_S : 36 * HOUR_S
  const seconds = params.integer('DurationSeconds', {min: 900, max: 36 * HOUR_S, otherwise: 12 * HOUR_S})
  const hasMfa = checkMfa(call)
  return {
    Credentials: credentials(
      account.createTemporaryKey(caller.principal, Math.min(seconds, longest), hasMfa),
    ),
  }
}

function assumeRole({account, caller, params}: Call) {
  const arn = params.required('RoleArn')
  const sessionName = params.entityName('RoleSessionName', 64)
  const seconds = params.integer('DurationSeconds', {min: 900, max: 12 * HOUR_S, otherwise: HOUR_S})
  const {principal} = caller
  if (principal.kind === 'root') throw accessDenied('Roles may not be assumed by root accounts.')
  const role = [...account.roles.values()].find(
    (each) => account.iamArn('role', each.path, each.name) === arn,
  )
  const callerArn = account.arnOf(principal)
  const isTrusted = role?.trusted.some((each) => each === account.rootArn || each === callerArn)
  const decision = decide(account.policiesOf(principal), 'sts:AssumeRole', arn, contextOf({account, caller}))
  // One wording for an unknown role and a closed one, so that nobody can find out which roles exist.
  if (role === undefined || !isTrusted || decision !== 'allowed') {
    throw accessDenied(`User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`)
  }
  const assumed: Principal = {kind: 'role', role, sessionName}
  return {
    Credentials: credentials(account.createTemporaryKey(assumed, seconds)),
    AssumedRoleUser: {AssumedRoleId: account.userIdOf(assumed), Arn: account.arnOf(assumed)},
  }
}

/** Whether the session is one with MFA. @throws AwsError AccessDenied on a wrong code or device */
function checkMfa({account, caller: {principal}, params}: Call): boolean {
  const serialNumber = params.get('SerialNumber')
  const code = params.get('TokenCode')
  if (serialNumber === undefined && code === undefined) return false
  const devices = principal.kind === 'user' ? principal.user.mfaDevices : account.rootMfaDevices
  if (!devices.some((device) => device.serialNumber === serialNumber && device.code === code)) {
    throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. ')
  }
  return true
}

function credentials({accessKeyId, secret, token, expiresAt}: TemporaryKey) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secret.reveal(),
    SessionToken: token.reveal(),
    Expiration: new Date(expiresAt),
  }
}
