/** The Dashboard, call by call. Shapes: the npm package @serverless-inc/sdk, and the sources of Serverless Framework. */
import {safe, say, type SafeText} from '../text/safe-text.js'
import type {Secret} from '../text/secret.js'
import type {DashboardTokens} from '../service/serverless-rc.js'
import {dashboardCall} from './call.js'
import type {DashboardContext} from './context.js'
import {expiry, list, object, optionalText, text, token, type Json} from './wire.js'

export interface DashboardOrg {
  readonly orgUid: string
  readonly orgName: string
}

/** An AWS account that an organisation can deploy to. */
export interface DashboardProvider {
  readonly providerUid: string
  readonly alias: string
  readonly type: 'roleArn' | 'accessKey'
  /** The ARN of the role, or the ID of the key. */
  readonly detail: string
  readonly accountId?: string
  readonly isDefault: boolean
}

/** Renews a sign-in. A refresh token may serve once: keep what comes back at once. */
export async function refreshTokens(
  {refreshToken}: DashboardTokens,
  context: DashboardContext,
): Promise<DashboardTokens> {
  const now = (context.clock?.now ?? Date.now)()
  return dashboardCall(
    {
      method: 'POST',
      base: context.endpoints.core,
      path: '/tokens/refresh',
      about: say`to renew the sign-in`,
      body: {refreshToken: refreshToken.reveal()},
      secrets: [refreshToken],
      read: (json) => tokensFrom(object(json), now, refreshToken),
    },
    context,
  )
}

/** @param old kept where no new refresh token is given out */
export function tokensFrom(json: Json, now: number, old?: Secret): DashboardTokens {
  return {
    idToken: token(json, 'id_token'),
    accessToken: token(json, 'access_token'),
    refreshToken: old && json['refresh_token'] === undefined ? old : token(json, 'refresh_token'),
    expiresAt: expiry(json, now),
  }
}

/** The organisation that an access key belongs to. */
export async function orgOfKey(
  bearer: Secret,
  context: DashboardContext,
): Promise<DashboardOrg & {readonly userName?: string}> {
  return get(
    context.endpoints.core,
    '/tenants/accessKey/meta',
    say`what the access key is for`,
    bearer,
    context,
    (json) => {
      const {result} = object(json)
      const meta = object(result)
      const userName = optionalText(meta, 'userName')
      return {...orgFrom(meta), ...(userName === undefined ? {} : {userName})}
    },
  )
}

export async function listOrgs(
  username: string,
  bearer: Secret,
  context: DashboardContext,
): Promise<readonly DashboardOrg[]> {
  const path = `/tenants?userName=${encodeURIComponent(username)}`
  return get(context.endpoints.core, path, say`your organisations`, bearer, context, (json) =>
    list(json).map(orgFrom),
  )
}

export async function listApps(
  {orgName}: DashboardOrg,
  bearer: Secret,
  context: DashboardContext,
): Promise<readonly string[]> {
  return get(
    context.endpoints.core,
    appsPath(orgName),
    say`the apps of ${orgName}`,
    bearer,
    context,
    (json) => list(json).map((app) => text(app, 'appName', 'name')),
  )
}

export async function createApp(
  {orgName}: DashboardOrg,
  appName: string,
  bearer: Secret,
  context: DashboardContext,
): Promise<void> {
  await post(context.endpoints.core, appsPath(orgName), say`to make the app ${appName}`, bearer, context, {
    appName,
  })
}

export async function listProviders(
  {orgUid, orgName}: DashboardOrg,
  bearer: Secret,
  context: DashboardContext,
): Promise<readonly DashboardProvider[]> {
  return get(
    context.endpoints.providers,
    `/orgs/${encodeURIComponent(orgUid)}/providers`,
    say`the Providers of ${orgName}`,
    bearer,
    context,
    (json) =>
      list(object(json)['result'] ?? [])
        // Others are of no use for a deploy to AWS.
        .filter(({providerName}) => providerName === undefined || providerName === 'aws')
        .map(providerFrom),
  )
}

export async function setDefaultProvider(
  {orgUid, orgName}: DashboardOrg,
  {providerUid, alias}: Pick<DashboardProvider, 'providerUid' | 'alias'>,
  bearer: Secret,
  context: DashboardContext,
): Promise<void> {
  const path = `/orgs/${encodeURIComponent(orgUid)}/providers/${encodeURIComponent(providerUid)}/set-default`
  await post(
    context.endpoints.providers,
    path,
    say`to make ${alias} the default of ${orgName}`,
    bearer,
    context,
  )
}

export interface ServiceInstance {
  readonly app: string
  readonly service: string
  readonly stage: string
  readonly region: string
}

export async function linkProvider(
  {orgUid}: DashboardOrg,
  {app, service, stage, region}: ServiceInstance,
  {providerUid, alias}: Pick<DashboardProvider, 'providerUid' | 'alias'>,
  bearer: Secret,
  context: DashboardContext,
): Promise<void> {
  const instance = `appName|${app}|serviceName|${service}|stage|${stage}|region|${region}`
  const path = `/orgs/${encodeURIComponent(orgUid)}/instances/${encodeURIComponent(instance)}`
  await post(context.endpoints.providers, path, say`to use ${alias} for ${service}`, bearer, context, {
    providerUid,
  })
}

function appsPath(orgName: string): string {
  return `/tenants/${encodeURIComponent(orgName)}/applications`
}

/** Under the old names, too, which the interface still uses. */
function orgFrom(json: Json): DashboardOrg {
  return {orgUid: text(json, 'orgUid', 'tenantUid'), orgName: text(json, 'orgName', 'tenantName')}
}

function providerFrom(json: Json): DashboardProvider {
  const details = typeof json['providerDetails'] === 'object' ? object(json['providerDetails'] ?? {}) : {}
  const type = json['providerType'] === 'accessKey' ? 'accessKey' : 'roleArn'
  const detail = optionalText(details, type) ?? optionalText(details, 'accessKeyId') ?? ''
  const accountId = optionalText(details, 'accountId') ?? /^arn:[\w-]+:iam::([0-9]{12}):/.exec(detail)?.[1]
  return {
    providerUid: text(json, 'providerUid'),
    alias: optionalText(json, 'alias') ?? 'without a name',
    type,
    detail,
    ...(accountId !== undefined && /^[0-9]{12}$/.test(accountId) ? {accountId} : {}),
    isDefault: json['isDefault'] === true,
  }
}

async function get<T>(
  base: string,
  path: string,
  about: SafeText,
  bearer: Secret,
  context: DashboardContext,
  read: (json: unknown) => T,
): Promise<T> {
  return dashboardCall({method: 'GET', base, path, about: safe(about), bearer, read}, context)
}

/** What is answered says nothing that is not known. */
async function post(
  base: string,
  path: string,
  about: SafeText,
  bearer: Secret,
  context: DashboardContext,
  body: Readonly<Record<string, string>> = {},
): Promise<void> {
  await dashboardCall({method: 'POST', base, path, about, bearer, body, read: () => undefined}, context)
}
