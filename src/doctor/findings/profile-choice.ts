/** A profile is named that does not exist. */
import {program} from '../../text/program-name.js'
import {placeOfProfile} from '../../credentials/places.js'
import {resolversCommand} from '../../service/commands.js'
import {endedSessions, profileStates} from '../../credentials/profile-states.js'
import {ssoLogin} from '../../credentials/tools/outcome.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {Finding} from '../types.js'
import type {Context, Rule} from './context.js'
import {nearest} from './near.js'
import {checkProfileName} from '../../domain/validators.js'
import {setVariable, unsetVariables, word} from '../../text/shell.js'
import {someOf} from '../../text/some-of.js'

export const profileChoiceRule: Rule = (context) => {
  const {s, asked} = context
  const ofShell: readonly (readonly [SafeText, string | undefined])[] = [
    [say`AWS_PROFILE`, s.env['AWS_PROFILE']],
    // What is wrong with the old variable is told with it.
    [say`AWS_DEFAULT_PROFILE`, s.env['AWS_PROFILE'] ? undefined : s.env['AWS_DEFAULT_PROFILE']],
  ]
  // A profile that the file of a service names is told with that file; other tools go by the shell all the same.
  if (isOfService(asked))
    return ofShell.flatMap(([from, name]) =>
      name
        ? missing({...context, asked: {}, isOfOthers: true}, from, name).map((finding) => ({
            ...finding,
            severity: 'warning' as const,
          }))
        : [],
    )
  const named = asked.profile ? [[asked.profileFrom ?? say`--aws-profile`, asked.profile] as const] : ofShell
  return named.flatMap(([from, name]) => (name ? missing(context, from, name) : []))
}

function isOfService({profile, profileFrom, isForAll}: Context['asked']): boolean {
  return profile !== undefined && profileFrom !== undefined && !isForAll
}

/** Findings that hide every profile there is: with them mended, there is something to choose from. */
const HIDING = [
  'NAMED_FILE_MISSING',
  'DEFAULT_IN_CAPITALS',
  'PREFIX_IN_CREDENTIALS',
  'NOT_A_PROFILE',
  'HEADER_NOT_READ',
]

/** Where no other rule has a reason for it. */
export const nothingFound = (context: Context, findings: readonly Finding[]): readonly Finding[] => {
  const {tools, profile, asked, dotenv} = context
  // It wins over what the rules looked at.
  if (dotenv)
    return [
      {
        code: 'DOTENV_FAULT',
        severity: 'error',
        what: say`${dotenv.words}, and with it Serverless Framework gets no credentials that work: ${dotenv.why}`,
        fix: say`Correct it in that file, or take it out there.`,
      },
    ]
  if (tools[0]?.failure?.kind !== 'none' || findings.some(({severity}) => severity === 'error')) return []
  // Which profile it is to be stands in the file of the service: that is where it is told, and mended.
  if (isOfService(asked)) return []
  const usable = usableProfiles(context)
  const [first] = usable
  if (first === undefined && findings.some(({code}) => HIDING.includes(code))) return []
  if (first === undefined)
    return [
      {
        code: 'NO_CREDENTIALS',
        severity: 'error',
        ...whyNone(context),
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

function whyNone({s, refused}: Context): Pick<Finding, 'what' | 'fix'> {
  const [ended] = endedSessions(s)
  const ofSession = ended === undefined ? undefined : profileOf(s, ended)
  if (ofSession !== undefined)
    return {
      what: say`None of the profiles here can be used now: you are not signed in to the AWS SSO session ${ended ?? ''}.`,
      fix: say`Sign in: ${ssoLogin(ofSession, ended)}`,
    }
  return {
    what:
      refused.size > 0
        ? say`There are no AWS credentials for Serverless Framework here that AWS takes.`
        : say`There are no AWS credentials for Serverless Framework on this machine.`,
    fix: say`\`${program()}\``,
  }
}

function profileOf({javascript}: Context['s'], session: string): string | undefined {
  return [...javascript.profiles].find(([, data]) => data.get('sso_session') === session)?.[0]
}

const MAX_NAMES = 6
const NAME_VARIABLE = 'AWS_PROFILE'
const DEFAULT_VARIABLE = 'AWS_DEFAULT_PROFILE'

/** In the order of the files: those that every tool finds under this name. */
function usableProfiles({s, refused}: Context): readonly string[] {
  return profileStates(s).flatMap(({name, state}) =>
    state === 'usable' && s.botocore.profiles.has(name) && !refused.has(name) ? [name] : [],
  )
}

function missing(context: Context, from: SafeText, name: string): readonly Finding[] {
  const {s, asked, isOfOthers} = context
  const isSeen = s.javascript.profiles.has(name) && s.botocore.profiles.has(name)
  if (isSeen) return []
  const isRefused = s.botocore.refused !== undefined || s.javascript.refused !== undefined
  if (isRefused && (s.javascript.profiles.has(name) || s.botocore.profiles.has(name))) return []
  const settings = s.javascript.profiles.get(name) ?? s.botocore.profiles.get(name)
  if (settings && [...settings.values()].every((value) => value === '') && !checkProfileName(name))
    return [
      {
        code: 'PROFILE_READ_BY_SOME',
        severity: 'error',
        what: say`${from} names the profile ${name}, and nothing stands in it.`,
        where: placeOfProfile(s, name) ?? from,
        profile: name,
        fix: say`\`${program()} --path local --profile ${word(name)}\``,
      },
    ]
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
        fix: say`Name another one, or see how its header has to be written: \`${program()} doctor --profile ${word(name)}\``,
      },
    ]
  const others = new Set([...s.javascript.profiles.keys(), ...s.botocore.profiles.keys()])
  const usable = usableProfiles(context)
  // A name that is nearly one that works; where none works, the name that was nearly hit.
  const near = nearest(name, new Set(usable)) ?? nearest(name, others)
  const choose = (other: string) =>
    asked.isForAll
      ? say`\`${program()} doctor --profile ${word(other)}\``
      : asked.chosenIn !== undefined
        ? say`\`${resolversCommand(asked.chosenIn, 'edit')}\``
        : from === (DEFAULT_VARIABLE as string)
          ? say`\`${unsetVariables([DEFAULT_VARIABLE])}\``
          : say`\`${setVariable('AWS_PROFILE', other)}\``
  // With keys in the shell the name alone is in the way.
  const hasKeys = Boolean(s.env['AWS_ACCESS_KEY_ID'] && s.env['AWS_SECRET_ACCESS_KEY'])
  const isName = from === (NAME_VARIABLE as string)
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
      fix:
        hasKeys && isName
          ? say`${isOfOthers ? say`For other tools to use` : say`To use`} the keys of the environment: \`${unsetVariables([NAME_VARIABLE])}\``
          : near
            ? choose(near)
            : first === undefined
              ? others.size === 0
                ? make
                : say`None of the profiles here works as it is (${someOf([...others], MAX_NAMES)}). Set it up: ${make}`
              : usable.length === 1
                ? say`The only one that could be used is ${first}. Choose it: ${choose(first)}`
                : say`These could be used: ${someOf(usable, MAX_NAMES)}. Choose one: ${choose(first)}`,
    },
  ]
}
