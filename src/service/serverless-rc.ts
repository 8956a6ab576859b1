/**
 * `~/.serverlessrc`, where Serverless Framework keeps who is signed in to the Dashboard. What is written here the
 * Framework uses, and what it wrote is used here; whatever else is in the file stays.
 */
import {access} from 'node:fs/promises'
import {join} from 'node:path'
import {isUtf8} from 'node:buffer'
import {isDeepStrictEqual} from 'node:util'
import {Failure} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {Secret} from '../text/secret.js'
import {readDiskFile, type DiskFile} from '../files/read-file.js'
import {resolveTarget} from '../files/resolve.js'
import {rewriteFile} from '../files/rewrite.js'
import {asideLine} from '../files/path-lines.js'
import type {NewValue} from './change/text.js'
import type {ServiceDocument} from './document.js'

export interface DashboardTokens {
  readonly idToken: Secret
  readonly accessToken: Secret
  readonly refreshToken: Secret
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The person who is signed in. */
export interface DashboardUser {
  readonly userId: string
  readonly username: string
  readonly name?: string
  readonly email?: string
  readonly tokens: DashboardTokens
}

type Table = Readonly<Record<string, unknown>>

const TOKEN = /^[\x21-\x7e]{1,65536}$/
/** A name that goes into a path or onto a screen. */
const LINE = /^[^\x00-\x1f\x7f]{1,512}$/
const MAX_BYTES = 4 * 1024 * 1024

/** That in the home folder, or `~/.config/.serverlessrc` where only that exists. */
export async function serverlessRcPath(home: string, stage: 'prod' | 'dev'): Promise<string> {
  const name = stage === 'dev' ? '.serverlessdevrc' : '.serverlessrc'
  const [usual, other] = [join(home, name), join(home, '.config', name)]
  return !(await exists(usual)) && (await exists(other)) ? other : usual
}

/** Who is signed in, also where the token has expired; `undefined` for nobody. @throws Failure RC_NOT_UNDERSTOOD */
export async function readDashboardUser(
  home: string,
  stage: 'prod' | 'dev',
): Promise<DashboardUser | undefined> {
  const path = await serverlessRcPath(home, stage)
  const table = tableOf(await readDiskFile(await resolveTarget(path)), path)
  const userId = text(table['userId'], LINE)
  const user = tableAt(tableAt(table, 'users'), userId ?? '')
  const dashboard = tableAt(user, 'dashboard')
  const [idToken, accessToken, refreshToken] = ['idToken', 'accessToken', 'refreshToken'].map((key) =>
    text(dashboard[key], TOKEN),
  )
  if (userId === undefined || refreshToken === undefined) return undefined
  const {expiresAt} = dashboard
  const name = text(user['name'], LINE)
  const email = text(user['email'], LINE)
  return {
    userId,
    username: text(user['username'], LINE) ?? text(dashboard['username'], LINE) ?? '',
    ...(name === undefined ? {} : {name}),
    ...(email === undefined ? {} : {email}),
    tokens: {
      idToken: new Secret(idToken ?? ''),
      accessToken: new Secret(accessToken ?? ''),
      refreshToken: new Secret(refreshToken),
      // One without a date, or without a token, is to be renewed before it is used.
      expiresAt: idToken !== undefined && typeof expiresAt === 'number' ? expiresAt : 0,
    },
  }
}

/**
 * Makes this person the one who is signed in. The file is for this user alone from then on.
 * @throws Failure RC_NOT_UNDERSTOOD, or what the system said; then what was there is there still
 */
export async function saveDashboardUser(
  home: string,
  stage: 'prod' | 'dev',
  user: DashboardUser,
  signal?: AbortSignal,
): Promise<string> {
  const [path, {isMap, nodeAt, parseService, parseText}, {setIn}] = [
    await serverlessRcPath(home, stage),
    await import('./document.js'),
    await import('./change/set.js'),
  ]
  const textOf = (old: DiskFile | undefined) => {
    const wanted = withUser(tableOf(old, path), user)
    if (!old) return `${JSON.stringify(wanted, null, 2)}\n`
    // What could not be written back as it is would be lost.
    if (!isUtf8(old.bytes)) throw notUnderstood(path, say`It holds bytes that are no UTF-8 text.`)
    try {
      const values = valuesOf(user)
      const begun = withMaps(parseService(old.bytes, 'json', path), values)
      const {bom, text} = values.reduce(
        (document, [keys, value]) =>
          typeof value === 'object' && nodeAt(document, ...keys) ? document : setIn(document, keys, value),
        begun,
      )
      if (isDeepStrictEqual(JSON.parse(text), wanted)) return bom + text
    } catch {
      // The same key twice, or a line end of its own kind: its layout cannot be kept, and what it says is.
    }
    try {
      return `${JSON.stringify(wanted, null, 2)}\n`
    } catch {
      throw notUnderstood(path, say`It is nested too deeply.`)
    }
  }
  /** Whatever else stands on the way to a value gives way to a map, as Serverless Framework takes it for none. */
  const withMaps = (document: ServiceDocument, values: ReturnType<typeof valuesOf>): ServiceDocument => {
    const paths = values.flatMap(([keys, value]) =>
      keys.flatMap((_, index) =>
        index < keys.length - 1 || typeof value === 'object' ? [keys.slice(0, index + 1)] : [],
      ),
    )
    return paths.reduce((now, keys) => {
      const node = nodeAt(now, ...keys)
      if (!node?.range || isMap(node)) return now
      const [start, end] = node.range
      return parseText(`${now.text.slice(0, start)}{}${now.text.slice(end)}`, 'json', path, now.bom)
    }, document)
  }
  await rewriteFile(path, textOf, {signal})
  return path
}

/** What is set in the file, one after the other. */
function valuesOf(user: DashboardUser): readonly (readonly [readonly string[], NewValue])[] {
  const flat = (value: unknown, at: readonly string[]): (readonly [readonly string[], NewValue])[] =>
    isTable(value) && Object.keys(value).length > 0
      ? Object.entries(value).flatMap(([key, each]) => flat(each, [...at, key]))
      : [[at, value as NewValue]]
  const {users, ...rest} = withUser({}, user)
  return [...flat(rest, []), ...flat(users, ['users'])]
}

function withUser(table: Table, {userId, username, name, email, tokens}: DashboardUser): Table {
  const users = tableAt(table, 'users')
  const old = tableAt(users, userId)
  const oldDashboard = tableAt(old, 'dashboard')
  const dashboard = {
    ...oldDashboard,
    refreshToken: tokens.refreshToken.reveal(),
    accessToken: tokens.accessToken.reveal(),
    idToken: tokens.idToken.reveal(),
    expiresAt: tokens.expiresAt,
    username,
    accessKeys: tableAt(oldDashboard, 'accessKeys'),
  }
  const who = {...(name === undefined ? {} : {name}), ...(email === undefined ? {} : {email})}
  const user = {...old, userId, ...who, username, dashboard}
  return {...table, userId, users: {...users, [userId]: user}}
}

function tableOf(file: DiskFile | undefined, path: string): Table {
  if (!file || file.bytes.length === 0) return {}
  const parsed = file.bytes.length > MAX_BYTES ? undefined : parse(file.bytes)
  if (isTable(parsed)) return parsed
  throw notUnderstood(path, say`It was edited, or a program was stopped while it wrote.`)
}

function notUnderstood(path: string, why: SafeText): Failure {
  return new Failure({
    code: 'RC_NOT_UNDERSTOOD',
    what: say`${path} is not valid JSON. Nothing was changed.`,
    why: say`Serverless Framework keeps there who is signed in. ${why}`,
    nextSteps: [say`Put it aside; a new one is made by the next sign-in: \`${asideLine(path)}\``],
  })
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    )
  } catch {
    return undefined
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function tableAt(table: Table, key: string): Table {
  const value = Object.hasOwn(table, key) ? table[key] : undefined
  return isTable(value) ? value : {}
}

function text(value: unknown, shape: RegExp): string | undefined {
  return typeof value === 'string' && shape.test(value) ? value : undefined
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
