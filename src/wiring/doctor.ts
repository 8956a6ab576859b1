import type {PlannedChange} from '../../flows/change/ports.js'
import type {Checkup, DoctorPorts} from '../../flows/doctor/ports.js'
import type {Options} from '../args.js'
import type {Asked, Diagnosis, Mend} from '../doctor/types.js'
import type {Answers} from '../doctor/verified.js'
import {say} from '../safety/safe-text.js'
import {awsFiles, type AwsFiles} from '../store/locations.js'
import type {Plan} from '../store/plan.js'
import {serviceVerdict, type ServiceVerdict} from './service-verdict.js'
import {plannedChange, shownPath} from './shown.js'

export interface DoctorWiring {
  readonly env: NodeJS.ProcessEnv
  /** What was given on the command line. */
  readonly asked: Asked
  /** `--service` */
  readonly folder?: string | undefined
}

/** What the options say of the choice of credentials. */
export function askedBy({profile, region}: Pick<Options, 'profile' | 'region'>): Asked {
  return {
    ...(profile === undefined ? {} : {profile, profileFrom: say`the option --profile`}),
    ...(region === undefined ? {} : {region}),
  }
}

/** The doctor's ports, connected to the environment and the files. */
export function doctorPorts({env, asked, folder}: DoctorWiring): DoctorPorts {
  const files = awsFiles(env)
  const serviceOf = async (diagnosis: Diagnosis) =>
    serviceVerdict(folder, env, asked, () => diagnosis.profiles)
  return {
    diagnose: async (options, context) => {
      if (!options.verify) {
        const diagnosis = await diagnosisHere(env, asked)
        return checkupOf(diagnosis, await serviceOf(diagnosis))
      }
      const {verifyDiagnosis} = await import('./verify.js')
      const {diagnosis, answers} = await verifyDiagnosis(asked, env, context)
      return checkupOf(diagnosis, await serviceOf(diagnosis), answers)
    },

    planMend: async ({mend}) => {
      const chosen = mend as Mend
      if (chosen.kind === 'chmod') return modeChange(chosen, files)
      const {planMend} = await import('../doctor/mend.js')
      return plannedChange(await planMend(chosen, files), files)
    },

    writeMend: async (plan, context, {isInPlace = false} = {}) => {
      if ('chmod' in plan) {
        const {mendMode} = await import('../doctor/mend.js')
        await mendMode((plan as ModeChange).chmod)
        return []
      }
      const {commitPlan} = await import('../store/save.js')
      const {warnings} = await commitPlan(plan as unknown as Plan, {signal: context.signal, isInPlace})
      return warnings
    },
  }
}

/** Which credentials each tool would use here, without asking anybody. */
export async function diagnosisHere(env: NodeJS.ProcessEnv, asked: Asked = {}): Promise<Diagnosis> {
  const [{readSurroundings}, {diagnose}] = await Promise.all([
    import('../doctor/surroundings.js'),
    import('../doctor/diagnose.js'),
  ])
  return diagnose(await readSurroundings({env}), asked)
}

async function checkupOf(
  diagnosis: Diagnosis,
  service: ServiceVerdict | undefined,
  answers?: Answers,
): Promise<Checkup> {
  const [{diagnosisPanels, verdictPanels}, {diagnosisJson}, {answerPanels, answersJson}] = await Promise.all([
    import('../doctor/describe.js'),
    import('../doctor/json.js'),
    import('../doctor/verified.js'),
  ])
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

type ModeMend = Extract<Mend, {kind: 'chmod'}>
type ModeChange = PlannedChange & {readonly chmod: ModeMend}

/** Permission bits are shown as a change of the file, so that they are agreed to like any other. */
async function modeChange(mend: ModeMend, files: AwsFiles): Promise<ModeChange> {
  const {modeOf} = await import('../doctor/mend.js')
  const now = await modeOf(mend.path)
  const {modeDiff} = await import('./shown.js')
  return {
    chmod: mend,
    nothingToDo: now === mend.mode,
    warnings: [],
    files: [{shownPath: shownPath(mend.path, files.home), exists: true, diff: modeDiff(now, mend.mode)}],
  }
}
