/** All that is wrong or worth knowing, the worst first. */
import type {Finding, Severity} from '../types.js'
import type {Context, Rule} from './context.js'

const RULES: readonly Rule[] = []

const RANK: Readonly<Record<Severity, number>> = {error: 0, warning: 1, note: 2}

export function findingsOf(context: Context): readonly Finding[] {
  return RULES.flatMap((rule) => rule(context)).toSorted(
    (one, other) => RANK[one.severity] - RANK[other.severity],
  )
}
