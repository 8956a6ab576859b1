/** A profile is named that does not exist. */
import {program} from '../../safety/program-name.js'
import {profileStates} from '../../credentials/profile-states.js'
import {say, type SafeText} from '../../safety/safe-text.js'
import type {Finding} from '../types.js'
import type {Context, Rule} from './context.js'
import {nearest} from './near.js'
import {checkProfileName} from '../../safety/validators.js'
import {setVariable, unsetVariables, word} from '../../safety/shell.js'
import {someOf} from '../../safety/some-of.js'

export const profileChoiceRule: Rule = (context) => {
  const {s, asked} = context
  // A profile that the file of a service names is told with that file.
  if (asked.profile && asked.profileFrom && !asked.isForAll) return []
  const named: readonly (readonly [SafeText, string | undefined])[] = asked.profile
    ? [[asked.profileFrom ?? say`--aws-profile`, asked.profile]]
    : [
        [say`AWS_PROFILE`, s.env['AWS_PROFILE']],
        // What is wrong with the old variable is told with it.
        [say`AWS_DEFAULT_PROFILE`, s.env['AWS_PROFILE'] ? undefined : s.env['AWS_DEFAULT_PROFILE']],
      ]
  return named.flatMap(([from, name]) => (name ? missing(context, from, name) : []))
}

/** Where no other rule has a reason for it. */
export const nothingFound = (context: Context, findings: readonly Finding[]): readonly Finding[] => {
  const {s, tools, profile} = context
  if (tools[0]?.failure?.kind !== 'none' || findings.some(({severity}) => severity === 'error')) return []
  const usable = usableProfiles(s)
  const [first] = usable
  if (first === undefined)
    return [
      {
        code: 'NO_CREDENTIALS',
        severity: 'error',
        what: say`There are no AWS credentials for Serverless Framework on this machine.`,
        fix: say`\`${program()}\``,
      },
    ]
  return [
    {
      code: 'PROFILE_NOT_CHOSEN',
      severity: 'error',
      what: say`Profiles are here, and none of them is used: ${profile.name} gives nothing. Those that could be: ${someOf(usable, MAX_NAMES)}.`,
      fix: say`Choose one: \`${setVariable('AWS_PROFILE', first)}\``,
    },
  ]
}

const MAX_NAMES = 6
const DEFAULT_VARIABLE = 'AWS_DEFAULT_PROFILE'

/** In the order of the files. */
function usableProfiles(s: Context['s']): readonly string[] {
  return profileStates(s).flatMap(({name, state}) => (state === 'usable' ? [name] : []))
}

function missing({s, asked}: Context, from: SafeText, name: string): readonly Finding[] {
  const isSeen = s.javascript.profiles.has(name) && s.botocore.profiles.has(name)
  if (isSeen) return []
  const isRefused = s.botocore.refused !== undefined || s.javascript.refused !== undefined
  if (isRefused && (s.javascript.profiles.has(name) || s.botocore.profiles.has(name))) return []
  const only = s.javascript.profiles.has(name)
    ? say`Serverless Framework`
    : s.botocore.profiles.has(name)
      ? say`the AWS CLI`
      : undefined
  if (only)
    return [
      {
        code: 'PROFILE_READ_BY_SOME',
        severity: 'error',
        what: say`${from} names the profile ${name}, which only ${only} finds: its header is written in a way that others do not read, or it is empty.`,
        where: from,
        profile: name,
      },
    ]
  const others = new Set([...s.javascript.profiles.keys(), ...s.botocore.profiles.keys()])
  const usable = usableProfiles(s)
  // A name that is nearly one that works; where none works, the name that was nearly hit.
  const near = nearest(name, new Set(usable)) ?? nearest(name, others)
  const choose = (other: string) =>
    asked.isForAll
      ? say`\`${program()} doctor --profile ${word(other)}\``
      : asked.profileFrom
        ? say`\`${program()} resolvers edit\``
        : from === (DEFAULT_VARIABLE as string)
          ? say`\`${unsetVariables([DEFAULT_VARIABLE])}\``
          : say`\`${setVariable('AWS_PROFILE', other)}\``
  const make = checkProfileName(name)
    ? say`\`${unsetVariables([from])}\``
    : say`\`${program()} --path local --profile ${word(name)}\``
  const [first] = usable
  // At the edges of a name a blank is not seen.
  const shown = name.trim() === name ? say`${name}` : say`"${name}"`
  return [
    {
      code: 'PROFILE_NOT_FOUND',
      severity: 'error',
      what: near
        ? say`${from} names a profile ${shown} that does not exist. Did you mean ${near}?`
        : say`${from} names a profile ${shown} that does not exist.`,
      where: from,
      profile: name,
      fix: near
        ? choose(near)
        : first === undefined
          ? others.size === 0
            ? make
            : say`${here([...others])}, without credentials that work. Set it up: ${make}`
          : say`${here(usable)}. Choose ${usable.length === 1 ? say`it` : say`one`}: ${choose(first)}`,
    },
  ]
}

function here(names: readonly string[]): SafeText {
  return names.length === 1
    ? say`The only profile is ${someOf(names, MAX_NAMES)}`
    : say`There are ${someOf(names, MAX_NAMES)}`
}
