/**
 * The practice server: an AWS account on this machine's loopback, speaking the wire protocols of the real one.
 * Demo mode runs the whole program against it, and the tests stand on it.
 */
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {PracticeAccount} from './account.js'
import {answerConsole} from './console/console.js'
import {newCsrfToken} from './console/guard.js'
import {answerAws} from './exchange.js'
import {Faults} from './faults.js'
import {helpersOf, type PracticeHelpers} from './helpers.js'
import type {Partition} from './partitions.js'
import {RequestLog} from './request-log.js'

/** Longer than any pause between two calls of a run: a reused connection that closes just then looks like a fault. */
const KEEP_ALIVE_MS = 60_000

export interface PracticeOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number
  readonly accountId?: string
  readonly alias?: string
  readonly partition?: Partition
}

export interface Practice extends PracticeHelpers {
  /** `http://127.0.0.1:PORT`, the endpoint of every service. */
  readonly url: string
  /** Where a browser finds the practice console. */
  readonly consoleUrl: string
  readonly account: PracticeAccount
  readonly faults: Faults
  readonly log: RequestLog
  /** Cuts every connection, also those kept waiting by a fault. */
  close(): Promise<void>
}

/** Starts on 127.0.0.1 only. @throws the error of `listen`, such as EADDRINUSE */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const account = new PracticeAccount({alias: 'practice-account', ...options, now: options.now ?? Date.now})
  const faults = new Faults()
  const log = new RequestLog()
  const server = createServer({keepAliveTimeout: KEEP_ALIVE_MS})
  await listen(server, options.port ?? 0)
  const {port} = server.address() as AddressInfo
  const csrfToken = newCsrfToken()
  server.on('request', (incoming, response) => {
    const isConsole = /^\/console(?:[/?]|$)/.test(incoming.url ?? '')
    const answered = isConsole
      ? answerConsole({account, log, port, csrfToken}, incoming, response)
      : answerAws({account, faults, log}, incoming, response)
    // What is left is a sender that went away in mid-request: there is nobody to tell.
    answered.catch(() => response.destroy())
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    consoleUrl: `${url}/console`,
    account,
    faults,
    log,
    ...helpersOf(account),
    close: () => close(server),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
