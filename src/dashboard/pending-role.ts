/** A role that is being made at AWS while this program does not run, so that a later run goes on with it. No secrets. */
import {dirname, join} from 'node:path'
import {readDiskFile} from '../files/read-file.js'
import {removeFile, rewriteFile} from '../files/rewrite.js'
import {settingsPath} from '../files/settings-path.js'

export interface PendingRole {
  /** The end of the names of its stack and role. */
  readonly id: string
  readonly orgUid: string
  readonly region: string
  readonly alias: string
  /** Providers that were there before. */
  readonly known: readonly string[]
  /** Milliseconds since 1970. */
  readonly begunAt: number
}

type Env = Readonly<Record<string, string | undefined>>

/** Nobody goes on with a page that was opened longer ago. */
const MAX_AGE_MS = 7 * 24 * 3_600_000

function pendingRolePath(env: Env): string {
  return join(dirname(settingsPath(env)), 'pending-role.json')
}

/** That of this organisation; whatever cannot be read counts as none. Never throws. */
export async function readPendingRole(
  env: Env,
  orgUid: string,
  now: number = Date.now(),
): Promise<PendingRole | undefined> {
  try {
    const file = await readDiskFile(pendingRolePath(env))
    const pending = file && roleFrom(JSON.parse(Buffer.from(file.bytes).toString('utf8')))
    return pending?.orgUid === orgUid && now - pending.begunAt < MAX_AGE_MS ? pending : undefined
  } catch {
    return undefined
  }
}

/** Throws a `Failure`. */
export async function writePendingRole(env: Env, pending: PendingRole): Promise<void> {
  await rewriteFile(pendingRolePath(env), () => JSON.stringify(pending))
}

/** Never throws. */
export async function forgetPendingRole(env: Env): Promise<void> {
  await removeFile(pendingRolePath(env)).catch(() => undefined)
}

function roleFrom(value: unknown): PendingRole | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const {id, orgUid, region, alias, known, begunAt} = value as Record<string, unknown>
  const isWhole =
    typeof id === 'string' &&
    /^[0-9a-f]{6}$/.test(id) &&
    typeof orgUid === 'string' &&
    typeof region === 'string' &&
    /^[a-z0-9-]{1,40}$/.test(region) &&
    typeof alias === 'string' &&
    /^[\w-]{1,128}$/.test(alias) &&
    Array.isArray(known) &&
    known.every((uid) => typeof uid === 'string') &&
    typeof begunAt === 'number'
  return isWhole ? {id, orgUid, region, alias, known, begunAt} : undefined
}
