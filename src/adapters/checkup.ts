import type {Checkup} from '../../flows/doctor/ports.js'
import {readSnapshot, type Snapshot} from '../credentials/snapshot.js'
import type {Asked} from '../credentials/types.js'
import {diagnosisPanels, verdictPanels} from '../doctor/describe.js'
import {diagnose, type Deploy} from '../doctor/diagnose.js'
import {diagnosisJson} from '../doctor/json.js'
import type {Diagnosis} from '../doctor/types.js'
import {answerPanels, answersJson} from '../doctor/verified.js'
import type {Panel, WorkContext} from '../engine/types.js'
import {say, type SafeText} from '../text/safe-text.js'
import {folderHere, type Folder, type FolderOptions} from '../service/folder.js'
import type {ServiceHere} from '../service/here.js'
import type {DoctorWiring} from './asked.js'
import {surroundings} from './accepted.js'
import type {Within} from './asker.js'
import {dotenvWords} from './dotenv-words.js'
import {gonePanels} from './gone-panels.js'
import {inForceHere} from './in-force.js'
import {shownRelative} from './shown.js'
import type {VerifiedDiagnosis} from './verify.js'

/** The diagnosis of this machine and folder, and what AWS says where it is asked. The service here comes first. */
export async function checkup(
  {env, asked, folder, stage}: DoctorWiring,
  verifying?: WorkContext,
): Promise<Checkup> {
  const options = {folder, stage, ...asked}
  const within = verifying && (await import('./asker.js')).askers(verifying)
  const {s, offline} = await surroundings(await readSnapshot({env}), options, within)
  const dotenv = dotenvWords(offline)
  const decides = decideThemselves(offline)
  const chain = (decides ? undefined : offline.deciding?.asked) ?? asked
  const deploy = decides ? {run: s} : {run: offline.run, dotenv}
  const {here, answers, ...judged} = within
    ? await verified(s, {offline, options, chain, deploy}, within)
    : {here: offline, diagnosis: diagnose(s, chain, deploy), answers: undefined}
  const {services, isComposed} = here
  const areUsable = here.gone.length === 0 && services.every((service) => service.isUsable)
  const diagnosis = decides && areUsable ? withoutNeed(judged.diagnosis) : judged.diagnosis
  const shown = await Promise.all(services.map(shownService))
  const panels = [
    ...gonePanels(here),
    ...shown.flatMap((each) => each.panels),
    ...(isComposed ? dotenvPanels(dotenv) : []),
  ]
  const used = await inForceHere(here, asked)
  const verdict = decides ? [] : verdictPanels(diagnosis)
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
      ...(isComposed ? {services: shown.map((each) => each.data())} : {}),
      ...(!isComposed && shown[0] ? {service: shown[0].data()} : {}),
    }),
  }
}

/** What the files say themselves, or say differently, is not what the machine has; nor is what never comes to be used. */
function decideThemselves({deciding, services}: Folder): boolean {
  return deciding
    ? deciding.asked === undefined || deciding.report.verdicts[0]?.deploys.mayBeDashboard === true
    : services.length > 0
}

const NOT_NEEDED: readonly string[] = ['NO_CREDENTIALS', 'PROFILE_NOT_CHOSEN']

/** The services have what they need: what the machine has besides may be nothing. */
function withoutNeed(diagnosis: Diagnosis): Diagnosis {
  const findings = diagnosis.findings.filter(({code}) => !NOT_NEEDED.includes(code))
  return findings.length === diagnosis.findings.length ? diagnosis : {...diagnosis, findings}
}

interface Offline {
  readonly offline: Folder
  readonly options: FolderOptions
  readonly chain: Asked
  readonly deploy: Deploy
}

async function verified(
  s: Snapshot,
  {offline, options, chain, deploy}: Offline,
  within: Within,
): Promise<VerifiedDiagnosis & {readonly here: Folder}> {
  const {verifyDiagnosis} = await import('./verify.js')
  const {askFolder} = await import('./ask-services.js')
  const judged = await verifyDiagnosis(s, chain, within, deploy)
  return {
    ...judged,
    here: await askFolder(offline, within, async (known) => folderHere(s, {...options, known})),
  }
}

function dotenvPanels(words: SafeText | undefined): Panel[] {
  return words
    ? [{kind: 'prose', lines: [say`${words}: Serverless Framework reads it, other tools do not.`]}]
    : []
}

interface ShownService {
  readonly panels: readonly Panel[]
  data(): Readonly<Record<string, unknown>>
}

async function shownService(service: ServiceHere): Promise<ShownService> {
  const {report, path} = service
  const [{overviewPanels}, {reportJson}] = await Promise.all([
    import('../service/report/describe.js'),
    import('../service/report/json.js'),
  ])
  const words = dotenvWords(service)
  return {
    panels: [...overviewPanels(report, shownRelative(path)), ...dotenvPanels(words)],
    data: () => ({...reportJson(report), ...(words ? {dotenv: words} : {})}),
  }
}
