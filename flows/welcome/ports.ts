import type {WorkContext} from '../../src/engine/types.js'
import type {Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import type {DashboardRolePorts} from '../dashboard-role/ports.js'
import type {KnownProfile, LocalProfilePorts} from '../local-profile/ports.js'
import type {ResolversPorts} from '../resolvers/ports.js'
import type {SkipPorts} from '../skip/ports.js'

/** What the first screen asks of the world, beside what the paths ask. */
export interface WelcomePorts extends LocalProfilePorts, SkipPorts, DashboardRolePorts, ResolversPorts {
  /** What is on this machine: environment and files only, no network. */
  survey(): Promise<Survey>
  /** Whose the credentials in force are; asks STS with exactly those. */
  identify(context: WorkContext): Promise<Whose>
}

export interface Survey {
  readonly inForce?: InForce
  /** Why none are used, where none are. */
  readonly whyNone?: SafeText
  /** The line of this shell that chooses one of the profiles, where none is used and one works. */
  readonly choose?: SafeText
  /** Something is there, and a mistake keeps it from being used: a variable, a name, a header. */
  readonly isUnused?: boolean
  readonly profiles: readonly KnownProfile[]
  /** Sessions of AWS SSO that need a sign-in, where nothing that works is used. */
  readonly endedSessions?: readonly string[]
  /** A file that could not be read or understood. */
  readonly problem?: Problem
  readonly canDeploy: boolean
  /** A file of a service that can be edited is in the folder. */
  readonly hasService?: boolean
  /** That of the service here, else the one that was chosen the last time. */
  readonly usualRegion?: string
  /** The profile that the service here names, and that is not there. */
  readonly wantedProfile?: string
  readonly network: readonly SafeText[]
}

/** The credentials that a deploy would use now. */
export interface InForce {
  /** Where they come from, in words: "profile default (access key AKIA…)". */
  readonly source: SafeText
  readonly profile?: string
  /** Of that profile: a deploy asks for it by an option only. */
  readonly region?: string
  /** Why they cannot work, as far as it is known without asking AWS. */
  readonly problem?: Problem
  /** True where the keys stand in the environment or a file, so that STS can be asked without anything else. */
  readonly canCheck: boolean
}

export interface Whose {
  readonly accountId: string
  readonly arn: string
  readonly alias?: string
}
