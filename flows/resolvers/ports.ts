import type {Panel, WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {PlannedChange} from '../change/ports.js'

/** What the screens on resolvers ask of the world. */
export interface ResolversPorts {
  /** The service in this folder, or those of a compose file. AWS is asked for the profiles they name where told to. */
  readServices(options: {readonly verify: boolean}, context: WorkContext): Promise<readonly ServiceView[]>
  planResolvers(path: string, edit: ResolverEdit): Promise<PlannedChange>
  writeResolvers(plan: PlannedChange, context: WorkContext): Promise<readonly Problem[]>
}

/** One service as it is shown. */
export interface ServiceView {
  readonly path: string
  /** As it is shown: `serverless.yml`. */
  readonly file: SafeText
  /** False for a program, and for a file that cannot be read. */
  readonly canEdit: boolean
  readonly hasErrors: boolean
  readonly overview: readonly Panel[]
  /** The reasons, by stage. */
  readonly stages: readonly StageView[]
  /** `provider.profile` and `provider.resolver`, as they stand there. */
  readonly providerProfile?: string
  readonly providerResolver?: string
  /** The profiles of this machine. */
  readonly profiles: readonly {
    readonly name: string
    readonly hint: SafeText
    /** In which it deploys, where the file names none. */
    readonly region?: string
  }[]
  /** A profile is named that AWS has not been asked about. */
  readonly canVerify: boolean
  /** The change that was written last in this run can be taken back. */
  readonly canUndo: boolean
  data(): Readonly<Record<string, unknown>>
}

export interface StageView {
  readonly name: string
  readonly explained: readonly Panel[]
  readonly resolvers: readonly {
    readonly name: string
    /** Where it is written: the stage, or `default`. */
    readonly writtenIn: string
    readonly isAws: boolean
    readonly isDashboardOff: boolean
  }[]
}

/**
 * What is changed beside a resolver that is added, so that it deploys: nothing, `provider.resolver`, or the provider's
 * profile becomes a resolver of the same name in `default`, for the other stages.
 */
export type ResolverUse = 'nothing' | 'provider' | 'beside-profile'

export type ResolverEdit =
  | {
      readonly kind: 'add'
      readonly stage: string
      readonly name: string
      readonly profile?: string
      readonly keys?: {readonly accessKeyIdVariable: string; readonly secretAccessKeyVariable: string}
      readonly region: string
      readonly dashboard?: false
      readonly use: ResolverUse
    }
  | {readonly kind: 'use-resolver'; readonly name: string}
  /** The region is written where the file names none. */
  | {readonly kind: 'use-profile'; readonly profile: string; readonly region?: string}
  | {readonly kind: 'move'; readonly stage: string; readonly name: string}
  | {readonly kind: 'dashboard-off'; readonly stage: string; readonly name: string}
  | {readonly kind: 'undo'}
