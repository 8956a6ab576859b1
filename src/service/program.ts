/** A service that can be deployed: its folder, and the `serverless` program for it. */
import {access, constants, stat} from 'node:fs/promises'
import {dirname, join, posix, resolve, win32} from 'node:path'
import {readBeginning} from '../files/read-file.js'
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
  const program = await findProgram(folder, {env, platform: process.platform, isProgram})
  return program ? {dir: folder, program} : undefined
}

/** Its package.json names packages, and none are there. */
export async function needsInstall(dir: string): Promise<boolean> {
  try {
    const {dependencies} = JSON.parse((await readBeginning(join(dir, 'package.json'))) ?? '') as {
      dependencies?: object
    }
    if (Object.keys(dependencies ?? {}).length === 0) return false
  } catch {
    return false
  }
  return access(join(dir, 'node_modules')).then(
    () => false,
    () => true,
  )
}

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** Whether there is a program at a path. */
  readonly isProgram: (path: string) => Promise<boolean>
}

/** The service's own installation comes before the one of the machine, as with `npx`. */
export async function findProgram(
  folder: string,
  {env, platform, isProgram: isThere}: Machine,
): Promise<string | undefined> {
  const {delimiter, join} = platform === 'win32' ? win32 : posix
  // npm installs a script of this name there too, which only a shell of Unix can run.
  const name = platform === 'win32' ? 'serverless.cmd' : 'serverless'
  const folders = [
    join(folder, 'node_modules', '.bin'),
    ...(env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean),
  ]
  for (const candidate of folders) {
    const program = join(candidate, name)
    if (await isThere(program)) return program
  }
  return undefined
}

/** A folder that is called `serverless` may be entered, which counts as executable. */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  )
}
