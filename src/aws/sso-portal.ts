/** The AWS access portal: what a person who has signed in may use. https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/ */
import type {AccessKey} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import type {SsoToken} from '../safety/sso.js'
import {parseAccessKeyId} from '../safety/validators.js'
import {portalClient, TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import type {Observation} from './observation.js'
import {sessionExpired, ssoCall} from './sso-call.js'
import type {SsoContext} from './sso-types.js'

export interface SsoAccount {
  /** Twelve digits. */
  readonly accountId: string
  readonly name?: string
  readonly email?: string
}

export interface SsoRole {
  readonly accountId: string
  readonly roleName: string
}

/** The most AWS gives on a page. */
const PAGE_SIZE = 100
/** Above any organisation; a server that never ends is left here. */
const MAX_PAGES = 1_000
/** Accounts whose roles are asked for at the same time. */
const AT_ONCE = 6

type Portal = Awaited<ReturnType<typeof portalClient>>

/** All pages, in the order of AWS. @throws Failure SSO_SESSION_EXPIRED, or the code of a fault */
export async function listAccounts(token: SsoToken, context: SsoContext): Promise<readonly SsoAccount[]> {
  const {ListAccountsCommand} = await import('@aws-sdk/client-sso')
  const accounts: SsoAccount[] = []
  await eachPage(async (nextToken) => {
    const answer = await portalCall(token, context, 'sso:ListAccounts', async (client, abortSignal) =>
      client.send(
        new ListAccountsCommand({accessToken: token.accessToken.reveal(), maxResults: PAGE_SIZE, nextToken}),
        {abortSignal},
      ),
    )
    for (const {accountId, accountName, emailAddress} of answer.accountList ?? [])
      if (accountId && /^\d{12}$/.test(accountId))
        accounts.push({
          accountId,
          ...(accountName ? {name: accountName} : {}),
          ...(emailAddress ? {email: emailAddress} : {}),
        })
    context.report?.(say`${accounts.length} accounts so far`)
    return answer.nextToken
  })
  return accounts
}

/** All pages. @throws Failure SSO_SESSION_EXPIRED, or the code of a fault */
export async function listRoles(
  token: SsoToken,
  accountId: string,
  context: SsoContext,
): Promise<readonly SsoRole[]> {
  const {ListAccountRolesCommand} = await import('@aws-sdk/client-sso')
  const roles: SsoRole[] = []
  await eachPage(async (nextToken) => {
    const answer = await portalCall(token, context, 'sso:ListAccountRoles', async (client, abortSignal) =>
      client.send(
        new ListAccountRolesCommand({
          accessToken: token.accessToken.reveal(),
          accountId,
          maxResults: PAGE_SIZE,
          nextToken,
        }),
        {abortSignal},
      ),
    )
    for (const {roleName} of answer.roleList ?? []) if (roleName) roles.push({accountId, roleName})
    return answer.nextToken
  })
  return roles
}

/** A page that was given already would be given for ever. */
async function eachPage(page: (nextToken: string | undefined) => Promise<string | undefined>): Promise<void> {
  const seen = new Set<string>()
  for (let next = await page(undefined); next; next = await page(next)) {
    if (seen.has(next) || seen.size >= MAX_PAGES) return
    seen.add(next)
  }
}

/** The roles of all accounts, in their order, some accounts at a time. The first fault ends all. */
export async function listAllRoles(
  token: SsoToken,
  accounts: readonly SsoAccount[],
  context: SsoContext,
): Promise<readonly SsoRole[]> {
  const found = new Map<string, readonly SsoRole[]>()
  const waiting = [...accounts]
  const end = new AbortController()
  const leave = () => end.abort()
  context.signal.addEventListener('abort', leave, {once: true})
  if (context.signal.aborted) leave()
  const worker = async () => {
    for (let account = waiting.shift(); account && !end.signal.aborted; account = waiting.shift()) {
      const {accountId} = account
      found.set(accountId, await listRoles(token, accountId, {...context, signal: end.signal}))
      context.report?.(say`roles of ${found.size} of ${accounts.length} accounts`)
    }
  }
  const ends = await Promise.allSettled(
    Array.from({length: Math.min(AT_ONCE, accounts.length)}, async () =>
      worker().catch((error: unknown) => {
        // What was cancelled by this fault is not told in its place.
        const isFirst = !end.signal.aborted
        leave()
        throw isFirst || context.signal.aborted ? error : new Aside()
      }),
    ),
  )
  context.signal.removeEventListener('abort', leave)
  const faults = ends.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  const fault = faults.find((each) => !(each instanceof Aside))
  if (fault !== undefined) throw fault
  return accounts.flatMap(({accountId}) => found.get(accountId) ?? [])
}

class Aside extends Error {}

/** Keys of one role for an hour or so. @throws Failure SSO_SESSION_EXPIRED, SSO_ROLE_GONE, or the code of a fault */
export async function roleCredentials(
  token: SsoToken,
  {accountId, roleName}: SsoRole,
  context: SsoContext,
): Promise<{readonly key: AccessKey; readonly expiresAt: number}> {
  const {GetRoleCredentialsCommand} = await import('@aws-sdk/client-sso')
  const answer = await portalCall(
    token,
    context,
    'sso:GetRoleCredentials',
    async (client, abortSignal) =>
      client.send(
        new GetRoleCredentialsCommand({accessToken: token.accessToken.reveal(), accountId, roleName}),
        {abortSignal},
      ),
    (name) =>
      ['ForbiddenException', 'ResourceNotFoundException', 'InvalidRequestException'].includes(name)
        ? roleGone(accountId, roleName)
        : undefined,
  )
  const {accessKeyId = '', secretAccessKey, sessionToken, expiration = 0} = answer.roleCredentials ?? {}
  const id = parseAccessKeyId(accessKeyId)
  if (!id || !secretAccessKey || !sessionToken) throw new Failure(roleGone(accountId, roleName))
  return {
    key: {
      accessKeyId: id,
      secretAccessKey: new Secret(secretAccessKey),
      sessionToken: new Secret(sessionToken),
    },
    expiresAt: expiration,
  }
}

/** Ends the session at AWS; one that has ended already counts as ended. @throws Failure the code of a fault */
export async function signOut(token: SsoToken, context: SsoContext): Promise<void> {
  const {LogoutCommand} = await import('@aws-sdk/client-sso')
  await portalCall(token, context, 'sso:Logout', async (client, abortSignal) =>
    client.send(new LogoutCommand({accessToken: token.accessToken.reveal()}), {abortSignal}),
  ).catch((error: unknown) => {
    const isOver = error instanceof Failure && error.problem.code === 'SSO_SESSION_EXPIRED'
    if (!isOver) throw error
  })
}

async function portalCall<T>(
  token: SsoToken,
  context: SsoContext,
  operation: string,
  send: (client: Portal, abortSignal: AbortSignal) => Promise<T>,
  refused: (name: string) => Problem | undefined = () => undefined,
): Promise<T> {
  const {network, limits = TIME_LIMITS, clock = systemClock} = context
  return ssoCall({
    service: 'SSO',
    operation,
    region: token.region,
    context,
    secrets: [token.accessToken],
    client: async (observation: Observation) =>
      portalClient({region: token.region, network, limits, observation, now: clock.now}),
    send,
    refused: (name) => (name === 'UnauthorizedException' ? sessionExpired() : refused(name)),
  })
}

function roleGone(accountId: string, roleName: string): Problem {
  return {
    code: 'SSO_ROLE_GONE',
    what: say`You may no longer use the role ${roleName} in account ${accountId}.`,
    why: say`The sign-in works, but AWS gives out no keys for this role: it was taken away, or the profile names it wrongly.`,
    nextSteps: [
      say`See what you may use, and bring the profiles up to date: \`serverless-setup sso sync\``,
      say`Or ask whoever manages your AWS accounts for it.`,
    ],
  }
}
