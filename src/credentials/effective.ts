/** The one answer: which credentials Serverless Framework uses here, and whether anything known here is against them. */
import {say, type SafeText} from '../text/safe-text.js'
import {settingsProfile, stsAddress} from './endpoint.js'
import {environmentParts, keyFault, keyPartsOf, type KeyFault} from './judge-key.js'
import {regionFault, type RegionFault} from './judge-region.js'
import {roleFault, type RoleFault} from './judge-role.js'
import type {Snapshot} from './snapshot.js'
import {profileName} from './tools/javascript.js'
import {firstOf, type Found, type Outcome} from './tools/outcome.js'
import {serverlessOutcome, serverlessVerdict} from './tools/serverless.js'
import type {Asked, ChosenProfile, ToolVerdict} from './types.js'

export type Fault = Pick<KeyFault | RoleFault | RegionFault, 'code' | 'words'>

export interface Effective {
  readonly outcome: Outcome
  readonly verdict: ToolVerdict
  readonly profile: ChosenProfile
  /** Why AWS will refuse what wins. */
  readonly fault?: Fault
  /** Something wins, and nothing that is known here makes AWS refuse it. */
  readonly isUsable: boolean
}

export function effective(s: Snapshot, asked: Asked = {}): Effective {
  const outcome = serverlessOutcome(s, asked)
  const verdict = serverlessVerdict(s, outcome, asked)
  const fault = outcome.kind === 'found' ? (faultOf(s, outcome) ?? regionFault(verdict.region)) : undefined
  return {
    outcome,
    verdict,
    profile: chosen(s, asked),
    ...(fault ? {fault} : {}),
    isUsable: outcome.kind === 'found' && !fault,
  }
}

/** What is said of one that does not work. */
export function reasonOf({verdict, fault}: Effective): SafeText {
  return fault?.words ?? verdict.why
}

/** What comes to nothing with `.env` would come to something else without it. */
export function isBlamed(end: Effective, without: Effective): boolean {
  return !end.isUsable && reasonOf(end) !== reasonOf(without)
}

/**
 * Of a role, of the key itself, or of the one that a role is taken on with.
 *
 * @param settings the profile whose settings count: that of a run, or one that is looked at by itself
 */
export function faultOf(s: Snapshot, found: Found, settings = settingsProfile(s)): Fault | undefined {
  for (let of: Found | undefined = found; of; of = of.base) {
    const fault = of.roleArn === undefined ? undefined : roleFault(of.roleArn, s.env)
    if (fault) return fault
  }
  const {source, profile} = firstOf(found)
  const endpoint = stsAddress(s, settings)
  if (source === 'environment') return keyFault(environmentParts(s.env, endpoint), s)
  const data = source === 'static' ? s.javascript.profiles.get(profile ?? '') : undefined
  return data && keyFault(keyPartsOf(data, endpoint), s)
}

function chosen(s: Snapshot, asked: Asked): ChosenProfile {
  const name = profileName(s, asked.profile ? {profile: asked.profile} : {})
  const from = asked.profile
    ? (asked.profileFrom ?? say`--aws-profile`)
    : s.env['AWS_PROFILE']
      ? say`AWS_PROFILE`
      : say`no profile was named`
  return {name, from, exists: s.javascript.profiles.has(name)}
}
