/** The IAM role for the Dashboard: the page on which AWS makes it, and the wait for the Provider that it becomes. */
import {randomBytes} from 'node:crypto'
import {setTimeout as delay} from 'node:timers/promises'
import {Failure} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {PendingRole} from './pending-role.js'
import type {DashboardProvider} from './client.js'
import type {DashboardEndpoints} from './endpoints.js'
import {cancelled} from './problems.js'

/** Where the stack is made, whatever region a service is in: a role counts in all of them. */
const STACK_REGION = 'us-east-1'
/** As Serverless Framework calls the first one. */
const USUAL_ALIAS = 'default'

export const stackName = (id: string) => `SFSetup-${id}`
export const roleName = (id: string) => `SFRole-${id}`

/** A new role of an organisation that has these Providers. */
export function newRole(orgUid: string, providers: readonly DashboardProvider[], now: number): PendingRole {
  const id = randomBytes(3).toString('hex')
  return {
    id,
    orgUid,
    region: STACK_REGION,
    alias: providers.some(({alias}) => alias === USUAL_ALIAS) ? stackName(id) : USUAL_ALIAS,
    known: providers.map(({providerUid}) => providerUid),
    begunAt: now,
  }
}

/** The quick-create page of CloudFormation, filled in. */
export function quickCreateUrl(
  {id, orgUid, region, alias}: Pick<PendingRole, 'id' | 'orgUid' | 'region' | 'alias'>,
  {cloudFormation, roleTemplate}: Pick<DashboardEndpoints, 'cloudFormation' | 'roleTemplate'>,
): string {
  const fields = new URLSearchParams({
    templateURL: roleTemplate,
    stackName: stackName(id),
    param_Alias: alias,
    param_RoleName: roleName(id),
    param_OrgUid: orgUid,
  })
  return `${cloudFormation}?region=${encodeURIComponent(region)}#/stacks/quickcreate?${fields}`
}

const POLL_MS = 5_000
/** A stack of one role takes about a minute, in milliseconds. */
const USUAL_MS = 90_000

const USUAL = say`usually about a minute`
const LONG = say`longer than usual: has "Create stack" been clicked, in the right account?`
const UNREACHABLE = say`the Dashboard cannot be asked right now; going on`

export interface Waiting {
  readonly signal: AbortSignal
  readonly withinMs: number
  readonly pollMs?: number
  readonly report: (note: SafeText) => void
}

/**
 * Asks until a Provider is there that was not before; `undefined` when the time is over. A fault on the way is waited
 * out, unless it is one that waiting does not mend. @throws Failure CANCELLED, DASHBOARD_SIGNED_OUT, DASHBOARD_FORBIDDEN
 */
export async function awaitProvider(
  list: () => Promise<readonly DashboardProvider[]>,
  {known}: Pick<PendingRole, 'known'>,
  {signal, withinMs, pollMs = POLL_MS, report}: Waiting,
): Promise<DashboardProvider | undefined> {
  const begun = Date.now()
  for (;;) {
    const {fresh, fault} = await look(list, known)
    if (fresh) return fresh
    const elapsed = Date.now() - begun
    if (elapsed + pollMs > withinMs) return undefined
    report(fault ? UNREACHABLE : elapsed < USUAL_MS ? USUAL : LONG)
    await delay(pollMs, undefined, {signal}).catch(() => {
      throw new Failure(cancelled)
    })
  }
}

const LASTING: readonly string[] = [
  'CANCELLED',
  'DASHBOARD_SIGNED_OUT',
  'DASHBOARD_KEY_REFUSED',
  'DASHBOARD_FORBIDDEN',
  'DASHBOARD_NOT_FOUND',
  'RC_NOT_UNDERSTOOD',
]

async function look(
  list: () => Promise<readonly DashboardProvider[]>,
  known: readonly string[],
): Promise<{readonly fresh?: DashboardProvider; readonly fault?: true}> {
  try {
    const fresh = (await list()).find(({providerUid}) => !known.includes(providerUid))
    return fresh ? {fresh} : {}
  } catch (error) {
    if (error instanceof Failure && LASTING.includes(error.problem.code)) throw error
    return {fault: true}
  }
}
