/** The keys of a profile, had in the way in which a deploy would have them. */
import {setImmediate} from 'node:timers/promises'
import type {Network} from '../aws/network.js'
import {beginProviders, giveToken, keyByProgram, keyByProvider} from '../aws/profile-provider.js'
import {loginCacheName} from '../credentials/caches.js'
import {placeOfKey} from '../credentials/places.js'
import {programOf, type Snapshot} from '../credentials/snapshot.js'
import {consoleLogin, ssoLogin} from '../credentials/tools/outcome.js'
import type {ProfileState} from '../credentials/types.js'
import type {WorkContext} from '../engine/types.js'
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {DryRunStop} from '../domain/dry-run.js'
import {Failure, type Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {redact} from '../text/redaction.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {SsoToken} from '../domain/sso.js'
import {parseRegion} from '../domain/validators.js'
import type {FoundSsoProfile, SsoSetup} from '../aws-files/sso-setup.js'
import {networkOf} from './network-of.js'
import {SignIns} from './sso-sign-in.js'
import {word} from '../text/shell.js'

/** Credentials of `aws login` that end sooner are renewed by the SDK, in milliseconds. */
const RENEWED_MS = 5 * 60_000

export interface Asking {
  readonly network: Network
  readonly surroundings: Snapshot
  /** What kind of credentials each profile has for the SDK for JavaScript. */
  readonly kinds: ReadonlyMap<string, ProfileState['kind']>
  readonly sso: SsoSetup
  readonly signIns: SignIns
  readonly context: WorkContext
  /**
   * For what only computes. The SDK parses both files for each profile: side by side, those asked for at a time would
   * all be done late and then all wait for AWS; one after the other, one waits while the next is read.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** Fails when the person leaves: the SDK takes no notice. */
  readonly left: Promise<never>
}

/** Reads files only; AWS is asked later. @throws Failure for a network that cannot be used */
export async function beginAsking(surroundings: Snapshot, context: WorkContext): Promise<Asking> {
  const [{networkFrom}, {profileStates}, {readSsoSetup}] = await Promise.all([
    import('../aws/network.js'),
    import('../credentials/profile-states.js'),
    import('../aws-files/sso-setup.js'),
  ])
  const kinds = new Map(profileStates(surroundings).map(({name, kind}) => [name, kind]))
  const [network, sso] = await Promise.all([
    networkFrom(surroundings.env),
    readSsoSetup(surroundings.paths),
    endless(surroundings) ? undefined : beginProviders(context.signal),
  ])
  const signIns = new SignIns({
    home: surroundings.home,
    now: Date.now,
    openPage: async () => ({opened: false}),
  })
  return {network, surroundings, kinds, sso, signIns, context, inTurn: turns(), left: leftBy(context)}
}

/** A pipe or a device in the place of a file: the SDK would read it for ever, and keep the program from ending. */
function endless({credentials, config}: Snapshot): Problem | undefined {
  return [credentials.failure, config.failure].find((problem) => problem?.code === 'NOT_A_FILE')
}

function leftBy({signal}: WorkContext): Promise<never> {
  const left = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), {once: true})
  })
  left.catch(() => undefined)
  return left
}

function turns(): Asking['inTurn'] {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const next = last.then(work)
    // With a look at the network between two of them, as the call that the first is for has to go out.
    last = next.catch(() => undefined).then(async () => setImmediate())
    return next
  }
}

/**
 * The key that a deploy would come to with this profile.
 *
 * @param settings the profile whose settings count on the way there. @throws Failure
 */
export async function keyOf(name: string, asking: Asking, settings = name): Promise<AccessKey> {
  const {surroundings, context} = asking
  const problem = endless(surroundings)
  if (problem) throw new Failure(problem)
  const network = networkOf(settings, asking)
  const base = baseOf(name, asking)
  const sso = asking.kinds.get(base) === 'sso' ? await signedIn(base, asking) : undefined
  if (asking.kinds.get(base) === 'login') refuseOldLogin(base, surroundings)
  const region = regionOf(surroundings.javascript.profiles.get(name)?.get('region'))
  try {
    const provided = async () =>
      keyByProvider(name, {region, network, signal: context.signal, ssoRegion: sso?.token.region})
    const isOffline = ['static', 'temporary'].includes(asking.kinds.get(name) ?? '')
    return await Promise.race([isOffline ? asking.inTurn(provided) : provided(), asking.left])
  } catch (error) {
    if (error instanceof Failure || context.signal.aborted) throw error
    if (sso) return portalKey(sso, asking)
    throw new Failure(
      asking.kinds.get(base) === 'process' ? programFailed(surroundings, base, error) : refused(name, error),
    )
  }
}

/** The same by the program of the profile, whatever else stands in it. @throws Failure */
export async function keyOfProgram(name: string, {surroundings, context, left}: Asking): Promise<AccessKey> {
  const problem = endless(surroundings)
  if (problem) throw new Failure(problem)
  try {
    return await Promise.race([keyByProgram(name), left])
  } catch (error) {
    if (error instanceof Failure || context.signal.aborted) throw error
    throw new Failure(programFailed(surroundings, name, error))
  }
}

/** The profile at the bottom, which has credentials without another's: that of a role, or `name` itself. */
function baseOf(name: string, {surroundings, kinds}: Asking): string {
  const {profiles} = surroundings.javascript
  const seen = new Set<string>()
  let base = name
  while (kinds.get(base) === 'role' && !seen.has(base)) {
    seen.add(base)
    base = profiles.get(base)?.get('source_profile') ?? base
  }
  return base
}

