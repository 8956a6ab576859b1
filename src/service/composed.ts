/** The services that a compose file in a folder names: they are deployed together, and none of them alone decides. */
import type {Snapshot} from '../credentials/snapshot.js'
import {composeFiles} from './find-file.js'
import {serviceAt, worldHere, type ServiceHere, type ServiceOptions} from './here.js'

/** None where there is no such file. @throws Failure for one that cannot be read */
export async function composedServices(
  s: Snapshot,
  options: ServiceOptions,
): Promise<readonly ServiceHere[]> {
  if (composeFiles(options.folder ?? '.').length === 0) return []
  const {composedPaths} = await import('./find-services.js')
  return servicesAt(await composedPaths(options.folder), s, options)
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
