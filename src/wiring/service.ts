import {access, constants} from 'node:fs/promises'
import {delimiter, join, resolve} from 'node:path'

const SERVICE_FILES = [
  'serverless.yml',
  'serverless.yaml',
  'serverless.json',
  'serverless.ts',
  'serverless.js',
] as const

/** A folder with a service in it, and the `serverless` program that would deploy it. */
export interface Service {
  readonly dir: string
  readonly program: string
}

/** The service in `dir`, if `serverless deploy` could be run there. */
export async function findService(
  dir: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Service | undefined> {
  const folder = resolve(dir ?? '.')
  const files = await Promise.all(SERVICE_FILES.map((file) => isThere(join(folder, file))))
  if (!files.some(Boolean)) return undefined
  const program = await findProgram(folder, env)
  return program ? {dir: folder, program} : undefined
}

/** The service's own installation comes before the one of the machine, as with `npx`. */
async function findProgram(folder: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = [
    join(folder, 'node_modules', '.bin'),
    ...(env['PATH'] ?? '').split(delimiter).filter(Boolean),
  ]
  for (const candidate of folders) {
    const program = join(candidate, 'serverless')
    if (await isThere(program, constants.X_OK)) return program
  }
  return undefined
}

async function isThere(path: string, mode = constants.R_OK): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
