/** The AWS access portal: what a person who has signed in may use. https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/ */
import type {AccessKey} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {Secret} from '../text/secret.js'
import type {SsoToken} from '../domain/sso.js'
import {parseAccessKeyId} from '../domain/validators.js'
import type {Patience} from './call.js'
import {portalClient, TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import {cancelled} from './explain.js'
import type {Observation} from './observation.js'
import {ssoCall} from './sso-call.js'
import {accountGone, roleGone, sessionExpired} from './sso-problems.js'
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

export interface RoleKey {
  readonly key: AccessKey
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The most AWS gives on a page. */
const PAGE_SIZE = 100
/** Above any organisation; a server that never ends is left here. */
const MAX_PAGES = 500
/** Accounts whose roles are asked for at the same time. */
const AT_ONCE = 6
/** Whoever reads hundreds of accounts is asked to wait now and then. */
const LISTING: Patience = {maxTries: 8, maxTryingMs: 60_000}

type Portal = Awaited<ReturnType<typeof portalClient>>

/** All pages, in the order of AWS. @throws Failure SSO_SESSION_EXPIRED, or the code of a fault */
export async function listAccounts(token: SsoToken, context: SsoContext): Promise<readonly SsoAccount[]> {
  const {ListAccountsCommand} = await import('./sdk.js')
  const accounts: SsoAccount[] = []
  const page = async (client: Portal, abortSignal: AbortSignal, nextToken: string | undefined) => {
    const accessToken = token.accessToken.reveal()
    const answer = await client.send(
      new ListAccountsCommand({accessToken, maxResults: PAGE_SIZE, nextToken}),
      {abortSignal},
    )
    if (!answer.accountList) throw new Error('The answer holds no list of accounts.')
    return {items: answer.accountList, nextToken: answer.nextToken}
  }
  await eachPage({token, context, operation: 'sso:ListAccounts', page}, (items) => {
    for (const {accountId, accountName, emailAddress} of items)
      if (accountId && /^\d{12}$/.test(accountId))
        accounts.push({
          accountId,
          ...(accountName ? {name: accountName} : {}),
          ...(emailAddress ? {email: emailAddress} : {}),
        })
    context.report?.(say`${accounts.length} accounts so far`)
  })
  return accounts
}

/** All pages. @throws Failure SSO_SESSION_EXPIRED, SSO_ROLE_GONE for an account without roles, or the code of a fault */
export async function listRoles(
  token: SsoToken,
  accountId: string,
  context: SsoContext,
): Promise<readonly SsoRole[]> {
  const {ListAccountRolesCommand} = await import('./sdk.js')
  const roles: SsoRole[] = []
  const page = async (client: Portal, abortSignal: AbortSignal, nextToken: string | undefined) => {
    const accessToken = token.accessToken.reveal()
    const answer = await client.send(
      new ListAccountRolesCommand({accessToken, accountId, maxResults: PAGE_SIZE, nextToken}),
      {abortSignal},
    )
    if (!answer.roleList) throw new Error('The answer holds no list of roles.')
    return {items: answer.roleList, nextToken: answer.nextToken}
  }
  const refused = (name: string) => (GONE.includes(name) ? accountGone(accountId) : undefined)
  await eachPage({token, context, operation: 'sso:ListAccountRoles', page, refused}, (items) => {
    for (const {roleName} of items) if (roleName) roles.push({accountId, roleName})
  })
  return roles
}

interface Pages<T> {
  readonly token: SsoToken
  readonly context: SsoContext
  readonly operation: string
  readonly page: (
    client: Portal,
    abortSignal: AbortSignal,
    nextToken: string | undefined,
  ) => Promise<{readonly items: readonly T[]; readonly nextToken: string | undefined}>
  readonly refused?: (name: string) => Problem | undefined
}

/** A list that goes round or has no end is given up as a fault: a part of it would look like rights taken away. */
async function eachPage<T>(
  {token, context, operation, page, refused = () => undefined}: Pages<T>,
  take: (items: readonly T[]) => void,
): Promise<void> {
  const seen = new Set<string>()
  let next: string | undefined
  do {
    const {items, nextToken} = await portalCall({
      token,
      context,
      operation,
      refused,
      patience: LISTING,
      send: async (client, abortSignal) => {
        const answer = await page(client, abortSignal, next)
        if (answer.nextToken && (seen.has(answer.nextToken) || seen.size >= MAX_PAGES))
          throw new Error('The list has no end.')
        return answer
      },
    })
    if (nextToken) seen.add(nextToken)
    take(items)
    next = nextToken
  } while (next)
}

/**
 * The roles of all accounts, in their order, some accounts at a time. An account that was taken away meanwhile has none.
 * The first fault ends all. @throws Failure SSO_SESSION_EXPIRED, or the code of a fault
 */
export async function listAllRoles(
  token: SsoToken,
  accounts: readonly SsoAccount[],
  context: SsoContext,
): Promise<readonly SsoRole[]> {
  const {signal, report} = context
  const found = new Map<string, readonly SsoRole[]>()
  const waiting = accounts.map(({accountId}) => accountId)
  let fault: unknown
  const end = new AbortController()
  const leave = () => end.abort()
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, {once: true})
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined && !end.signal.aborted; id = waiting.shift()) {
      found.set(id, await listRoles(token, id, {...context, signal: end.signal}).catch(noneWhereGone))
      report?.(say`roles of ${found.size} of ${accounts.length} accounts`)
    }
  }
  const workers = Array.from({length: Math.min(AT_ONCE, accounts.length)}, async () =>
    worker().catch((error: unknown) => {
      // What this fault cancels in the other workers is not told in its place.
      fault ??= error
      leave()
    }),
  )
  await Promise.all(workers)
  signal.removeEventListener('abort', leave)
  if (signal.aborted) throw new Failure(cancelled)
  if (fault !== undefined) throw fault
  return accounts.flatMap(({accountId}) => found.get(accountId) ?? [])
}

