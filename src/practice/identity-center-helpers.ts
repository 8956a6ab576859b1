/** What a demo or a test does to the identity center without going over the wire, and what it plays as a person. */
import type {IdentityCenter} from './identity-center.js'
import {visit, type Visited, type VisitOptions} from './portal/visitor.js'
import type {DeviceAttempt} from './sign-in-entities.js'
import type {SignInSettings} from './sign-ins.js'

export interface IdentityCenterHelpers {
  readonly startUrl: string
  readonly region: string
  readonly username: string
  /** Lifetimes and the poll interval; a change holds from the next issue on. */
  readonly settings: SignInSettings
  /** The state itself, for what no helper does. */
  readonly state: IdentityCenter
  /** Codes that wait for a person, oldest first. */
  pendingCodes(): readonly string[]
  /** @param userCode default: the latest that waits. @throws Error when no such code waits */
  approveDevice(userCode?: string, username?: string): void
  denyDevice(userCode?: string): void
  expireDevice(userCode?: string): void
  /** The next polls are answered with `slow_down`, however slow they are. */
  slowDown(times?: number): void
  addUser(username: string): void
  addAccount(account: {accountId: string; name?: string; email?: string; roles?: readonly string[]}): void
  /** The person no longer has any role in the account. */
  removeAccount(accountId: string): void
  addRole(accountId: string, roleName: string, username?: string): void
  removeRole(accountId: string, roleName: string, username?: string): void
  /** Everybody is signed out: tokens are refused with 401, refreshing with `invalid_grant`. */
  endSessions(): void
  /** Registrations are forgotten: clients are refused with `invalid_client`. */
  forgetClients(): void
  /** Approves without a person: device codes after so many milliseconds (default 0), pages at once; `false` ends it. */
  autoApprove(delayMs?: number | false): void
  /** Plays a person with a browser. @throws Error when a page or the program's listener does not answer */
  visit(url: string, options?: VisitOptions): Promise<Visited>
}

export function identityCenterHelpers(state: IdentityCenter): IdentityCenterHelpers {
  const {signIns, startUrl, region, username: person} = state
  const pending = () => [...signIns.devices.values()].filter((attempt) => attempt.state === 'pending')
  const pendingAttempt = (userCode: string | undefined): DeviceAttempt => {
    const attempt = pending().findLast((each) => userCode === undefined || each.userCode === userCode)
    if (attempt === undefined) throw new Error('no such code waits to be approved')
    return attempt
  }
  return {
    startUrl,
    region,
    username: person,
    settings: signIns.settings,
    state,
    pendingCodes: () => pending().map(({userCode}) => userCode),
    approveDevice(userCode, username = person) {
      signIns.approve(pendingAttempt(userCode), username)
    },
    denyDevice(userCode) {
      pendingAttempt(userCode).state = 'denied'
    },
    expireDevice(userCode) {
      pendingAttempt(userCode).expiresAt = 0
    },
    slowDown(times = 1) {
      signIns.slowDownsLeft = times
    },
    addUser(username) {
      state.addUser(username)
    },
    addAccount({roles = ['ReadOnlyAccess'], ...account}) {
      state.accounts.set(account.accountId, account)
      for (const role of roles) state.assign(person, account.accountId, role)
    },
    removeAccount(accountId) {
      state.accounts.delete(accountId)
      for (const username of state.usernames) {
        for (const role of state.rolesOf(username, accountId)) state.unassign(username, accountId, role)
      }
    },
    addRole(accountId, roleName, username = person) {
      state.assign(username, accountId, roleName)
    },
    removeRole(accountId, roleName, username = person) {
      state.unassign(username, accountId, roleName)
    },
    endSessions() {
      signIns.endSessions()
    },
    forgetClients() {
      signIns.clients.clear()
    },
    autoApprove(delayMs = 0) {
      state.autoApproveMs = delayMs === false ? undefined : delayMs
    },
    visit,
  }
}
