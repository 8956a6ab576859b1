/** The diagnosis of what was read: pure, and without the network. */
import {say} from '../safety/safe-text.js'
import {shownPath} from '../store/shown-path.js'
import {findingsOf} from './findings/all.js'
import {hasToken, keyFault} from '../credentials/judge-key.js'
import {endedSessions, javascriptProfile, profileStates} from '../credentials/profile-states.js'
import {sourcesOf} from '../credentials/sources.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {cli2Verdict, cliVerdict} from '../credentials/tools/cli.js'
import {profileName} from '../credentials/tools/javascript.js'
import type {Outcome} from '../credentials/tools/outcome.js'
import {javascriptVerdict, serverlessOutcome, serverlessVerdict} from '../credentials/tools/serverless.js'
import type {Asked, ChosenProfile, ProfileState, SourceId} from '../credentials/types.js'
import type {Diagnosis} from './types.js'
import type {SafeText} from '../safety/safe-text.js'

export function diagnose(s: Snapshot, asked: Asked = {}): Diagnosis {
  const outcome = serverlessOutcome(s, asked)
  const serverless = serverlessVerdict(s, outcome, asked)
  const profile = chosen(s, asked)
  const tools = [serverless, javascriptVerdict(s, asked), cliVerdict(s, asked), cli2Verdict(s, asked)]
  let profiles: readonly ProfileState[] | undefined
  return {
    tools,
    profile,
    sources: sourcesOf(s, profile.name, outcome, serverless),
    findings: findingsOf({s, asked, profile, tools}),
    // Words for thousands of profiles are made only for those who want them.
    get profiles() {
      return (profiles ??= profileStates(s))
    },
    isUsable: isUsable(s, outcome),
    endedSessions: endedSessions(s),
    takenAt: s.now,
    files: [s.credentials, s.config].map(({role, path, exists}) => ({
      role,
      path: shownPath(path, s.home),
      exists,
    })),
  }
}

/** The diagnosis with what AWS said of one source. */
export function withWhose(diagnosis: Diagnosis, id: SourceId, whose: SafeText): Diagnosis {
  return {
    ...diagnosis,
    sources: diagnosis.sources.map((source) => (source.id === id ? {...source, whose} : source)),
  }
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

/** Something wins, and nothing that is known here makes AWS refuse it. */
function isUsable(s: Snapshot, outcome: Outcome): boolean {
  if (outcome.kind !== 'found') return false
  const {source, accessKeyId: id, expiresAt} = outcome
  if (source === 'environment')
    return (
      !(expiresAt !== undefined && expiresAt <= s.now) &&
      keyFault(id!, Boolean(s.env['AWS_SESSION_TOKEN'])) === undefined
    )
  if (source === 'static')
    return keyFault(id!, hasToken(javascriptProfile(s, outcome.profile!))) === undefined
  return true
}
