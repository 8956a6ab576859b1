/** A report once AWS was asked: of whom the credentials of each stage are, and which stages are not apart. */
import {isAboutCredentials, type Problem} from '../../safety/problem.js'
import {say} from '../../safety/safe-text.js'
import {resolversCommand} from '../commands.js'
import type {ServiceFinding, StageVerdict} from '../resolvers/index.js'
import {whatDeploys} from './describe.js'
import type {ServiceReport} from './report.js'

export interface StageAnswer {
  /** What was asked about, the same for the same credentials. */
  readonly of: string
  readonly accountId?: string
  readonly problem?: Problem
}

/** @param answers by stage; a stage whose credentials are not known here has none */
export function answeredReport(
  report: ServiceReport,
  answers: ReadonlyMap<string, StageAnswer>,
): ServiceReport {
  const refused: string[] = []
  const verdicts = report.verdicts.map((verdict): StageVerdict => {
    const {accountId, problem} = answers.get(verdict.stage) ?? {}
    const {deploys, reasons} = verdict
    if (accountId !== undefined) return {...verdict, deploys: {...deploys, accountId}}
    if (!problem || !isAboutCredentials(problem.code)) return verdict
    if (!deploys.mayBeDashboard) refused.push(verdict.stage)
    // Of a profile the reasons say it already.
    if (deploys.by === 'profile' && !deploys.instead) return verdict
    return {...verdict, reasons: [...reasons, {text: say`AWS says: ${problem.what}`}]}
  })
  return {
    ...report,
    verdicts,
    useless: [...new Set([...report.useless, ...refused])],
    findings: [...report.findings, ...sameAccount(verdicts, report, answers)],
  }
}

/** Stages that are meant to be apart, and lead to one account. One line for all of them is no slip. */
function sameAccount(
  verdicts: readonly StageVerdict[],
  {rows, path}: ServiceReport,
  answers: ReadonlyMap<string, StageAnswer>,
): readonly ServiceFinding[] {
  const byAccount = new Map<string, StageVerdict[]>()
  for (const verdict of verdicts) {
    const {accountId} = verdict.deploys
    if (accountId !== undefined) byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), verdict])
  }
  const decidedBy = ({stage}: StageVerdict) => {
    const line = rows.find((row) => row.isForDeploy && row.stage === (stage as string))?.line
    return `${line} ${answers.get(stage)?.of}`
  }
  return [...byAccount].flatMap(([account, of]): readonly ServiceFinding[] => {
    if (new Set(of.map(decidedBy)).size < 2) return []
    const stages = of.map(({stage}) => stage).join(', ')
    const used = [...new Set(of.map(({deploys}) => whatDeploys(deploys)))].join('; ')
    return [
      {
        severity: 'warning',
        code: 'SAME_ACCOUNT',
        what: say`The stages ${stages} lead to one account, ${account}.`,
        why: say`What they deploy with (${used}) is of the same account, so these stages are not apart.`,
        fix: say`Give each stage a profile of its own account: \`${resolversCommand(path, 'edit')}\``,
      },
    ]
  })
}
