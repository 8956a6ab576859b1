/** The services that a compose file in a folder names: they are deployed together, and none of them alone decides. */
import {resolve} from 'node:path'
import type {Snapshot} from '../credentials/snapshot.js'
import type {DotenvFound} from './dotenv.js'
import {composeFiles, findServiceFile} from './find-file.js'
import {
  mayHaveDotenv,
  onCredentials,
  runWith,
  serviceAt,
  worldHere,
  type ServiceHere,
  type ServiceOptions,
} from './here.js'

export interface Composed {
  readonly services: readonly ServiceHere[]
  /** The machine as all of them have it: with what the Framework reads from `.env` beside the compose file. */
  readonly run: Snapshot
  readonly dotenv: DotenvFound
}

/** Nothing where there is no such file, or a service beside it. @throws Failure for one that cannot be read */
export async function composedHere(s: Snapshot, options: ServiceOptions): Promise<Composed | undefined> {
  const around = await composeRun(s, options)
  if (!around) return undefined
  const {composedPaths} = await import('./find-services.js')
  return {...around, services: await servicesAt(await composedPaths(options.folder), around.run, options)}
}

/** The same without a look at the services. Source: Serverless Framework 4.41, router.js, which reads `.env` before them. */
export async function composeRun(
  s: Snapshot,
  {folder, stage = 'dev'}: Pick<ServiceOptions, 'folder' | 'stage'>,
): Promise<Omit<Composed, 'services'> | undefined> {
  const dir = resolve(folder ?? '.')
  if (composeFiles(dir).length === 0 || findServiceFile(dir) !== undefined) return undefined
  if (!mayHaveDotenv(dir, [])) return {run: s, dotenv: new Map()}
  const {readDotenv} = await import('./dotenv.js')
  const dotenv = onCredentials(readDotenv(dir, stage, [], s.env))
  return {run: await runWith(s, dotenv), dotenv}
}

/** Several services of one project, each by the path of its file. */
export async function servicesAt(
  paths: readonly string[],
  s: Snapshot,
  options: ServiceOptions,
): Promise<readonly ServiceHere[]> {
  if (paths.length === 0) return []
  const world = await worldHere(s, options)
  const services: ServiceHere[] = []
  for (const path of paths) services.push(await serviceAt(path, s, options, world))
  return services
}
