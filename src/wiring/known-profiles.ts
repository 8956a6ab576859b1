/** The profiles of this machine, without their secrets, as the screens list them. */
import type {KnownProfile} from '../../flows/local-profile/ports.js'
import {profileStates} from '../credentials/profile-states.js'
import type {Snapshot} from '../credentials/snapshot.js'
import type {ProfileKindShown} from '../credentials/types.js'
import type {WorkContext} from '../engine/types.js'
import {maskKeyId} from '../safety/mask.js'
import {isAboutCredentials} from '../safety/problem.js'
import {say, type SafeText} from '../safety/safe-text.js'
import type {ProfileKnown} from '../service/resolvers/index.js'

const KINDS: Readonly<Record<ProfileKindShown, SafeText>> = {
  static: say`access key`,
  temporary: say`temporary key`,
  role: say`a role`,
  sso: say`AWS SSO`,
  process: say`a program (credential_process)`,
  'web-identity': say`a web identity`,
  login: say`aws login`,
  partial: say`half a key pair`,
  empty: say`settings only`,
}

/** By what counts in each of them for Serverless Framework. */
export function knownProfiles(s: Snapshot): readonly KnownProfile[] {
  return profileStates(s).map(({name, kind, where, region}) => {
    const data = s.javascript.profiles.get(name)
    const id = data?.get('aws_access_key_id')
    const hasKey = id !== undefined && data?.has('aws_secret_access_key') === true
    return {
      name,
      kind: KINDS[kind],
      hasKey,
      ...(kind === 'empty' ? {isEmpty: true} : {}),
      ...(kind === 'partial' ? {isHalf: true} : {}),
      where,
      ...(id === undefined ? {} : {maskedKeyId: maskKeyId(id)}),
      ...(region ? {region} : {}),
    }
  })
}

/** What AWS says of these profiles. A fault of the network says nothing about one. */
export async function verified(
  names: readonly string[],
  known: ReadonlyMap<string, ProfileKnown>,
  env: NodeJS.ProcessEnv,
  context: WorkContext,
): Promise<ReadonlyMap<string, ProfileKnown>> {
  const {verifyProfiles} = await import('./verify.js')
  const answers = await verifyProfiles(names, env, context)
  const after = new Map(known)
  for (const {profile, accountId, problem} of answers) {
    const before = known.get(profile)
    if (!before) continue
    if (accountId !== undefined)
      after.set(profile, {...before, state: 'good', accountId, note: say`Account ${accountId}.`})
    else if (problem && isAboutCredentials(problem.code))
      after.set(profile, {
        ...before,
        state: problem.code === 'EXPIRED_TOKEN' ? 'expired' : 'broken',
        note: problem.what,
      })
  }
  return after
}
