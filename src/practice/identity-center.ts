/**
 * IAM Identity Center in memory: who may use which role of which account, and how one signs in.
 * Its roles are put into the accounts when they are first used, as the real one provisions them.
 */
import {PracticeAccount} from './account.js'
import type {Role, TemporaryKey} from './entities.js'
import {DEFAULT_ACCOUNTS, type AssignedAccount} from './identity-center-accounts.js'
import {newRoleSuffix} from './sign-in-ids.js'
import {SignIns, type SignInSettings} from './sign-ins.js'

export interface IdentityCenterOptions extends Partial<SignInSettings> {
  /** Default `https://d-1234567890.awsapps.com/start`. */
  readonly startUrl?: string
  /** Default eu-west-1. */
  readonly region?: string
  /** Default `ada`. */
  readonly username?: string
  /** Default 13 accounts of one organisation. */
  readonly accounts?: readonly AssignedAccount[]
  /** Entries a page of the portal's lists when the client asks for no number. Default 5. */
  readonly pageSize?: number
  /** How long credentials of a role are good. Default one hour. */
  readonly roleSeconds?: number
}

interface ListedAccount {
  readonly accountId: string
  readonly name?: string
  readonly email?: string
}

const DEFAULT_SETTINGS: SignInSettings = {
  registrationSeconds: 90 * 24 * 3600,
  deviceSeconds: 600,
  intervalSeconds: 1,
  codeSeconds: 600,
  tokenSeconds: 3600,
  sessionSeconds: 8 * 3600,
}

export class IdentityCenter {
  readonly startUrl: string
  readonly region: string
  readonly pageSize: number
  readonly signIns: SignIns
  roleSeconds: number
  /** Pages and device codes approve themselves after this long (milliseconds); `undefined` waits for a person. */
  autoApproveMs: number | undefined
  readonly username: string
  /** Accounts in the order the portal lists them, by account ID. */
  readonly accounts = new Map<string, ListedAccount>()
  /** Roles of the person, by username and account ID. */
  readonly #assignments = new Map<string, Map<string, Set<string>>>()
  /** The accounts behind the assignments, made when first used. */
  readonly #members = new Map<string, PracticeAccount>()
  readonly #main: PracticeAccount

  constructor(main: PracticeAccount, options: IdentityCenterOptions = {}) {
    this.#main = main
    this.startUrl = options.startUrl ?? 'https://d-1234567890.awsapps.com/start'
    this.region = options.region ?? 'eu-west-1'
    this.pageSize = options.pageSize ?? 5
    this.roleSeconds = options.roleSeconds ?? 3600
    this.username = options.username ?? 'ada'
    this.signIns = new SignIns(settingsOf(options), this.region)
    this.addUser(this.username)
    for (const {roles, ...account} of options.accounts ?? DEFAULT_ACCOUNTS) {
      this.accounts.set(account.accountId, account)
      for (const role of roles) this.assign(this.username, account.accountId, role)
    }
  }

  /** With or without the `#/` and the slash that people copy along. */
  isStartUrl(text: string): boolean {
    return plainUrl(text) === plainUrl(this.startUrl)
  }

  /** Approves what has waited long enough, when the demo has nobody to do it. */
  autoApprove(now: number): void {
    if (this.autoApproveMs === undefined) return
    for (const attempt of this.signIns.devices.values()) {
      if (attempt.state !== 'pending' || now < attempt.startedAt + this.autoApproveMs) continue
      this.signIns.approve(attempt, this.username)
    }
  }

  get usernames(): readonly string[] {
    return [...this.#assignments.keys()]
  }

  addUser(username: string): void {
    if (!this.#assignments.has(username)) this.#assignments.set(username, new Map())
  }

  assign(username: string, accountId: string, roleName: string): void {
    this.addUser(username)
    const accounts = this.#assignments.get(username)!
    accounts.set(accountId, (accounts.get(accountId) ?? new Set()).add(roleName))
    if (!this.accounts.has(accountId)) this.accounts.set(accountId, {accountId})
  }

  unassign(username: string, accountId: string, roleName: string): void {
    this.#assignments.get(username)?.get(accountId)?.delete(roleName)
  }

  accountsOf(username: string): readonly ListedAccount[] {
    return [...this.accounts.values()].filter(({accountId}) => this.rolesOf(username, accountId).length > 0)
  }

  rolesOf(username: string, accountId: string): readonly string[] {
    return [...(this.#assignments.get(username)?.get(accountId) ?? [])]
  }

  /** A key of the role for someone whom it is assigned to. */
  assumeRole(username: string, accountId: string, roleName: string): TemporaryKey {
    const account = this.#member(accountId)
    const role = this.#roleIn(account, roleName)
    return account.createTemporaryKey({kind: 'role', role, sessionName: username}, this.roleSeconds)
  }

  /** The account whose key it is; the server's own account for a key nobody has. */
  accountOf(accessKeyId: string | undefined): PracticeAccount {
    if (accessKeyId === undefined) return this.#main
    const owner = [...this.#members.values()].find((each) => each.temporaryKeys.has(accessKeyId))
    return owner ?? this.#main
  }

  #member(accountId: string): PracticeAccount {
    const {id, partition, now} = this.#main
    if (accountId === id) return this.#main
    const account = this.#members.get(accountId) ?? new PracticeAccount({accountId, partition, now})
    this.#members.set(accountId, account)
    return account
  }

  #roleIn(account: PracticeAccount, roleName: string): Role {
    const start = `AWSReservedSSO_${roleName}_`
    const known = [...account.roles.values()].find(
      ({name}) => name.startsWith(start) && name.length === start.length + 16,
    )
    if (known !== undefined) return known
    const role = account.addRole(
      `${start}${newRoleSuffix()}`,
      [],
      `/aws-reserved/sso.amazonaws.com/${this.region}/`,
    )
    const policy = `arn:${account.partition}:iam::aws:policy/${roleName}`
    if (account.policies.has(policy)) role.attached.add(policy)
    return role
  }
}

function settingsOf(options: IdentityCenterOptions): SignInSettings {
  const names = Object.keys(DEFAULT_SETTINGS) as (keyof SignInSettings)[]
  return Object.fromEntries(
    names.map((name) => [name, options[name] ?? DEFAULT_SETTINGS[name]]),
  ) as unknown as SignInSettings
}

function plainUrl(text: string): string {
  const plain = text.split('#')[0]!
  let end = plain.length
  while (plain[end - 1] === '/') end -= 1
  return plain.slice(0, end).toLowerCase()
}
