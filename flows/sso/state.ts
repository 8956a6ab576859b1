import type {RegionName} from '../../src/domain/access-key.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {SsoSession} from '../../src/domain/sso.js'
import type {ChangeEvent, ChangeState} from '../change/flow.js'
import type {
  AccessList,
  KnownSession,
  SignedIn,
  SignIn,
  SignInWay,
  SsoSurvey,
  VerifiedProfile,
  Waiting,
  WantedProfile,
} from './ports.js'
import type {NextStep} from '../next-step.js'

/** What is to be done: the whole set-up, or one part of it on a later day. */
export type SsoMode = 'setup' | 'login' | 'logout' | 'status' | 'sync'

export interface SsoInput {
  readonly mode: SsoMode
  /** The session meant, by name. */
  readonly session?: string
  readonly profile?: string
  readonly template?: string
  readonly region?: string
  /** Signs in with a code or the browser, whatever fits better here. */
  readonly way?: SignInWay
  readonly isYes?: boolean
  readonly isDryRun?: boolean
  readonly isPractice?: boolean
}

export type At =
  | 'reading'
  | 'unreadable'
  | 'session'
  | 'start-url'
  | 'sso-region'
  | 'session-name'
  | 'connecting'
  | 'waiting'
  | 'not-signed-in'
  | 'listing'
  | 'unlisted'
  | 'extent'
  | 'account'
  | 'role'
  | 'shared-role'
  | 'several'
  | 'profile'
  | 'template'
  | 'region'
  | 'sync-add'
  | 'sync-remove'
  | 'change'
  | 'verifying'
  | 'receipt'
  | 'keeping'
  | 'logout'
  | 'signing-out'
  | 'end'

/** How much of the access is to become profiles. */
export type Extent = 'one' | 'role' | 'several'

export interface SsoState {
  readonly at: At
  readonly input: SsoInput
  readonly survey?: SsoSurvey
  /** What is known of a new session while it is asked for. */
  readonly draft: {readonly startUrl?: string; readonly region?: RegionName}
  readonly session?: SsoSession
  readonly way: SignInWay
  /** The session that is here was refused by AWS: it is not used again. */
  readonly isForced?: boolean
  readonly waiting?: Waiting
  readonly signedIn?: SafeText
  readonly access?: AccessList
  readonly extent?: Extent
  readonly accountId?: string
  /** The account-role pairs that become profiles, as `accessId` names them. */
  readonly chosen: readonly string[]
  readonly region?: RegionName
  readonly profiles: readonly WantedProfile[]
  readonly remove: readonly string[]
  readonly change?: ChangeState
  readonly verified?: readonly VerifiedProfile[]
  /** What to run once they are saved. */
  readonly next?: NextStep
  readonly kept?: SafeText
  readonly loggedOut?: readonly SafeText[]
  readonly problem?: Problem
  readonly outcome?: SsoOutcome
}

export type SsoOutcome =
  | {
      readonly kind: 'saved'
      /** The one a deploy is proposed with. */
      readonly profile: string
      readonly profiles: readonly string[]
      readonly session: string
      readonly region: string
      readonly accountId: string
      readonly arn: string
      readonly files: readonly SafeText[]
      /** Of each file, the names of the keys that were taken out of profiles. */
      readonly changes: readonly {readonly file: SafeText; readonly removed: readonly string[]}[]
      readonly deploy: boolean
      readonly next?: NextStep
    }
  | {readonly kind: 'dry-run'; readonly profiles: readonly string[]; readonly files: readonly SafeText[]}
  | {
      readonly kind: 'signed-in'
      readonly session: string
      readonly profiles: readonly string[]
      /** Where profiles were taken away. */
      readonly files?: readonly SafeText[]
      readonly changes?: readonly {readonly file: SafeText; readonly removed: readonly string[]}[]
      readonly next?: NextStep
    }
  | {readonly kind: 'signed-out'; readonly sessions: readonly string[]}
  | {readonly kind: 'status'; readonly sessions: readonly SessionStatus[]; readonly exitCode?: number}
  | {readonly kind: 'unchanged'}
  | {readonly kind: 'declined'}
  | {readonly kind: 'failed'; readonly problem: Problem}

interface SessionStatus {
  readonly session: string
  readonly start_url: string
  readonly region: string
  readonly token: KnownSession['token']
  readonly profiles: readonly string[]
}

export type SsoEvent =
  | {readonly type: 'surveyed'; readonly survey: SsoSurvey}
  | {readonly type: 'session'; readonly name: string}
  | {readonly type: 'start-url'; readonly text: string}
  | {readonly type: 'sso-region'; readonly region: string}
  | {readonly type: 'session-name'; readonly name: string}
  | {readonly type: 'sign-in'; readonly signIn: SignIn}
  | {readonly type: 'switch'; readonly way: SignInWay}
  | {readonly type: 'signed-in'; readonly signedIn: SignedIn}
  | {readonly type: 'access'; readonly access: AccessList}
  | {readonly type: 'extent'; readonly extent: Extent}
  | {readonly type: 'account'; readonly accountId: string}
  | {readonly type: 'role'; readonly roleName: string}
  | {readonly type: 'shared-role'; readonly roleName: string}
  | {readonly type: 'several'; readonly ids: readonly string[]}
  | {readonly type: 'profile'; readonly name: string}
  | {readonly type: 'template'; readonly template: string}
  | {readonly type: 'region'; readonly region: string}
  | {readonly type: 'sync-add'; readonly ids: readonly string[]}
  | {readonly type: 'sync-remove'; readonly names: readonly string[]}
  | {readonly type: 'change'; readonly event: ChangeEvent}
  | {
      readonly type: 'verified'
      readonly verified: readonly VerifiedProfile[]
      readonly next: NextStep
    }
  | {readonly type: 'kept'; readonly where: SafeText; readonly next?: NextStep}
  | {readonly type: 'logout'; readonly names: readonly string[]}
  | {readonly type: 'signed-out'; readonly lines: readonly SafeText[]}
  | {readonly type: 'finish'; readonly deploy: boolean}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'go'; readonly to: At}
  | {readonly type: 'leave'}
