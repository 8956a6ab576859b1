import type {PlannedChange} from '../../flows/change/ports.js'
import type {
  KnownSession,
  KnownSsoProfile,
  SignedIn,
  SignIn,
  SignInRequest,
  SsoPorts,
  VerifiedProfile,
} from '../../flows/sso/ports.js'
import type {BrowserAttempt, DeviceAttempt, SsoContext} from '../aws/sso-types.js'
import {duration, validity} from '../doctor/time-words.js'
import type {WorkContext} from '../engine/types.js'
import type {OpenPageResult} from '../safety/browser.js'
import {Failure} from '../safety/problem.js'
import {say, type SafeText} from '../safety/safe-text.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../safety/sso.js'
import type {AwsFiles} from '../store/locations.js'
import type {Plan} from '../store/plan.js'
import type {FoundSsoProfile} from '../store/sso-setup.js'
import {plannedChange, shownPath} from './shown.js'
import {signInWay} from './sign-in-way.js'

export interface SsoWiring {
  readonly env: NodeJS.ProcessEnv
  readonly files: AwsFiles
  readonly isBrowserOff: boolean
  readonly canDeploy: () => Promise<boolean>
  readonly lastRegion: () => Promise<string | undefined>
  openPage(url: string): Promise<OpenPageResult>
  /** Whose the profiles are, read back from disk. */
  verify(profiles: readonly string[], context: WorkContext): Promise<readonly VerifiedProfile[]>
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** A token that ends sooner than this is renewed first, in milliseconds. The SDK for JavaScript waits as long. */
const SOON_MS = 5 * 60_000

type Attempt = (DeviceAttempt | BrowserAttempt) & {readonly registration: SsoRegistration}

/** The ports of signing in, connected to AWS, the cache and the files. Tokens never leave this room but to disk. */
export function ssoPorts(wiring: SsoWiring): SsoPorts {
  const {env, files, now = Date.now} = wiring
  const {home} = files
  /** Signed in during this run, not necessarily kept yet. */
  const tokens = new Map<string, SsoToken>()
  const registrations = new Map<string, SsoRegistration>()
  const attempts = new Map<string, Attempt>()

  const contextOf = async ({signal, report}: WorkContext): Promise<SsoContext> => {
    const {networkFrom} = await import('../aws/network.js')
    return {network: await networkFrom(env), signal, report}
  }
  const tokenOf = async (session: SsoSession): Promise<SsoToken | undefined> => {
    const {readToken} = await import('../store/sso-cache.js')
    return tokens.get(session.name) ?? (await readToken(home, session))
  }
  const requireToken = async (session: SsoSession): Promise<SsoToken> => {
    const token = await tokenOf(session)
    if (!token) throw new Failure(notSignedIn(session))
    return token
  }
  const until = (token: SsoToken): SafeText => say`valid ${validity(token.expiresAt, now())}`
  const keep = async (session: SsoSession): Promise<SafeText> => {
    const {tokenPath, writeRegistration, writeToken} = await import('../store/sso-cache.js')
    const token = tokens.get(session.name)
    const registration = registrations.get(session.name)
    if (registration) await writeRegistration(home, session, registration)
    if (token) await writeToken(home, session, token)
    return shownPath(tokenPath(home, session), home)
  }
  const isValid = (token: SsoToken) => token.expiresAt > now() + SOON_MS

  return {
    openPage: wiring.openPage,

    ssoSurvey: async () => {
      const [{readSsoSetup}, canDeploy, lastRegion] = await Promise.all([
        import('../store/sso-plan.js'),
        wiring.canDeploy(),
        wiring.lastRegion(),
      ])
      const setup = await readSsoSetup(files)
      const {isOfSession} = await import('../store/sso-setup.js')
      const {surveyProfiles} = await import('../store/profiles.js')
      const {profiles} = await surveyProfiles(files)
      const {way, why} = signInWay({env, isBrowserOff: wiring.isBrowserOff})
      const sessions = await Promise.all(
        setup.sessions.flatMap(({session, where}) =>
          session === undefined
            ? []
            : [
                tokenOf(session).then((token): KnownSession => ({
                  session,
                  where: say`${shownPath(where.file, home)}:${where.line}`,
                  profiles: setup.profiles.filter((each) => isOfSession(each, session)).flatMap(knownProfile),
                  ...tokenState(token, now()),
                })),
              ],
        ),
      )
      return {
        sessions,
        takenNames: profiles.map(({name}) => name),
        way,
        wayWhy: why,
        canDeploy,
        ...(lastRegion === undefined ? {} : {lastRegion}),
      }
    },

    beginSignIn: async (request, context) => {
      const {session, isForced = false} = request
      const sso = await contextOf(context)
      if (!isForced) {
        const token = await reuse(session, sso)
        if (token) return {kind: 'signed-in', until: until(token)}
      }
      return begin(request, sso)
    },

    awaitSignIn: async (session, context): Promise<SignedIn> => {
      const attempt = attempts.get(session.name)
      if (!attempt) throw new Error('No sign-in was begun.')
      const sso = await contextOf(context)
      const {awaitDevice} = await import('../aws/sso-device.js')
      const token =
        attempt.kind === 'browser'
          ? await attempt.finish(sso)
          : await awaitDevice(session, attempt.registration, attempt, sso)
      attempts.delete(session.name)
      tokens.set(session.name, token)
      registrations.set(session.name, attempt.registration)
      return {until: until(token)}
    },

    listAccess: async (session, context) => {
      const token = await requireToken(session)
      const sso = await contextOf(context)
      const [{listAccounts, listAllRoles}, {compareSso, readSsoSetup}] = await Promise.all([
        import('../aws/sso-portal.js'),
        import('../store/sso-plan.js'),
      ])
      const accounts = await listAccounts(token, sso)
      const roles = await listAllRoles(token, accounts, sso)
      const names = new Map(accounts.map((account) => [account.accountId, account]))
      const found = roles
        .map(({accountId, roleName}) => {
          const {name, email} = names.get(accountId) ?? {}
          return {
            accountId,
            roleName,
            ...(name === undefined ? {} : {accountName: name}),
            ...(email === undefined ? {} : {email}),
          }
        })
        .toSorted(inOrder)
      const {unchanged, added, changed, vanished} = compareSso(await readSsoSetup(files), session, found)
      return {
        found,
        comparison: {
          unchanged: unchanged.flatMap(knownProfile),
          added,
          changed: changed.flatMap(knownProfile),
          vanished: vanished.flatMap(knownProfile),
        },
      }
    },

    planSso: async (change) => {
      const {planSso} = await import('../store/sso-plan.js')
      return plannedChange(await planSso(change, files), files)
    },

    writeSso: async (plan: PlannedChange, session, context, {isInPlace = false} = {}) => {
      const {commitPlan} = await import('../store/save.js')
      const {warnings} = await commitPlan(plan as unknown as Plan, {signal: context.signal, isInPlace})
      await keep(session)
      return warnings
    },

    keepToken: keep,

    verifySso: async (profiles, context) => wiring.verify(profiles, context),

    signOut: async (sessions, context) => {
      const sso = await contextOf(context)
      const [{signOut}, {deleteToken}] = await Promise.all([
        import('../aws/sso-portal.js'),
        import('../store/sso-cache.js'),
      ])
      const lines: SafeText[] = []
      for (const session of sessions) {
        const token = await tokenOf(session)
        // AWS may not be reached, or have ended the session already: the token here goes in any case.
        const isEnded = token
          ? await signOut(token, sso).then(
              () => true,
              () => false,
            )
          : true
        await deleteToken(home, session)
        tokens.delete(session.name)
        lines.push(
          isEnded
            ? say`Signed out of ${session.name}`
            : say`${session.name}: the token here is deleted; AWS could not be told and ends it by itself`,
        )
      }
      return lines
    },
  }

  /** A session that is here already: valid as it is, or renewed without a browser. */
  async function reuse(session: SsoSession, sso: SsoContext): Promise<SsoToken | undefined> {
    const token = await tokenOf(session)
    if (!token) return undefined
    if (isValid(token)) return token
    if (!token.refreshToken) return undefined
    const {readToken, withTokenLock, writeToken} = await import('../store/sso-cache.js')
    const {refresh} = await import('../aws/sso-oidc.js')
    const renew = async () => {
      // Another run may have had it renewed meanwhile.
      const latest = (await readToken(home, session)) ?? token
      if (isValid(latest)) return latest
      const renewed = await refresh(latest, sso)
      // A refresh token may be good for one use: the new one is kept at once.
      await writeToken(home, session, renewed)
      tokens.set(session.name, renewed)
      return renewed
    }
    try {
      return await withTokenLock(home, session, renew, sso.signal)
    } catch (error) {
      const isOver = error instanceof Failure && error.problem.code === 'SSO_SESSION_EXPIRED'
      if (isOver) return undefined
      throw error
    }
  }

  async function begin({session, way}: SignInRequest, sso: SsoContext): Promise<SignIn> {
    const registration = await registered(session, way, sso)
    if (way === 'browser') {
      const {startBrowser} = await import('../aws/sso-browser.js')
      const attempt = await startBrowser(session, registration, sso)
      attempts.set(session.name, {...attempt, registration})
      return {
        kind: 'waiting',
        way,
        page: attempt.url,
        opened: openedWords(await wiring.openPage(attempt.url)),
        lasts: duration(attempt.expiresAt - now()),
      }
    }
    const {startDevice} = await import('../aws/sso-device.js')
    const attempt = await startDevice(session, registration, sso)
    attempts.set(session.name, {...attempt, registration})
    return {
      kind: 'waiting',
      way,
      page: attempt.verificationUriComplete,
      shortPage: attempt.verificationUri,
      code: attempt.userCode,
      opened: openedWords(await wiring.openPage(attempt.verificationUriComplete)),
      lasts: duration(attempt.expiresAt - now()),
    }
  }

  async function registered(
    session: SsoSession,
    way: SignInRequest['way'],
    sso: SsoContext,
  ): Promise<SsoRegistration> {
    const {readRegistration} = await import('../store/sso-cache.js')
    const kept = await readRegistration(home, session, way)
    if (kept && kept.expiresAt > now() + SOON_MS) return kept
    const {register} = await import('../aws/sso-oidc.js')
    return register(session, way, sso)
  }
}

/** A profile without account or role is another tool's. */
function knownProfile({name, accountId, roleName, region}: FoundSsoProfile): KnownSsoProfile[] {
  if (accountId === undefined || roleName === undefined) return []
  return [{name, accountId, roleName, ...(region === undefined ? {} : {region})}]
}

function openedWords({opened, reason}: OpenPageResult): SafeText {
  return opened ? say`The page was opened in your browser.` : say`Open the page yourself. ${reason ?? ''}`
}

function tokenState(token: SsoToken | undefined, now: number): Pick<KnownSession, 'token' | 'tokenWords'> {
  if (!token) return {token: 'none', tokenWords: say`not signed in`}
  if (token.expiresAt > now)
    return {token: 'valid', tokenWords: say`signed in, valid ${validity(token.expiresAt, now)}`}
  const {refreshToken, registration} = token
  return refreshToken && registration && registration.expiresAt > now
    ? {token: 'refreshable', tokenWords: say`signed in; renewed by itself when it is used`}
    : {token: 'expired', tokenWords: say`signed out: it ${validity(token.expiresAt, now)}`}
}

interface Named {
  readonly accountId: string
  readonly accountName?: string
  readonly roleName: string
}

/** By name as a person reads it; accounts without one come last. */
function inOrder(one: Named, other: Named): number {
  const name = ({accountName}: Named) => accountName?.toLowerCase() ?? '\uffff'
  return (
    compare(name(one), name(other)) ||
    compare(one.accountId, other.accountId) ||
    compare(one.roleName, other.roleName)
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function notSignedIn({name}: SsoSession) {
  return {
    code: 'SSO_SESSION_EXPIRED',
    what: say`The session ${name} is not signed in.`,
    why: say`There is no token of it in the cache.`,
    nextSteps: [say`Sign in: \`serverless-setup sso login --session ${name}\``],
  }
}
