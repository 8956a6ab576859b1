/** What may be shown of an access key. */
import type {AccessKey} from '../domain/access-key.js'
import {maskKeyId} from '../text/mask.js'
import type {CredentialsReading} from './credentials-text.js'
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'

/** A `Candidate`, or anything that knows as much. */
export interface Describable {
  readonly key: AccessKey
  readonly profileName?: string
  readonly region?: string
  readonly userName?: string
  readonly accountId?: string
}

/** One line to choose by: `AKIA************MPLE, profile acme, region eu-west-1`. */
export function describeCandidate({key, profileName, region, userName, accountId}: Describable): SafeText {
  const parts = [
    maskKeyId(key.accessKeyId),
    key.sessionToken ? say`temporary` : undefined,
    profileName ? say`profile ${profileName}` : undefined,
    userName ? say`user ${userName}` : undefined,
    accountId ? say`account ${accountId}` : undefined,
    region ? say`region ${region}` : undefined,
  ]
  return say`${parts.filter((part) => part !== undefined).join(', ')}`
}

/** What was understood of a paste, without one character of a secret. */
export function describeReading(reading: CredentialsReading): SafeText {
  switch (reading.kind) {
    case 'complete': {
      const [{key}, ...others] = reading.candidates
      if (others.length > 0) return say`${others.length + 1} access keys from ${reading.source}`
      const token = key.sessionToken
        ? say`session token (${key.sessionToken.length} characters, hidden)`
        : say`no session token`
      return say`access key ${maskKeyId(key.accessKeyId)}, secret (${key.secretAccessKey.length} characters, hidden), ${token}`
    }
    case 'needs-token':
      return say`access key ${maskKeyId(reading.accessKeyId)}, secret (${reading.secret.length} characters, hidden), session token still missing`
    case 'key-id-only':
      return say`access key ${maskKeyId(reading.accessKeyId)}, secret still missing`
    case 'secret-only':
      return say`secret (${reading.secret.length} characters, hidden), access key ID still missing`
    case 'nothing':
      return reading.complaint.what
  }
}
