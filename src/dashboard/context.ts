import type {Clock} from '../aws/clock.js'
import type {TimeLimits} from '../aws/http.js'
import type {Network} from '../aws/network.js'
import type {SafeText} from '../text/safe-text.js'
import type {DashboardEndpoints} from './endpoints.js'

/** What every call to the Dashboard is given. */
export interface DashboardContext {
  readonly endpoints: DashboardEndpoints
  readonly network: Network
  readonly signal: AbortSignal
  readonly clock?: Clock
  readonly limits?: TimeLimits
  /** Tells how far it has come. */
  readonly report?: (note: SafeText) => void
}
