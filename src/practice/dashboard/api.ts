/** The HTTP interface of the Dashboard: who asks, which call it is, and what is answered; always JSON. */
import type {Call} from './call.js'
import {coreCalls} from './core-calls.js'
import {DashboardError} from './dashboard-error.js'
import {providerCalls} from './provider-calls.js'
import type {DashboardState} from './state.js'

export interface ApiRequest {
  readonly method: string
  readonly target: string
  readonly authorization: string | undefined
  readonly body: Buffer
}

export interface ApiAnswer {
  readonly name: string
  readonly status: number
  readonly json: unknown
}

const CALLS: readonly Call[] = [...coreCalls, ...providerCalls]

/** Never throws for what a sender can send. */
export function answerApi(state: DashboardState, request: ApiRequest): ApiAnswer {
  const [path = '', ...query] = request.target.split('?')
  const matching = CALLS.filter((call) => call.path.test(path))
  const call = matching.find(({method}) => method === request.method)
  const name = call?.name ?? 'Unknown'
  try {
    if (call === undefined) {
      throw matching.length === 0
        ? new DashboardError(404, 'Not found')
        : new DashboardError(405, 'Method not allowed')
    }
    const caller = call.isOpen === true ? {} : state.sessions.callerOf(request.authorization)
    const parts = call.path.exec(path)!.slice(1).map(decoded)
    const body = bodyOf(request.body)
    return {
      name,
      status: 200,
      json: call.answer({state, caller, parts, query: new URLSearchParams(query.join('?')), body}),
    }
  } catch (error) {
    if (!(error instanceof DashboardError)) throw error
    return {name, status: error.status, json: {message: error.message, statusCode: error.status}}
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new DashboardError(400, 'The path is not well encoded')
  }
}

function bodyOf(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    throw new DashboardError(400, 'The body is not JSON')
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Readonly<Record<string, unknown>>
  }
  throw new DashboardError(400, 'The body is not a JSON object')
}
