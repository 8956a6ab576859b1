/** One profile as the SDK for JavaScript takes it. Written after `resolveProfileData` of its provider-ini. */
import {join} from 'node:path'
import {safe, say, type SafeText} from '../../text/safe-text.js'
import {loginCacheFolder, loginCacheName} from '../caches.js'
import {expiryOf} from '../judge-key.js'
import {programOf, type Snapshot} from '../snapshot.js'
import type {SourceId} from '../types.js'
import type {Values} from '../views.js'
import {javascriptSso} from './javascript-sso.js'
import {checkContainerUrl, containerTokenFault} from './container.js'
import {
  broken,
  consoleLogin,
  found,
  nameProgram,
  NO_PROGRAM,
  openFailed,
  type Broken,
  type Found,
} from './outcome.js'

/** An error with which the chain goes on to its next link. */
interface PassedOver {
  readonly kind: 'passed'
  readonly source?: SourceId
  readonly words: SafeText
  readonly fix?: SafeText
}

export type ProfileResult = Found | Broken | PassedOver

/** Tokens of `aws login` are renewed this long before their end. Milliseconds. */
const LOGIN_MARGIN = 5 * 60_000

/** What source profiles come to, kept for a walk over many profiles. */
export type KnownSources = Map<string, ProfileResult>

export function resolveProfile(
  s: Snapshot,
  name: string,
  canAskMfa: boolean,
  known: KnownSources = new Map(),
): ProfileResult {
  return resolve({s, canAskMfa, known}, name, new Set(), false)
}

interface Walk {
  readonly s: Snapshot
  readonly canAskMfa: boolean
  readonly known: KnownSources
}

/** A longer chain is nobody's: the call stack would end before it. */
const MAX_CHAIN = 500

function resolve(walk: Walk, name: string, visited: Set<string>, isCredentialSource: boolean): ProfileResult {
  const {s} = walk
  const data = s.javascript.profiles.get(name)
  if (data && visited.size > 0 && isStatic(data)) return staticKeys(data, name)
  if (data && (isCredentialSource || isAssumeRole(data))) return role(walk, name, data, visited)
  if (data && isStatic(data)) return staticKeys(data, name)
  if (data?.has('web_identity_token_file') && data.has('role_arn')) return webIdentity(s, name, data)
  if (data?.has('credential_process')) return resolveProcess(s, name)
  if (data && SSO_MARKS.some((key) => data.has(key))) return javascriptSso(s, name, data)
  if (data?.has('login_session')) return login(s, name, data.get('login_session')!)
  return {
    kind: 'passed',
    words: data ? whyNothing(data, name) : say`There is no profile called ${name}.`,
    ...(data ? sourceOfRest(data) : {}),
  }
}

const SSO_MARKS = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name']

function isStatic(data: Values): boolean {
  return data.has('aws_access_key_id') && data.has('aws_secret_access_key')
}

/** A role counts with exactly one of the two ways to its first credentials. */
function isAssumeRole(data: Values): boolean {
  return data.has('role_arn') && data.has('source_profile') !== data.has('credential_source')
}

function staticKeys(data: Values, profile: string): Found {
  const expiresAt = expiryOf(data)
  return found('static', {
    profile,
    accessKeyId: data.get('aws_access_key_id')!,
    ...(expiresAt === undefined ? {} : {expiresAt}),
  })
}

function sourceOfRest(data: Values): {source?: SourceId} {
  if (data.has('role_arn')) return {source: 'role'}
  return data.has('aws_access_key_id') || data.has('aws_secret_access_key') ? {source: 'static'} : {}
}

function whyNothing(data: Values, name: string): SafeText {
  if (data.has('role_arn'))
    return data.has('source_profile')
      ? say`The profile ${name} names both source_profile and credential_source.`
      : say`The profile ${name} has a role_arn, but nothing to take it on with.`
  if (data.has('aws_access_key_id')) return say`The profile ${name} lacks aws_secret_access_key.`
  if (data.has('aws_secret_access_key')) return say`The profile ${name} lacks aws_access_key_id.`
  return say`The profile ${name} has settings only.`
}

function role(walk: Walk, name: string, data: Values, visited: Set<string>): ProfileResult {
  const source = data.get('source_profile')
  const passed = (words: SafeText, fix?: SafeText): PassedOver => ({
    kind: 'passed',
    source: 'role',
    words,
    ...(fix ? {fix} : {}),
  })
  if (source !== undefined && visited.has(source))
    return passed(say`The source_profile of ${name} leads back to ${source}: a circle.`)
  if (source === undefined && !NAMED_SOURCES.includes(data.get('credential_source')!))
    return passed(
      say`credential_source of ${name} is ${data.get('credential_source')}, and only Environment, EcsContainer and Ec2InstanceMetadata are known.`,
    )
  const roleArn = data.get('role_arn')
  const mfa = data.get('mfa_serial')
  if (roleArn !== undefined && mfa !== undefined && !walk.canAskMfa)
    return broken(
      'role',
      safe(`Profile ${name} requires multi-factor authentication, but no MFA code callback was provided.`),
      {profile: name},
    )
  const base =
    source === undefined
      ? namedSource(walk.s, name, data.get('credential_source')!)
      : resolveSource(walk, source, visited)
  if (base.kind !== 'found') {
    if (base.kind === 'broken') return {...base, source: 'role', profile: name}
    return passed(base.words, base.fix)
  }
  // A source that has only credential_source stands for the credentials themselves.
  if (roleArn === undefined) return base
  return found('role', {
    profile: name,
    roleArn,
    base,
    caveat: mfa ? say`The code of ${mfa} is asked for each time.` : say`AWS STS has to allow the role.`,
  })
}

