/** The ports of "Create AWS IAM Role", connected to the Dashboard, to the folder of the service and to AWS. */
import type {DashboardRolePorts, Opened, Org, Provider} from '../../flows/dashboard-role/ports.js'
import type {DashboardContext} from '../dashboard/context.js'
import type {DashboardProvider} from '../dashboard/client.js'
import {dashboardEndpoints} from '../dashboard/endpoints.js'
import {practiceDashboard} from '../domain/loopback.js'
import {DashboardSession, type SignedIn} from '../dashboard/session.js'
import type {WorkContext} from '../engine/types.js'
import type {OpenPageResult} from './browser.js'
import {maskKeyId} from '../text/mask.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {parseAccessKeyId} from '../domain/validators.js'
import type {AwsFiles} from '../files/locations.js'
import {shownPath} from '../files/shown-path.js'
import type {PendingRole} from '../dashboard/pending-role.js'
import type {DashboardUser} from '../service/serverless-rc.js'
import {ServiceFolder} from './service-folder.js'
import {stackWords} from './stack-words.js'
import {commitChange} from './plans.js'

export interface DashboardRoleWiring {
  readonly env: NodeJS.ProcessEnv
  readonly files: AwsFiles
  /** `--service` */
  readonly folder: string | undefined
  /** `--region`, for a service that is none yet. */
  readonly region: string | undefined
  openPage(url: string): Promise<OpenPageResult>
  /** The AWS credentials that a deploy would use now, and whether AWS can be asked with them. */
  local(): Promise<{readonly source: SafeText; readonly canAsk: boolean} | undefined>
  /** The account of those. @throws Failure */
  localAccount(context: WorkContext): Promise<string>
}

/** How long a role is waited for before it is told what to look at, in milliseconds. A stack takes about a minute. */
const PATIENCE_MS = 5 * 60_000

