/** The profiles of this machine, without their secrets, as the screens list them. */
import type {KnownProfile} from '../../flows/local-profile/ports.js'
import {profileKey} from '../credentials/access-key.js'
import {profileStates} from '../credentials/profile-states.js'
import type {Snapshot} from '../credentials/snapshot.js'
import type {ProfileKindShown} from '../credentials/types.js'
import type {Answer} from '../doctor/verified.js'
import type {AccessKey} from '../domain/access-key.js'
import {maskKeyId} from '../text/mask.js'
import {isAboutCredentials} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
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
      ...(id === undefined
        ? {}
        : {
            maskedKeyId: maskKeyId(id),
            ...(hasKey ? {sharesWith: (key: AccessKey) => shared(profileKey(s, name), key)} : {}),
          }),
      ...(region ? {region} : {}),
    }
  })
}

function shared(one: AccessKey | undefined, other: AccessKey): 'all' | 'id' | undefined {
  if (one?.accessKeyId !== other.accessKeyId) return undefined
  const [token, theirs] = [one.sessionToken, other.sessionToken]
  const isSameToken = token && theirs ? token.equals(theirs) : token === theirs
  return one.secretAccessKey.equals(other.secretAccessKey) && isSameToken ? 'all' : 'id'
}

/** With what AWS says of them. A fault of the network says nothing about one, nor is one asked about that is known not to work. */
export function verified(
  known: ReadonlyMap<string, ProfileKnown>,
  answers: ReadonlyMap<string, Answer>,
): ReadonlyMap<string, ProfileKnown> {
  return new Map(
    [...known].map(([name, before]): [string, ProfileKnown] => {
      const answer = answers.get(name)
      if (!answer || before.state !== 'unknown') return [name, before]
      if ('whose' in answer) {
        const {accountId} = answer
        return [name, {...before, state: 'good', accountId, note: say`Account ${accountId}.`}]
      }
      const {code, what} = answer.problem
      if (!isAboutCredentials(code)) return [name, before]
      return [
        name,
        {...before, state: code === 'EXPIRED_TOKEN' ? 'expired' : 'broken', note: what, isAsked: true},
      ]
    }),
  )
}
