import type {AskStep, Panel} from '../../../src/engine/types.js'
import type {Problem} from '../../../src/domain/problem.js'
import type {SafeText} from '../../../src/text/safe-text.js'
import {select} from '../../ask.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent} from '../state.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

type Target =
  | 'begin'
  | 'checking-files'
  | 'region'
  | 'checking-region'
  | 'verifying'
  | 'key'
  | 'secret'
  | 'reading-profiles'

/** A way on, and its words. */
export type Way = readonly [Target, {readonly label: SafeText; readonly hint?: SafeText}]

/** What happened, and the ways on from it; the first is marked. */
export function problemStep(
  problem: Problem | undefined,
  id: string,
  notes: readonly Panel[],
  ways: readonly Way[],
  assumed: Target | 'leave' = 'leave',
  refuses: readonly string[] = [],
): AskStep<E, P> {
  return select<E, P, Target | 'leave'>({
    id,
    message: words.refused.message,
    panels: [...(problem ? [{kind: 'problem', problem} as const] : []), ...notes],
    choices: [...ways, ['leave', words.refused.leave]],
    unattended: {assume: assumed},
    answer: (to) => (to === 'leave' || to === 'begin' ? {type: to} : {type: 'go', to}),
    trail: false,
    refuses,
  })
}
