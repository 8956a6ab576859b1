import type {Checkup} from '../../flows/doctor/ports.js'
import {effective} from '../credentials/effective.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {Asked} from '../credentials/types.js'
import {diagnosisPanels, verdictPanels} from '../doctor/describe.js'
import {diagnose} from '../doctor/diagnose.js'
import {diagnosisJson} from '../doctor/json.js'
import {answerPanels, answersJson} from '../doctor/verified.js'
import type {Panel, WorkContext} from '../engine/types.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {serviceHere, type ServiceHere, type ServiceOptions} from '../service/here.js'
import {profilesHere} from '../service/resolvers/world.js'
import type {DoctorWiring} from './asked.js'
import {dotenvWords} from './dotenv-words.js'
import {inForceHere} from './in-force.js'
import {shownRelative} from './shown.js'
import type {VerifiedDiagnosis} from './verify.js'

/** The diagnosis of this machine and folder, and what AWS says where it is asked. The service here comes first. */
export async function checkup(
  {env, asked, folder, stage}: DoctorWiring,
  verifying?: WorkContext,
): Promise<Checkup> {
  const s = await readSnapshot({env})
  const options = {folder, stage, ...asked}
  const offline = await serviceHere(s, options)
  const chain = offline?.asked ?? asked
  const dotenv = offline && dotenvWords(offline)
  const run = offline?.run ?? s
  const {service, diagnosis, answers} = verifying
    ? await verified(s, {offline, options, chain, dotenv}, verifying)
    : {service: offline, diagnosis: diagnose(s, chain, offline?.run, dotenv), answers: undefined}
  const shown = service && (await shownService(service))
  const used = await inForceHere(run, effective(run, chain), service)
  const verdict = shown?.decides ? [] : verdictPanels(diagnosis)
  const isUsable = service ? service.isUsable && (shown?.decides || diagnosis.isUsable) : diagnosis.isUsable
  return {
    isUsable,
    summary: [...(shown?.panels ?? []), ...verdict],
    report: [
      ...(shown?.panels ?? []),
      ...(shown?.decides
        ? [{kind: 'heading', text: say`Without the service, on this machine`} as const]
        : []),
      ...diagnosisPanels(diagnosis, service?.isUsable ?? true),
      ...(answers ? answerPanels(answers) : []),
      // A long report scrolls its verdict away.
      ...(diagnosis.findings.length > 2 ? verdict.slice(0, 1) : []),
    ],
    mends: diagnosis.findings.flatMap(({mend, what, where}, index) =>
      mend ? [{id: String(index), label: what, mend, ...(where ? {where} : {})}] : [],
    ),
    endedSessions: diagnosis.endedSessions,
    wasVerified: answers !== undefined,
    data: () => ({
      ...diagnosisJson(diagnosis),
      isUsable,
      used: used?.source ?? null,
      ...(answers ? {answers: answersJson(answers)} : {}),
      ...(shown ? {service: shown.data()} : {}),
    }),
  }
}

interface Offline {
  readonly offline: ServiceHere | undefined
  readonly options: ServiceOptions
  readonly chain: Asked
  readonly dotenv: SafeText | undefined
}

async function verified(
  s: Snapshot,
  {offline, options, chain, dotenv}: Offline,
  context: WorkContext,
): Promise<VerifiedDiagnosis & {readonly service: ServiceHere | undefined}> {
  const {withAsker} = await import('./asker.js')
  const {verifyDiagnosis} = await import('./verify.js')
  const {askServices} = await import('./ask-services.js')
  return withAsker(s, context, async (asker) => {
    const judged = await verifyDiagnosis(s, chain, asker, {run: offline?.run, dotenv})
    const again = async (profiles: ServiceOptions['profiles']) => {
      const service = await serviceHere(s, {...options, ...(profiles ? {profiles} : {})})
      return service ? [service] : []
    }
    const [service] = offline ? await askServices([offline], profilesHere(s), asker, again) : []
    return {...judged, service}
  })
}

interface ShownService {
  readonly panels: readonly Panel[]
  /** The file says itself what a deploy uses, and leaves nothing to the chain of AWS. */
  readonly decides: boolean
  data(): Readonly<Record<string, unknown>>
}

async function shownService(service: ServiceHere): Promise<ShownService> {
  const {report, path, asked} = service
  const [{overviewPanels}, {reportJson}] = await Promise.all([
    import('../service/report/describe.js'),
    import('../service/report/json.js'),
  ])
  const words = dotenvWords(service)
  return {
    panels: [
      ...overviewPanels(report, shownRelative(path)),
      ...(words
        ? [
            {
              kind: 'prose',
              lines: [say`${words}: Serverless Framework reads it, other tools do not.`],
            } as const,
          ]
        : []),
    ],
    // What a Provider of the Dashboard gives is not known here, nor whether there is one.
    decides: asked === undefined || report.verdicts[0]?.deploys.mayBeDashboard === true,
    data: () => ({...reportJson(report), ...(words ? {dotenv: words} : {})}),
  }
}
