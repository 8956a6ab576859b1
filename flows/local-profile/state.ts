import type {UndoEvent, UndoState} from '../undo/flow.js'
import type {AccessKey, AccessKeyId, ProfileName, RegionName} from '../../src/domain/access-key.js'
import type {Candidate} from '../../src/paste/credentials-text.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {Secret} from '../../src/text/secret.js'
import type {ChangeEvent, ChangeState} from '../change/flow.js'
import type {NextStep} from '../next-step.js'
import type {KnownProfile, PolicyChoice, Verified} from './ports.js'

/** What the path is told when it begins. */
export interface LocalProfileInput {
  /** What the person came for: to give a profile a new key, or credentials beside those that are there. */
  readonly intent?: 'repair' | 'add'
  /** Profile to suggest; the one to repair, or the one given by an option. */
  readonly profile?: string
  readonly region?: string
  /** A file or standard input holds the key: nobody is led to one, and no answer is told that nobody gave. */
  readonly isKeyGiven?: boolean
  /** The profile that the service here names, and that is not there: suggested where nothing else is. */
  readonly wanted?: string
  /** That of the service here, else the one chosen the last time: suggested where nothing else is. */
  readonly usualRegion?: string
  /** Shows the plan and ends there. */
  readonly isDryRun?: boolean
  /** The person said yes to everything beforehand. */
  readonly isYes?: boolean
  /** The embedded AWS answers; its keys can be typed on request. */
  readonly isPractice?: boolean
  /** Pages of the console, where they are not AWS's own. */
  readonly consoleUrl?: string
  /** A serverless.yml and the `serverless` program are here. */
  readonly canDeploy?: boolean
  /** The file of a service is here, which could name the profile. */
  readonly hasService?: boolean
  /** What stands between this machine and AWS: endpoint overrides, a proxy. */
  readonly network?: readonly SafeText[]
}

export type At =
  | 'checking-files'
  | 'unreadable'
  | 'unwritable'
  | 'account'
  | 'opening-sign-up'
  | 'sign-up'
  | 'method'
  | 'permissions'
  | 'console'
  | 'cloudshell'
  | 'key'
  | 'reading-key-file'
  | 'secret'
  | 'token'
  | 'candidate'
  | 'reading-profiles'
  | 'profiles-unread'
  | 'profile'
  | 'asking-whose'
  | 'replace'
  | 'region'
  | 'checking-region'
  | 'verifying'
  | 'refused'
  | 'root'
  | 'root-account'
  | 'verified'
  | 'change'
  | 'nothing-to-do'
  | 'checking'
  | 'receipt'
  | 'undoing'
  | 'end'

export type KeyMethod = 'same-user' | 'console' | 'cloudshell' | 'have'

export interface LocalProfileState {
  readonly at: At
  readonly input: LocalProfileInput
  readonly method?: KeyMethod
  readonly policy: PolicyChoice
  /** Which page of the console steps stands, from 0. */
  readonly page: number
  /** What opening a page in the browser came to. */
  readonly opened?: SafeText
  /** The path that was given in place of a key. */
  readonly keyFile?: string
  readonly keyId?: AccessKeyId
  readonly secret?: Secret
  /** A secret that was given before its ID. */
  readonly loneSecret?: Secret
  readonly candidates: readonly Candidate[]
  readonly key?: AccessKey
  /** What was understood of a paste, masked. */
  readonly understood?: readonly SafeText[]
  /** The profile and the region that a paste named. */
  readonly pasted?: {readonly profile?: string; readonly region?: string}
  readonly profiles: readonly KnownProfile[]
  readonly profile?: ProfileName
  /** Names that were taken back when it was asked whether to replace what they hold. */
  readonly declined?: readonly string[]
  /** Whose key would be replaced. */
  readonly whose?: SafeText
  /** The profile whose credentials may be replaced: that was asked and answered with yes. */
  readonly agreed?: ProfileName
  readonly region?: RegionName
  readonly verified?: Verified
  /** The region in which the key did not work. */
  readonly refusedRegion?: RegionName
  /** The person came back from the plan, to name another profile or region. */
  readonly isChanging?: boolean
  /** Where AWS was asked about the key. */
  readonly askedIn?: RegionName
  readonly change?: ChangeState
  readonly undo?: UndoState
  readonly written?: Verified
  /** What to run once it is saved. */
  readonly next?: NextStep
  readonly problem?: Problem
  readonly outcome?: LocalProfileOutcome
}

export type LocalProfileOutcome =
  | {
      readonly kind: 'saved'
      readonly profile: string
      readonly region: string
      readonly accountId: string
      readonly arn: string
      readonly files: readonly SafeText[]
      /** Of each file, the names of the keys that were taken out of the profile. */
      readonly changes: readonly {readonly file: SafeText; readonly removed: readonly string[]}[]
      /** What the key lacks for a deploy, and that it ends. */
      readonly concerns?: readonly {
        readonly label: SafeText
        readonly value?: SafeText
        readonly note?: SafeText
      }[]
      /** The ID, masked, of the key that was replaced. */
      readonly replaced?: SafeText
      readonly deploy: boolean
      readonly next?: NextStep
      /** The profile is to be used in the file of the service. */
      readonly inService?: true
      /** Why what was saved does not work, and the exit code that says so. */
      readonly problem?: Problem
      readonly exitCode?: number
    }
  | {readonly kind: 'dry-run'; readonly profile: string; readonly files: readonly SafeText[]}
  | {readonly kind: 'undone'; readonly files: readonly SafeText[]}
  | {readonly kind: 'declined'}
  | {readonly kind: 'failed'; readonly problem: Problem}

export type LocalProfileEvent =
  | {readonly type: 'files'; readonly problem?: Problem}
  | {readonly type: 'begin'}
  | {readonly type: 'account'; readonly hasOne: boolean}
  | {readonly type: 'opened'; readonly note: SafeText}
  | {readonly type: 'next'}
  | {readonly type: 'method'; readonly method: KeyMethod}
  | {readonly type: 'policy'; readonly policy: PolicyChoice}
  | {readonly type: 'pasted'; readonly text: string}
  | {readonly type: 'key-file'; readonly text: string}
  | {readonly type: 'secret'; readonly text: string}
  | {readonly type: 'token'; readonly text: string}
  | {readonly type: 'candidate'; readonly index: number}
  | {readonly type: 'profiles'; readonly profiles: readonly KnownProfile[]}
  | {readonly type: 'profile'; readonly name: string}
  | {readonly type: 'whose'; readonly whose: SafeText}
  | {readonly type: 'replace'; readonly yes: boolean}
  | {readonly type: 'region'; readonly region: string}
  | {
      readonly type: 'verified'
      readonly verified: Verified
      readonly askedIn: RegionName
      readonly next?: NextStep
    }
  | {readonly type: 'region-works'; readonly region: RegionName}
  | {readonly type: 'problem'; readonly problem: Problem; readonly next?: NextStep}
  | {readonly type: 'go'; readonly to: At}
  | {readonly type: 'change'; readonly event: ChangeEvent}
  | {readonly type: 'finish'; readonly deploy: boolean; readonly inService?: true}
  | {readonly type: 'undo'; readonly event: UndoEvent}
  | {readonly type: 'leave'}
