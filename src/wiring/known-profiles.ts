/** The profiles of this machine, as far as they bear on a service that names them. */
import type {WorkContext} from '../engine/types.js'
import {say, type SafeText} from '../safety/safe-text.js'
import type {ProfileKnown} from '../service/resolvers/index.js'

/** By name; `hint` says which one it is. */
export type KnownProfiles = ReadonlyMap<string, ProfileKnown & {readonly hint: SafeText}>

/** The profiles of this machine and what can be said of each without asking AWS. */
export async function profilesHere(env: NodeJS.ProcessEnv): Promise<KnownProfiles> {
  const [{readSnapshot}, {profileStates}] = await Promise.all([
    import('../credentials/snapshot.js'),
    import('../credentials/profile-states.js'),
  ])
  return new Map(
    profileStates(await readSnapshot({env}))
      .filter(({kind}) => kind !== 'empty')
      .map(({name, state, why, detail, where}) => [
        name,
        {
          // That it could work is not that it does: AWS was not asked.
          state: state === 'expired' ? 'expired' : state === 'usable' ? 'unknown' : 'broken',
          ...(why ? {note: why} : {}),
          hint: detail ?? where,
        },
      ]),
  )
}

/** What AWS says of these profiles. A fault of the network says nothing about one. */
export async function verified(
  names: readonly string[],
  known: KnownProfiles,
  env: NodeJS.ProcessEnv,
  context: WorkContext,
): Promise<KnownProfiles> {
  const {verifyProfiles} = await import('./verify.js')
  const answers = await verifyProfiles(names, env, context)
  const after = new Map(known)
  for (const {profile, accountId, problem} of answers) {
    const before = known.get(profile)
    if (!before) continue
    if (accountId !== undefined)
      after.set(profile, {...before, state: 'good', note: say`Account ${accountId}.`})
    else if (problem && ABOUT_KEY.includes(problem.code))
      after.set(profile, {
        ...before,
        state: problem.code === 'EXPIRED_TOKEN' ? 'expired' : 'broken',
        note: problem.what,
      })
  }
  return after
}

const ABOUT_KEY: readonly string[] = [
  'INVALID_CLIENT_TOKEN',
  'SIGNATURE_MISMATCH',
  'EXPIRED_TOKEN',
  'ACCESS_DENIED',
  'SSO_SESSION_EXPIRED',
  'SSO_ROLE_GONE',
  'NO_KEYS_TO_CHECK',
]
