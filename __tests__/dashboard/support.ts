import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {networkFrom} from '../../src/aws/network.js'
import type {Clock} from '../../src/aws/clock.js'
import type {DashboardContext} from '../../src/dashboard/context.js'
import {dashboardEndpoints} from '../../src/dashboard/endpoints.js'
import {Failure, type Problem} from '../../src/domain/problem.js'

/** Time that passes only when somebody waits. */
export function idleClock(): Clock & {readonly waits: number[]} {
  const waits: number[] = []
  let now = 1_800_000_000_000
  return {
    waits,
    now: () => now,
    random: () => 0.5,
    wait: async (ms) => {
      waits.push(ms)
      now += ms
    },
  }
}

export async function contextAt(
  url: string,
  changes: Partial<DashboardContext> = {},
  env: Record<string, string> = {},
): Promise<DashboardContext> {
  return {
    endpoints: dashboardEndpoints({SERVERLESS_SETUP_DASHBOARD_URL: url}),
    network: await networkFrom(env),
    signal: new AbortController().signal,
    clock: idleClock(),
    limits: {connectMs: 2_000, callMs: 2_000},
    ...changes,
  }
}

export interface Fake {
  readonly url: string
  /** Method, path and headers of what came in. */
  readonly seen: readonly {
    readonly method: string
    readonly url: string
    readonly headers: IncomingMessage['headers']
  }[]
  close(): void
}

/** A server that answers as it is told. */
export async function answering(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Fake> {
  const seen: {method: string; url: string; headers: IncomingMessage['headers']}[] = []
  const server: Server = createServer((request, response) => {
    seen.push({method: request.method ?? '', url: request.url ?? '', headers: request.headers})
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The problem that a promise fails with. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Failure) return error.problem
  throw error instanceof Error ? error : new Error('It did not fail.')
}
