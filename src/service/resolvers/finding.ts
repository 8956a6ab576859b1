/** What a check of the file finds: data, so that a screen, a report and a program can show it. */
import type {SafeText} from '../../text/safe-text.js'

export interface ServiceFinding {
  /** `error`: the Framework stops, or a secret lies open. `warning`: not what it looks like. `note`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: ServiceFindingCode
  readonly line?: number
  readonly what: SafeText
  readonly why: SafeText
  /** What to do; a line or a command to copy stands between back-ticks. */
  readonly fix: SafeText
  /** Where it is so in one stage alone. */
  readonly stage?: string
}

type ServiceFindingCode =
  | 'CREDENTIALS_REFUSED'
  | 'DASHBOARD_NOT_FALSE'
  | 'DASHBOARD_WINS'
  | 'DUPLICATE_NAME'
  | 'ENV_NOT_SET'
  | 'FRAMEWORK_OLDER'
  | 'HALF_KEY_IN_RESOLVER'
  | 'KEY_ID_IN_SERVICE_FILE'
  | 'KEY_MALFORMED'
  | 'OPTION_IGNORED'
  | 'PARAMS_WITH_STAGES'
  | 'PROFILE_BROKEN'
  | 'PROFILE_EXPIRED'
  | 'PROFILE_IGNORED'
  | 'PROFILE_NOT_HERE'
  | 'REGION_UNKNOWN'
  | 'RESOLVER_AND_PROFILE'
  | 'RESOLVER_IGNORED'
  | 'RESOLVER_KEY_UNKNOWN'
  | 'RESOLVER_NOT_AWS'
  | 'RESOLVER_TYPE_UNKNOWN'
  | 'RESOLVER_UNUSED'
  | 'RESOLVER_WITHOUT_TYPE'
  | 'SAME_ACCOUNT'
  | 'SECRET_IN_SERVICE_FILE'
  | 'SERVICE_NOT_UNDERSTOOD'
  | 'SEVERAL_RESOLVERS'
  | 'UNKNOWN_RESOLVER'