function resolveSource(walk: Walk, source: string, visited: Set<string>): ProfileResult {
  const known = walk.known.get(source)
  if (known) return known
  if (visited.size >= MAX_CHAIN)
    return {kind: 'passed', source: 'role', words: say`More than ${MAX_CHAIN} roles lead to each other.`}
  const result = resolve(walk, source, visited.add(source), isSourceOnly(walk.s, source))
  walk.known.set(source, result)
  return result
}

function isSourceOnly(s: Snapshot, name: string): boolean {
  const data = s.javascript.profiles.get(name)
  return data !== undefined && !data.has('role_arn') && data.has('credential_source')
}

const NAMED_SOURCES = ['EcsContainer', 'Ec2InstanceMetadata', 'Environment']

function namedSource(s: Snapshot, name: string, source: string): Found | Broken | PassedOver {
  const {env, isEc2} = s
  if (source === 'Ec2InstanceMetadata')
    return isEc2 || env['AWS_EC2_METADATA_SERVICE_ENDPOINT']
      ? found('instance')
      : {kind: 'passed', words: say`${name} wants the role of an EC2 instance, and this is none.`}
  if (source === 'EcsContainer') {
    const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
    const address = relative ? `http://169.254.170.2${relative}` : env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
    const fault = address && !checkContainerUrl(address) && containerTokenFault(s, openFailed)
    if (fault) return fault
    return address && !checkContainerUrl(address)
      ? found('container')
      : {kind: 'passed', words: say`${name} wants a container's credentials, and no container is here.`}
  }
  const id = env['AWS_ACCESS_KEY_ID']
  return id && env['AWS_SECRET_ACCESS_KEY']
    ? found('environment', {accessKeyId: id})
    : {kind: 'passed', words: say`${name} wants the keys of the environment, and they are not set.`}
}

function webIdentity({named}: Snapshot, profile: string, data: Values): Found | Broken {
  const file = data.get('web_identity_token_file')!
  const state = named.get(file)
  if (state === 'readable')
    return found('web-identity', {
      profile,
      roleArn: data.get('role_arn')!,
      caveat: say`AWS STS has to accept the token.`,
    })
  return broken('web-identity', openFailed(file, state), {
    profile,
    fix: say`Take web_identity_token_file out of the profile ${profile}, or put the file in its place.`,
  })
}

/** What the program answers is not known before it is run; that it is not there, is. */
export function resolveProcess({javascript, named, home}: Snapshot, profile: string): ProfileResult {
  const command = javascript.profiles.get(profile)?.get('credential_process')
  if (command === undefined) return {kind: 'passed', words: say`There is no credential_process.`}
  if (NO_PROGRAM.test(command))
    return {
      kind: 'passed',
      source: 'process',
      words: say`credential_process of the profile ${profile} names no program.`,
      fix: nameProgram(profile),
    }
  const program = programOf(command, home)
  const state = program === undefined ? undefined : named.get(program)
  if (state !== undefined && state !== 'readable')
    return {
      kind: 'passed',
      source: 'process',
      words: say`The program ${program} ${state === 'missing' ? 'is not there' : 'may not be run'}.`,
      fix: say`Put a program there that may be run, or mend credential_process of the profile ${profile}.`,
    }
  return found('process', {profile, caveat: say`The program has to answer.`})
}

function login({logins, now, home, env}: Snapshot, profile: string, session: string): Found | Broken {
  const token = logins.get(loginCacheName(session))
  const rest = {profile, fix: consoleLogin(profile)}
  if (!token) {
    const path = join(loginCacheFolder(env, home), `${loginCacheName(session)}.json`)
    return broken(
      'login',
      say`Failed to load token from ${path}: Error: ENOENT: no such file or directory, open '${path}'`,
      rest,
    )
  }
  if (token.isDamaged)
    return broken('login', say`Failed to load token from ${token.path}: it is no JSON of a sign-in.`, rest)
  if (token.missing.size > 0)
    return broken(
      'login',
      say`Failed to load token from ${token.path}: CredentialsProviderError: Token validation failed, missing fields: ${[...token.missing].join(', ')}`,
      rest,
    )
  const left = (token.expiresAt ?? NaN) - now
  const isDue = !(left > LOGIN_MARGIN)
  return found('login', {
    profile,
    ...(token.accessKeyId === undefined || isDue ? {} : {accessKeyId: token.accessKeyId}),
    ...(token.expiresAt === undefined ? {} : {expiresAt: token.expiresAt}),
    ...(isDue ? {caveat: say`Its credentials are renewed on use; AWS has to allow that.`} : {}),
  })
}
