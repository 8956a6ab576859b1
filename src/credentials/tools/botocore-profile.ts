/** One profile as botocore takes it: roles first, then web identity, SSO, the credentials file and what follows. */
import {say, type SafeText} from '../../text/safe-text.js'
import {loginCacheName} from '../caches.js'
import {programOf, type Snapshot} from '../snapshot.js'
import {regionOf} from './region.js'
import type {SourceId} from '../types.js'
import type {Values} from '../views.js'
import {botocoreSso} from './botocore-sso.js'
import {botocoreRefusal, containerTokenFault} from './container.js'
import {
  broken,
  consoleLogin,
  found,
  nameProgram,
  NO_PROGRAM,
  pythonOpenFailed,
  type Broken,
  type Found,
  type Step,
} from './outcome.js'
import {unsetVariables} from '../../text/shell.js'

const NONE: Values = new Map()
/** A longer chain is nobody's: the call stack would end before it. */
const MAX_CHAIN = 500

/** `AssumeRoleProvider`: a profile with role_arn and without web_identity_token_file. Every fault of it ends the chain. */
export function botocoreRole(s: Snapshot, profile: string): Step {
  const data = s.botocore.profiles.get(profile) ?? NONE
  return hasRole(data) ? assume(s, profile, [profile]) : undefined
}

function hasRole(data: Values): boolean {
  return data.has('role_arn') && !data.has('web_identity_token_file')
}

function hasKeys(data: Values): boolean {
  return data.has('aws_access_key_id') || data.has('aws_secret_access_key')
}

function assume(s: Snapshot, profile: string, visited: readonly string[]): Found | Broken {
  const {profiles} = s.botocore
  const data = profiles.get(profile)!
  const [source, named] = [data.get('source_profile'), data.get('credential_source')]
  const stop = (words: SafeText, fix?: SafeText) =>
    broken('role', words, {profile: visited[0]!, ...(fix ? {fix} : {})})
  if (source !== undefined && named !== undefined)
    return stop(say`The profile "${profile}" contains both source_profile and credential_source.`)
  if (source === undefined && named === undefined)
    return stop(
      say`Partial credentials found in assume-role, missing: source_profile or credential_source`,
      say`Add a line such as source_profile = default to the profile ${profile}.`,
    )
  const base = named === undefined ? fromProfile(s, profile, source!, visited) : fromNamed(s, profile, named)
  if (base.kind === 'broken') return {...base, source: 'role', profile: visited[0]!}
  const unasked = withoutRegion(s, visited[0]!)
  if (unasked) return stop(unasked)
  const mfa = data.get('mfa_serial')
  return found('role', {
    profile,
    roleArn: data.get('role_arn')!,
    base,
    caveat: mfa ? say`The code of ${mfa} is asked for each time.` : say`AWS STS has to allow the role.`,
  })
}

/** With an address of its own for STS the client wants a region, too; without one it asks the global address. */
function withoutRegion(s: Snapshot, profile: string): SafeText | undefined {
  const {env} = s
  if (!env['AWS_ENDPOINT_URL_STS'] && !env['AWS_ENDPOINT_URL']) return undefined
  return regionOf('cli', s, profile, {}) ? undefined : say`You must specify a region.`
}

function fromProfile(
  s: Snapshot,
  parent: string,
  source: string,
  visited: readonly string[],
): Found | Broken {
  const data = s.botocore.profiles.get(source)
  if (!data)
    return broken(
      'role',
      say`The source_profile "${source}" referenced in the profile "${parent}" does not exist.`,
    )
  const isItself = source === parent && hasKeys(data)
  if (visited.includes(source) && !isItself)
    return broken(
      'role',
      say`Infinite loop in credential configuration detected. Attempting to load from profile ${source} which has already been visited. Visited profiles: ${JSON.stringify(visited).replace(/"/g, "'").replace(/,/g, ', ')}`,
    )
  if (visited.length >= MAX_CHAIN) return broken('role', say`maximum recursion depth exceeded`)
  if (!hasKeys(data) && hasRole(data)) return assume(s, source, [...visited, source])
  return (
    profileSources(s, source, false) ??
    broken('role', say`The source profile "${source}" must have credentials.`)
  )
}

function fromNamed(s: Snapshot, profile: string, source: string): Found | Broken {
  const {env, isEc2} = s
  const nothing = broken(
    'role',
    say`Error when retrieving credentials from ${source}: No credentials found in credential_source referenced in profile ${profile}`,
  )
  switch (source) {
    case 'Environment': {
      const id = env['AWS_ACCESS_KEY_ID']
      if (!id) return nothing
      return env['AWS_SECRET_ACCESS_KEY']
        ? found('environment', {accessKeyId: id})
        : broken('role', say`Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY`)
    }
    case 'EcsContainer': {
      const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
      const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
      if (relative === undefined && full === undefined) return nothing
      const address = relative === undefined ? full! : `http://169.254.170.2${relative}`
      const fault = containerTokenFault(s, pythonOpenFailed)
      if (fault) return fault
      const refusal = botocoreRefusal(address)
      return refusal ? broken('role', refusal) : found('container')
    }
    case 'Ec2InstanceMetadata': {
      const isOff = env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true'
      const isThere = isEc2 || Boolean(env['AWS_EC2_METADATA_SERVICE_ENDPOINT'])
      return isThere && !isOff ? found('instance') : nothing
    }
    default:
      return broken(
        'role',
        say`The credential source "${source}" referenced in profile "${profile}" is not valid.`,
      )
  }
}

