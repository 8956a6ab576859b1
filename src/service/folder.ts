/**
 * What is deployed from a folder, and the one answer for it: the services that a compose file names, all together; else the
 * service in it. Source: Serverless Framework 4.41, router.js, which looks for a compose file first, and reads `.env`
 * beside it before any of them.
 */
import {resolve} from 'node:path'
import {effective, type Effective} from '../credentials/effective.js'
import type {Snapshot} from '../credentials/snapshot.js'
import {detailOf} from '../credentials/tools/verdict.js'
import type {DotenvFound} from './dotenv.js'
import {composeFiles, findServiceFile} from './find-file.js'
import type {Composed, Gone} from './find-services.js'
import {serviceAt, worldHere, type ServiceHere, type ServiceOptions} from './here.js'
import {mayHaveDotenv, runWith} from './run.js'

export interface FolderOptions extends ServiceOptions {
  /** `--service` */
  readonly folder?: string | undefined
}

export interface Folder {
  readonly services: readonly ServiceHere[]
  /** Services that a compose file names, and that are not there: a deploy stops at them. */
  readonly gone: readonly Gone[]
  /** A compose file names them, though it were one. */
  readonly isComposed: boolean
  /** The one that decides: the only one, or the first of several that come to the same. */
  readonly deciding?: ServiceHere
  /** The machine as a plain deploy has it here: with what the Framework reads from `.env`. */
  readonly run: Snapshot
  /** What it reads there, with the files. */
  readonly dotenv: DotenvFound
}

/** @throws Failure for a file that cannot be read */
export async function folderHere(s: Snapshot, options: FolderOptions): Promise<Folder> {
  const dir = resolve(options.folder ?? '.')
  const own = findServiceFile(dir)
  const hasCompose = composeFiles(dir).length > 0
  const named = hasCompose ? await (await import('./find-services.js')).composedIn(dir) : NOTHING
  const isNamed = named.paths.length + named.gone.length > 0
  if (isNamed || (hasCompose && own === undefined)) return composed(s, dir, named, options)
  if (own === undefined) return noFolder(s)
  const service = await serviceAt(own, s, options, await worldHere(s, options))
  const {run, dotenv} = service
  return {services: [service], gone: [], isComposed: false, deciding: service, run, dotenv}
}

const NOTHING: Composed = {paths: [], gone: []}

/** Where nothing is deployed from. */
export function noFolder(s: Snapshot): Folder {
  return {services: [], gone: [], isComposed: false, run: s, dotenv: new Map()}
}

async function composed(
  s: Snapshot,
  dir: string,
  {paths, gone}: Composed,
  options: FolderOptions,
): Promise<Folder> {
  const {readDotenv} = mayHaveDotenv(dir, []) ? await import('./dotenv.js') : {}
  const beside = readDotenv?.(dir, options.stage ?? 'dev', [], s.env) ?? new Map<string, never>()
  const run = await runWith(s, beside, dir)
  const world = await worldHere(run, options)
  const services: ServiceHere[] = []
  for (const path of paths) services.push(await serviceAt(path, run, {...options, runsIn: dir}, world))
  const [first] = services
  const isOne = first && new Set(await Promise.all(services.map(endOf))).size === 1
  return {
    services,
    gone,
    isComposed: true,
    ...(isOne ? {deciding: first} : {}),
    run: isOne ? first.run : run,
    dotenv: new Map([...beside, ...(isOne ? first.dotenv : [])]),
  }
}

/** What a plain deploy of it comes to, as far as two of them can come to the same. */
async function endOf(service: ServiceHere): Promise<string> {
  const {report, asked, path} = service
  const [plain] = report.verdicts
  if (!plain || plain.deploys.mayBeDashboard) return path
  const {region} = plain.deploys
  const {whatDeploys} = await import('./report/describe.js')
  return `${asked ? endWords(effective(service.run, asked)) : whatDeploys(plain.deploys)} ${region.value}`
}

function endWords({outcome}: Effective): string {
  return outcome.kind === 'found' ? detailOf(outcome) : outcome.words
}
