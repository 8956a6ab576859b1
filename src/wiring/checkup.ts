import type {Checkup} from '../../flows/doctor/ports.js'
import {diagnosisPanels, verdictPanels} from '../doctor/describe.js'
import {diagnose} from '../doctor/diagnose.js'
import {diagnosisJson} from '../doctor/json.js'
import {readSnapshot} from '../credentials/snapshot.js'
import type {Asked} from '../credentials/types.js'
import type {Diagnosis} from '../doctor/types.js'
import {answerPanels, answersJson, type Answers} from '../doctor/verified.js'
import type {DoctorWiring} from './doctor.js'
import {serviceVerdict} from './service-verdict.js'

/** Which credentials each tool would use here, without asking anybody. */
export async function diagnosisHere(env: NodeJS.ProcessEnv, asked: Asked = {}): Promise<Diagnosis> {
  return diagnose(await readSnapshot({env}), asked)
}

/** The diagnosis as it is shown, with what the service here says. */
export async function checkupOf(
  diagnosis: Diagnosis,
  {env, asked, folder}: DoctorWiring,
  answers?: Answers,
): Promise<Checkup> {
  const service = await serviceVerdict(folder, env, asked, () => diagnosis.profiles)
  return {
    isUsable: diagnosis.isUsable,
    summary: verdictPanels(diagnosis),
    report: [
      ...diagnosisPanels(diagnosis),
      ...(answers ? answerPanels(answers) : []),
      ...(service?.panels ?? []),
    ],
    mends: diagnosis.findings.flatMap(({mend, what, where}, index) =>
      mend ? [{id: String(index), label: what, mend, ...(where ? {where} : {})}] : [],
    ),
    endedSessions: diagnosis.endedSessions,
    wasVerified: answers !== undefined,
    data: () => ({
      ...diagnosisJson(diagnosis),
      ...(answers ? {answers: answersJson(answers)} : {}),
      ...(service ? {service: service.data()} : {}),
    }),
  }
}
