/** Whose every profile's credentials are, had in the way in which a deploy would have them. */
import type {VerifiedProfile} from '../../flows/sso/ports.js'
import type {Identity} from '../aws/identity.js'
import type {Network} from '../aws/network.js'
import type {Surroundings} from '../doctor/surroundings.js'
import type {Asked, Diagnosis, ProfileState} from '../doctor/types.js'
import type {SsoSetup} from '../store/sso-setup.js'
import type {Answer, Answers} from '../doctor/verified.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import {parseProfileName, parseRegion} from '../safety/validators.js'
import {environmentKey} from './in-force.js'

/** Profiles that are asked about at the same time. */
const AT_ONCE = 6
/** Roles that stand on roles, at most; a circle ends here too. */
const MAX_ROLES = 8

type Env = NodeJS.ProcessEnv

interface Asking {
  readonly env: Env
  readonly network: Network
  readonly surroundings: Surroundings
  /** What kind of credentials each profile has for the SDK for JavaScript. */
  readonly kinds: ReadonlyMap<string, ProfileState['kind']>
  readonly sso: SsoSetup
  readonly context: WorkContext
}

export interface VerifiedDiagnosis {
  readonly diagnosis: Diagnosis
  readonly answers: Answers
}

/** Asks AWS about the environment and every profile that could work, and judges anew with what is known then. */
export async function verifyDiagnosis(
  asked: Asked,
  env: Env,
  context: WorkContext,
): Promise<VerifiedDiagnosis> {
  const [{diagnose}, {withAnswers}, asking] = await Promise.all([
    import('../doctor/diagnose.js'),
    import('../doctor/verified.js'),
    begin(env, context),
  ])
  const offline = diagnose(asking.surroundings, asked)
  const own = environmentKey(env)
  let skewSeconds: number | undefined
  const identified = async (getKey: () => Promise<AccessKey>, region: RegionName): Promise<Answer> => {
    try {
      const identity = await identify(await getKey(), region, asking)
      if (Math.abs(identity.clockSkewSeconds) > Math.abs(skewSeconds ?? 0))
        skewSeconds = identity.clockSkewSeconds
      return {whose: whoseWords(identity)}
    } catch (error) {
      if (context.signal.aborted) throw error
      return {problem: problemOf(error)}
    }
  }
  const environment = own
    ? await identified(async () => own, regionOf(env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION']))
    : undefined
  const candidates = offline.profiles.filter(({kind, state}) => kind !== 'empty' && state !== 'broken')
  const profiles = new Map<string, Answer>()
  await inParallel(candidates, context, async ({name, region}) => {
    profiles.set(name, await identified(async () => keyOf(name, asking), regionOf(region)))
    context.report(say`${profiles.size} of ${candidates.length} profiles asked about`)
  })
  const answers: Answers = {
    profiles: new Map(
      candidates.flatMap(({name}) => (profiles.has(name) ? [[name, profiles.get(name)!]] : [])),
    ),
    ...(environment ? {environment} : {}),
  }
  const judged = diagnose(asking.surroundings, {
    ...asked,
    ...(skewSeconds === undefined ? {} : {skewSeconds}),
  })
  return {diagnosis: withAnswers(judged, answers), answers}
}

/** The profiles named, read back from disk. */
export async function verifyProfiles(
  names: readonly string[],
  env: Env,
  context: WorkContext,
): Promise<readonly VerifiedProfile[]> {
  const asking = await begin(env, context)
  const found = new Map<string, VerifiedProfile>()
  await inParallel(names, context, async (name) => {
    const region = regionOf(asking.surroundings.javascript.profiles.get(name)?.get('region'))
    try {
      const {accountId, arn} = await identify(await keyOf(name, asking), region, asking)
      found.set(name, {profile: name, accountId, arn})
    } catch (error) {
      if (context.signal.aborted) throw error
      found.set(name, {profile: name, problem: problemOf(error)})
    }
    context.report(say`${found.size} of ${names.length} profiles checked`)
  })
  return names.flatMap((name) => found.get(name) ?? [])
}

async function begin(env: Env, context: WorkContext): Promise<Asking> {
  const [{networkFrom}, {readSurroundings}, {profileStates}, {readSsoSetup}] = await Promise.all([
    import('../aws/network.js'),
    import('../doctor/surroundings.js'),
    import('../doctor/profile-states.js'),
    import('../store/sso-setup.js'),
  ])
  const surroundings = await readSurroundings({env})
  const kinds = new Map(profileStates(surroundings).map(({name, kind}) => [name, kind]))
  const [network, sso] = await Promise.all([networkFrom(env), readSsoSetup(surroundings.paths)])
  return {env, network, surroundings, kinds, sso, context}
}

async function identify(key: AccessKey, region: RegionName, {network, context}: Asking): Promise<Identity> {
  const {verifyIdentity} = await import('../aws/identity.js')
  return verifyIdentity(key, {region, network, signal: context.signal})
}

/** The key that the SDK for JavaScript would come to with this profile. @throws Failure */
async function keyOf(name: string, asking: Asking, depth = 0): Promise<AccessKey> {
  const {surroundings} = asking
  const values = surroundings.javascript.profiles.get(name)
  if (!values || depth > MAX_ROLES) throw new Failure(noKeys(name))
  switch (asking.kinds.get(name)) {
    case 'static':
    case 'temporary':
      return ownKey(name, asking)
    case 'role':
      return roleKey(name, values, asking, depth)
    case 'sso':
      return ssoKey(name, asking)
    case 'process': {
      const {runCredentialProcess} = await import('../aws/credential-process.js')
      const {env, context} = asking
      return runCredentialProcess(values.get('credential_process') ?? '', {
        profile: name,
        env,
        signal: context.signal,
      })
    }
    case 'web-identity':
      return webIdentityKey(name, values, asking)
    default:
      throw new Failure(noKeys(name))
  }
}

async function ownKey(name: string, {surroundings}: Asking): Promise<AccessKey> {
  const {readKeys} = await import('../store/profiles.js')
  const profile = parseProfileName(name)
  const key = profile ? await readKeys(surroundings.paths, profile) : undefined
  if (!key) throw new Failure(noKeys(name))
  return key
}

type Values = ReadonlyMap<string, string>

async function roleKey(name: string, values: Values, asking: Asking, depth: number): Promise<AccessKey> {
  const {assumeRole, needsMfa} = await import('../aws/assume-role.js')
  if (values.get('mfa_serial')) throw new Failure(needsMfa(name))
  const source = values.get('source_profile')
  const env = values.get('credential_source') === 'Environment' ? environmentKey(asking.env) : undefined
  // A profile that names itself stands on its own key.
  const key =
    source === undefined
      ? env
      : source === name
        ? await ownKey(name, asking)
        : await keyOf(source, asking, depth + 1)
  if (!key) throw new Failure(noKeys(name))
  const {network, context} = asking
  return assumeRole(key, wantedRole(values), {
    region: regionOf(values.get('region')),
    network,
    signal: context.signal,
  })
}

function wantedRole(values: Values) {
  const [externalId, sessionName] = [values.get('external_id'), values.get('role_session_name')]
  return {
    roleArn: values.get('role_arn') ?? '',
    ...(externalId === undefined ? {} : {externalId}),
    ...(sessionName === undefined ? {} : {sessionName}),
  }
}

async function webIdentityKey(name: string, values: Values, {network, context}: Asking): Promise<AccessKey> {
  const [{assumeRoleWithWebIdentity}, {readFile}] = await Promise.all([
    import('../aws/assume-role.js'),
    import('node:fs/promises'),
  ])
  const token = await readFile(values.get('web_identity_token_file') ?? '', 'utf8').catch(() => {
    throw new Failure(noKeys(name))
  })
  return assumeRoleWithWebIdentity(new Secret(token.trim()), wantedRole(values), {
    region: regionOf(values.get('region')),
    network,
    signal: context.signal,
  })
}

/** With the sign-in that is in the cache: nobody is sent to a browser here. */
async function ssoKey(name: string, {surroundings, sso, network, context}: Asking): Promise<AccessKey> {
  const [{readToken}, {roleCredentials}, {sessionExpired}] = await Promise.all([
    import('../store/sso-cache.js'),
    import('../aws/sso-portal.js'),
    import('../aws/sso-problems.js'),
  ])
  const profile = sso.profiles.find((each) => each.name === name)
  const session = sso.sessions.find((each) => each.name === profile?.session)?.session
  const {startUrl, accountId, roleName} = profile ?? {}
  if (!startUrl || !accountId || !roleName) throw new Failure(noKeys(name))
  const owner = {startUrl, ...(session ? {name: session.name, region: session.region} : {})}
  const token = await readToken(surroundings.home, owner)
  if (!token || token.expiresAt <= Date.now()) throw new Failure(sessionExpired())
  return (await roleCredentials(token, {accountId, roleName}, {network, signal: context.signal})).key
}

async function inParallel<T>(
  items: readonly T[],
  {signal}: WorkContext,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined && !signal.aborted; item = waiting.shift())
      await work(item)
  }
  await Promise.all(Array.from({length: Math.min(AT_ONCE, items.length)}, worker))
  signal.throwIfAborted()
}

function whoseWords({accountId, arn}: Identity): SafeText {
  return say`account ${accountId}, ${arn}`
}

function regionOf(name: string | undefined): RegionName {
  return parseRegion(name ?? '') ?? parseRegion('us-east-1')!
}

function problemOf(error: unknown): Problem {
  return error instanceof Failure
    ? error.problem
    : {
        code: 'UNEXPECTED',
        what: say`It could not be checked.`,
        why: say`${error instanceof Error ? error.name : 'unknown'}`,
        nextSteps: [say`Try again: \`serverless-setup doctor --verify --debug\``],
      }
}

function noKeys(name: string): Problem {
  return {
    code: 'NO_KEYS_TO_CHECK',
    what: say`The profile ${name} cannot be checked from here.`,
    why: say`It gets its credentials from a place that only another tool or machine reaches.`,
    nextSteps: [say`Try it: \`aws sts get-caller-identity --profile ${name}\``],
  }
}
