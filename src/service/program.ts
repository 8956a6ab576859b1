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

export interface Packages {
  /** package.json names some, for development as well, and none are there. */
  readonly areMissing: boolean
  /** Serverless Framework is one of them. */
  readonly haveFramework: boolean
}

export async function packagesOf(dir: string): Promise<Packages> {
  const names = await namesIn(dir)
  const areThere = await access(join(dir, 'node_modules')).then(
    () => true,
    () => false,
  )
  return {areMissing: names.length > 0 && !areThere, haveFramework: names.includes('serverless')}
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    const {dependencies, devDependencies} = JSON.parse(
      (await readBeginning(join(dir, 'package.json'))) ?? '',
    ) as {dependencies?: object; devDependencies?: object}
    return Object.keys({...dependencies, ...devDependencies})
  } catch {
    return []
  }
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
  const {join: joined} = platform === 'win32' ? win32 : posix
  const own = joined(folder, 'node_modules', '.bin', nameOn(platform))
  return (await isThere(own)) ? own : findOnPath({env, platform, isProgram: isThere})
}

/** What a shell runs that is given the name. */
export async function findOnPath({env, platform, isProgram: isThere}: Machine): Promise<string | undefined> {
  const {delimiter, join: joined} = platform === 'win32' ? win32 : posix
  for (const candidate of (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean)) {
    const program = joined(candidate, nameOn(platform))
    if (await isThere(program)) return program
  }
  return undefined
}

function nameOn(platform: NodeJS.Platform): string {
  // npm installs a script of this name there too, which only a shell of Unix can run.
  return platform === 'win32' ? 'serverless.cmd' : 'serverless'
}

/** A folder that is called `serverless` may be entered, which counts as executable. */
export async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    async () => (await stat(path)).isFile(),
    () => false,
  )
}
