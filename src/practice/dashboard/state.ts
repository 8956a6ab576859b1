/** What the practice Dashboard knows: organisations with their apps, Providers, links and stacks under way. */
import {randomBytes} from 'node:crypto'
import {DashboardError} from './dashboard-error.js'
import {DashboardFaults} from './dashboard-faults.js'
import {DashboardSessions} from './dashboard-sessions.js'

export interface DashboardProvider {
  readonly providerUid: string
  readonly alias: string
  readonly providerName: 'aws'
  readonly providerType: 'roleArn' | 'accessKey'
  /** Never a secret: the secret access key of a Provider is dropped when it comes. */
  readonly providerDetails: {
    readonly roleArn?: string
    readonly accessKeyId?: string
    readonly accountId?: string
  }
  isDefault: boolean
}

export interface DashboardApp {
  readonly appUid: string
  readonly appName: string
}

export interface DashboardOrg {
  readonly orgUid: string
  readonly orgName: string
  readonly role: 'owner' | 'admin' | 'contributor'
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly apps: Map<string, DashboardApp>
  readonly providers: Map<string, DashboardProvider>
  /** Link type and link uid to the uid of the Provider. */
  readonly links: Map<string, string>
}

export interface StackRequest {
  readonly stackName: string
  readonly alias: string
  readonly roleName: string
  readonly orgUid: string
}

export interface Stack extends StackRequest {
  /** Milliseconds since 1970: when it is complete, or has failed. */
  readonly settlesAt: number
  /** Why it fails; without one it succeeds. */
  readonly failure?: string
  isSettled: boolean
}

export type StackStatus = 'CREATE_IN_PROGRESS' | 'CREATE_COMPLETE' | 'ROLLBACK_COMPLETE'

export interface NewProvider {
  /** Default `default`, as the quick-create page has it. */
  readonly alias?: string
  readonly roleArn?: string
  readonly accessKeyId?: string
  readonly accountId?: string
  /** Default: only the first of an organisation. */
  readonly isDefault?: boolean
}

/** Far above any test; a page that is asked for without an end must not fill the memory. */
const MAX_OF_A_KIND = 500

export class DashboardState {
  readonly sessions: DashboardSessions
  readonly faults = new DashboardFaults()
  readonly orgs = new Map<string, DashboardOrg>()
  readonly stacks = new Map<string, Stack>()
  /** Milliseconds from the press on Create to the end of a stack. */
  stackMs = 0
  /** Why stacks fail from now on. */
  stackFailure: string | undefined
  readonly #now: () => number
  readonly #roleArn: (roleName: string) => string

  /** @param roleArn the ARN that a role of this name has in the practice account */
  constructor({now, roleArn}: {now: () => number; roleArn: (roleName: string) => string}) {
    this.#now = now
    this.#roleArn = roleArn
    this.sessions = new DashboardSessions(now)
    this.addOrg('practice-org')
  }

  addOrg(orgName: string, role: DashboardOrg['role'] = 'owner'): DashboardOrg {
    const org: DashboardOrg = {
      orgUid: newUid(),
      orgName,
      role,
      createdAt: this.#now(),
      apps: new Map(),
      providers: new Map(),
      links: new Map(),
    }
    this.orgs.set(orgName, org)
    return org
  }

  /** @throws DashboardError 404 */
  orgByName(orgName: string): DashboardOrg {
    const org = this.orgs.get(orgName)
    if (org === undefined) throw new DashboardError(404, 'The organization was not found')
    return org
  }

  /** With the Providers of the stacks that have come to their end. @throws DashboardError 404 */
  orgByUid(orgUid: string): DashboardOrg {
    this.settleStacks()
    const org = [...this.orgs.values()].find((each) => each.orgUid === orgUid)
    if (org === undefined) throw new DashboardError(404, 'The organization was not found')
    return org
  }

  /** @throws DashboardError 400 beyond the limit, 409 for a name that is taken */
  addApp(org: DashboardOrg, appName: string): DashboardApp {
    if (org.apps.has(appName)) throw new DashboardError(409, 'An app with this name already exists')
    if (org.apps.size >= MAX_OF_A_KIND) throw new DashboardError(400, 'This organization has too many apps')
    const app = {appUid: newUid(), appName}
    org.apps.set(appName, app)
    return app
  }

  /** The first of an organisation becomes its default. @throws DashboardError 400 */
  addProvider(org: DashboardOrg, {alias = 'default', ...given}: NewProvider): DashboardProvider {
    const {roleArn, accessKeyId, accountId, isDefault = org.providers.size === 0} = given
    if (org.providers.size >= MAX_OF_A_KIND)
      throw new DashboardError(400, 'This organization has too many providers')
    if ((roleArn === undefined) === (accessKeyId === undefined))
      throw new DashboardError(400, 'A provider has a roleArn or an accessKeyId')
    const provider: DashboardProvider = {
      providerUid: newUid(),
      alias,
      providerName: 'aws',
      providerType: roleArn === undefined ? 'accessKey' : 'roleArn',
      providerDetails: {
        ...(roleArn === undefined ? {} : {roleArn}),
        ...(accessKeyId === undefined ? {} : {accessKeyId}),
        ...(accountId === undefined ? {} : {accountId}),
      },
      isDefault: false,
    }
    org.providers.set(provider.providerUid, provider)
    if (isDefault) this.setDefault(org, provider.providerUid)
    return provider
  }

  /** @throws DashboardError 404 */
  provider(org: DashboardOrg, providerUid: string): DashboardProvider {
    const provider = org.providers.get(providerUid)
    if (provider === undefined) throw new DashboardError(404, 'The provider was not found')
    return provider
  }

  /** At most one Provider of an organisation is its default. @throws DashboardError 404 */
  setDefault(org: DashboardOrg, providerUid: string, isDefault = true): DashboardProvider {
    const chosen = this.provider(org, providerUid)
    if (isDefault) for (const each of org.providers.values()) each.isDefault = false
    chosen.isDefault = isDefault
    return chosen
  }

  /** @throws DashboardError 404 for an organisation that is not there, 409 for a stack that is, 400 for too many */
  createStack(request: StackRequest): Stack {
    this.orgByUid(request.orgUid)
    if (this.stacks.has(request.stackName))
      throw new DashboardError(409, 'A stack of this name already exists')
    if (this.stacks.size >= MAX_OF_A_KIND) throw new DashboardError(400, 'There are too many stacks')
    const stack: Stack = {
      ...request,
      settlesAt: this.#now() + this.stackMs,
      isSettled: false,
      ...(this.stackFailure === undefined ? {} : {failure: this.stackFailure}),
    }
    this.stacks.set(stack.stackName, stack)
    return stack
  }

  statusOf(stack: Stack): StackStatus {
    this.settleStacks()
    if (!stack.isSettled) return 'CREATE_IN_PROGRESS'
    return stack.failure === undefined ? 'CREATE_COMPLETE' : 'ROLLBACK_COMPLETE'
  }

  /** A stack registers its role with the Dashboard by itself; nothing tells the program that waits. */
  settleStacks(): void {
    for (const stack of this.stacks.values()) {
      if (stack.isSettled || this.#now() < stack.settlesAt) continue
      stack.isSettled = true
      const org = [...this.orgs.values()].find(({orgUid}) => orgUid === stack.orgUid)
      if (stack.failure !== undefined || org === undefined) continue
      this.addProvider(org, {
        alias: stack.alias,
        roleArn: this.#roleArn(stack.roleName),
      })
    }
  }
}

function newUid(): string {
  return randomBytes(9).toString('hex')
}
