/** Temporary files that a killed run of this program left behind: secrets may be in them. */
import {readdir, stat, unlink} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {isOwnTemporary} from './disk.js'
import {isAlive} from './lock.js'

/** A living process of that number may be writing it, here or in another container; a write takes no minute. */
const OLD_MS = 60 * 1_000

/** Beside one file: those of it alone. */
export async function removeLeftoversOf(realPath: string): Promise<readonly string[]> {
  return removeLeftoversIn(dirname(realPath), basename(realPath))
}

/** @param of the name of the file; without it those of all files of the folder */
export async function removeLeftoversIn(folder: string, of?: string): Promise<readonly string[]> {
  const removed: string[] = []
  for (const found of await readdir(folder)) {
    const [, name, pid] = TEMPORARY.exec(found) ?? []
    if (pid === undefined || isOwnTemporary(found) || (of !== undefined && name !== of)) continue
    const path = join(folder, found)
    // One that cannot be taken away keeps none of the others.
    const isGone = await removeOld(path, Number(pid)).catch(() => false)
    if (isGone) removed.push(path)
  }
  return removed
}

async function removeOld(path: string, pid: number): Promise<boolean> {
  if (isAlive(pid) && Date.now() - (await stat(path)).mtimeMs < OLD_MS) return false
  await unlink(path)
  return true
}

/** As `temporaryName` makes it: the name of the file, and the process that made it. */
const TEMPORARY = /^\.(.+)\.serverless-setup-([0-9]+)-[0-9a-f]{16}\.tmp$/
