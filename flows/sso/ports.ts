import type {Verdict, WorkContext} from '../../src/engine/types.js'
import type {ProfileName, RegionName} from '../../src/domain/access-key.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {SsoSession} from '../../src/domain/sso.js'
import type {PlannedChange, WriteOptions} from '../change/ports.js'
import type {NextStepPorts} from '../next-step.js'

/** What signing in with IAM Identity Center asks of the world. */
export interface SsoPorts extends NextStepPorts {
  /** Opens a page in the person's browser. Never fails: the URL stands on the screen in any case. */
  openPage(url: string): Promise<{readonly opened: boolean; readonly reason?: SafeText}>
  /** The sessions and SSO profiles on this machine, and how a sign-in is best done here. Reads files only. */
  ssoSurvey(): Promise<SsoSurvey>
  /**
   * Uses a session that is still valid or can be refreshed; else begins a sign-in and opens its page. The token stays
   * behind the port.
   */
  beginSignIn(request: SignInRequest, context: WorkContext): Promise<SignIn>
  /** Waits for the person to finish the sign-in that was begun. */
  awaitSignIn(session: SsoSession, context: WorkContext): Promise<SignedIn>
  /** Every account and role of the person who signed in, sorted; and how they compare with the profiles here. */
  listAccess(session: SsoSession, context: WorkContext): Promise<AccessList>
  /** What would be written for these profiles. */
  planSso(change: SsoChange): Promise<PlannedChange>
  /** Writes the plan, and then the token of the session into its cache. */
  writeSso(
    plan: PlannedChange,
    session: SsoSession,
    context: WorkContext,
    options?: WriteOptions,
  ): Promise<readonly Problem[]>
  /** Keeps the token of the session in the cache that all AWS tools read. Tells where. */
  keepToken(session: SsoSession, context: WorkContext): Promise<SafeText>
  /** Reads the profiles back from disk and asks AWS whose they are, with their own role credentials. */
  verifySso(profiles: readonly string[], context: WorkContext): Promise<readonly VerifiedProfile[]>
  /** In practice only: does in the browser what the person would. */
  practiceAllow?(page: string): Promise<void>
  /** Ends the sessions at AWS and deletes their tokens here. */
  signOut(sessions: readonly SsoSession[], context: WorkContext): Promise<readonly SafeText[]>
}

export type SignInWay = 'browser' | 'device'

export interface SsoSurvey {
  readonly sessions: readonly KnownSession[]
  /** Every profile name there is, so that no other kind of profile is replaced unasked. */
  readonly takenNames: readonly string[]
  readonly way: SignInWay
  /** Why this way is taken here. */
  readonly wayWhy: SafeText
  readonly canDeploy: boolean
  readonly usualRegion?: string
}

export interface KnownSession {
  readonly session: SsoSession
  /** `~/.aws/config:12`. */
  readonly where: SafeText
  readonly profiles: readonly KnownSsoProfile[]
  /** Of the cached token: `valid`, `refreshable` without a browser, `expired`, or `none`. */
  readonly token: 'valid' | 'refreshable' | 'expired' | 'none'
  /** In words: "signed in until 14:05 (7 h 40 min)". */
  readonly tokenWords: SafeText
}

export interface KnownSsoProfile {
  readonly name: string
  readonly accountId: string
  readonly roleName: string
  readonly region?: string
}

export interface SignInRequest {
  readonly session: SsoSession
  readonly way: SignInWay
  /** Signs in anew, even if a session is still valid. */
  readonly isForced?: boolean
}

export type SignIn = ({readonly kind: 'signed-in'} & SignedIn) | ({readonly kind: 'waiting'} & Waiting)

export interface SignedIn {
  /** "valid for 8 h". */
  readonly until: SafeText
}

/** What the person has to do in the browser. */
export interface Waiting {
  readonly way: SignInWay
  readonly page: string
  /** To be compared with the page, or typed into it. */
  readonly code?: string
  /** The page for typing the code, where `page` holds it already. */
  readonly shortPage?: string
  /** Whether the page was opened, or why not. */
  readonly opened: SafeText
  /** How long it can be used: "10 minutes". */
  readonly lasts: SafeText
}

export interface Access {
  /** Twelve digits. */
  readonly accountId: string
  readonly accountName?: string
  readonly email?: string
  readonly roleName: string
}

export interface AccessList {
  readonly found: readonly Access[]
  readonly comparison: Comparison
}

interface Comparison {
  readonly unchanged: readonly KnownSsoProfile[]
  readonly added: readonly Access[]
  /** Profiles that would be written differently: in an old form, or with keys of another method in them. */
  readonly changed: readonly KnownSsoProfile[]
  /** Profiles whose account or role the person no longer has. */
  readonly vanished: readonly KnownSsoProfile[]
}

interface SsoChange {
  readonly session: SsoSession
  readonly profiles: readonly WantedProfile[]
  readonly remove?: readonly string[]
}

export interface WantedProfile {
  readonly name: ProfileName
  readonly accountId: string
  readonly roleName: string
  readonly region?: RegionName
}

export interface VerifiedProfile {
  readonly profile: string
  readonly accountId?: string
  readonly arn?: string
  /** Whether it may do what a deploy needs; for the first few alone. */
  readonly deploy?: Verdict
  readonly problem?: Problem
}
