/** Roles that nothing can take on, and profiles whose ways tools weigh differently. */
import {program} from '../../text/program-name.js'
import {accessFix} from '../../files/access-fix.js'
import {pathForShell} from '../../files/shown-path.js'
import {setInConfig} from './by-hand.js'
import {say, type SafeText} from '../../text/safe-text.js'
import {profilesByMethod} from '../../credentials/by-method.js'
import {placeOfKey} from '../../credentials/places.js'
import {EXAMPLE, roleFault} from '../../credentials/judge-role.js'
import {programOf} from '../../credentials/snapshot.js'
import {botocoreRole, profileSources} from '../../credentials/tools/botocore-profile.js'
import {resolveProfile} from '../../credentials/tools/javascript-profile.js'
import {isProfileMethod, methodsOf, METHOD_WORDS} from '../../credentials/tools/methods.js'
import type {Finding} from '../types.js'
import type {Sections, Values} from '../../credentials/views.js'
import type {Context, Rule} from './context.js'
import {isInForce} from './in-force.js'
import {nearest} from './near.js'
import {word} from '../../text/shell.js'

export const roleRule: Rule = (context) => {
  const {profiles} = context.s.javascript
  const {names, several} = profilesByMethod(profiles)
  const circles = circlesIn(profiles, names.role)
  return [
    ...names.role.flatMap((name) => roleFaults(context, name, profiles.get(name)!, circles)),
    ...missingFiles(context, 'web_identity_token_file', names['web-identity']),
    ...missingFiles(context, 'credential_process', names.process),
    ...several.flatMap((name) => weighed(context, name)),
  ]
}

const NAMED_SOURCES = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata']

function roleFaults(
  context: Context,
  profile: string,
  data: Values,
  circles: ReadonlySet<string>,
): readonly Finding[] {
  const {s} = context
  const malformed = roleFault(data.get('role_arn') ?? '', s.env)
  const [source, named] = [data.get('source_profile'), data.get('credential_source')]
  const tell = (code: string, what: SafeText, keys: readonly string[], fix: SafeText): readonly Finding[] => {
    const where = placeOfKey(s, profile, keys)
    const severity = isInForce(context, profile) ? 'error' : 'warning'
    return [{code, severity, what, profile, ...(where ? {where} : {}), fix}]
  }
  if (malformed)
    return tell(
      malformed.code,
      say`The profile ${profile}: ${malformed.words}`,
      ['role_arn'],
      setInConfig(s, 'role_arn', EXAMPLE, profile),
    )
  if (data.has('web_identity_token_file')) return []
  if (source !== undefined && named !== undefined)
    return tell(
      'ROLE_WITH_TWO_SOURCES',
      say`The profile ${profile} has both source_profile and credential_source; one has to go.`,
      ['credential_source'],
      say`Delete the line credential_source or the line source_profile.`,
    )
  if (source === undefined && named === undefined)
    return tell(
      'ROLE_WITHOUT_SOURCE',
      say`The profile ${profile} names a role, but no credentials to take it on with.`,
      ['role_arn'],
      giveSource(s, profile),
    )
  if (named !== undefined)
    return NAMED_SOURCES.includes(named)
      ? []
      : tell(
          'CREDENTIAL_SOURCE_UNKNOWN',
          say`credential_source of the profile ${profile} is ${named}; there are only Environment, EcsContainer and Ec2InstanceMetadata.`,
          ['credential_source'],
          setInConfig(s, 'credential_source', 'Environment', profile),
        )
  if (!s.javascript.profiles.has(source!)) {
    const near = nearest(source!, s.javascript.profiles.keys())
    return tell(
      'SOURCE_PROFILE_NOT_FOUND',
      near
        ? say`The source_profile ${source} of ${profile} does not exist. Did you mean ${near}?`
        : say`The source_profile ${source} of ${profile} does not exist.`,
      ['source_profile'],
      near ? setInConfig(s, 'source_profile', near, profile) : giveSource(s, profile),
    )
  }
  return circles.has(profile)
    ? tell(
        'ROLE_CIRCLE',
        say`The source_profile of ${profile} leads back to ${profile}: no profile of this circle has keys.`,
        ['source_profile'],
        giveSource(s, profile),
      )
    : []
}

/** A profile with keys of its own that the role can be taken on with, or a key for it. */
function giveSource(s: Context['s'], profile: string): SafeText {
  const hasKey = (name: string) => s.javascript.profiles.get(name)?.has('aws_secret_access_key') === true
  const source = ['default', ...s.javascript.profiles.keys()].find((name) => name !== profile && hasKey(name))
  return source === undefined
    ? say`Save a key in a profile, and name it as source_profile: \`${program()} --path local --profile default\``
    : setInConfig(s, 'source_profile', source, profile)
}

