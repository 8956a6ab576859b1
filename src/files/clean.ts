/** What a killed run of this program has left is taken away by the next one: secrets may be in it. */
import {join} from 'node:path'
import {isDryRun} from '../domain/dry-run.js'
import {journalAt} from './journal.js'
import {removeLeftoversIn, removeLeftoversOf} from './leftovers.js'
import {removeStaleLocks} from './lock.js'
import type {AwsFiles} from './locations.js'
import {removeCopy} from './overwrite.js'
import {resolveTarget} from './resolve.js'

/**
 * Temporary files, locks and copies of runs that have ended, wherever this program writes: the files of AWS, its own, and what
 * the journal names. Returns their paths; none in a dry run. Never throws.
 */
export async function cleanLeftovers({
  credentials,
  config,
  home,
  journal,
}: AwsFiles): Promise<readonly string[]> {
  if (isDryRun()) return []
  const removed: string[] = []
  const clean = async (work: () => Promise<readonly string[]>) => {
    // No folder, or none that may be read: there is nothing to clean.
    removed.push(...(await work().catch(() => [])))
  }
  const written = journal === undefined ? [] : await pathsIn(journal).catch(() => [])
  const real = await Promise.all([credentials, config].map((path) => resolveTarget(path).catch(() => path)))
  for (const path of new Set([...real, ...written])) {
    await clean(async () => removeLeftoversOf(path))
    await clean(async () => removeStaleLocks(path))
    await clean(async () => removeCopy(path, journal))
  }
  for (const folder of [join(home, '.aws', 'sso', 'cache'), ...(journal === undefined ? [] : [journal])])
    await clean(async () => removeLeftoversIn(folder))
  await clean(async () => removeLeftoversOf(join(home, '.serverlessrc')))
  return removed
}

/** Of the files of a service there may be any: what was killed stands beside each. */
async function pathsIn(journal: string): Promise<readonly string[]> {
  const entries = await journalAt(journal).read()
  return entries.flatMap(({entry}) => entry?.writes.flat().map(({realPath}) => realPath) ?? [])
}
