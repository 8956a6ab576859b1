/** Files that a killed run of this program left behind. */
import {readdir, stat, unlink} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {isAlive, removeStaleLocks} from './lock.js'
import type {AwsFiles} from './locations.js'
import {resolveTarget} from './resolve.js'

/** A living process may be writing its file; one of that number on another machine as well. */
const OLD_MS = 60 * 60 * 1_000

/** Removes temporary files and locks of runs that have ended, beside both files. Returns their paths. Never throws. */
export async function cleanLeftovers(files: AwsFiles): Promise<readonly string[]> {
  const removed: string[] = []
  for (const path of [files.credentials, files.config]) {
    try {
      const realPath = await resolveTarget(path)
      removed.push(...(await removeLeftoversOf(realPath)), ...(await removeStaleLocks(realPath)))
    } catch {
      // No folder, or none that may be read: there is nothing to clean.
    }
  }
  return removed
}

/** The same for one file. */
export async function removeLeftoversOf(realPath: string): Promise<readonly string[]> {
  const folder = dirname(realPath)
  const name = basename(realPath)
  const removed: string[] = []
  for (const found of await readdir(folder)) {
    const pid = ownerOf(found, name)
    if (pid === undefined || pid === process.pid) continue
    const path = join(folder, found)
    if (isAlive(pid) && Date.now() - (await stat(path)).mtimeMs < OLD_MS) continue
    await unlink(path)
    removed.push(path)
  }
  return removed
}

/** The process that made a temporary file of ours for `name`, or for its previous version. */
function ownerOf(found: string, name: string): number | undefined {
  for (const each of [name, `${name}.serverless-setup.undo`]) {
    const prefix = `.${each}.serverless-setup-`
    const rest = found.startsWith(prefix)
      ? /^([0-9]+)-[0-9a-f]{16}\.tmp$/.exec(found.slice(prefix.length))
      : null
    if (rest) return Number(rest[1])
  }
  return undefined
}
