/**
 * A lock between copies of this program. Other tools take none, which is why a save also compares the file's bytes
 * just before it replaces them.
 */
import {link, lstat, open, readdir, readFile, rename, rmdir, stat, unlink} from 'node:fs/promises'
import {hostname} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {say} from '../text/safe-text.js'
import {randomHex} from './random.js'
import {errorCode, failure, folderFailure} from './trouble.js'
import {writeAll} from './disk.js'
import {readBeginning} from './read-file.js'
import {removeLine} from './path-lines.js'

export interface Lock {
  /** False once another process has taken the lock over. */
  isMine(): Promise<boolean>
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  /** When the process began, in the system's own unit: tells it from a later one with the same number. */
  readonly started: string
  readonly host: string
  readonly token: string
}

/** How long to wait for another save; one takes milliseconds. */
const WAIT_MS = 15_000
/** A lock file without content, whose maker died between making and filling it. */
const EMPTY_STALE_MS = 2_000
/** A process on another machine cannot be asked whether it lives. */
const FOREIGN_STALE_MS = 60_000

const MAX_LOCK_BYTES = 4096

/** A process that has ended and was not yet waited for still has its number. */
const ENDED = 'ended'

const lockPath = (path: string): string => `${path}.serverless-setup.lock`

/** Waits for the lock of `path`. Throws a `Failure` when a living process keeps it, or when `signal` aborts. */
export async function takeLock(path: string, signal?: AbortSignal): Promise<Lock> {
  const place = lockPath(path)
  const holder: Holder = {
    pid: process.pid,
    started: (await startOf(process.pid)) ?? '',
    host: hostname(),
    token: randomHex(16),
  }
  const deadline = performance.now() + WAIT_MS
  while (!(await tryCreate(place, holder))) {
    signal?.throwIfAborted()
    const found = await readLock(place)
    if (found === undefined) await putOddAside(place)
    if (found !== undefined && (await isStale(place, found))) await takeAway(place, found)
    else if (performance.now() > deadline) throw heldTooLong(path, place, found)
    else await sleep(5 + Math.random() * 20)
  }
  return {
    isMine: async () => (await readLock(place))?.includes(holder.token) ?? false,
    release: async () => {
      if ((await readLock(place))?.includes(holder.token)) await unlink(place).catch(() => undefined)
    },
  }
}

/** By a run that lives. */
export async function isHeld(path: string): Promise<boolean> {
  const found = await readLock(lockPath(path))
  return found !== undefined && !(await isStale(lockPath(path), found))
}

/** Takes away the lock of a run that has ended, and what a takeover that was killed left of one. Returns their paths. */
export async function removeStaleLocks(path: string): Promise<readonly string[]> {
  const place = lockPath(path)
  const removed: string[] = []
  for (const name of await readdir(dirname(place))) {
    const found = join(dirname(place), name)
    const isAside = name.startsWith(`${basename(place)}.`) && name.endsWith('.stale')
    if (found !== place && !isAside) continue
    const content = await readLock(found)
    if (content === undefined || !(await isStale(found, content))) continue
    await takeAway(found, content)
    removed.push(found)
  }
  return removed
}

async function tryCreate(place: string, holder: Holder): Promise<boolean> {
  let handle
  try {
    handle = await open(place, 'wx', 0o600)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw folderFailure(error, dirname(place))
  }
  try {
    await writeAll(handle, Buffer.from(JSON.stringify(holder)))
    return true
  } catch (error) {
    await unlink(place).catch(() => undefined)
    throw folderFailure(error, dirname(place))
  } finally {
    await handle.close()
  }
}

/** `undefined` where nothing is, or nothing that a run can have made. */
async function readLock(place: string): Promise<string | undefined> {
  return readBeginning(place, MAX_LOCK_BYTES)
}

async function isStale(place: string, content: string): Promise<boolean> {
  const holder = parseHolder(content)
  const age = await stat(place).then(ageOf, () => 0)
  if (!holder) return age > EMPTY_STALE_MS
  if (holder.host !== hostname()) return age > FOREIGN_STALE_MS
  if (!isAlive(holder.pid)) return true
  const started = await startOf(holder.pid)
  return started === ENDED || (started !== undefined && holder.started !== '' && started !== holder.started)
}

/** In milliseconds. A time that is still to come says nothing: it counts as long ago. */
function ageOf({mtimeMs}: {readonly mtimeMs: number}): number {
  const age = Date.now() - mtimeMs
  return age < -EMPTY_STALE_MS ? Number.POSITIVE_INFINITY : age
}

/** A folder or a link in the place of a lock is nobody's lock: a run makes a file. What is in a folder is kept. */
async function putOddAside(place: string): Promise<void> {
  const stats = await lstat(place).catch(() => undefined)
  if (!stats || stats.isFile() || ageOf(stats) <= EMPTY_STALE_MS) return
  const aside = `${place}.${randomHex(8)}.stale`
  await rename(place, aside).catch(() => undefined)
  await (stats.isDirectory() ? rmdir(aside) : unlink(aside)).catch(() => undefined)
}

/**
 * Takes a stale lock away by renaming it, and looks at what was renamed: had another process taken over in between,
 * this is its living lock, and is put back. A process checks that the lock is still its own before it saves.
 */
async function takeAway(place: string, stale: string): Promise<void> {
  if ((await readLock(place)) !== stale) return
  const aside = `${place}.${randomHex(8)}.stale`
  try {
    await rename(place, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw folderFailure(error, dirname(place))
  }
  if ((await readLock(aside)) !== stale) await link(aside, place).catch(() => undefined)
  await unlink(aside).catch(() => undefined)
}

function parseHolder(content: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(content)
    const {pid} = (value ?? {}) as {readonly pid?: unknown}
    // 0 and less name groups of processes, this one among them.
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? (value as Holder) : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Start time of a process from /proc (field 22 of `stat`, proc(5)); `undefined` where there is none. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields?.[0] === 'Z' ? ENDED : fields?.[19]
}

function heldTooLong(path: string, place: string, content: string | undefined) {
  const pid = content === undefined ? undefined : parseHolder(content)?.pid
  return failure(
    'FILE_LOCKED',
    say`${path} is being changed by another run of this program${pid === undefined ? '' : ` (process ${pid})`}. Nothing was changed.`,
    say`It has held its lock for longer than a save takes.`,
    say`Finish or close the other run, then try again.`,
    say`If there is none, remove its lock: \`${removeLine(place)}\``,
  )
}
