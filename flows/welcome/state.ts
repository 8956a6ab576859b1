import type {Problem} from '../../src/domain/problem.js'
import type {
  DashboardRoleEvent,
  DashboardRoleInput,
  DashboardRoleOutcome,
  DashboardRoleState,
} from '../dashboard-role/state.js'
import type {
  LocalProfileEvent,
  LocalProfileInput,
  LocalProfileOutcome,
  LocalProfileState,
} from '../local-profile/state.js'
import type {ResolversEvent, ResolversInput, ResolversOutcome, ResolversState} from '../resolvers/state.js'
import type {SkipEvent, SkipInput, SkipOutcome, SkipState} from '../skip/flow.js'
import type {NextStep} from '../next-step.js'
import type {Survey, Whose} from './ports.js'

/** A path that can be taken from the first screen. */
export type PathName = 'role' | 'local' | 'skip'

/** What can be done where something was found. */
export type Found = 'continue' | `login:${string}` | 'set-up' | 'method' | 'repair' | 'leave'

/** Where the wizard can begin, beside those paths. */
type Beginning = PathName | 'resolvers'

export interface WelcomeInput extends LocalProfileInput {
  /** Goes straight to this path. */
  readonly path?: Beginning
  /** What was given beforehand for the screens on resolvers. */
  readonly resolvers?: Omit<ResolversInput, 'mode'>
  /** What was given beforehand for signing in with AWS SSO. */
  readonly skip?: SkipInput
  /** What was given beforehand for the path through the Dashboard. */
  readonly role?: DashboardRoleInput
}

type At =
  | 'looking'
  | 'checking'
  | 'welcome'
  | 'repair'
  | 'method'
  | 'role'
  | 'local'
  | 'skip'
  | 'resolvers'
  // What is to be run is worked out last, from what is so by then.
  | 'going-on'
  | 'end'

export interface WelcomeState {
  readonly at: At
  readonly input: WelcomeInput
  readonly survey?: Survey
  readonly whose?: Whose
  /** Why the credentials in force do not work. */
  readonly problem?: Problem
  readonly local?: LocalProfileState
  readonly skip?: SkipState
  readonly role?: DashboardRoleState
  /** Where a profile that was saved is put to use. */
  readonly resolvers?: ResolversState
  readonly outcome?: WelcomeOutcome
}

export type WelcomeOutcome =
  | LocalProfileOutcome
  | ResolversOutcome
  | SkipOutcome
  | DashboardRoleOutcome
  | {readonly kind: 'continued'; readonly accountId?: string; readonly next?: NextStep}

export type WelcomeEvent =
  | {readonly type: 'surveyed'; readonly survey: Survey}
  | {readonly type: 'identified'; readonly whose: Whose}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'chosen'; readonly id: Found}
  | {readonly type: 'going-on'; readonly next: NextStep}
  | {readonly type: 'path'; readonly path: PathName}
  | {readonly type: 'repair'; readonly profile: string}
  | {readonly type: 'local'; readonly event: LocalProfileEvent}
  | {readonly type: 'skip'; readonly event: SkipEvent}
  | {readonly type: 'role'; readonly event: DashboardRoleEvent}
  | {readonly type: 'resolvers'; readonly event: ResolversEvent}
