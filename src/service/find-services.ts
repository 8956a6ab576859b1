/** The services that a compose file names. */
import {dirname, resolve} from 'node:path'
import {Failure} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say} from '../safety/safe-text.js'
import {parseService} from './document.js'
import {readCompose} from './resolvers/index.js'
import {composeFiles, findServiceFile} from './find-file.js'
import {notTooDeep, readServiceBytes} from './read-bytes.js'

export function serviceNotHere(folder: string | undefined): Failure {
  return new Failure({
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
