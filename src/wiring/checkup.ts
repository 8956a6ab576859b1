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
import {composedHere, servicesAt} from '../service/composed.js'
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
  const own = await serviceHere(s, options)
  // Several services that a compose file names are deployed together; none of them is the one that decides.
  const composed = own ? undefined : await composedHere(s, options)
  const offline = own ? [own] : (composed?.services ?? [])
  const chain = own?.asked ?? asked
  const around = own ?? composed
  const dotenv = around && dotenvWords(around)
  const run = around?.run ?? s
  const {services, diagnosis, answers} = verifying
    ? await verified(s, {offline, options, chain, dotenv, run: around?.run}, verifying)
    : {services: offline, diagnosis: diagnose(s, chain, around?.run, dotenv), answers: undefined}
  const shown = await Promise.all(services.map(shownService))
  const panels = [...shown.flatMap((each) => each.panels), ...(own ? [] : dotenvPanels(dotenv))]
  const used = await inForceHere(run, effective(run, chain), own && services[0], dotenv)
  const decides = shown.length > 0 && shown.every((each) => each.decides)
  const verdict = decides ? [] : verdictPanels(diagnosis)
  const areUsable = services.every((service) => service.isUsable)
  const isUsable = areUsable && (decides || diagnosis.isUsable)
  return {
    isUsable,
    summary: [...panels, ...verdict],
    report: [
      ...panels,
      ...(decides ? [{kind: 'heading', text: say`Without the service, on this machine`} as const] : []),
      ...diagnosisPanels(diagnosis, areUsable),
      ...(answers ? answerPanels(answers) : []),
      // A long report scrolls its verdict away.
      ...(diagnosis.findings.length > 2 ? verdict.slice(0, 1) : []),
    ],
    mends: diagnosis.findings.flatMap(({mend, what, where}, index) =>
      mend
        ? [
            {
              id: String(index),
              label: what,
              mend,
              isOfRights: mend.kind === 'chmod',
              ...(where ? {where} : {}),
            },
          ]
        : [],
    ),
    endedSessions: diagnosis.endedSessions,
    wasVerified: answers !== undefined,
    data: () => ({
      ...diagnosisJson(diagnosis),
      isUsable,
      used: used?.source ?? null,
      ...(answers ? {answers: answersJson(answers)} : {}),
      ...(own ? {service: shown[0]!.data()} : {}),
      ...(!own && shown.length > 0 ? {services: shown.map((each) => each.data())} : {}),
    }),
  }
}

interface Offline {
  readonly offline: readonly ServiceHere[]
  readonly run: Snapshot | undefined
  readonly options: ServiceOptions
  readonly chain: Asked
  readonly dotenv: SafeText | undefined
}

async function verified(
  s: Snapshot,
  {offline, options, chain, dotenv, run}: Offline,
  context: WorkContext,
): Promise<VerifiedDiagnosis & {readonly services: readonly ServiceHere[]}> {
  const {withAsker} = await import('./asker.js')
  const {verifyDiagnosis} = await import('./verify.js')
  const {askServices} = await import('./ask-services.js')
  const paths = offline.map(({path}) => path)
  return withAsker(s, context, async (asker) => {
    const judged = await verifyDiagnosis(s, chain, asker, {run, dotenv})
    const again = async (profiles: NonNullable<ServiceOptions['profiles']>) =>
      servicesAt(paths, run ?? s, {...options, profiles})
    return {...judged, services: await askServices(offline, profilesHere(s), asker, again)}
  })
}

function dotenvPanels(words: SafeText | undefined): Panel[] {
  return words
    ? [{kind: 'prose', lines: [say`${words}: Serverless Framework reads it, other tools do not.`]}]
    : []
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
    panels: [...overviewPanels(report, shownRelative(path)), ...dotenvPanels(words)],
    // What a Provider of the Dashboard gives is not known here, nor whether there is one.
    decides: asked === undefined || report.verdicts[0]?.deploys.mayBeDashboard === true,
    data: () => ({...reportJson(report), ...(words ? {dotenv: words} : {})}),
  }
}