/** Profiles on a circle of source_profile in which nothing has keys of its own. Each is looked at once. */
function circlesIn(profiles: Sections, roles: readonly string[]): ReadonlySet<string> {
  const circles = new Set<string>()
  const done = new Set<string>()
  for (const start of roles) {
    const path: string[] = []
    const at = new Map<string, number>()
    for (let name: string | undefined = start; name !== undefined && !done.has(name);) {
      const again = at.get(name)
      if (again !== undefined) {
        for (const each of path.slice(again)) circles.add(each)
        break
      }
      at.set(name, path.length)
      path.push(name)
      name = nextOf(profiles.get(name))
    }
    for (const name of path) done.add(name)
  }
  return circles
}

/** Where the chain goes on; a profile with keys ends it when it is a source. */
function nextOf(data: Values | undefined): string | undefined {
  if (!data?.has('role_arn') || data.has('credential_source')) return undefined
  return data.has('aws_access_key_id') && data.has('aws_secret_access_key')
    ? undefined
    : data.get('source_profile')
}

const MISSING_CODES = {
  web_identity_token_file: 'TOKEN_FILE_UNREADABLE',
  credential_process: 'PROGRAM_NOT_FOUND',
} as const

/** One finding for each file that is not there, however many profiles name it. */
function missingFiles(
  context: Context,
  key: keyof typeof MISSING_CODES,
  profiles: readonly string[],
): readonly Finding[] {
  const {named, javascript} = context.s
  const byPath = new Map<string, string[]>()
  for (const profile of profiles) {
    const value = javascript.profiles.get(profile)?.get(key)
    const path = key === 'credential_process' ? programOf(value, context.s.home) : value
    if (path === undefined || (named.get(path) ?? 'readable') === 'readable') continue
    const sharing = byPath.get(path)
    if (sharing) sharing.push(profile)
    else byPath.set(path, [profile])
  }
  return [...byPath].map(([path, sharing]) => missingFile(context, key, path, sharing))
}

function missingFile(
  context: Context,
  key: keyof typeof MISSING_CODES,
  path: string,
  profiles: readonly string[],
): Finding {
  const {s} = context
  const inForce = profiles.find((profile) => isInForce(context, profile))
  const profile = inForce ?? profiles[0]!
  const where = placeOfKey(s, profile, [key])
  const isName = !/[/\\]/.test(path)
  const others = profiles.length > 1 ? say` and ${profiles.length - 1} more` : say``
  return {
    code: MISSING_CODES[key],
    severity: inForce === undefined ? 'warning' : 'error',
    what:
      s.named.get(path) === 'missing'
        ? say`${path}, named by ${key} of the profile ${profile}${others}, is ${isName ? 'in no folder of the PATH' : 'not there'}.`
        : s.named.get(path) === 'other'
          ? say`${path}, named by ${key} of the profile ${profile}${others}, is not a file.`
          : say`${path}, named by ${key} of the profile ${profile}${others}, may not be used by this user.`,
    profile,
    ...(where ? {where} : {}),
    fix:
      s.named.get(path) !== 'unreadable'
        ? say`${isName ? 'Install it, or correct the name' : 'Put it there, or correct the path'}. To use a key instead: \`${program()} --path local --profile ${word(profile)}\``
        : key === 'credential_process'
          ? say`\`chmod u+x ${pathForShell(path, s.home)}\``
          : accessFix(path).at(-1)!,
  }
}

/** Two ways in one profile are no fault while every tool takes the same one. */
function weighed(context: Context, profile: string): readonly Finding[] {
  const {s} = context
  if (methodsOf(s.javascript.profiles.get(profile)!).length < 2 || s.botocore.refused) return []
  const js = resolveProfile(s, profile, true).source
  const cli = (botocoreRole(s, profile) ?? profileSources(s, profile, false))?.source
  if (!js || !cli || js === cli || !isProfileMethod(js) || !isProfileMethod(cli)) return []
  const where = placeOfKey(s, profile, [
    'role_arn',
    'sso_account_id',
    'credential_process',
    'aws_access_key_id',
  ])
  return [
    {
      code: 'TOOLS_TAKE_DIFFERENT_KEYS',
      severity: 'warning',
      what: say`Of the profile ${profile} Serverless Framework takes the ${METHOD_WORDS[js]}, the AWS CLI the ${METHOD_WORDS[cli]}.`,
      profile,
      ...(where ? {where} : {}),
      fix: say`Keep one of the two ways in the profile.`,
    },
  ]
}
