/** All that is wrong or worth knowing, the worst first. */
import type {Finding, Severity} from '../types.js'
import type {Context, Rule} from './context.js'
import {environmentRules} from './environment.js'
import {fileRules, HEADERS} from './files.js'
import {networkRules} from './network.js'
import {nothingFound, profileChoiceRule} from './profile-choice.js'
import {profileKeyRule} from './profile-keys.js'
import {regionRules} from './regions.js'
import {roleRule} from './roles.js'
import {ssoRule} from './sessions.js'

const RULES: readonly Rule[] = [
  profileChoiceRule,
  ...environmentRules,
  ...fileRules,
  profileKeyRule,
  roleRule,
  ssoRule,
  ...regionRules,
  ...networkRules,
]

const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, note: 2}

export function findingsOf(context: Context): readonly Finding[] {
  const found = causesIn(RULES.flatMap((rule) => rule(context)))
  return [...found, ...nothingFound(context, found)].toSorted(
    (one, other) => RANK[one.severity] - RANK[other.severity],
  )
}

/** A profile that is not found because of its header is told once, at the header. */
function causesIn(findings: readonly Finding[]): readonly Finding[] {
  const hidden = new Set(findings.flatMap(({code, profile}) => (HEADERS.includes(code) ? [profile] : [])))
  return findings.filter(
    ({code, profile}) =>
      !['PROFILE_NOT_FOUND', 'PROFILE_READ_BY_SOME'].includes(code) ||
      profile === undefined ||
      !hidden.has(profile),
  )
}