function noneWhereGone(error: unknown): readonly SsoRole[] {
  if (error instanceof Failure && error.problem.code === 'SSO_ROLE_GONE') return []
  throw error
}

/** Keys of one role for an hour or so. @throws Failure SSO_SESSION_EXPIRED, SSO_ROLE_GONE, or the code of a fault */
export async function roleCredentials(
  token: SsoToken,
  {accountId, roleName}: SsoRole,
  context: SsoContext,
): Promise<RoleKey> {
  const {GetRoleCredentialsCommand} = await import('./sdk.js')
  const gone = roleGone({accountId, roleName})
  return portalCall({
    token,
    context,
    operation: 'sso:GetRoleCredentials',
    send: async (client, abortSignal) => {
      const accessToken = token.accessToken.reveal()
      const {roleCredentials: given = {}} = await client.send(
        new GetRoleCredentialsCommand({accessToken, accountId, roleName}),
        {abortSignal},
      )
      const id = parseAccessKeyId(given.accessKeyId ?? '')
      const {secretAccessKey, sessionToken, expiration} = given
      if (!id || !secretAccessKey || !sessionToken || !expiration)
        throw new Error('The answer holds no whole key.')
      return {
        key: {
          accessKeyId: id,
          secretAccessKey: new Secret(secretAccessKey),
          sessionToken: new Secret(sessionToken),
        },
        expiresAt: expiration,
      }
    },
    // AWS calls a role that it cannot find by its name an invalid request.
    refused: (name) => (GONE.includes(name) || name === 'InvalidRequestException' ? gone : undefined),
  })
}

/** Ends the session at AWS; one that has ended already counts as ended. @throws Failure the code of a fault */
export async function signOut(token: SsoToken, context: SsoContext): Promise<void> {
  const {LogoutCommand} = await import('./sdk.js')
  await portalCall({
    token,
    context,
    operation: 'sso:Logout',
    send: async (client, abortSignal, observation) => {
      await client.send(new LogoutCommand({accessToken: token.accessToken.reveal()}), {abortSignal})
      // The answer is empty, so nothing else would show that a web filter gave it.
      if (/html/i.test(observation.contentType ?? '')) throw new Error('The answer is a web page.')
    },
    refused: () => undefined,
  }).catch((error: unknown) => {
    const isOver = error instanceof Failure && error.problem.code === 'SSO_SESSION_EXPIRED'
    if (!isOver) throw error
  })
}

/** How AWS says that somebody has no role there: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/ */
const GONE: readonly string[] = ['ForbiddenException', 'ResourceNotFoundException']

interface PortalCall<T> {
  readonly token: SsoToken
  readonly context: SsoContext
  readonly operation: string
  readonly send: (client: Portal, abortSignal: AbortSignal, observation: Observation) => Promise<T>
  readonly refused: (name: string) => Problem | undefined
  readonly patience?: Patience
}

async function portalCall<T>({token, context, refused, ...call}: PortalCall<T>): Promise<T> {
  const {network, limits = TIME_LIMITS, clock = systemClock} = context
  return ssoCall({
    ...call,
    service: 'SSO',
    region: token.region,
    context,
    secrets: [token.accessToken],
    client: async (observation: Observation) =>
      portalClient({region: token.region, network, limits, observation, now: clock.now}),
    refused: (name) => (name === 'UnauthorizedException' ? sessionExpired() : refused(name)),
  })
}
