/** One call of the Dashboard's interface, and what it is asked with. */
import {DashboardError} from './dashboard-error.js'
import type {Caller} from './dashboard-sessions.js'
import type {DashboardState} from './state.js'

export interface Asked {
  readonly state: DashboardState
  readonly caller: Caller
  /** The variable parts of the path, decoded, in their order. */
  readonly parts: readonly string[]
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
}

/** One call of the interface. */
export interface Call {
  readonly method: string
  readonly path: RegExp
  /** As the request log names it. */
  readonly name: string
  /** Answered without a token. */
  readonly isOpen?: true
  /** @throws DashboardError */
  readonly answer: (asked: Asked) => unknown
}

/** @throws DashboardError 400 unless it is text of some length */
export function textOf(body: Readonly<Record<string, unknown>>, name: string, longest = 256): string {
  const value = body[name]
  if (typeof value === 'string' && value.length > 0 && value.length <= longest) return value
  throw new DashboardError(400, `"${name}" must be text of 1 to ${longest} characters`)
}
