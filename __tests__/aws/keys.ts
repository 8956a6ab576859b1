import type {AccessKey, AccessKeyId, RegionName} from '../../src/domain/access-key.js'
import {Secret} from '../../src/text/secret.js'
import type {PracticeCredentials} from '../../src/practice/helpers.js'

/** The keys of the embedded AWS as the program holds them. */
export function asKey({accessKeyId, secretAccessKey, sessionToken}: PracticeCredentials): AccessKey {
  return {
    accessKeyId: accessKeyId as AccessKeyId,
    secretAccessKey: new Secret(secretAccessKey),
    ...(sessionToken ? {sessionToken: new Secret(sessionToken)} : {}),
  }
}

export const region = (id: string) => id as RegionName

export const signal = new AbortController().signal
