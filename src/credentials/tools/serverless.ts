/** Serverless Framework 4: the chain of the SDK for JavaScript, with --aws-profile and rules of its own for the region. */
import {say} from '../../text/safe-text.js'
import type {Snapshot} from '../snapshot.js'
import type {Asked, ToolVerdict} from '../types.js'
import {javascriptOutcome, profileName} from './javascript.js'
import type {Outcome} from './outcome.js'
import {toVerdict} from './verdict.js'

/** It asks for the code of a second factor, which the SDK alone cannot. */
export function serverlessOutcome(s: Snapshot, {profile}: Asked): Outcome {
  return javascriptOutcome(s, {canAskMfa: true, ...(profile ? {profile} : {})})
}

export function serverlessVerdict(s: Snapshot, outcome: Outcome, asked: Asked): ToolVerdict {
  const profile = profileName(s, asked.profile ? {profile: asked.profile} : {})
  const chosenBy = asked.profile
    ? (asked.profileFrom ?? say`--aws-profile`)
    : s.env['AWS_PROFILE']
      ? say`AWS_PROFILE=${s.env['AWS_PROFILE']}`
      : undefined
  return toVerdict(
    s,
    {
      id: 'serverless',
      label: say`Serverless Framework`,
      outcome,
      profile,
      view: s.javascript,
      ...(chosenBy ? {chosenBy} : {}),
    },
    asked,
  )
}

export function javascriptVerdict(s: Snapshot, asked: Asked): ToolVerdict {
  const profile = asked.isForAll ? asked.profile : undefined
  const options = profile === undefined ? {} : {profile}
  const named = s.env['AWS_PROFILE']
  const by = profile === undefined ? named && say`AWS_PROFILE=${named}` : asked.profileFrom
  return toVerdict(
    s,
    {
      id: 'javascript',
      label: say`AWS SDK for JavaScript`,
      outcome: javascriptOutcome(s, options),
      profile: profileName(s, options),
      view: s.javascript,
      ...(by ? {chosenBy: by} : {}),
    },
    asked,
  )
}
