import type {KnownProfile} from '../../flows/local-profile/ports.js'
import type {AccessKey, ProfileName, RegionName} from '../safety/access-key.js'
import {maskAccessKeyId} from '../safety/credentials-text.js'
import type {Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say, safe, type SafeText} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import {parseAccessKeyId, parseProfileName, parseRegion} from '../safety/validators.js'
import {readKeys, type ProfileSummary, type ProfileSurvey} from '../store/profiles.js'
import type {AwsFiles} from '../store/locations.js'
import {shownPath} from '../store/shown-path.js'
import {unreadable} from './unreadable.js'

/** The credentials that Serverless Framework would use now. */
export interface KeysInForce {
  readonly source: SafeText
  readonly profile?: string
  /** Why it cannot work. */
  readonly problem?: Problem
  /** Absent where the profile has no key of its own: a role, AWS SSO, a program. */
  readonly key?: AccessKey
}

/**
 * What the standard chain of the AWS SDK for JavaScript, which Serverless Framework uses, comes to first: with
 * AWS_PROFILE set the keys of the environment are skipped; without it they come first; then the default profile.
 */
export async function keysInForce(
  env: NodeJS.ProcessEnv,
  files: AwsFiles,
  {profiles}: ProfileSurvey,
): Promise<KeysInForce | undefined> {
  const named = env['AWS_PROFILE']
  if (!named) {
    const key = environmentKey(env)
    if (key) return {source: say`environment variables (${maskAccessKeyId(key.accessKeyId)})`, key}
  }
  const profile = named ?? 'default'
  const found = profiles.find(({name}) => name === profile)
  // Settings alone are no credentials.
  if (!found || isEmpty(found)) return undefined
  const isStatic =
    found.kinds.some((kind) => kind === 'static' || kind === 'temporary') && !found.kinds.includes('role')
  const name = parseProfileName(profile)
  const key = isStatic && name ? await readKeys(files, name) : undefined
  const why = named ? say`profile ${profile} (AWS_PROFILE)` : say`profile ${profile}`
  return key
    ? {source: say`${why}, ${maskAccessKeyId(key.accessKeyId)}`, profile, key}
    : {
        source: say`${why}, ${kindOf(found)}`,
        profile,
        ...(isHalf(found) ? {problem: halfKeyPair(found)} : {}),
      }
}

function isEmpty({kinds}: ProfileSummary): boolean {
  return kinds.every((kind) => kind === 'empty')
}

function isHalf({kinds}: ProfileSummary): boolean {
  return kinds.every((kind) => kind === 'partial')
}

function halfKeyPair({name, accessKeyId}: ProfileSummary): Problem {
  return {
    code: 'HALF_KEY_PAIR',
    what: accessKeyId
      ? say`Profile ${name} has a key ID but no secret: it cannot work.`
      : say`Profile ${name} has a secret but no key ID: it cannot work.`,
    why: say`An access key is a pair, and AWS takes neither half alone.`,
    nextSteps: [say`Give it a whole key: \`${program()} --path local --profile ${name}\``],
  }
}

/** The key in the environment, where it is whole. */
export function environmentKey(env: NodeJS.ProcessEnv): AccessKey | undefined {
  const accessKeyId = parseAccessKeyId(env['AWS_ACCESS_KEY_ID'] ?? '')
  const secret = env['AWS_SECRET_ACCESS_KEY']
  if (!accessKeyId || !secret) return undefined
  const token = env['AWS_SESSION_TOKEN']
  return {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    ...(token ? {sessionToken: new Secret(token)} : {}),
  }
}

export function knownProfiles({profiles}: ProfileSurvey, files: AwsFiles): readonly KnownProfile[] {
  return profiles.map((profile) => {
    const place = profile.where[0]
    const keyId = profile.accessKeyId ? parseAccessKeyId(profile.accessKeyId) : undefined
    return {
      name: profile.name,
      kind: kindOf(profile),
      hasKey: profile.kinds.some((kind) => kind === 'static' || kind === 'temporary'),
      ...(isEmpty(profile) ? {isEmpty: true} : {}),
      ...(isHalf(profile) ? {isHalf: true} : {}),
      where: place ? say`${shownPath(place.file, files.home)}:${place.line}` : say``,
      ...(keyId ? {maskedKeyId: maskAccessKeyId(keyId)} : {}),
      ...(profile.region ? {region: profile.region} : {}),
    }
  })
}

/** The first thing that is wrong with the files, as far as it keeps a tool from reading them. */
export function fileProblem(survey: ProfileSurvey, files: AwsFiles): Problem | undefined {
  for (const state of survey.files) {
    if (state.failure)
      return state.failure.code === 'PERMISSION_DENIED' ? unreadable(files, state.role) : state.failure
    const fatal = state.problems.find(({severity}) => severity === 'fatal')
    if (!fatal) continue
    return {
      code: fatal.code,
      what: say`${shownPath(state.path, files.home)}, line ${fatal.line}: ${fatal.what}`,
      why: say`It keeps these from reading the file: ${fatal.hurts}.`,
      nextSteps: [fatal.mend],
    }
  }
  return undefined
}

/** The region to ask STS in: any of the partition would do, the profile's own is the likeliest to be enabled. */
export function regionInForce(
  env: NodeJS.ProcessEnv,
  {profiles}: ProfileSurvey,
  profile: ProfileName | undefined,
): RegionName {
  const own = profiles.find(({name}) => name === profile)?.region
  return parseRegion(own ?? env['AWS_REGION'] ?? '') ?? parseRegion('us-east-1')!
}

const KINDS: Record<ProfileSummary['kinds'][number], SafeText> = {
  static: say`access key`,
  temporary: say`temporary key`,
  role: say`a role`,
  sso: say`AWS SSO`,
  process: say`a program (credential_process)`,
  'web-identity': say`a web identity`,
  login: say`aws login`,
  partial: say`half a key pair`,
  empty: say`settings only`,
}

function kindOf({kinds}: ProfileSummary): SafeText {
  return safe(kinds.map((kind) => KINDS[kind]).join(', '))
}
