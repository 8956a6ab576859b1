/**
 * The folder in which AWS tools keep sign-ins, `~/.aws/sso/cache`, in the AWS CLI's format: what is written here they
 * use, and what they wrote is used here. Source: botocore `SSOTokenLoader`, AWS CLI 2 `BaseSSOTokenFetcher`,
 * `getSSOTokenFilepath` of the SDK for JavaScript. Files of others and damaged ones read as absent.
 */
import {createHash} from 'node:crypto'
import {join} from 'node:path'
import type {SsoRegistration, SsoSession, SsoToken} from '../domain/sso.js'
import {makeFolder} from '../files/disk.js'
import {readDiskFile} from '../files/read-file.js'
import {takeLock} from '../files/lock.js'
import {removeFile, rewriteFile} from '../files/rewrite.js'
import {
  readCacheJson,
  registrationFrom,
  registrationJson,
  samePortal,
  tokenFrom,
  tokenJson,
  type CacheJson,
} from './sso-json.js'
import {toFailure} from '../files/trouble.js'

/** Whose token: of an `[sso-session]`, or, without a name, of a profile that names the start URL itself. */
export interface TokenOwner {
  readonly name?: string
  readonly startUrl: string
  /** For a file that does not say it. */
  readonly region?: string
}

/** How the program is registered: for a code that is typed in a browser anywhere, or for the browser of this machine. */
export type SsoGrant = 'device' | 'browser'

export function ssoCacheFolder(home: string): string {
  return join(home, '.aws', 'sso', 'cache')
}

/** Where the token is, whether or not it exists. */
export function tokenPath(home: string, {name, startUrl}: TokenOwner): string {
  return join(ssoCacheFolder(home), `${sha1(name ?? startUrl)}.json`)
}

/**
 * The token, also one that has expired, or `undefined`. One of another start URL that stands under the same name is
 * none: it would open other accounts. Throws a `Failure` only for a file that may not be read.
 */
export async function readToken(home: string, session: TokenOwner): Promise<SsoToken | undefined> {
  const json = await readJson(tokenPath(home, session))
  const token = json && tokenFrom(json, session)
  return token && samePortal(token.startUrl, session.startUrl) ? token : undefined
}

/** Throws a `Failure`; then what was there before is there still. */
export async function writeToken(home: string, session: TokenOwner, token: SsoToken): Promise<void> {
  await rewriteFile(tokenPath(home, session), () => tokenJson(token), {needsNoLock: true})
}

/** True where there was one. The accounts stay open to who has a copy: sign out at AWS first. */
export async function deleteToken(home: string, session: TokenOwner): Promise<boolean> {
  return removeFile(tokenPath(home, session))
}

/** The registration that was made for this way of signing in, also an expired one. */
export async function readRegistration(
  home: string,
  session: SsoSession,
  grant: SsoGrant,
): Promise<SsoRegistration | undefined> {
  const json = await readJson(registrationPath(home, session))
  const registration = json && registrationFrom(json)
  const isForBrowser = registration?.grantTypes?.includes('authorization_code') ?? false
  return isForBrowser === (grant === 'browser') ? registration : undefined
}

/** One for each session: the AWS CLI keeps no more either, and tells the two kinds apart by `grantTypes`. */
export async function writeRegistration(
  home: string,
  session: SsoSession,
  registration: SsoRegistration,
): Promise<void> {
  const path = registrationPath(home, session)
  await rewriteFile(path, () => registrationJson(registration), {needsNoLock: true})
}

/**
 * Runs `work` while no other run of this program does the same for this session: a refresh token may be good for one
 * use only. Read the token again in it, as another run may have had it renewed meanwhile.
 */
export async function withTokenLock<T>(
  home: string,
  session: TokenOwner,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const path = tokenPath(home, session)
  await makeFolder(ssoCacheFolder(home)).catch((error: unknown) => {
    throw toFailure(error, path)
  })
  const lock = await takeLock(path, signal)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

async function readJson(path: string): Promise<CacheJson | undefined> {
  const file = await readDiskFile(path)
  return file && readCacheJson(file.bytes)
}

/** `json.dumps(…, sort_keys=True)` of Python, to find what the AWS CLI has registered. */
function registrationPath(home: string, {name, startUrl, region, scopes}: SsoSession): string {
  const text =
    `{"region": ${pythonJson(region)}, "scopes": [${scopes.map(pythonJson).join(', ')}], ` +
    `"session_name": ${pythonJson(name)}, "startUrl": ${pythonJson(startUrl)}, "tool": "botocore"}`
  return join(ssoCacheFolder(home), `${sha1(text)}.json`)
}

function pythonJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
