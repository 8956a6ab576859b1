/**
 * The practice server: an AWS account on this machine's loopback, speaking the wire protocols of the real one.
 * Demo mode runs the whole program against it, and the tests stand on it.
 */
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {PracticeAccount} from './account.js'
import {answerConsole} from './console/console.js'
import {newCsrfToken} from './console/guard.js'
import {LoginBroker} from './dashboard/broker.js'
import {answerDashboard, isDashboard} from './dashboard/dashboard.js'
import {dashboardHelpers, type DashboardHelpers} from './dashboard/dashboard-helpers.js'
import {DashboardState} from './dashboard/state.js'
import {answerAws} from './exchange.js'
import {Faults} from './faults.js'
import {helpersOf, type PracticeHelpers} from './helpers.js'
import type {Partition} from './partitions.js'
import {IdentityCenter, type IdentityCenterOptions} from './identity-center.js'
import {identityCenterHelpers, type IdentityCenterHelpers} from './identity-center-helpers.js'
import {answerPortal, isPortalPage} from './portal/portal.js'
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
  readonly identityCenter?: IdentityCenterOptions
}

export interface Practice extends PracticeHelpers {
  /** `http://127.0.0.1:PORT`, the endpoint of every service. */
  readonly url: string
  /** Where a browser finds the practice console. */
  readonly consoleUrl: string
  readonly account: PracticeAccount
  /** IAM Identity Center of the account's organisation; its pages and services are on the same address. */
  readonly identityCenter: IdentityCenterHelpers
  /** A stand-in for the Serverless Dashboard, on the same address too. */
  readonly dashboard: DashboardHelpers
  readonly faults: Faults
  readonly log: RequestLog
  /** Cuts every connection, also those kept waiting by a fault. */
  close(): Promise<void>
}

/** Starts on 127.0.0.1 only. @throws the error of `listen`, such as EADDRINUSE */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const account = new PracticeAccount({alias: 'practice-account', ...options, now: options.now ?? Date.now})
  const identityCenter = new IdentityCenter(account, options.identityCenter)
  const faults = new Faults()
  const log = new RequestLog()
  const server = createServer({keepAliveTimeout: KEEP_ALIVE_MS})
  await listen(server, options.port ?? 0)
  const {port} = server.address() as AddressInfo
  const csrfToken = newCsrfToken()
  const url = `http://127.0.0.1:${port}`
  const pages = {log, port, csrfToken}
  const state = new DashboardState({
    now: account.now,
    roleArn: (name) => account.rootArn.replace(/root$/, `role/${name}`),
  })
  account.stacks = () =>
    [...state.stacks.values()].map((stack) => ({
      name: stack.stackName,
      roleName: stack.roleName,
      status: state.statusOf(stack),
      ...(stack.failure === undefined ? {} : {failure: stack.failure}),
    }))
  const broker = new LoginBroker({state, log, now: account.now})
  server.on('upgrade', (incoming, socket, head) => {
    broker.upgrade(incoming, socket, head, port)
  })
  server.on('request', (incoming, response) => {
    const target = incoming.url ?? ''
    const answered = /^\/console(?:[/?]|$)/.test(target)
      ? answerConsole({account, ...pages}, incoming, response)
      : isPortalPage(target)
        ? answerPortal({identityCenter, now: account.now, ...pages}, incoming, response)
        : isDashboard(target)
          ? answerDashboard({state, broker, now: account.now, ...pages}, incoming, response)
          : answerAws({identityCenter, serverUrl: url, faults, log}, incoming, response)
    // What is left is a sender that went away in mid-request: there is nobody to tell.
    answered.catch(() => response.destroy())
  })
  return {
    url,
    consoleUrl: `${url}/console`,
    account,
    identityCenter: identityCenterHelpers(identityCenter),
    dashboard: dashboardHelpers(state, broker, url),
    faults,
    log,
    ...helpersOf(account),
    close: () => {
      broker.close()
      return close(server)
    },
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
