/** Which file of a folder describes a service. Apart from what reads it, as it is looked for before the first screen. */
import {accessSync, constants} from 'node:fs'
import {join, resolve} from 'node:path'

/** The first one that is there counts. */
export const SERVICE_FILES = [
  'serverless.yml',
  'serverless.yaml',
  'serverless.json',
  'serverless.ts',
  'serverless.js',
] as const

const COMPOSE_FILES = ['serverless-compose.yml', 'serverless-compose.yaml', 'serverless-compose.json']

/** The paths of the files in `dir` that may name several services. */
export function composeFiles(dir: string): readonly string[] {
  return COMPOSE_FILES.map((name) => join(resolve(dir), name)).filter(isReadable)
}

/** The path of the file that describes a service in `dir`, which must be readable. */
export function findServiceFile(dir: string): string | undefined {
  return SERVICE_FILES.map((name) => join(resolve(dir), name)).find(isReadable)
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch (error) {
    // A circle of links is there, and told by who reads it.
    return (error as NodeJS.ErrnoException).code === 'ELOOP'
  }
}
