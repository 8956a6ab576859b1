import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {ChangeEvent, ChangeState} from '../change/flow.js'
import type {Around, Opened, Org, Provider, ProvidersHere, ServiceHere} from './ports.js'

export interface DashboardRoleInput {
  readonly isYes?: boolean
  readonly isDryRun?: boolean
  readonly isPractice?: boolean
  /** This path was asked for by its name: credentials that are here are no reason to leave it. */
  readonly isAsked?: boolean
  /** Given beforehand. */
  readonly org?: string
  readonly app?: string
}

export type At =
  | 'looking'
  | 'local'
  | 'template'
  | 'name'
  | 'making'
  | 'sign-in'
  | 'connecting'
  | 'waiting'
  | 'orgs'
  | 'org'
  | 'no-org'
  | 'apps'
  | 'app'
  | 'app-name'
  | 'creating-app'
  | 'linking-file'
  | 'providers'
  | 'provider'
  | 'explain'
  | 'opening'
  | 'waiting-role'
  | 'late'
  | 'asking-stack'
  | 'use'
  | 'using'
  | 'receipt'
  | 'trouble'
  | 'end'

export interface DashboardRoleState {
  readonly at: At
  readonly input: DashboardRoleInput
  readonly around?: Around
  readonly service?: ServiceHere
  readonly template?: string
  readonly name?: string
  readonly change?: ChangeState
  readonly page?: Opened
  readonly who?: SafeText
  readonly orgs: readonly Org[]
  readonly org?: Org
  readonly apps: readonly string[]
  readonly app?: string
  readonly providers: readonly Provider[]
  readonly provider?: Provider
  /** It was made on this path, not chosen. */
  readonly isNew?: boolean
  readonly events: readonly SafeText[]
  readonly use?: 'default' | 'service' | 'neither'
  readonly problem?: Problem
  /** Where a try again leads. */
  readonly retry?: At
  readonly outcome?: DashboardRoleOutcome
}

export type DashboardRoleOutcome =
  | {
      readonly kind: 'connected'
      readonly org: string
      readonly app?: string
      readonly provider: string
      readonly accountId?: string
      /** The folder of the service, from the root. */
      readonly dir?: string
      readonly deploy: boolean
    }
  /** The role is being made, and the wizard goes on with it another time. */
  | {readonly kind: 'waiting'; readonly org: string}
  | {readonly kind: 'continued'}
  /** The files that a service would be made of; all else needs them. */
  | {readonly kind: 'dry-run'; readonly files: readonly SafeText[]}
  | {readonly kind: 'declined'}
  | {readonly kind: 'failed'; readonly problem: Problem}

export type DashboardRoleEvent =
  | {readonly type: 'around'; readonly around: Around}
  | {readonly type: 'local'; readonly keep: boolean}
  | {readonly type: 'template'; readonly id: string}
  | {readonly type: 'name'; readonly name: string}
  | {readonly type: 'making'; readonly event: ChangeEvent}
  | {readonly type: 'sign-in'; readonly yes: boolean}
  | {readonly type: 'page'; readonly page: Opened}
  | {readonly type: 'signed-in'; readonly who: SafeText}
  | {readonly type: 'orgs'; readonly orgs: readonly Org[]}
  | {readonly type: 'org'; readonly orgName: string}
  | {readonly type: 'apps'; readonly apps: readonly string[]}
  | {readonly type: 'app'; readonly app: string}
  | {readonly type: 'new-app'}
  | {readonly type: 'app-name'; readonly name: string}
  | {readonly type: 'app-created'}
  | {readonly type: 'file'; readonly event: ChangeEvent}
  | {readonly type: 'providers'; readonly here: ProvidersHere}
  | {readonly type: 'provider'; readonly uid: string}
  | {readonly type: 'create'}
  | {readonly type: 'role'; readonly provider: Provider | undefined}
  | {readonly type: 'stack'; readonly events: readonly SafeText[]}
  | {readonly type: 'use'; readonly use: 'default' | 'service' | 'neither'}
  | {readonly type: 'used'}
  | {readonly type: 'finish'; readonly deploy: boolean}
  | {readonly type: 'go'; readonly to: At}
  | {readonly type: 'later'}
  | {readonly type: 'problem'; readonly problem: Problem}
  | {readonly type: 'leave'}