export function dashboardRolePorts(wiring: DashboardRoleWiring): DashboardRolePorts {
  const {env, files} = wiring
  const folder = new ServiceFolder(wiring)
  // An address that is refused is told where the Dashboard is asked, not before the first screen.
  let kept: DashboardSession | undefined
  const session = () => (kept ??= new DashboardSession(env, files.home, dashboardEndpoints(env).stage))
  let pending: PendingRole | undefined
  const contextOf = async ({signal, report}: WorkContext): Promise<DashboardContext> => {
    const {networkFrom} = await import('../aws/network.js')
    return {endpoints: dashboardEndpoints(env), network: await networkFrom(env), signal, report}
  }
  const open = async (url: string, stack: Pick<Opened, 'makes' | 'events'> = {}): Promise<Opened> => {
    const {opened, reason} = await wiring.openPage(url)
    const words = opened
      ? say`The page was opened in your browser.`
      : say`Open the page yourself. ${reason ?? ''}`
    return {url, opened: words, ...stack}
  }
  const roleWords = async ({id, region}: PendingRole) => {
    const {roleName, stackName} = await import('../dashboard/role.js')
    return {
      makes: say`Stack ${stackName(id)} in ${region}, role ${roleName(id)}.`,
      events: say`aws cloudformation describe-stack-events --region ${region} --stack-name ${stackName(id)}`,
    }
  }
  const listed = async (org: Org, context: DashboardContext) => {
    const {listProviders} = await import('../dashboard/client.js')
    return session().call(context, async (bearer) => listProviders(org, bearer, context))
  }
  /** A Provider that was made just now may be of an account that nobody meant. */
  const withAccount = async (provider: DashboardProvider, context: WorkContext): Promise<Provider> => {
    const shown = shownProvider(provider)
    const {accountId} = provider
    const local = await wiring.local()
    if (accountId === undefined || !local?.canAsk) return shown
    const own = await wiring.localAccount(context).catch(() => undefined)
    return own === undefined || own === accountId
      ? shown
      : {
          ...shown,
          otherAccount: say`This is another account than that of the credentials on this machine (${own}). If it is not the one you meant, delete the stack there and the Provider in the Dashboard, and create the role again.`,
        }
  }
  return {
    openPage: wiring.openPage,

    lookAround: async () => {
      const [service, who, local] = await Promise.all([folder.look(), session().signedIn(), wiring.local()])
      const {TEMPLATES} = await import('../service/template-list.js')
      return {
        ...(service ? {service: service.here} : {}),
        templates: TEMPLATES,
        ...(who ? {signedIn: whoWords(who)} : {}),
        signInFile: shownPath(await session().file(), files.home),
        ...(local ? {local: local.source} : {}),
        canAskAws: local?.canAsk ?? false,
        canDeploy: service?.canDeploy ?? false,
      }
    },

    planService: async ({template, name}) => folder.planNew(template, name),
    writeService: async (plan, context, options) => folder.writeNew(plan, context, options),
    planOrgApp: async (_, names) => folder.planOrgApp(names),
    writeOrgApp: commitChange,

    beginLogin: async (context) => open(await session().begin(await contextOf(context))),
    awaitLogin: async (context) => userWords(await session().finish(await contextOf(context))),

    orgs: async (context) => {
      const [dashboard, {listOrgs, orgOfKey}] = await Promise.all([
        contextOf(context),
        import('../dashboard/client.js'),
      ])
      return session().call(dashboard, async (bearer, who) =>
        who.kind === 'key'
          ? [await orgOfKey(bearer, dashboard)]
          : listOrgs(who.user.username, bearer, dashboard),
      )
    },

    apps: async (org, context) => {
      const [dashboard, {listApps}] = await Promise.all([
        contextOf(context),
        import('../dashboard/client.js'),
      ])
      return session().call(dashboard, async (bearer) => listApps(org, bearer, dashboard))
    },

    createApp: async (org, app, context) => {
      const [dashboard, {createApp}] = await Promise.all([
        contextOf(context),
        import('../dashboard/client.js'),
      ])
      await session().call(dashboard, async (bearer) => createApp(org, app, bearer, dashboard))
    },

    providers: async (org, context) => {
      const {forgetPendingRole, readPendingRole} = await import('../dashboard/pending-role.js')
      const [all, earlier] = await Promise.all([
        listed(org, await contextOf(context)),
        readPendingRole(env, org.orgUid),
      ])
      const shown = all.map(shownProvider)
      pending = earlier
      if (!earlier) return {all: shown}
      const found = all.find(({providerUid}) => !earlier.known.includes(providerUid))
      if (found) {
        await forgetPendingRole(env)
        return {all: shown, fresh: await withAccount(found, context)}
      }
      const {quickCreateUrl} = await import('../dashboard/role.js')
      const page = {
        url: quickCreateUrl(earlier, dashboardEndpoints(env)),
        opened: say`The page was opened in an earlier run.`,
        ...(await roleWords(earlier)),
      }
      return {all: shown, pending: page}
    },

    beginRole: async (org, context) => {
      const [{newRole, quickCreateUrl}, {writePendingRole}] = await Promise.all([
        import('../dashboard/role.js'),
        import('../dashboard/pending-role.js'),
      ])
      pending = newRole(org.orgUid, await listed(org, await contextOf(context)), Date.now())
      // A courtesy to a later run: that it cannot be written is no reason to stop.
      await writePendingRole(env, pending).catch(() => undefined)
      return open(quickCreateUrl(pending, dashboardEndpoints(env)), await roleWords(pending))
    },

    awaitRole: async (org, context) => {
      const [{awaitProvider}, {forgetPendingRole}] = await Promise.all([
        import('../dashboard/role.js'),
        import('../dashboard/pending-role.js'),
      ])
      const dashboard = await contextOf({...context, report: () => undefined})
      const {signal, report} = context
      const waiting = {signal, report, withinMs: PATIENCE_MS, ...pollOften(env)}
      const found = await awaitProvider(async () => listed(org, dashboard), pending ?? {known: []}, waiting)
      if (!found) return undefined
      await forgetPendingRole(env)
      return withAccount(found, context)
    },

    stackEvents: async (context) => {
      if (!pending) return [say`No stack was begun here.`]
      const {stackName} = await import('../dashboard/role.js')
      return stackWords(stackName(pending.id), pending.region, {env, context})
    },

    useProvider: async ({org, provider, as, service, app}, context) => {
      const [dashboard, client] = await Promise.all([contextOf(context), import('../dashboard/client.js')])
      await session().call(dashboard, async (bearer) => {
        if (as === 'default') return client.setDefaultProvider(org, provider, bearer, dashboard)
        if (!service || app === undefined) throw new Error('There is no service to use the Provider for.')
        const {name, stage, region} = service
        return client.linkProvider(org, {app, service: name, stage, region}, provider, bearer, dashboard)
      })
    },
  }
}

/** A practice Dashboard has nobody else to answer. */
function pollOften(env: NodeJS.ProcessEnv): {readonly pollMs?: number} {
  return practiceDashboard(env) === undefined ? {} : {pollMs: 500}
}

function shownProvider({
  providerUid,
  alias,
  type,
  detail,
  accountId,
  isDefault,
}: DashboardProvider): Provider {
  const keyId = type === 'accessKey' ? parseAccessKeyId(detail) : undefined
  return {
    providerUid,
    alias,
    type,
    detail:
      type === 'roleArn' ? safe(detail) : keyId ? say`access key ${maskKeyId(keyId)}` : say`an access key`,
    ...(accountId === undefined ? {} : {accountId}),
    isDefault,
  }
}

function whoWords(who: SignedIn): SafeText {
  return who.kind === 'key' ? say`the key in SERVERLESS_ACCESS_KEY` : userWords(who.user)
}

function userWords({email, name, username, userId}: DashboardUser): SafeText {
  return safe(email ?? name ?? (username || userId))
}
