import type {Problem} from '../../src/domain/problem.js'
import type {ChangeEvent, ChangeState} from '../change/flow.js'
import type {ResolverEdit, ServiceView} from './ports.js'

export interface ResolversInput {
  /** An edit was asked for by its name. */
  readonly isEdit?: boolean
  /** `report`, `check` and `explain` show and end; `screens` leads on. */
  readonly mode: 'report' | 'check' | 'explain' | 'screens'
  readonly verify?: boolean
  readonly isYes?: boolean
  readonly isDryRun?: boolean
  /** A profile that was made just now is to be used. */
  readonly profile?: string
  readonly region?: string
  /** Part of the wizard, which can make a profile. */
  readonly canMakeProfile?: boolean
}

export type At =
  | 'reading'
  | 'failed'
  | 'service'
  | 'overview'
  | 'explain-which'
  | 'explained'
  | 'how'
  | 'stage'
  | 'stage-name'
  | 'name'
  | 'source'
  | 'profile-name'
  | 'key-id-variable'
  | 'secret-variable'
  | 'region'
  | 'dashboard'
  | 'deploys'
  | 'use'
  | 'profile'
  | 'move-name'
  | 'off'
  | 'change'
  | 'end'

/** What has been said of a resolver that is being made. */
export interface Draft {
  readonly stage?: string
  readonly name?: string
  readonly profile?: string
  readonly keyId?: string
  readonly secret?: string
  readonly region?: string
  readonly dashboard?: false
}

export interface ResolversState {
  readonly at: At
  readonly input: ResolversInput
  readonly verify: boolean
  readonly services: readonly ServiceView[]
  /** Path of the one at hand. */
  readonly path?: string
  readonly stage?: string
  readonly draft: Draft
  readonly edit?: ResolverEdit
  readonly change?: ChangeState
  readonly written: number
  readonly problem?: Problem
  readonly outcome?: ResolversOutcome
}

export type ResolversOutcome =
  | {
      readonly kind: 'resolvers'
      readonly errors: boolean
      readonly written: number
      /** A profile is to be made first, on the path that does that. */
      readonly makeProfile?: true
      readonly services: readonly Readonly<Record<string, unknown>>[]
      readonly exitCode?: number
    }
  | {readonly kind: 'failed'; readonly problem: Problem}

export type ResolversEvent =
  | {readonly type: 'read'; readonly services: readonly ServiceView[]}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'retry'}
  | {readonly type: 'service'; readonly path: string}
  | {readonly type: 'go'; readonly to: At}
  | {readonly type: 'verify'}
  | {readonly type: 'explain'; readonly stage: string}
  | {readonly type: 'draft'; readonly draft: Draft; readonly to: At}
  | {readonly type: 'edit'; readonly edit: ResolverEdit}
  | {readonly type: 'change'; readonly event: ChangeEvent}
  | {readonly type: 'make-profile'}
  | {readonly type: 'leave'}
