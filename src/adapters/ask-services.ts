/** Services with what AWS says of the credentials that their stages come to. */
import {partitionFault} from '../domain/partition-homes.js'
import type {Snapshot} from '../credentials/snapshot.js'
import type {Answer} from '../doctor/verified.js'
import type {Folder, FolderOptions} from '../service/folder.js'
import {keepsFromDeploy} from '../domain/problem.js'
import {answeredReport, type StageAnswer} from '../service/report/answered.js'
import {canDeploy} from '../service/report/report.js'
import type {ServiceHere} from '../service/here.js'
import type {StageVerdict} from '../service/resolvers/index.js'
import {profilesHere, type ProfileKnown} from '../service/resolvers/world.js'
import type {Within} from './asker.js'
import {verified} from './known-profiles.js'
import {answerOf} from './verify.js'
import {regionOf} from './profile-keys.js'

/** What is known of profiles in a run. */
type Known = NonNullable<FolderOptions['known']>

/**
 * @param offline the folder as it is known without asking
 * @param read the same once more, with what is known of profiles then
 */
export async function askFolder(
  offline: Folder,
  within: Within,
  read: (known: Known) => Promise<Folder>,
): Promise<Folder> {
  const known = new Map<Snapshot, ReadonlyMap<string, ProfileKnown>>()
  for (const run of new Set(offline.services.flatMap(({runs}) => runs))) {
    const names = new Set(offline.services.filter(({runs}) => runs.includes(run)).flatMap(profilesOf))
    const answers = await within(run, async (asker) => asker.profiles(names))
    known.set(run, verified(profilesHere(run), answers))
  }
  const here = await read((run) => known.get(run) ?? profilesHere(run))
  const services: ServiceHere[] = []
  for (const service of here.services) services.push(await answeredService(service, within))
  const at = here.services.findIndex((service) => service === here.deciding)
  return {...here, services, ...(at < 0 ? {} : {deciding: services[at]!})}
}

async function answeredService(service: ServiceHere, within: Within): Promise<ServiceHere> {
  const answers = new Map<string, StageAnswer>()
  for (const verdict of service.report.verdicts) {
    const answer = await stageAnswer(verdict, service, within)
    if (answer) answers.set(verdict.stage, answer)
  }
  const report = answeredReport(service.report, answers)
  return {...service, report, isUsable: canDeploy(report)}
}

async function stageAnswer(
  {stage, key: ofResolver, deploys: {fault, region}}: StageVerdict,
  {chains, run}: ServiceHere,
  within: Within,
): Promise<StageAnswer | undefined> {
  const key = fault ? undefined : ofResolver?.()
  const {s = run, outcome} = chains.get(stage) ?? {}
  const answer = key
    ? await within(s, async (asker) => asker.key(key, regionOf(region.value)))
    : outcome?.kind === 'found'
      ? await within(s, async (asker) => answerOf({s, outcome}, region.value, asker))
      : undefined
  return answer && answered(answer, region.value)
}

function answered(answer: Answer, deploysTo: string): StageAnswer {
  if ('problem' in answer) {
    const {problem} = answer
    return {problem, ...(keepsFromDeploy(problem.code) ? {isRefused: true as const} : {})}
  }
  const elsewhere = partitionFault(answer.partition, deploysTo)
  return elsewhere ? {problem: elsewhere, isRefused: true} : {accountId: answer.accountId}
}

/** The profiles that a service names, and those that its stages come to. */
export function profilesOf({report: {model}, chains}: ServiceHere): readonly string[] {
  const named = (model?.stages ?? []).flatMap(({resolvers}) =>
    resolvers.flatMap(({profile}) => (profile ? [profile.value] : [])),
  )
  const ends = [...chains.values()].flatMap(({outcome}) =>
    outcome.kind === 'found' && outcome.profile !== undefined ? [outcome.profile] : [],
  )
  return [...new Set([...(model?.provider.profile ? [model.provider.profile.value] : []), ...named, ...ends])]
}
