/** The access portal of IAM Identity Center, version 2019-06-10: whoever holds a token sees what is assigned. */
import {AwsError} from '../aws-error.js'
import {queryOf, restJsonService, type JsonObject} from './rest-json.js'
import type {Exchange} from './service.js'
import type {SignInSession} from '../sign-in-entities.js'
import {header} from '../sigv4.js'

const MAX_PAGE = 100

const unauthorized = () => new AwsError(401, 'UnauthorizedException', 'Session token not found or invalid')
const forbidden = () => new AwsError(403, 'ForbiddenException', 'No access')
const invalid = (message: string) => new AwsError(400, 'InvalidRequestException', message)
const notFound = (message: string) => new AwsError(404, 'ResourceNotFoundException', message)

export const sso = restJsonService({
  name: 'sso',
  operations: {
    ListAccounts: {method: 'GET', path: '/assignment/accounts', run: listAccounts},
    ListAccountRoles: {method: 'GET', path: '/assignment/roles', run: listAccountRoles},
    GetRoleCredentials: {method: 'GET', path: '/federation/credentials', run: getRoleCredentials},
    Logout: {method: 'POST', path: '/logout', run: logout},
  },
  translate,
  refusal: (error) => ({
    type: error.code,
    body: {message: error.message, __type: `com.amazonaws.switchboard.portal#${error.code}`},
  }),
})

function listAccounts(exchange: Exchange): JsonObject {
  const {username} = sessionOf(exchange)
  const {items, nextToken} = page(exchange, 'accounts', exchange.identityCenter.accountsOf(username))
  return {
    nextToken,
    accountList: items.map(({accountId, name, email}) => ({
      accountId,
      ...(name === undefined ? {} : {accountName: name}),
      ...(email === undefined ? {} : {emailAddress: email}),
    })),
  }
}

function listAccountRoles(exchange: Exchange): JsonObject {
  const {username} = sessionOf(exchange)
  const accountId = accountIdOf(exchange)
  const roles = exchange.identityCenter.rolesOf(username, accountId)
  if (roles.length === 0) throw forbidden()
  const {items, nextToken} = page(exchange, `roles ${accountId}`, roles)
  return {nextToken, roleList: items.map((roleName) => ({roleName, accountId}))}
}

function getRoleCredentials(exchange: Exchange): JsonObject {
  const {identityCenter, request} = exchange
  const {username} = sessionOf(exchange)
  const accountId = accountIdOf(exchange)
  const roleName = queryOf(request).get('role_name') ?? ''
  if (roleName === '') throw invalid('Missing parameter: role_name')
  if (!identityCenter.rolesOf(username, accountId).includes(roleName)) throw forbidden()
  const key = identityCenter.assumeRole(username, accountId, roleName)
  return {
    roleCredentials: {
      accessKeyId: key.accessKeyId,
      secretAccessKey: key.secret.reveal(),
      sessionToken: key.token.reveal(),
      expiration: key.expiresAt,
    },
  }
}

function logout(exchange: Exchange): undefined {
  sessionOf(exchange).isOver = true
}

/** @throws AwsError UnauthorizedException without a good token */
function sessionOf({request, identityCenter, now}: Exchange): SignInSession {
  const token = header(request, 'x-amz-sso_bearer_token') ?? ''
  const session = identityCenter.signIns.sessionOf(token, now)
  if (session === undefined) throw unauthorized()
  return session
}

/** @throws AwsError InvalidRequestException, ResourceNotFoundException for an account outside the organisation */
function accountIdOf({request, identityCenter}: Exchange): string {
  const accountId = queryOf(request).get('account_id') ?? ''
  if (!/^\d{12}$/.test(accountId)) throw invalid('Invalid parameter: account_id')
  if (!identityCenter.accounts.has(accountId)) throw notFound(`Account ${accountId} does not exist`)
  return accountId
}

/** A token says where to go on, and for which list: another list's token is refused. */
function page<T>({request, identityCenter}: Exchange, list: string, all: readonly T[]) {
  const query = queryOf(request)
  const asked = query.get('max_result')
  const size = asked === null ? identityCenter.pageSize : Number(asked)
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE) throw invalid('Invalid parameter: max_result')
  const start = offsetOf(query.get('next_token'), list)
  const items = all.slice(start, start + size)
  const end = start + items.length
  return {items, nextToken: end < all.length ? Buffer.from(`${list}@${end}`).toString('base64') : null}
}

function offsetOf(token: string | null, list: string): number {
  if (token === null || token === '') return 0
  const [name, offset = ''] = Buffer.from(token, 'base64').toString('utf8').split('@')
  if (name !== list || !/^\d{1,6}$/.test(offset)) throw invalid('Invalid parameter: next_token')
  return Number(offset)
}

/** What a general refusal, such as a fault's, is called here. */
function translate(error: AwsError): AwsError {
  switch (error.code) {
    case 'Throttling':
      return new AwsError(429, 'TooManyRequestsException', 'HTTP 429 Unknown Code')
    case 'InternalFailure':
      return new AwsError(500, 'InternalServerException', error.message)
    case 'ServiceUnavailable':
      return new AwsError(503, 'ServiceUnavailableException', error.message)
    case 'AccessDenied':
    case 'OptInRequired':
      return forbidden()
    case 'ExpiredToken':
    case 'InvalidClientTokenId':
    case 'SignatureDoesNotMatch':
      return unauthorized()
    default:
      return error
  }
}
