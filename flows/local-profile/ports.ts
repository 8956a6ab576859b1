import type {UndoPorts} from '../undo/flow.js'
import type {Verdict, WorkContext} from '../../src/engine/types.js'
import type {AccessKey, ProfileName, RegionName} from '../../src/domain/access-key.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {PlannedChange, WriteOptions} from '../change/ports.js'
import type {NextStepPorts} from '../next-step.js'

/** What this path asks of the world. Typed here, where it is used; connected in src/adapters. */
export interface LocalProfilePorts extends NextStepPorts {
  /** Opens a page in the person's browser. Never fails: the URL stands on the screen in any case. */
  openPage(url: string): Promise<{readonly opened: boolean; readonly reason?: SafeText}>
  /**
   * Whether what comes out in the end can be written at all: resolves to why not, and throws a `Failure` where the
   * files cannot be read or understood.
   */
  checkFiles(): Promise<Problem | undefined>
  /** The text of a file with a key in it. Throws a `Failure` where it cannot be read or holds none. */
  readKeyFile(path: string): Promise<string>
  /** The profiles on this machine, without their secrets. Reads files only. */
  knownProfiles(): Promise<readonly KnownProfile[]>
  /** Whose key stands in a profile now, in words; asks STS with that key. */
  whose(profile: ProfileName, context: WorkContext): Promise<SafeText>
  /** Asks STS and IAM with exactly this key. Throws a `Failure` when the key does not work. */
  verify(request: VerifyRequest, context: WorkContext): Promise<Verified>
  /** Asks STS in a region whether it takes this key: not every region is switched on in every account. */
  checkRegion(request: Pick<VerifyRequest, 'key' | 'region'>, context: WorkContext): Promise<void>
  /** What would be written. Reads both files, writes nothing. */
  plan(change: ProfileChange): Promise<PlannedChange>
  /**
   * Writes what was shown and tells what is worth knowing, or throws a `Failure`; `FILE_CHANGED` when a file is no
   * longer what was shown, `FILE_IS_MOUNTED` when it can only be overwritten where it stands.
   */
  write(plan: PlannedChange, context: WorkContext, options?: WriteOptions): Promise<readonly Problem[]>
  /** Reads the profile back from disk and verifies what stands there. */
  verifyWritten(
    request: {
      readonly profile: ProfileName
      readonly region: RegionName
      /** Of a temporary key, as far as it is known. Milliseconds since 1970. */
      readonly expiresAt?: number
    },
    context: WorkContext,
  ): Promise<Verified>
  /** What would be taken back of what this run wrote. */
  planUndo: UndoPorts['planUndo']
  /** In practice only: a fresh key, to be typed for the person. */
  practiceKey?(policy: PolicyChoice): Promise<string>
}

interface VerifyRequest {
  readonly key: AccessKey
  readonly region: RegionName
  /** True for a key made a moment ago: it may need a few seconds to become valid. */
  readonly isFresh: boolean
}

/** What AWS said about a key. */
export interface Verified {
  readonly accountId: string
  readonly arn: string
  readonly isRoot: boolean
  readonly alias?: string
  /** Account, user, policies, age, what a deploy would miss: in rows ready to be shown. */
  readonly findings: readonly Verdict[]
}

export interface KnownProfile {
  readonly name: string
  /** What kind of credentials it holds, in words: "access key", "AWS SSO", "role". */
  readonly kind: SafeText
  /** Has an access key of its own, which a new one would replace. */
  readonly hasKey: boolean
  /** Holds settings only: there is nothing to replace. */
  readonly isEmpty?: boolean
  /** Holds one half of an access key. */
  readonly isHalf?: boolean
  readonly maskedKeyId?: SafeText
  /** What of its key this is: all of it, or the ID beside another secret or token. */
  readonly sharesWith?: (key: AccessKey) => 'all' | 'id' | undefined
  /** The region that config names for it. */
  readonly region?: string
  /** `~/.aws/credentials:12`, as it may be shown. */
  readonly where: SafeText
}

interface ProfileChange {
  readonly profile: ProfileName
  readonly key: AccessKey
  readonly region: RegionName
}

export type PolicyChoice = 'administrator' | 'deployment'
