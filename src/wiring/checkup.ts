import type {Checkup} from '../../flows/doctor/ports.js'
import {effective} from '../credentials/effective.js'
import {readSnapshot} from '../credentials/snapshot.js'
import {diagnosisPanels, verdictPanels} from '../doctor/describe.js'
import {diagnose} from '../doctor/diagnose.js'
import {diagnosisJson} from '../doctor/json.js'
import {answerPanels, answersJson} from '../doctor/verified.js'
import type {Panel, WorkContext} from '../engine/types.js'
import {say} from '../safety/safe-text.js'
import {serviceHere, type ServiceHere} from '../service/here.js'
import type {DoctorWiring} from './asked.js'
import {dotenvWords} from './dotenv-words.js'
import {inForceHere} from './in-force.js'
import {shownRelative} from './shown.js'

/** The diagnosis of this machine and folder, and what AWS says where it is asked. The service here comes first. */
export async function checkup(
  {env, asked, folder, stage}: DoctorWiring,
  verifying?: WorkContext,
): Promise<Checkup> {
  const s = await readSnapshot({env})
  const service = await serviceHere(s, {folder, stage, ...asked})
  const chain = service?.asked ?? asked
  const dotenv = service && dotenvWords(service)
  const {verifyDiagnosis} = verifying ? await import('./verify.js') : {}
  const {diagnosis, answers} = verifying
    ? await verifyDiagnosis!(s, chain, verifying, {run: service?.run, dotenv})
    : {diagnosis: diagnose(s, chain, service?.run, dotenv), answers: undefined}
  const shown = service && (await shownService(service))
  const run = service?.run ?? s
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