interface SignedIn {
  readonly profile: FoundSsoProfile
  readonly token: SsoToken
}

/** With the sign-in that is in the cache, renewed as a deploy would: nobody is sent to a browser here. */
async function signedIn(name: string, asking: Asking): Promise<SignedIn | undefined> {
  const {surroundings, sso, network, context} = asking
  const profile = sso.profiles.find((each) => each.name === name)
  const session = sso.sessions.find((each) => each.name === profile?.session)?.session
  const id = session?.name ?? profile?.startUrl
  // What is wrong with such a profile, the SDK says.
  if (!profile || id === undefined) return undefined
  const token = session
    ? await asking.signIns.goodToken(session, {network, signal: context.signal}).catch(inDryRun(name))
    : await legacyToken(surroundings.home, id)
  if (!token) throw new Failure(signedOut(name, session?.name))
  await giveToken(id, token)
  return {profile, token}
}

/** Asked once more by a call of our own, which says why it was refused. */
async function portalKey({profile, token}: SignedIn, {network, context}: Asking): Promise<AccessKey> {
  const {roleCredentials} = await import('../aws/sso-portal.js')
  const {accountId = '', roleName = ''} = profile
  return (await roleCredentials(token, {accountId, roleName}, {network, signal: context.signal})).key
}

async function legacyToken(home: string, startUrl: string): Promise<SsoToken | undefined> {
  const {readToken} = await import('../aws-files/sso-cache.js')
  const token = await readToken(home, {startUrl})
  return token && token.expiresAt > Date.now() ? token : undefined
}

function inDryRun(profile: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof DryRunStop ? new Failure(notRenewed(profile)) : error
  }
}

function notRenewed(profile: string): Problem {
  return {
    code: 'SSO_NOT_RENEWED',
    what: say`The sign-in to AWS SSO of the profile ${profile} is to be renewed; a dry run does not renew it.`,
    why: say`The new token would be written to ~/.aws/sso/cache. A deploy renews it by itself.`,
    nextSteps: [say`Ask without a dry run: \`${program()} doctor --verify --profile ${word(profile)}\``],
  }
}

function signedOut(profile: string, session: string | undefined): Problem {
  return {
    code: 'SSO_SESSION_EXPIRED',
    what: say`The AWS SSO session of the profile ${profile} is not signed in.`,
    why: say`There is no token of it here, or its time is over.`,
    nextSteps: [say`Sign in again: ${ssoLogin(profile, session)}`],
  }
}

/** The SDK would renew it here and now, and write it: that is left to the deploy. */
function refuseOldLogin(name: string, {javascript, logins}: Snapshot): void {
  const login = logins.get(loginCacheName(javascript.profiles.get(name)?.get('login_session') ?? ''))
  const expiresAt = login?.expiresAt ?? 0
  if (!(expiresAt > Date.now() + RENEWED_MS)) throw new Failure(loginOver(name))
}

function loginOver(profile: string): Problem {
  return {
    code: 'LOGIN_NOT_SIGNED_IN',
    what: say`The console sign-in of the profile ${profile} has ended.`,
    why: say`Its credentials last 15 minutes; the tool that uses them next renews them, or asks you to sign in.`,
    nextSteps: [say`Sign in again: ${consoleLogin(profile)}`],
  }
}

/** The region to ask in; any would do, the profile's own is the likeliest to be enabled. */
export function regionOf(name: string | undefined): RegionName {
  return parseRegion(name ?? '') ?? parseRegion('us-east-1')!
}

function refused(name: string, error: unknown): Problem {
  const nextStep = say`See what all of them come to: \`${program()} doctor --verify --profile ${word(name)}\``
  return givesNone(say`The profile ${name}`, error, nextStep)
}

/** What the SDK could get nothing from. */
export function givesNone(from: SafeText, error: unknown, nextStep: SafeText): Problem {
  return {
    code: 'NO_KEYS_TO_CHECK',
    what: say`${from} gives no credentials here.`,
    why: say`The AWS SDK says: ${wordsOf(error)}`,
    nextSteps: [nextStep],
  }
}

/** What it prints may be a key, so it is shown to nobody: the person runs it, where it can be seen what it says. */
function programFailed(s: Snapshot, name: string, error: unknown): Problem {
  // It begins with the profile, which is named already.
  const why = wordsOf(error).replace(/^Profile \S+ credential_process /, 'It ')
  const isOver = why.includes('expired credentials')
  const command = s.javascript.profiles.get(name)?.get('credential_process')?.trim()
  const alone = command !== undefined && programOf(command, s.home) === command ? command : undefined
  const place = placeOfKey(s, name, ['credential_process'])
  return {
    code: 'PROCESS_FAILED',
    what: isOver
      ? say`The program of the profile ${name} gave credentials whose time is over.`
      : say`The program of the profile ${name} gave no credentials that can be used.`,
    why: say`${why}`,
    nextSteps: [
      alone === undefined
        ? say`Run what stands behind credential_process${place ? say` (${place})` : ''} yourself, and see what it says: \`aws configure get credential_process --profile ${word(name)}\` prints it`
        : say`Run it yourself, and see what it says: \`${word(alone)}\``,
    ],
  }
}

function wordsOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : '')
}
