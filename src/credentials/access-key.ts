/** The access keys of a snapshot, secrets and all. They leave it here alone. */
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {Secret} from '../text/secret.js'
import {anyAccessKeyId} from '../domain/key-validators.js'
import {parseRegion} from '../domain/validators.js'
import {environmentParts, keyPartsOf, type KeyParts} from './judge-key.js'
import type {Env, Snapshot} from './snapshot.js'
import type {Outcome} from './tools/outcome.js'

/** The key of the environment; `undefined` where it is not whole, or none. */
export function environmentKey(env: Env): AccessKey | undefined {
  return accessKey(environmentParts(env))
}

/** The key that stands in the profile, as the SDK for JavaScript takes it. */
export function profileKey(s: Snapshot, profile: string): AccessKey | undefined {
  const data = s.javascript.profiles.get(profile)
  return data && accessKey(keyPartsOf(data))
}

/** What wins, where it is a key that can be asked about as it stands. */
export function keyInForce(s: Snapshot, outcome: Outcome): AccessKey | undefined {
  if (outcome.kind !== 'found') return undefined
  if (outcome.source === 'environment') return environmentKey(s.env)
  return outcome.source === 'static' ? profileKey(s, outcome.profile ?? '') : undefined
}

/** `undefined` for what is no key. */
export function accessKey({id, secret, token}: KeyParts): AccessKey | undefined {
  const accessKeyId = anyAccessKeyId(id)
  if (!accessKeyId || !secret) return undefined
  return {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    ...(token ? {sessionToken: new Secret(token)} : {}),
  }
}

/** The region to ask AWS in about a profile: any of the partition would do, its own is the likeliest to be enabled. */
export function askingRegion(s: Snapshot, profile: string | undefined): RegionName {
  const own = profile === undefined ? undefined : s.javascript.profiles.get(profile)?.get('region')
  return parseRegion(own ?? s.env['AWS_REGION'] ?? '') ?? parseRegion('us-east-1')!
}
