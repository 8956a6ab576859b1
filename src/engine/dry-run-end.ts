import type {DryRunStop} from '../domain/dry-run.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {EndStep} from './types.js'

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
