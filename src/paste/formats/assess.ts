/** From unchecked texts to what may be used: every value passes its validator or is left out. */
import type {AccessKey, AccessKeyId, ProfileName, RegionName} from '../../domain/access-key.js'
import {
  checkAccessKeyId,
  checkSecretAccessKey,
  checkSessionToken,
  doubtAboutAccessKeyId,
  isTemporary,
  parseAccessKeyId,
  parseSecretAccessKey,
  parseSessionToken,
} from '../../domain/key-validators.js'
import type {ValidationError} from '../../domain/problem.js'
import type {SafeText} from '../../text/safe-text.js'
import {safe, say} from '../../text/safe-text.js'
import type {Secret} from '../../text/secret.js'
import {endOf} from '../../text/time.js'
import {checkProfileName, parseAccountId, parseProfileName, parseRegion} from '../../domain/validators.js'
import type {RawKey} from './raw-key.js'

/** One access key that was found, with what stood beside it. */
export interface Candidate {
  readonly key: AccessKey
  readonly profileName?: ProfileName
  readonly region?: RegionName
  readonly userName?: SafeText
  /** 12 digits. */
  readonly accountId?: string
}

export type Assessment =
  | {readonly kind: 'complete'; readonly candidate: Candidate; readonly notes: readonly SafeText[]}
  | {readonly kind: 'key-id-only'; readonly accessKeyId: AccessKeyId}
  | {readonly kind: 'secret-only'; readonly secret: Secret}
  | {readonly kind: 'needs-token'; readonly accessKeyId: AccessKeyId; readonly secret: Secret}
  | {readonly kind: 'faulty'; readonly complaint: ValidationError}

export function assess(raw: RawKey): Assessment {
  const faulty = (complaint: ValidationError): Assessment => ({kind: 'faulty', complaint})
  if (raw.accessKeyId === undefined) {
    const lone = raw.sessionToken === undefined ? parseSecretAccessKey(raw.secretAccessKey ?? '') : undefined
    if (lone) return {kind: 'secret-only', secret: lone}
    return faulty({
      what: say`There is a secret access key but no access key ID beside it. The ID is 20 characters long and begins with AKIA or ASIA.`,
    })
  }
  const accessKeyId = parseAccessKeyId(raw.accessKeyId)
  if (!accessKeyId) return faulty(checkAccessKeyId(raw.accessKeyId)!)
  if (raw.secretAccessKey === undefined) return {kind: 'key-id-only', accessKeyId}
  const secret = parseSecretAccessKey(raw.secretAccessKey)
  if (!secret) return faulty(checkSecretAccessKey(raw.secretAccessKey)!)
  const notes: SafeText[] = []
  const doubt = doubtAboutAccessKeyId(accessKeyId)
  if (doubt) notes.push(doubt)
  const base = {accessKeyId, secretAccessKey: secret}
  if (!isTemporary(accessKeyId)) {
    if (raw.sessionToken !== undefined)
      notes.push(say`A session token stood beside a long-lived key, which needs none; it was left out.`)
    return {kind: 'complete', candidate: candidate(base, raw, notes), notes}
  }
  if (raw.sessionToken === undefined) return {kind: 'needs-token', accessKeyId, secret}
  const sessionToken = parseSessionToken(raw.sessionToken)
  if (!sessionToken) return faulty(checkSessionToken(raw.sessionToken)!)
  const expiresAt = endOf(raw.expiration ?? '')
  const ends = Number.isNaN(expiresAt) ? {} : {expiresAt}
  return {kind: 'complete', candidate: candidate({...base, sessionToken, ...ends}, raw, notes), notes}
}

/** Names beside the key are a help only: one that is not valid costs a note, never the key. */
function candidate(key: AccessKey, raw: RawKey, notes: SafeText[]): Candidate {
  const named = raw.profileName ?? ''
  const profileName = checkProfileName(named) ? undefined : parseProfileName(named)
  const region = parseRegion(raw.region ?? '')
  const accountId = parseAccountId(raw.accountId ?? '')
  if (raw.profileName !== undefined && !profileName)
    notes.push(say`The profile name beside the key cannot be used and was left out.`)
  if (raw.region !== undefined && !region)
    notes.push(say`The region beside the key is not known and was left out.`)
  return {
    key,
    ...(profileName ? {profileName} : {}),
    ...(region ? {region} : {}),
    ...(raw.userName ? {userName: safe(raw.userName)} : {}),
    ...(accountId ? {accountId} : {}),
  }
}
