/** What the sign-in caches of the AWS tools hold, without their secrets: names of what is missing, and times. */
import {readdirSync, readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {parseTime} from '../text/time.js'

/** A file of `~/.aws/sso/cache`. Written by `aws sso login`, the SDKs and this program. */
export interface CachedSsoToken {
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  /** It is no JSON object. */
  readonly isDamaged: boolean
  /** Keys that are not there, of those a token or its renewal needs. */
  readonly missing: ReadonlySet<string>
  /** As the SDK for JavaScript takes it. Milliseconds since 1970; NaN where it cannot be read as a time. */
  readonly expiresAt?: number
  /** As botocore does: it stops at a number, and at a time without a zone. */
  readonly pythonExpiresAt?: number | 'number' | 'zoneless'
  readonly registrationExpiresAt?: number
  readonly startUrl?: string
  readonly region?: string
}

/** A file of `~/.aws/login/cache`. Written by `aws login`. */
export interface CachedLogin {
  readonly path: string
  readonly mode: number
  readonly isDamaged: boolean
  readonly missing: ReadonlySet<string>
  readonly accessKeyId?: string
  /** Milliseconds since 1970 of the credentials; what renews them lives longer. */
  readonly expiresAt?: number
}

/** By file name without `.json`. */
export type Cache<T> = ReadonlyMap<string, T>

const SSO_KEYS = [
  'accessToken',
  'expiresAt',
  'clientId',
  'clientSecret',
  'refreshToken',
  'registrationExpiresAt',
]
const LOGIN_KEYS = ['accessToken', 'clientId', 'refreshToken', 'dpopKey']
/** More files than any person has sessions: a folder of something else. */
const MAX_FILES = 1_000
const MAX_BYTES = 1024 * 1024

export function readSsoCache(folder: string): Cache<CachedSsoToken> {
  return readFolder(folder, (json, file) => ({
    ...file,
    missing: missingOf(json, SSO_KEYS),
    ...('expiresAt' in json
      ? {expiresAt: scriptTime(json['expiresAt']), pythonExpiresAt: pythonTime(json['expiresAt'])}
      : {}),
    ...time('registrationExpiresAt', json['registrationExpiresAt']),
    ...text('startUrl', json['startUrl']),
    ...text('region', json['region']),
  }))
}

export function readLoginCache(folder: string): Cache<CachedLogin> {
  return readFolder(folder, (json, file) => {
    const token = isRecord(json['accessToken']) ? json['accessToken'] : {}
    const missing = new Set(missingOf(json, LOGIN_KEYS))
    if (!token['accountId']) missing.add('accountId')
    return {
      ...file,
      missing,
      ...text('accessKeyId', token['accessKeyId']),
      ...time('expiresAt', token['expiresAt']),
    }
  })
}

/** Name of the file for a session: of its name, or of its start URL in the older form. */
export function ssoCacheName(session: string): string {
  return remembered(ssoNames, session, 'sha1')
}

/** Where the AWS CLI and the SDKs keep sign-ins of the console. */
export function loginCacheFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  return env['AWS_LOGIN_CACHE_DIRECTORY'] ?? join(home, '.aws', 'login', 'cache')
}

export function loginCacheName(session: string): string {
  return remembered(loginNames, session, 'sha256')
}

/** The token of a session, where there is one. */
export function tokenOf(tokens: Cache<CachedSsoToken>, session: string): CachedSsoToken | undefined {
  return tokens.size === 0 ? undefined : tokens.get(ssoCacheName(session))
}

/** Thousands of profiles share a few sessions. */
const ssoNames = new Map<string, string>()
const loginNames = new Map<string, string>()

function remembered(names: Map<string, string>, session: string, algorithm: 'sha1' | 'sha256'): string {
  let name = names.get(session)
  if (name === undefined) {
    // Loading it takes more than two milliseconds, and most machines have no session.
    const {createHash} = process.getBuiltinModule('node:crypto')
    name = createHash(algorithm).update(session).digest('hex')
    names.set(session, name)
  }
  return name
}

interface CacheFile {
  readonly path: string
  readonly mode: number
  readonly isDamaged: boolean
}

function readFolder<T>(
  folder: string,
  read: (json: Record<string, unknown>, file: CacheFile) => T,
): Cache<T> {
  const found = new Map<string, T>()
  for (const name of list(folder)) {
    if (!name.endsWith('.json')) continue
    const path = join(folder, name)
    try {
      const stats = statSync(path)
      const {size, mode} = stats
      // A pipe would be waited for.
      if (!stats.isFile()) continue
      const json = size > MAX_BYTES ? undefined : parse(readFileSync(path, 'utf8'))
      const file = {path, mode: mode & 0o777, isDamaged: json === undefined}
      found.set(name.slice(0, -'.json'.length), read(json ?? {}, file))
    } catch {
      // Not readable: no token for anyone.
    }
  }
  return found
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return isRecord(json) ? json : undefined
  } catch {
    return undefined
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).slice(0, MAX_FILES)
  } catch {
    return []
  }
}

function missingOf(json: Record<string, unknown>, keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.filter((key) => !json[key]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return typeof value === 'string' ? ({[key]: value} as Partial<Record<K, string>>) : {}
}

/** `new Date(…)` of JavaScript: a number counts in milliseconds, and a text without a zone is local time. */
function scriptTime(value: unknown): number {
  return typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : NaN
}

function pythonTime(value: unknown): number | 'number' | 'zoneless' {
  if (typeof value === 'number') return 'number'
  const time = typeof value === 'string' ? parseTime(value) : NaN
  return Number.isNaN(time) || /(?:Z|UTC|[+-]\d{2}:?\d{2})$/.test(String(value)) ? time : 'zoneless'
}

function time<K extends string>(key: K, value: unknown): Partial<Record<K, number>> {
  return typeof value === 'string' ? ({[key]: parseTime(value)} as Partial<Record<K, number>>) : {}
}
