/** AWS CLI 1 (and boto3) and AWS CLI 2: one chain, other variables first, and what comes with each. */
import {say} from '../../text/safe-text.js'
import type {Snapshot} from '../snapshot.js'
import type {Asked, ToolVerdict} from '../types.js'
import {botocoreOutcome, chosenProfile, CLI_1, CLI_2, type BotocoreOptions} from './botocore.js'
import {toVerdict} from './verdict.js'

export function cliVerdict(s: Snapshot, asked: Asked): ToolVerdict {
  return verdict(s, 'cli', CLI_1, asked)
}

/** From its documentation and published source: it is not run here to compare. */
export function cli2Verdict(s: Snapshot, asked: Asked): ToolVerdict {
  return verdict(s, 'cli2', CLI_2, asked)
}

function verdict(s: Snapshot, id: 'cli' | 'cli2', base: BotocoreOptions, asked: Asked): ToolVerdict {
  // What the file of a service names is not for these.
  const isGiven = asked.isForAll || !asked.profileFrom
  const options = asked.profile && isGiven ? {...base, profile: asked.profile} : base
  const outcome = botocoreOutcome(s, options)
  const chosen = chosenProfile(s, options)
  const variable = options.profile
    ? say`--profile`
    : options.profileVariables.find((name) => s.env[name] !== undefined)
  const isLogin = outcome.kind === 'found' && outcome.source === 'login' && id === 'cli'
  return toVerdict(
    s,
    {
      id,
      label: id === 'cli' ? say`AWS CLI 1, Python tools` : say`AWS CLI 2`,
      outcome,
      profile: chosen || 'default',
      view: s.botocore,
      ...(chosen !== undefined && variable ? {chosenBy: say`${variable}=${chosen}`} : {}),
      ...(isLogin ? {note: say`It needs the Python package awscrt for that.`} : {}),
    },
    asked,
  )
}
