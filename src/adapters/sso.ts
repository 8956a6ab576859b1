import type {KnownSession, KnownSsoProfile, SsoPorts, VerifiedProfile} from '../../flows/sso/ports.js'
import type {SsoContext} from '../aws/sso-types.js'
import {readSnapshot} from '../credentials/snapshot.js'
import {validity} from '../text/time.js'
import type {WorkContext} from '../engine/types.js'
import type {OpenPageResult} from './browser.js'
import {Failure, type Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {SsoSession, SsoToken} from '../domain/sso.js'
import type {AwsFiles} from '../files/locations.js'
import type {FoundSsoProfile} from '../aws-files/sso-setup.js'
import {shownPath} from '../files/shown-path.js'
import {commitChange, plannedChange} from './plans.js'
import {SignIns} from './sso-sign-in.js'
import {signInWay} from './sign-in-way.js'
import {word} from '../text/shell.js'

export interface SsoWiring {
  readonly env: NodeJS.ProcessEnv
  readonly files: AwsFiles
  readonly isBrowserOff: boolean
  readonly canDeploy: () => Promise<boolean>
  readonly usualRegion: () => Promise<string | undefined>
  openPage(url: string): Promise<OpenPageResult>
  /** Whose the profiles are, read back from disk. */
  verify(profiles: readonly string[], context: WorkContext): Promise<readonly VerifiedProfile[]>
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** The ports of signing in, connected to AWS, the cache and the files. */
export function ssoPorts(wiring: SsoWiring): Omit<SsoPorts, 'nextStep'> {
  const {env, files, now = Date.now} = wiring
  const {home} = files
  const signIns = new SignIns({home, now, openPage: wiring.openPage})
  const contextOf = async ({signal, report}: WorkContext): Promise<SsoContext> => {
    const {networkFrom} = await import('../aws/network.js')
    return {network: await networkFrom(env), signal, report}
  }
  const requireToken = async (session: SsoSession): Promise<SsoToken> => {
    const token = await signIns.token(session)
    if (!token) throw new Failure(notSignedIn(session))
    return token
  }
  return {
    openPage: wiring.openPage,

    ssoSurvey: async () => {
      const [{readSsoSetup}, canDeploy, usualRegion] = await Promise.all([
        import('../aws-files/sso-plan.js'),
        wiring.canDeploy(),
        wiring.usualRegion(),
      ])
      const setup = await readSsoSetup(files)
      const {isOfSession} = await import('../aws-files/sso-setup.js')
      const {javascript, botocore} = await readSnapshot({env})
      const {way, why} = signInWay({env, isBrowserOff: wiring.isBrowserOff})
      const sessions = await Promise.all(
        setup.sessions.flatMap(({session, where}) =>
          session === undefined
            ? []
            : [
                signIns.token(session).then((token): KnownSession => ({
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
        takenNames: [...new Set([...javascript.profiles.keys(), ...botocore.profiles.keys()])],
        way,
        wayWhy: why,
        canDeploy,
        ...(usualRegion === undefined ? {} : {usualRegion}),
      }
    },

    beginSignIn: async (request, context) => signIns.begin(request, await contextOf(context)),

    awaitSignIn: async (session, context) => signIns.finish(session, await contextOf(context)),

    listAccess: async (session, context) => {
      const token = await requireToken(session)
      const sso = await contextOf(context)
      const [{listAccounts, listAllRoles}, {compareSso, readSsoSetup}] = await Promise.all([
        import('../aws/sso-portal.js'),
        import('../aws-files/sso-plan.js'),
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
      const {planSso} = await import('../aws-files/sso-plan.js')
      return plannedChange(await planSso(change, files), home)
    },

    writeSso: async (plan, session, context, options) => {
      const warnings = await commitChange(plan, context, options)
      await signIns.keep(session)
      return warnings
    },

    keepToken: async (session) => signIns.keep(session),

    verifySso: async (profiles, context) => wiring.verify(profiles, context),

    signOut: async (sessions, context) => {
      const sso = await contextOf(context)
      const lines: SafeText[] = []
      for (const session of sessions)
        lines.push(
          (await signIns.end(session, sso))
            ? say`Signed out of ${session.name}`
            : say`${session.name}: the token here is deleted; AWS could not be told and ends it by itself`,
        )
      return lines
    },
  }
}

/** A profile without account or role is another tool's. */
function knownProfile({name, accountId, roleName, region}: FoundSsoProfile): KnownSsoProfile[] {
  if (accountId === undefined || roleName === undefined) return []
  return [{name, accountId, roleName, ...(region === undefined ? {} : {region})}]
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

function notSignedIn({name}: SsoSession): Problem {
  return {
    code: 'SSO_SESSION_EXPIRED',
    what: say`The session ${name} is not signed in.`,
    why: say`There is no token of it in the cache.`,
    nextSteps: [say`Sign in: \`${program()} sso login --session ${word(name)}\``],
  }
}
