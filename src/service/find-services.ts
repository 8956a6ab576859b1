/** The services that a compose file names. */
import {readdirSync} from 'node:fs'
import {dirname, resolve} from 'node:path'
import {Failure} from '../domain/problem.js'
import {program, wayTo} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {parseService} from './document.js'
import {readCompose} from './resolvers/index.js'
import {composeFiles, findServiceFile} from './find-file.js'
import {notTooDeep, readServiceBytes} from './read-bytes.js'

export function serviceNotHere(folder: string | undefined, gone?: Gone): Failure {
  return new Failure({
    code: 'SERVICE_NOT_HERE',
    what: say`There is no service in ${folder ?? 'this folder'}.`,
    why:
      gone?.why ??
      say`Neither serverless.yml, .yaml, .json, .ts, .js nor a serverless-compose.yml with services is there.`,
    nextSteps: [
      say`Name its folder: \`${program()} resolvers --service path/to/service\``,
      say`Or make a service: \`${program()} --path role\``,
    ],
  })
}

/** A service that a compose file names where nothing is that could be deployed. */
export interface Gone {
  /** Of the compose file. */
  readonly path: string
  readonly why: SafeText
}

export interface Composed {
  /** Of the files of services. */
  readonly paths: readonly string[]
  readonly gone: readonly Gone[]
}

/** What a compose file in the folder names. @throws Failure for one that cannot be read */
export async function composedIn(folder: string): Promise<Composed> {
  for (const path of composeFiles(folder)) {
    const named = await namedIn(path)
    const paths = named.flatMap(({dir}) => findServiceFile(dir) ?? [])
    const gone = named
      .filter(({dir}) => isNothing(dir))
      .map(({name, dir}) => ({path, why: whyGone(name, dir)}))
    if (paths.length > 0 || gone.length > 0) return {paths, gone}
  }
  return {paths: [], gone: []}
}

async function namedIn(path: string) {
  const kind = path.endsWith('.json') ? 'json' : 'yml'
  const {bytes = new Uint8Array()} = (await readServiceBytes(path)) ?? {}
  const {services} = notTooDeep(path, () => readCompose(parseService(bytes, kind, path)))
  return services.map(({name, path: way}) => ({name, dir: resolve(dirname(path), way)}))
}

/** What the Framework deploys with compose: services of its own, and templates of AWS SAM and CloudFormation. */
const DEPLOYED = /^(?:serverless|template|samconfig|cloudformation)\b/i

function isNothing(dir: string): boolean {
  try {
    return !readdirSync(dir).some((name) => DEPLOYED.test(name))
  } catch {
    return true
  }
}

function whyGone(name: string, dir: string): SafeText {
  return say`It names the service ${name}, and there is none in ${wayTo(dir)}.`
}
