/** The keys of a profile, had in the way in which a deploy would have them. */
import type {Network} from '../aws/network.js'
import {environmentKey, profileKey} from '../credentials/access-key.js'
import type {Snapshot} from '../credentials/snapshot.js'
import type {ProfileState} from '../credentials/types.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import type {SsoToken} from '../safety/sso.js'
import {parseAccessKeyId, parseRegion} from '../safety/validators.js'
import type {SsoSetup} from '../store/sso-setup.js'
import {SignIns} from './sso-sign-in.js'

/** Roles that stand on roles, at most; a circle ends here too. */
const MAX_ROLES = 8

export interface Asking {
  readonly env: NodeJS.ProcessEnv
  readonly network: Network
  readonly surroundings: Snapshot
  /** What kind of credentials each profile has for the SDK for JavaScript. */
  readonly kinds: ReadonlyMap<string, ProfileState['kind']>
  readonly sso: SsoSetup
  readonly signIns: SignIns
  readonly context: WorkContext
}

/** Reads files only; AWS is asked later. @throws Failure for a network that cannot be used */
export async function beginAsking(surroundings: Snapshot, context: WorkContext): Promise<Asking> {
  const {env} = surroundings
  const [{networkFrom}, {profileStates}, {readSsoSetup}] = await Promise.all([
    import('../aws/network.js'),
    import('../credentials/profile-states.js'),
    import('../store/sso-setup.js'),
  ])
  const kinds = new Map(profileStates(surroundings).map(({name, kind}) => [name, kind]))
  const [network, sso] = await Promise.all([networkFrom(env), readSsoSetup(surroundings.paths)])
  const signIns = new SignIns({
    home: surroundings.home,
    now: Date.now,
    openPage: async () => ({opened: false}),
  })
  return {env, network, surroundings, kinds, sso, signIns, context}
}

/** The key that the SDK for JavaScript would come to with this profile. @throws Failure */
export async function keyOf(name: string, asking: Asking, depth = 0): Promise<AccessKey> {
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
    case 'login':
      return loginKey(name, values, asking)
    default:
      throw new Failure(noKeys(name))
  }
}

async function ownKey(name: string, {surroundings}: Asking): Promise<AccessKey> {
  const key = profileKey(surroundings, name)
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

/** With the sign-in that is in the cache, renewed as a deploy would: nobody is sent to a browser here. */
async function ssoKey(name: string, asking: Asking): Promise<AccessKey> {
  const {surroundings, sso, network, context} = asking
  const {roleCredentials} = await import('../aws/sso-portal.js')
  const profile = sso.profiles.find((each) => each.name === name)
  const session = sso.sessions.find((each) => each.name === profile?.session)?.session
  const {startUrl, accountId, roleName} = profile ?? {}
  if (!startUrl || !accountId || !roleName) throw new Failure(noKeys(name))
  const calling = {network, signal: context.signal}
  const token = session
    ? await asking.signIns.goodToken(session, calling)
    : await legacyToken(surroundings.home, startUrl)
  if (!token) throw new Failure(signedOut(name, session?.name))
  return (await roleCredentials(token, {accountId, roleName}, calling)).key
}

async function legacyToken(home: string, startUrl: string): Promise<SsoToken | undefined> {
  const {readToken} = await import('../store/sso-cache.js')
  const token = await readToken(home, {startUrl})
  return token && token.expiresAt > Date.now() ? token : undefined
}

function signedOut(profile: string, session: string | undefined): Problem {
  return {
    code: 'SSO_SESSION_EXPIRED',
    what: say`The AWS SSO session of the profile ${profile} is not signed in.`,
    why: say`There is no token of it here, or its time is over.`,
    nextSteps: [
      session === undefined
        ? say`Sign in again: \`aws sso login --profile ${profile}\``
        : say`Sign in again: \`${program()} sso login --session ${session}\``,
    ],
  }
}

/** The credentials that `aws login` has left here, while they last. Source: the SDK's credential-provider-login. */
async function loginKey(name: string, values: Values, {surroundings, env}: Asking): Promise<AccessKey> {
  const [{createHash}, {readFile}, {join}] = await Promise.all([
    import('node:crypto'),
    import('node:fs/promises'),
    import('node:path'),
  ])
  const folder = env['AWS_LOGIN_CACHE_DIRECTORY'] ?? join(surroundings.home, '.aws', 'login', 'cache')
  const file = `${createHash('sha256')
    .update(values.get('login_session') ?? '')
    .digest('hex')}.json`
  const text = await readFile(join(folder, file), 'utf8').catch(() => '')
  const key = loginKeyIn(text)
  if (!key) throw new Failure(loginOver(name))
  return key
}

function loginKeyIn(text: string): AccessKey | undefined {
  try {
    const {accessToken} = JSON.parse(text) as {accessToken?: Record<string, unknown>}
    const {accessKeyId, secretAccessKey, sessionToken, expiresAt} = accessToken ?? {}
    const id = parseAccessKeyId(String(accessKeyId))
    const isGood = Date.parse(String(expiresAt)) > Date.now()
    if (!id || !isGood || typeof secretAccessKey !== 'string' || typeof sessionToken !== 'string')
      return undefined
    return {
      accessKeyId: id,
      secretAccessKey: new Secret(secretAccessKey),
      sessionToken: new Secret(sessionToken),
    }
  } catch {
    return undefined
  }
}

function loginOver(profile: string): Problem {
  return {
    code: 'LOGIN_NOT_SIGNED_IN',
    what: say`The console sign-in of the profile ${profile} has ended.`,
    why: say`Its credentials last 15 minutes; the tool that uses them next renews them, or asks you to sign in.`,
    nextSteps: [say`Sign in again: \`aws login --profile ${profile}\``],
  }
}

/** The region to ask in; any would do, the profile's own is the likeliest to be enabled. */
export function regionOf(name: string | undefined): RegionName {
  return parseRegion(name ?? '') ?? parseRegion('us-east-1')!
}

function noKeys(name: string): Problem {
  return {
    code: 'NO_KEYS_TO_CHECK',
    what: say`The profile ${name} cannot be checked from here.`,
    why: say`It gets its credentials from a place that only another tool or machine reaches.`,
    nextSteps: [say`Try it: \`aws sts get-caller-identity --profile ${name}\``],
  }
}
