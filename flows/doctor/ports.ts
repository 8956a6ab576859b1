import type {Panel, WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {PlannedChange, WriteOptions} from '../change/ports.js'

/** What the doctor asks of the world. */
export interface DoctorPorts {
  /** Looks at the environment and the files; with `verify` asks AWS whose every profile is. */
  diagnose(options: {readonly verify: boolean}, context: WorkContext): Promise<Checkup>
  /** What mending this would change. */
  planMend(mend: Mendable): Promise<PlannedChange>
  writeMend(plan: PlannedChange, context: WorkContext, options?: WriteOptions): Promise<readonly Problem[]>
}

/** What the doctor found, ready to be shown. */
export interface Checkup {
  /** Something usable wins. */
  readonly isUsable: boolean
  /** The verdict in a few rows. */
  readonly summary: readonly Panel[]
  /** Everything. */
  readonly report: readonly Panel[]
  /** What can be mended without a choice that only a person can make. */
  readonly mends: readonly Mendable[]
  /** Sessions of AWS SSO that have ended, and that profiles here need. */
  readonly endedSessions: readonly string[]
  readonly wasVerified: boolean
  /** The same as data, for `--json`: made when it is asked for. */
  data(): Readonly<Record<string, unknown>>
}

export interface Mendable {
  readonly id: string
  /** What is wrong. */
  readonly label: SafeText
  readonly where?: SafeText
  /** Rights of a file or folder, which an undo leaves as they are. */
  readonly isOfRights?: boolean
  /** How it is mended; only the port that gave it looks inside. */
  readonly mend: unknown
}
