/** The service that one run of the wizard is about: the one in the folder, or the one that is made there. */
import {existsSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {PlannedChange, WriteOptions} from '../../flows/change/ports.js'
import type {ServiceHere} from '../../flows/dashboard-role/ports.js'
import type {WorkContext} from '../engine/types.js'
import {readSnapshot} from '../credentials/snapshot.js'
import type {Problem} from '../domain/problem.js'
import type {ServiceModel} from '../service/resolvers/index.js'
import {localInstead} from './local-instead.js'
import {commitChange, plannedChange} from './plans.js'
import {shownRelative} from './shown.js'
import type {AwsFiles} from '../files/locations.js'

export interface FolderWiring {
  readonly env: NodeJS.ProcessEnv
  readonly files: Pick<AwsFiles, 'home' | 'journal'>
  /** `--service` */
  readonly folder: string | undefined
  /** `--region` */
  readonly region: string | undefined
}

export interface FoundService {
  readonly here: ServiceHere
  /** `serverless` is installed, and so is what the service needs. */
  readonly canDeploy: boolean
}

/** The templates lie beside `dist`, where all modules are one file, and beside `src`. */
function shelf(): string {
  const ways = ['../templates', '../../templates'].map((way) => fileURLToPath(new URL(way, import.meta.url)))
  return ways.find(existsSync) ?? ways[0]!
}

export class ServiceFolder {
  readonly #wiring: FolderWiring
  #dir: string
  /** The service that was shown last, and where it would be. */
  #planned: {readonly change: PlannedChange; readonly dir: string} | undefined

  constructor(wiring: FolderWiring) {
    this.#wiring = wiring
    this.#dir = resolve(wiring.folder ?? '.')
  }

  /** Reads files only. @throws Failure SERVICE_NOT_UNDERSTOOD, or what the system said */
  async look(): Promise<FoundService | undefined> {
    const [{findServiceFile, readService}, {findService, packagesOf}, {nextStep}] = await Promise.all([
      import('../service/service-file.js'),
      import('../service/program.js'),
      import('../service/next-step.js'),
    ])
    const path = findServiceFile(this.#dir)
    if (path === undefined) return undefined
    const [file, packages, program] = await Promise.all([
      readService(path),
      packagesOf(this.#dir),
      findService(this.#dir, this.#wiring.env),
    ])
    const {model} = file
    const {env} = this.#wiring
    const {stage, region} = await plainDeploy(model, env)
    const local = model && (await localInstead(model, stage, env))
    const {lines} = await nextStep(await readSnapshot({env}), {folder: this.#dir})
    const {org, app} = model ?? {}
    const here: ServiceHere = {
      name: model?.service?.value ?? '',
      dir: this.#dir,
      file: shownRelative(path),
      canEdit: model !== undefined,
      ...(org === undefined ? {} : {org: org.value}),
      ...(app === undefined ? {} : {app: app.value}),
      stage,
      region: this.#wiring.region ?? region,
      ...(local ? {localInstead: local} : {}),
      next: lines,
    }
    return {here, canDeploy: program !== undefined && !packages.areMissing}
  }

  /** A folder of the service's name, made in this one. @throws Failure SERVICE_NAME_REFUSED, SERVICE_EXISTS */
  async planNew(templateId: string, name: string): Promise<PlannedChange> {
    const {TEMPLATES, planService} = await import('../service/templates.js')
    const template = TEMPLATES.find(({id}) => id === templateId)
    if (!template) throw new Error(`There is no template ${templateId}.`)
    const {journal} = this.#wiring.files
    const dir = join(this.#dir, name.trim())
    const plan = await planService(dir, template, name, {shelf: shelf(), journal})
    // What makes it a service is looked at first; it is written last.
    const change = plannedChange(plan, shownRelative, (files) => files.toReversed())
    this.#planned = {change, dir}
    return change
  }

  async writeNew(
    change: PlannedChange,
    context: WorkContext,
    options?: WriteOptions,
  ): Promise<readonly Problem[]> {
    const remarks = await commitChange(change, context, options)
    if (this.#planned?.change === change) this.#dir = this.#planned.dir
    return remarks
  }

  async planOrgApp(names: {readonly org: string; readonly app: string}): Promise<PlannedChange> {
    const {findServiceFile, planOrgApp} = await import('../service/service-file.js')
    const path = findServiceFile(this.#dir) ?? join(this.#dir, 'serverless.yml')
    return plannedChange(await planOrgApp(path, names, this.#wiring.files.journal), shownRelative)
  }
}

/** Stage and region of a plain deploy; a variable whose value is not known here is no name that the Dashboard could know. */
async function plainDeploy(
  model: ServiceModel | undefined,
  env: NodeJS.ProcessEnv,
): Promise<{readonly stage: string; readonly region: string}> {
  if (!model) return {stage: 'dev', region: 'us-east-1'}
  const {explainStage, stagesOf, worldOf} = await import('../service/resolvers/index.js')
  const world = worldOf(env)
  const [first = 'dev'] = stagesOf(model, world)
  const {value} = explainStage(model, first, world).deploys.region
  return {stage: plainOr(first, 'dev'), region: plainOr(value, 'us-east-1')}
}

function plainOr(text: string, otherwise: string): string {
  return /^[A-Za-z0-9-]+$/.test(text) ? text : otherwise
}
