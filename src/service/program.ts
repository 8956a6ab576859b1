/** A service that can be deployed: its folder, and the `serverless` program for it. */
import {access, constants, stat} from 'node:fs/promises'
import {delimiter, dirname, join, resolve} from 'node:path'
import {findServiceFile} from './find-file.js'

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
  const file = findServiceFile(resolve(dir ?? '.'))
  if (file === undefined) return undefined
  const folder = dirname(file)
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
    if (await isProgram(program)) return program
  }
  return undefined
}

/** A folder that is called `serverless` may be entered, which counts as executable. */
async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  )
}
