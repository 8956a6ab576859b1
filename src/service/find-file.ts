/** Which file of a folder describes a service. Apart from what reads it, as it is looked for before the first screen. */
import {access, constants} from 'node:fs/promises'
import {join, resolve} from 'node:path'

/** The first one that is there counts. */
export const SERVICE_FILES = [
  'serverless.yml',
  'serverless.yaml',
  'serverless.json',
  'serverless.ts',
  'serverless.js',
] as const

/** The path of the file that describes a service in `dir`, which must be readable. */
export async function findServiceFile(dir: string): Promise<string | undefined> {
  for (const name of SERVICE_FILES) {
    const path = join(resolve(dir), name)
    const isThere = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return undefined
}
