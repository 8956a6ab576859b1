/** Files that a killed run of this program left behind: secrets may be in them. */
import {readdir, stat, unlink} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {isAlive, removeStaleLocks} from './lock.js'
import type {AwsFiles} from './locations.js'
import {resolveTarget} from './resolve.js'

/** A living process may be writing its file; one of that number on another machine as well. */
const OLD_MS = 60 * 60 * 1_000

/**
 * Removes temporary files and locks of runs that have ended, in every folder that this program writes to without being
 * asked for its name. Returns their paths. Never throws.
 */
export async function cleanLeftovers({
  credentials,
  config,
  home,
  journal,
}: AwsFiles): Promise<readonly string[]> {
  const removed: string[] = []
  for (const path of [credentials, config]) {
    try {
      const realPath = await resolveTarget(path)
      removed.push(...(await removeLeftoversOf(realPath)), ...(await removeStaleLocks(realPath)))
    } catch {
      // No folder, or none that may be read: there is nothing to clean.
    }
  }
  const folders = [join(home, '.aws', 'sso', 'cache'), ...(journal === undefined ? [] : [journal])]
  for (const folder of folders) removed.push(...(await removeLeftoversIn(folder).catch(() => [])))
  const serverless = await removeLeftoversOf(join(home, '.serverlessrc')).catch(() => [])
  return [...removed, ...serverless]
}

/** Beside one file: those of it alone. */
export async function removeLeftoversOf(realPath: string): Promise<readonly string[]> {
  return removeLeftoversIn(dirname(realPath), basename(realPath))
}

/** @param of the name of the file; without it those of all files of the folder */
export async function removeLeftoversIn(folder: string, of?: string): Promise<readonly string[]> {
  const removed: string[] = []
  for (const found of await readdir(folder)) {
    const [, name, pid] = TEMPORARY.exec(found) ?? []
    if (pid === undefined || Number(pid) === process.pid || (of !== undefined && name !== of)) continue
    const path = join(folder, found)
    if (isAlive(Number(pid)) && Date.now() - (await stat(path)).mtimeMs < OLD_MS) continue
    await unlink(path)
    removed.push(path)
  }
  return removed
}

/** As `temporaryName` makes it: the name of the file, and the process that made it. */
const TEMPORARY = /^\.(.+)\.serverless-setup-([0-9]+)-[0-9a-f]{16}\.tmp$/
