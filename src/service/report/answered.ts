/** A report once AWS was asked: of whom the credentials of each stage are, and which stages are not apart. */
import type {Problem} from '../../domain/problem.js'
import {say, type SafeText} from '../../text/safe-text.js'
import {doctorCommand, resolversCommand} from '../commands.js'
import type {ResolverRow, ServiceFinding, StageVerdict} from '../resolvers/index.js'
import {whatDeploys} from './describe.js'
import type {ServiceReport} from './report.js'

export interface StageAnswer {
  readonly accountId?: string
  readonly problem?: Problem
  /** A deploy would meet with it as well. */
  readonly isRefused?: true
}

/** @param answers by stage; a stage whose credentials are not known here has none */
export function answeredReport(
  report: ServiceReport,
  answers: ReadonlyMap<string, StageAnswer>,
): ServiceReport {
  const refusals: ServiceFinding[] = []
  const unasked = new Map<string, SafeText>()
  const verdicts = report.verdicts.map((verdict): StageVerdict => {
    const {stage, deploys} = verdict
    const {accountId, problem, isRefused} = answers.get(stage) ?? {}
    if (accountId !== undefined) return {...verdict, deploys: {...deploys, accountId}}
    if (!problem || deploys.mayBeDashboard || report.useless.includes(stage)) return verdict
    if (isRefused) refusals.push(refusal(verdict, problem, report.path))
    else unasked.set(stage, say`It is not known whether this works: ${problem.what} ${problem.why}`)
    return verdict
  })
  return {
    ...report,
    verdicts,
    rows: report.rows.map((row) => withAccount(row, verdicts)),
    useless: [...report.useless, ...refusals.map(({stage}) => stage!)],
    unasked: new Set(unasked.keys()),
    remarks: new Map([...report.remarks, ...unasked]),
    findings: [...refusals, ...report.findings, ...sameAccount(verdicts, report)],
  }
}

/** What a resolver deploys with has the account of its stage; of a profile it is known from the profile. */
function withAccount(row: ResolverRow, verdicts: readonly StageVerdict[]): ResolverRow {
  const of = row.isForDeploy ? verdicts.find(({stage}) => row.stage === (stage as string)) : undefined
  const accountId = of?.deploys.accountId
  return accountId === undefined || row.profile !== undefined ? row : {...row, accountId}
}

function refusal(
  {stage, deploys}: StageVerdict,
  {what, why, nextSteps}: Problem,
  path: string,
): ServiceFinding {
  return {
    severity: 'error',
    code: 'CREDENTIALS_REFUSED',
    stage,
    what: say`The stage ${stage} deploys with ${whatDeploys(deploys)}, which does not work.`,
    why: say`${what} ${why}`,
    fix: nextSteps[0] ?? say`See what is wrong: \`${doctorCommand(path, '--verify')}\``,
  }
}

/** Stages that are meant to be apart, and lead to one account. */
function sameAccount(verdicts: readonly StageVerdict[], {path}: ServiceReport): readonly ServiceFinding[] {
  const byAccount = new Map<string, StageVerdict[]>()
  for (const verdict of verdicts) {
    const {accountId} = verdict.deploys
    if (accountId !== undefined) byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), verdict])
  }
  return [...byAccount].flatMap(([account, of]): readonly ServiceFinding[] => {
    if (of.length < 2) return []
    const stages = of.map(({stage}) => stage).join(', ')
    const used = [...new Set(of.map(({deploys}) => whatDeploys(deploys)))]
    return [
      {
        severity: 'warning',
        code: 'SAME_ACCOUNT',
        what: say`The stages ${stages} lead to one account, ${account}.`,
        why:
          used.length === 1
            ? say`All of them deploy with ${used[0]}, so these stages are not apart.`
            : say`What they deploy with (${used.join('; ')}) is of the same account, so these stages are not apart.`,
        fix: say`Give each stage a profile of its own account: \`${resolversCommand(path, 'edit')}\``,
      },
    ]
  })
}
