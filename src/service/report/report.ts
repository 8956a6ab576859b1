/** What is to say of the resolvers of one service: read from its file and from what is known around it. */
import {basename, extname} from 'node:path'
import {regionFault} from '../../credentials/judge-region.js'
import type {Problem} from '../../domain/problem.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {Credentials, Resolves} from '../resolvers/index.js'
import type {TextKind} from '../document.js'
import {
  checkText,
  explainStage,
  resolverRows,
  stagesOf,
  type ResolverRow,
  type ServiceFinding,
  type ServiceModel,
  type StageVerdict,
  type World,
} from '../resolvers/index.js'
import {givesNothing} from '../resolvers/credentials.js'
import {worldIn} from '../resolvers/world.js'
import {otherCloud} from '../resolvers/model.js'
import {shown} from '../resolvers/variables.js'
import {whatDeploys} from './describe.js'
import {isCode, isOfOtherCloud} from '../trouble.js'
import {notTooDeep, readServiceBytes} from '../read-bytes.js'

export interface ServiceReport {
  readonly path: string
  /** Why nothing is said of it: it is a program, or a service of another cloud. */
  readonly whyNot?: Problem
  /** Missing where the file was not understood. */
  readonly model?: ServiceModel
  /** That of a plain deploy first. */
  readonly stages: readonly string[]
  readonly verdicts: readonly StageVerdict[]
  readonly rows: readonly ResolverRow[]
  readonly findings: readonly ServiceFinding[]
  /** Stages whose profile is known not to work: it deploys nothing, however well the file names it. */
  readonly useless: readonly string[]
  /** Stages of which AWS was asked, and could not be reached or gave no answer. */
  readonly unasked?: ReadonlySet<string>
  /** By stage, what is to be said of it beside what the file says: why it is useless, or that AWS could not be asked. */
  readonly remarks: ReadonlyMap<string, SafeText>
}

/** @param stage that of `--stage`. @throws what the system said */
export async function reportService(path: string, world: World, stage?: string): Promise<ServiceReport> {
  const kind = extname(path).slice(1)
  if (kind === 'js' || kind === 'ts') return {path, whyNot: isCode(path).problem, ...nothing()}
  const {bytes = new Uint8Array()} = (await readServiceBytes(path)) ?? {}
  return notTooDeep(path, () => reportBytes(path, bytes, world, stage))
}

function reportBytes(
  path: string,
  bytes: Uint8Array,
  world: World,
  stage: string | undefined,
): ServiceReport {
  const kind = extname(path).slice(1) as TextKind
  const {model, findings} = checkText(bytes, kind, basename(path), world, stage)
  if (!model) return {path, ...nothing(), findings}
  const cloud = otherCloud(model)
  if (cloud !== undefined) return {path, whyNot: isOfOtherCloud(path, shown(cloud)).problem, ...nothing()}
  const stages = stage === undefined ? stagesOf(model, world) : [stage]
  const verdicts = stages.map((each) => explainStage(model, each, world))
  const inStage = ({stage: each}: StageVerdict) => worldIn(world, model, each)
  return {
    path,
    model,
    stages,
    verdicts,
    remarks: new Map(
      verdicts.flatMap((verdict) => [
        ...unsetRemark(verdict, findings),
        ...readingRemark(verdict, inStage(verdict)),
        ...regionRemark(verdict),
      ]),
    ),
    useless: verdicts
      .filter((verdict) => isUseless(verdict, inStage(verdict)) || unsetRemark(verdict, findings).length > 0)
      .map((verdict) => verdict.stage),
    rows: resolverRows(model, world, stage).filter((row) =>
      stages.some((each) => row.stage === (each as string)),
    ),
    findings: findings.filter(({stage: of}) => stage === undefined || of === undefined || of === stage),
  }
}

function nothing() {
  return {stages: [], verdicts: [], rows: [], findings: [], useless: [], remarks: new Map<string, SafeText>()}
}

function isUseless({deploys, resolves}: StageVerdict, world: World): boolean {
  if (deploys.unset || deploys.region.unset || regionFaultOf(deploys)) return true
  // What variables are read with is asked before anything is deployed.
  if (resolves.some((each) => readsInVain(each, world))) return true
  return givesNone(deploys, world)
}

const regionFaultOf = ({region: {value: name, from, isOpen}}: Credentials) =>
  isOpen ? undefined : regionFault({name, from})

function regionRemark({stage, deploys}: StageVerdict): readonly (readonly [string, SafeText])[] {
  const fault = regionFaultOf(deploys)
  return fault ? [[stage, fault.words]] : []
}

/** A run resolves all of the file, whatever options leave of it. */
function unsetRemark(
  {stage}: StageVerdict,
  findings: readonly ServiceFinding[],
): readonly (readonly [string, SafeText])[] {
  const unset = findings.find(
    ({code, stage: of}) => code === 'ENV_NOT_SET' && (of === undefined || of === stage),
  )
  return unset ? [[stage, unset.what]] : []
}

function readsInVain(each: Resolves, world: World): boolean {
  return each.used.length > 0 && givesNone(each, world)
}

/** Why a stage stops whose own credentials are fine. */
function readingRemark(
  {stage, deploys, resolves}: StageVerdict,
  world: World,
): readonly (readonly [string, SafeText])[] {
  const vain = resolves.find((each) => each.name !== deploys.resolver && readsInVain(each, world))
  if (!vain || vain.name === 'aws') return []
  const {name, used: _, resolver: __, ...credentials} = vain
  return [
    [stage, say`Variables are read with the resolver ${name} before that: ${whatDeploys(credentials)}.`],
  ]
}

function givesNone(
  {by, profileName: profile, instead, unset, fault, mayBeDashboard}: Credentials,
  world: World,
): boolean {
  if (unset) return true
  if (mayBeDashboard) return false
  if (fault) return true
  return by === 'profile' && !instead && profile !== undefined && givesNothing(world, profile)
}

export function hasErrors({findings, verdicts, whyNot}: ServiceReport): boolean {
  return (
    whyNot === undefined &&
    (findings.some(({severity}) => severity === 'error') ||
      // What stops the Framework is an error, also where the check has no name for it.
      verdicts.some(({deploys}) => deploys.by === 'error'))
  )
}

/** No stage is known to fail, and the file has no mistake. */
export function canDeploy(report: ServiceReport): boolean {
  return report.useless.length === 0 && !hasErrors(report)
}

/** `serverless.yml:12`, as editors open it. */
export function findingPlace(path: string, {line}: ServiceFinding): string {
  return line === undefined ? path : `${path}:${line}`
}
