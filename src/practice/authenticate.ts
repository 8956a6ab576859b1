/** From a signed request to the one who signed it, refusing as AWS does and in its order. */
import type {PracticeAccount} from './account.js'
import type {PracticeAccessKey, Principal, TemporaryKey} from './entities.js'
import {expiredToken, invalidToken, signatureMismatch} from './aws-error.js'
import {partitionOf} from './partitions.js'
import {header, readAuthorization, verifySignature, type Authorization, type WireRequest} from './sigv4.js'

export interface Caller {
  readonly principal: Principal
  readonly accessKeyId: string
  readonly region: string
  readonly isTemporary: boolean
  readonly hasMfa: boolean
}

/**
 * @param now the server's clock, milliseconds since 1970
 * @throws AwsError MissingAuthenticationToken, IncompleteSignature, InvalidClientTokenId, ExpiredToken, SignatureDoesNotMatch
 */
export function authenticate(account: PracticeAccount, request: WireRequest, now: number): Caller {
  const by = readAuthorization(request)
  if (partitionOf(by.region) === undefined) {
    throw signatureMismatch(`Credential should be scoped to a valid region, not '${by.region}'. `)
  }
  // A key means nothing in a region its account has not enabled, and no account enables another partition's.
  if (!account.enabledRegions.has(by.region)) throw invalidToken()
  const token = header(request, 'x-amz-security-token')
  return token === undefined
    ? byAccessKey(account, request, by, now)
    : byTemporaryKey(account, request, by, token, now)
}

function byAccessKey(account: PracticeAccount, request: WireRequest, by: Authorization, now: number): Caller {
  const key = account.accessKeys.get(by.accessKeyId)
  if (key === undefined || key.status === 'Inactive' || !hasArrived(account, key)) throw invalidToken()
  verifySignature(request, by, key.secret, now)
  key.lastUsed = {at: now, service: by.service, region: by.region}
  return {
    principal: key.owner,
    accessKeyId: key.accessKeyId,
    region: by.region,
    isTemporary: false,
    hasMfa: false,
  }
}

function byTemporaryKey(
  account: PracticeAccount,
  request: WireRequest,
  by: Authorization,
  token: string,
  now: number,
): Caller {
  const key = account.temporaryKeys.get(by.accessKeyId)
  if (key === undefined || key.token.reveal() !== token || !isStillThere(account, key)) throw invalidToken()
  if (now >= key.expiresAt) throw expiredToken()
  verifySignature(request, by, key.secret, now)
  const {accessKeyId, hasMfa, owner} = key
  return {principal: owner, accessKeyId, region: by.region, isTemporary: true, hasMfa}
}

/** IAM is eventually consistent: a key is refused until word of it has spread. */
function hasArrived(account: PracticeAccount, key: PracticeAccessKey): boolean {
  if (key.refusalsLeft > 0) {
    key.refusalsLeft -= 1
    return false
  }
  return account.keyDelayMs === 0 || account.now() >= key.createdAt + account.keyDelayMs
}

function isStillThere(account: PracticeAccount, {owner}: TemporaryKey): boolean {
  if (owner.kind === 'root') return true
  return owner.kind === 'user'
    ? account.users.get(owner.user.name) === owner.user
    : account.roles.get(owner.role.name) === owner.role
}