/** `ProfileProviderBuilder.providers`. The variables of web identity count only for the profile in force. */
export function profileSources(s: Snapshot, profile: string, withEnvironment: boolean): Step {
  const data = s.botocore.profiles.get(profile) ?? NONE
  return (
    webIdentity(s, profile, data, withEnvironment) ??
    botocoreSso(s, profile, data) ??
    keysOf(s.botocore.credentials.get(profile), profile, 'shared-credentials-file') ??
    login(s, profile, data) ??
    process(s, profile, data) ??
    keysOf(s.botocore.config.get(profile), profile, 'config-file')
  )
}

function webIdentity(s: Snapshot, profile: string, data: Values, withEnvironment: boolean): Step {
  const ofEnv = (name: string) => (withEnvironment ? s.env[name] : undefined)
  const file = ofEnv('AWS_WEB_IDENTITY_TOKEN_FILE') ?? data.get('web_identity_token_file')
  if (!file) return undefined
  const isEnv = ofEnv('AWS_WEB_IDENTITY_TOKEN_FILE') !== undefined
  const source: SourceId = isEnv ? 'web-identity-env' : 'web-identity'
  const whose = isEnv ? {} : {profile}
  const roleArn = ofEnv('AWS_ROLE_ARN') ?? data.get('role_arn')
  if (!roleArn)
    return broken(
      source,
      say`The provided profile or the current environment is configured to assume role with web identity but has no role ARN configured.`,
      {
        ...whose,
        fix: isEnv
          ? say`\`${unsetVariables(['AWS_WEB_IDENTITY_TOKEN_FILE'])}\``
          : say`Add role_arn to ${profile}.`,
      },
    )
  const state = s.named.get(file)
  if (state !== 'readable')
    return broken(source, pythonOpenFailed(file, state), {
      ...whose,
      isLate: true,
      fix: isEnv
        ? say`\`${unsetVariables(['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'])}\``
        : say`Take web_identity_token_file out of the profile ${profile}, or put the file in its place.`,
    })
  return found(source, {...whose, roleArn, caveat: say`AWS STS has to accept the token.`})
}

/** From one file alone: half a pair there is an error, even if the other half stands in the other file. */
function keysOf(data: Values | undefined, profile: string, method: string): Step {
  const id = data?.get('aws_access_key_id')
  if (data === undefined || id === undefined) return undefined
  if (!data.has('aws_secret_access_key'))
    return broken('static', say`Partial credentials found in ${method}, missing: aws_secret_access_key`, {
      profile,
    })
  return found('static', {profile, accessKeyId: id})
}

function login({logins, now}: Snapshot, profile: string, data: Values): Step {
  const session = data.get('login_session')
  if (session === undefined) return undefined
  const token = logins.get(loginCacheName(session))
  const rest = {profile, fix: consoleLogin(profile)}
  if (!token)
    return broken(
      'login',
      say`Error loading login session token: Unable to load a existing login session for session ${session}. Please reauthenticate with 'aws login'.`,
      rest,
    )
  if (token.isDamaged) return broken('login', say`'${loginCacheName(session)}'`, rest)
  const missing = [...token.missing].filter((key) => key !== 'accountId')
  if (missing.length > 0)
    return broken(
      'login',
      say`Error loading login session token: Failed to load access token from token cache, missing required fields: ${missing.join(', ')}.`,
      rest,
    )
  const isDue = !((token.expiresAt ?? NaN) - now > 15 * 60_000)
  return found('login', {
    profile,
    ...(token.accessKeyId === undefined || isDue ? {} : {accessKeyId: token.accessKeyId}),
    ...(token.expiresAt === undefined ? {} : {expiresAt: token.expiresAt}),
    ...(isDue ? {caveat: say`Its credentials are renewed on use; AWS has to allow that.`} : {}),
  })
}

/** Started without a shell: a `~` is a folder of that name to it, and a variable is text. */
function process({named, home}: Snapshot, profile: string, data: Values): Step {
  const command = data.get('credential_process')
  if (command === undefined) return undefined
  if (NO_PROGRAM.test(command))
    return broken(
      'process',
      command.trim() === '' ? say`list index out of range` : pythonOpenFailed('', 'unreadable'),
      {profile, fix: nameProgram(profile)},
    )
  const forShell = /^\s*"?(~\/[^\s"]*|\$[^\s"]*|[A-Za-z_]\w*=[^\s"]*)/.exec(command)?.[1]
  if (forShell !== undefined)
    return broken('process', pythonOpenFailed(forShell, 'missing'), {
      profile,
      fix: say`Name the program with its full path in credential_process of the profile ${profile}.`,
    })
  const program = programOf(command, home)
  const state = program === undefined ? undefined : named.get(program)
  if (program !== undefined && state !== undefined && state !== 'readable')
    return broken('process', pythonOpenFailed(program, state === 'other' ? 'unreadable' : state), {
      profile,
      fix: say`Put a program there that may be run, or mend credential_process of the profile ${profile}.`,
    })
  return found('process', {profile, caveat: say`The program has to answer.`})
}
