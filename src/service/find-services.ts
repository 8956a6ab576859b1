/** Where the services are that are asked about: the one in a folder, or those that a compose file names. */
import {dirname, resolve} from 'node:path'
import {Failure} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say} from '../safety/safe-text.js'
import {parseService} from './document.js'
import {readCompose} from './resolvers/index.js'
import {composeFiles, findServiceFile} from './find-file.js'
import {notTooDeep, readServiceBytes} from './read-bytes.js'

/** The file of the service in the folder, or those of the services of a compose file. @throws Failure SERVICE_NOT_HERE */
export async function servicePaths(folder: string | undefined): Promise<readonly string[]> {
  const dir = resolve(folder ?? '.')
  const own = findServiceFile(dir)
  if (own !== undefined) return [own]
  const paths = await composedPaths(dir)
  if (paths.length > 0) return paths
  throw new Failure({
    code: 'SERVICE_NOT_HERE',
    what: say`There is no service in ${folder ?? 'this folder'}.`,
    why: say`Neither serverless.yml, .yaml, .json, .ts, .js nor a serverless-compose.yml with services is there.`,
    nextSteps: [
      say`Name its folder: \`${program()} resolvers --service path/to/service\``,
      say`Or make a service: \`${program()} --path role\``,
    ],
  })
}

/** The files of the services that a compose file in the folder names. @throws Failure for one that cannot be read */
export async function composedPaths(folder: string | undefined): Promise<readonly string[]> {
  for (const path of composeFiles(folder ?? '.')) {
    const paths = (await composed(path)).map(findServiceFile).filter((each) => each !== undefined)
    if (paths.length > 0) return paths
  }
  return []
}

async function composed(path: string): Promise<readonly string[]> {
  const kind = path.endsWith('.json') ? 'json' : 'yml'
  const {bytes = new Uint8Array()} = (await readServiceBytes(path)) ?? {}
  const {services} = notTooDeep(path, () => readCompose(parseService(bytes, kind, path)))
  return services.map((each) => resolve(dirname(path), each.path))
}
