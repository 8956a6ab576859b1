import {say, type SafeText} from '../safety/safe-text.js'
import type {EndStep} from './types.js'

/** What a port throws that would change something under `--dry-run`. */
export class DryRunStop extends Error {
  /** As it follows on "would". */
  readonly next: SafeText

  constructor(next: SafeText) {
    super('This is a dry run.')
    this.next = next
  }
}

/** The end of any flow that has come there. */
export function dryRunEnd({next}: DryRunStop): EndStep<{readonly kind: 'dry-run'; readonly next: SafeText}> {
  return {
    kind: 'end',
    id: 'dry-run',
    outcome: {kind: 'dry-run', next},
    panels: [
      {kind: 'prose', tone: 'warning', lines: [say`Dry run: nothing was changed, here or at AWS.`]},
      {kind: 'prose', lines: [say`What comes next would ${next}. What follows depends on that.`]},
    ],
  }
}
