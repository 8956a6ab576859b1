/** Services with what AWS says of the credentials that their stages come to. */
import {partitionFault} from '../aws/partition-homes.js'
import {environmentKey} from '../credentials/access-key.js'
import type {Answer} from '../doctor/verified.js'
import {answeredReport, type StageAnswer} from '../service/report/answered.js'
import {canDeploy} from '../service/report/report.js'
import type {ServiceHere} from '../service/here.js'
import type {StageVerdict} from '../service/resolvers/index.js'
import type {ProfileKnown} from '../service/resolvers/world.js'
import type {Asker} from './asker.js'
import {verified} from './known-profiles.js'
import {machineSource} from './verify.js'
import {regionOf} from './profile-keys.js'

/**
 * @param offline the services as they are known without asking
 * @param read the same once more, with what is known of profiles then
 */
export async function askServices(
  offline: readonly ServiceHere[],
  known: ReadonlyMap<string, ProfileKnown>,
  asker: Asker,
  read: (profiles: ReadonlyMap<string, ProfileKnown>) => Promise<readonly ServiceHere[]>,
): Promise<readonly ServiceHere[]> {
  const answers = await asker.profiles(new Set(offline.flatMap(profilesOf)))
  const services = await read(verified(known, answers))
  return Promise.all(services.map(async (service) => answeredService(service, answers, asker)))
}

async function answeredService(
  service: ServiceHere,
  profiles: ReadonlyMap<string, Answer>,
  asker: Asker,
): Promise<ServiceHere> {
  const answers = new Map<string, StageAnswer>()
  for (const verdict of service.report.verdicts) {
    const answer = await answerOf(verdict, service, profiles, asker)
    if (answer) answers.set(verdict.stage, answer)
  }
  const report = answeredReport(service.report, answers)
  return {...service, report, isUsable: canDeploy(report)}
}

async function answerOf(
  {stage, key: ofResolver, deploys: {fault, region}}: StageVerdict,
  {chains}: ServiceHere,
  profiles: ReadonlyMap<string, Answer>,
  asker: Asker,
): Promise<StageAnswer | undefined> {
  const key = fault ? undefined : ofResolver?.()
  if (key) return answered(await asker.key(key, regionOf(region.value)), region.value)
  const {s, outcome} = chains.get(stage) ?? {}
  if (!s || outcome?.kind !== 'found') return undefined
  if (outcome.source === 'environment') {
    const own = environmentKey(s.env)
    return own && answered(await asker.key(own, regionOf(region.value)), region.value)
  }
  const machine = machineSource(outcome)
  if (machine) return answered(await asker.machine(machine), region.value)
  const answer = outcome.profile === undefined ? undefined : profiles.get(outcome.profile)
  return answer && answered(answer, region.value)
}

function answered(answer: Answer, deploysTo: string): StageAnswer {
  if ('problem' in answer) return {problem: answer.problem}
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
