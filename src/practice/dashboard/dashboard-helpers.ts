/** What a demo or a test does to the practice Dashboard without going over the wire, and what it plays as a person. */
import type {LoginBroker} from './broker.js'
import {PERSON} from './dashboard-sessions.js'
import type {DashboardOrg, DashboardProvider, DashboardState, NewProvider, Stack} from './state.js'
import {visit, type Visited} from '../portal/visitor.js'

export interface DashboardHelpers {
  /** `http://127.0.0.1:PORT`: the interface, the broker at /login/broker and the pages. */
  readonly url: string
  readonly username: string
  readonly userUid: string
  /** The state itself, for what no helper does; the organisation `practice-org` is there from the start. */
  readonly state: DashboardState
  /** Transactions that wait for a person, oldest first. */
  pendingLogins(): readonly string[]
  /** Plays a person with a browser on the sign-in page. @throws Error for a page of another machine */
  visit(url: string, options?: {choose?: 'allow' | 'deny'}): Promise<Visited>
  /**
   * Plays the person on the quick-create page, given the address of the real console or of this one.
   * @throws Error for an address without the parameters of a stack
   */
  createStack(url: string, options?: {choose?: 'allow' | 'deny'}): Promise<Visited>
  /** Allows sign-ins without a person after so many milliseconds (default 0); `false` ends it. */
  autoApprove(delayMs?: number | false): void
  /** Stacks from now on take so many milliseconds. */
  slowStack(ms: number): void
  /** Stacks from now on fail for this reason; `undefined` ends it. */
  failStack(reason: string | undefined): void
  stacks(): readonly Stack[]
  /** Tokens are refused with 401; `all` (default `tokens`) also ends refreshing and access keys. */
  expireSessions(which?: 'tokens' | 'all'): void
  /** The next calls are answered with 503. */
  down(times?: number): void
  /** The next calls are answered with 429. */
  tooMany(times?: number): void
  /** The next calls are answered with 200 and a page, as a hotel's network does. */
  html(times?: number): void
  addOrg(orgName: string, role?: DashboardOrg['role']): DashboardOrg
  /** @param orgName default: the first */
  addApp(appName: string, orgName?: string): void
  /** @param orgName default: the first */
  addProvider(provider: NewProvider, orgName?: string): DashboardProvider
  /** @param orgName default: the first */
  newAccessKey(orgName?: string): string
  /** The next sign-in's socket is cut before, or just after, the message with the tokens. */
  dropSocket(when: 'before' | 'after'): void
}

export function dashboardHelpers(state: DashboardState, broker: LoginBroker, url: string): DashboardHelpers {
  const orgOf = (orgName?: string) => state.orgByName(orgName ?? [...state.orgs.keys()][0]!)
  return {
    url,
    username: PERSON.userName,
    userUid: PERSON.userUid,
    state,
    pendingLogins: () => broker.pending,
    visit,
    async createStack(address, options) {
      const {search, hash} = new URL(address)
      const query = hash.includes('?') ? hash.slice(hash.indexOf('?')) : search
      if (!query.includes('stackName=')) throw new Error('the address has no stack in it')
      return visit(`${url}/dashboard/create-stack${query}`, options)
    },
    autoApprove(delayMs = 0) {
      broker.autoApproveMs = delayMs === false ? undefined : delayMs
    },
    slowStack(ms) {
      state.stackMs = ms
    },
    failStack(reason) {
      state.stackFailure = reason
    },
    stacks() {
      state.settleStacks()
      return [...state.stacks.values()]
    },
    expireSessions(which = 'tokens') {
      state.sessions.expire(which)
    },
    down(times = 1) {
      state.faults.strike('down', times)
    },
    tooMany(times = 1) {
      state.faults.strike('tooMany', times)
    },
    html(times = 1) {
      state.faults.strike('html', times)
    },
    addOrg: (orgName, role) => state.addOrg(orgName, role),
    addApp(appName, orgName) {
      state.addApp(orgOf(orgName), appName)
    },
    addProvider: (provider, orgName) => state.addProvider(orgOf(orgName), provider),
    newAccessKey: (orgName) => state.sessions.newAccessKey(orgOf(orgName).orgName),
    dropSocket(when) {
      state.faults.dropSocket = when
    },
  }
}
