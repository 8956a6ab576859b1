/** The file of a service, or a compose file, looked at before it is read: a repository may hold anything under their names. */
import {stat} from 'node:fs/promises'
import {Failure} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {lookLine} from '../files/path-lines.js'
import {readDiskFile, type DiskFile} from '../files/read-file.js'

/** Services have a few hundred lines; reading YAML takes a second for each two megabytes. */
const MAX_BYTES = 1024 * 1024

/** `undefined` where there is none. @throws Failure SERVICE_NOT_A_FILE, SERVICE_TOO_LARGE, or what the system said */
export async function readServiceBytes(path: string): Promise<DiskFile | undefined> {
  const stats = await stat(path).catch(() => undefined)
  if (stats && !stats.isFile())
    throw new Failure({
      code: 'SERVICE_NOT_A_FILE',
      what: say`${path} is not an ordinary file, and is not read.`,
      why: say`It is a folder, a pipe or a device, or a link to one.`,
      nextSteps: [say`See what stands there: \`${lookLine(path)}\``],
    })
  if (stats && stats.size > MAX_BYTES)
    throw new Failure({
      code: 'SERVICE_TOO_LARGE',
      what: say`${path} is larger than 1 MiB, and is not read.`,
      why: say`No file that describes a service is.`,
      nextSteps: [say`See what stands there: \`${lookLine(path)}\``],
    })
  return readDiskFile(path)
}

/** @throws Failure SERVICE_NOT_UNDERSTOOD for a file that is nested more deeply than this program can follow */
export function notTooDeep<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    // Not `instanceof`: the error may come from another realm than this module.
    if ((error as {readonly name?: unknown}).name !== 'RangeError') throw error
    throw new Failure({
      code: 'SERVICE_NOT_UNDERSTOOD',
      what: say`${path} is nested so deeply that it cannot be read. Nothing was changed.`,
      why: say`No service needs that: a bracket may be missing, or it was made to stop programs.`,
      nextSteps: [say`See what stands there: \`${lookLine(path)}\``],
    })
  }
}
