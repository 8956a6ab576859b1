/** The diagnosis of what was read: pure, and without the network. */
import {shownPath} from '../files/shown-path.js'
import {findingsOf} from './findings/all.js'
import {effective, isBlamed} from '../credentials/effective.js'
import {endedSessions, profileStates} from '../credentials/profile-states.js'
import {sourcesOf} from '../credentials/sources.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {cli2Verdict, cliVerdict} from '../credentials/tools/cli.js'
import {javascriptVerdict} from '../credentials/tools/serverless.js'
import type {Asked, ProfileState} from '../credentials/types.js'
import type {SafeText} from '../text/safe-text.js'
import type {Diagnosis} from './types.js'

export interface Deploy {
  /** The machine as Serverless Framework has it in the folder of a service, with what it reads from `.env`. */
  readonly run: Snapshot
  /** What it reads there, in words: `.env sets AWS_PROFILE`. */
  readonly dotenv?: SafeText | undefined
  /** Profiles that AWS was asked about, and refused. */
  readonly refused?: ReadonlySet<string>
}

export function diagnose(
  s: Snapshot,
  asked: Asked = {},
  {run, dotenv, refused}: Deploy = {run: s},
): Diagnosis {
  const end = effective(run, asked)
  const {outcome, verdict: serverless, profile, isUsable, fault} = end
  const tools = [serverless, javascriptVerdict(s, asked), cliVerdict(s, asked), cli2Verdict(s, asked)]
  let profiles: readonly ProfileState[] | undefined
  return {
    tools,
    profile,
    sources: sourcesOf(run, profile.name, outcome, serverless),
    findings: findingsOf({
      s,
      run,
      asked,
      profile,
      tools,
      refused: refused ?? new Set(),
      ...(dotenv && isBlamed(end, effective(s, asked))
        ? {dotenv: {words: dotenv, why: fault?.words ?? serverless.why}}
        : {}),
    }),
    // Words for thousands of profiles are made only for those who want them.
    get profiles() {
      return (profiles ??= profileStates(s))
    },
    isUsable,
    ...(fault?.code === 'KEY_EXPIRED' ? {isEnded: true as const} : {}),
    endedSessions: endedSessions(s),
    takenAt: s.now,
    files: [s.credentials, s.config].map(({role, path, exists}) => ({
      role,
      path: shownPath(path, s.home),
      exists,
    })),
  }
}
