/** The rest-json protocol of services that need no signature: the path says what is asked, JSON comes and goes. */
import {AwsError} from '../aws-error.js'
import type {Exchange, Reply, Service} from './service.js'
import type {WireRequest} from '../sigv4.js'

export type JsonObject = Readonly<Record<string, unknown>>

interface Operation {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** The value is the answer's body; `undefined` is an answer without one. @throws AwsError */
  readonly run: (exchange: Exchange) => JsonObject | undefined
}

export interface RestJsonServiceOptions {
  readonly name: string
  readonly operations: Readonly<Record<string, Operation>>
  /** The service's own words for a general refusal, such as a fault's. */
  readonly translate: (error: AwsError) => AwsError
  /** Body and `x-amzn-errortype` of a refusal. */
  readonly refusal: (error: AwsError) => {type: string; body: JsonObject}
}

export function restJsonService({name, operations, translate, refusal}: RestJsonServiceOptions): Service {
  const paths = new Set(Object.values(operations).map(({path}) => path))
  return {
    name,

    route({method, target}) {
      const path = pathOf(target)
      if (!paths.has(path)) return undefined
      const hit = Object.entries(operations).find(([, each]) => each.path === path && each.method === method)
      return hit?.[0] ?? ''
    },

    answer(action, exchange) {
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined
      if (operation === undefined) throw new AwsError(404, 'UnknownOperationException', 'Unknown operation')
      return reply(200, operation.run(exchange), exchange.requestId)
    },

    refuse(error, requestId) {
      const own = translate(error)
      const {type, body} = refusal(own)
      const {headers, ...rest} = reply(own.status, body, requestId)
      return {...rest, headers: {...headers, 'x-amzn-ErrorType': type}}
    },
  }
}

/** Parameters of the address. */
export function queryOf(request: WireRequest): URLSearchParams {
  return new URLSearchParams(request.target.split('?').slice(1).join('?'))
}

/** The body as an object; `undefined` when it is none. */
export function jsonOf(request: WireRequest): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined
  } catch {
    return undefined
  }
}

function pathOf(target: string): string {
  return target.split('?')[0]!
}

function reply(status: number, body: JsonObject | undefined, requestId: string): Reply {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': requestId,
      'Cache-Control': 'no-store',
    },
    body: body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body), 'utf8'),
  }
}
