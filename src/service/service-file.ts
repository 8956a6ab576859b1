/** The file that describes a service: which one it is, what it says, and what setting its org and app would change. */
import {extname} from 'node:path'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {diffOf} from '../files/diff.js'
import type {Plan} from '../files/plan.js'
import type {DiskFile} from '../files/read-file.js'
import {notTooDeep, readServiceBytes} from './read-bytes.js'
import {resolveTarget} from '../files/resolve.js'
import {parseService, type ServiceDocument} from './document.js'
import {otherCloud, readModel, type ServiceModel} from './resolvers/model.js'
import {shown} from './resolvers/variables.js'
import {setNames} from './change/set.js'
import {isCode, isOfOtherCloud} from './trouble.js'
import {program} from '../text/program-name.js'

export {findServiceFile} from './find-file.js'

type ServiceKind = 'yml' | 'yaml' | 'json' | 'ts' | 'js'

export interface ServiceFile {
  readonly path: string
  readonly kind: ServiceKind
  /** What it says, with its lines; missing where it is a program, or of another cloud. */
  readonly model?: ServiceModel
  /** Why it can be neither read nor changed. */
  readonly whyNot?: Problem
}

/** Throws a `Failure`: SERVICE_FILE_MISSING, SERVICE_NOT_UNDERSTOOD, or what the system said. A program is not run. */
export async function readService(path: string): Promise<ServiceFile> {
  const kind = kindOf(path)
  const {bytes} = await readFound(await resolveTarget(path), path)
  if (kind === 'js' || kind === 'ts') return {path, kind, whyNot: isCode(path).problem}
  const model = notTooDeep(path, () => readModel(parseService(bytes, kind, path)))
  const cloud = otherCloud(model)
  return cloud === undefined
    ? {path, kind, model}
    : {path, kind, whyNot: isOfOtherCloud(path, shown(cloud)).problem}
}

/**
 * What setting the org and the app of the Serverless Dashboard changes in the file. Writes nothing.
 * @param journal where it is kept what is replaced
 *
 * Throws a `Failure` as `readService` does, and SERVICE_IS_CODE, SERVICE_KEY_NOT_TEXT, SERVICE_EDIT_NOT_READ_BACK.
 */
export async function planOrgApp(
  path: string,
  {org, app}: {readonly org: string; readonly app: string},
  journal?: string,
): Promise<Plan> {
  return planServiceEdit(path, (document) => setNames(document, {org, app}), journal)
}

/** What a change of the document would change in the file. Writes nothing. Throws as `planOrgApp` does. */
export async function planServiceEdit(
  path: string,
  change: (document: ServiceDocument) => ServiceDocument,
  journal?: string,
): Promise<Plan> {
  return planServiceText(path, (document) => change(document).text, journal)
}

async function planServiceText(
  path: string,
  change: (document: ServiceDocument) => string,
  journal: string | undefined,
): Promise<Plan> {
  const kind = kindOf(path)
  const realPath = await resolveTarget(path)
  const {bytes: before, mode} = await readFound(realPath, path)
  if (kind === 'js' || kind === 'ts') throw isCode(path)
  const document = notTooDeep(path, () => parseService(before, kind, path))
  const cloud = notTooDeep(path, () => otherCloud(readModel(document)))
  if (cloud !== undefined) throw isOfOtherCloud(path, shown(cloud))
  const after = Buffer.from(document.bom + notTooDeep(path, () => change(document)), 'utf8')
  const nothingToDo = Buffer.compare(before, after) === 0
  const file = {
    path,
    realPath,
    role: 'service',
    exists: true,
    willCreateDir: false,
    isDeleted: false,
    before,
    after,
    mode,
    diff: diffOf(before, after),
  } as const
  return {
    profile: '',
    purpose: 'change',
    files: nothingToDo ? [] : [file],
    nothingToDo,
    warnings: [],
    ...(journal === undefined ? {} : {journal}),
  }
}

function kindOf(path: string): ServiceKind {
  const extension = extname(path).slice(1)
  return extension === 'yaml' || extension === 'json' || extension === 'js' || extension === 'ts'
    ? extension
    : 'yml'
}

async function readFound(realPath: string, path: string): Promise<DiskFile> {
  const found = await readServiceBytes(realPath)
  if (found) return found
  throw new Failure({
    code: 'SERVICE_FILE_MISSING',
    what: say`There is no file ${path}. Nothing was changed.`,
    why: say`It was moved or deleted, or the name is another one.`,
    nextSteps: [say`Look for it again: \`${program()} resolvers\``],
  })
}
