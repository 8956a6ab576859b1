/**
 * Whether this run is a dry run. A flow's ports that change something are refused where the flow is driven; this is for
 * all that stands below them: whatever asks for it, nothing is written, deleted or renewed.
 */
import type {SafeText} from '../text/safe-text.js'

let isBegun = false

/** From here on, to the end of the process. */
export function beginDryRun(): void {
  isBegun = true
}

export function isDryRun(): boolean {
  return isBegun
}

/** What would change something throws in a dry run. */
export class DryRunStop extends Error {
  /** As it follows on "would". */
  readonly next: SafeText

  constructor(next: SafeText) {
    super('This is a dry run.')
    this.next = next
  }
}

/** @param next as it follows on "would". @throws DryRunStop in a dry run */
export function stopInDryRun(next: SafeText): void {
  if (isBegun) throw new DryRunStop(next)
}
