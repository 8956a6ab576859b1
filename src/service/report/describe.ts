/** A report on resolvers as it stands on a screen: a table for each stage, the reasons, and what is wrong. */
import type {Mark, Panel, Verdict} from '../../engine/types.js'
import type {Problem} from '../../domain/problem.js'
import {safe, say, type SafeText} from '../../text/safe-text.js'
import {isVariable} from '../resolvers/variables.js'
import type {Credentials, ResolverRow, ServiceFinding, StageVerdict} from '../resolvers/index.js'
import type {ServiceReport} from './report.js'

/** All of it, in short. @param file as it is shown */
export function overviewPanels(report: ServiceReport, file: SafeText): Panel[] {
  const {whyNot, verdicts, findings} = report
  if (whyNot)
    return [
      {kind: 'heading', text: file},
      {kind: 'verdicts', rows: [notRead(whyNot)]},
    ]
  return [
    {kind: 'heading', text: file},
    ...verdicts.map((verdict): Panel => ({kind: 'verdicts', rows: stageRows(verdict, report)})),
    ...findingPanels(
      findings,
      file,
      verdicts.map((verdict) => markOf(verdict, report)),
    ),
  ]
}

/** A program tells what it says only when it is run, and that is not done here. */
function notRead({code, what, why}: Problem): Verdict {
  if (code !== 'SERVICE_IS_CODE') return {mark: 'unknown', label: what, note: say`${why} (${code})`}
  return {
    mark: 'unknown',
    label: say`This file is a program: what it says of stages and resolvers is not known here`,
    note: say`It is not run. See what it comes to: \`serverless print\` (${code})`,
  }
}

/** @param stages the marks of the stages: a file without a mistake is not yet a deploy that works */
function findingPanels(
  findings: readonly ServiceFinding[],
  file: SafeText,
  stages: readonly Mark[],
): Panel[] {
  if (findings.length === 0) {
    if (stages.includes('bad'))
      return [
        {kind: 'prose', lines: [say`The file has no mistake; what a deploy needs is not on this machine.`]},
      ]
    const isKnown = !stages.includes('unknown')
    const label = isKnown ? say`No mistake was found` : say`No mistake was found in what is known here`
    return [{kind: 'verdicts', rows: [{mark: isKnown ? 'good' : 'unknown', label}]}]
  }
  return [{kind: 'verdicts', rows: findings.map((finding) => findingRow(finding, file))}]
}

const SEVERITY: Readonly<Record<ServiceFinding['severity'], Mark>> = {
  error: 'bad',
  warning: 'warning',
  note: 'unknown',
}

function findingRow({severity, code, line, what, why, fix}: ServiceFinding, file: SafeText): Verdict {
  const place = line === undefined ? file : say`${file}:${line}`
  return {
    mark: SEVERITY[severity],
    label: say`${place}: ${what}`,
    note: say`${why}${/[.!?:]$/.test(why) ? '' : '.'} ${fix} (${code})`,
  }
}

function stageRows(verdict: StageVerdict, report: ServiceReport): Verdict[] {
  const {stage, deploys} = verdict
  const {rows} = report
  const ofStage = rows.filter((row) => row.stage === (stage as string))
  return [
    {
      mark: markOf(verdict, report),
      ...remarkOn(stage, report),
      label: say`Stage ${stage}`,
      value: say`${whatDeploys(deploys)}${accountOf(deploys)}, ${deploys.region.value}`,
    },
    ...ofStage.map((row): Verdict => ({mark: 'fact', label: say`  ${row.resolver}`, value: rowWords(row)})),
  ]
}

function remarkOn(stage: string, {remarks}: ServiceReport): {readonly note?: SafeText} {
  const note = remarks.get(stage)
  return note === undefined ? {} : {note}
}

function accountOf({accountId}: Credentials): SafeText {
  return accountId === undefined ? say`` : say` (account ${accountId})`
}

function markOf({stage, deploys}: StageVerdict, {useless, unasked}: ServiceReport): Mark {
  if (deploys.by === 'unknown') return 'unknown'
  if (deploys.by === 'error' || useless.includes(stage)) return 'bad'
  if (deploys.mayBeDashboard || deploys.isOpen || isVariable(stage) || isVariable(deploys.region.value))
    return 'unknown'
  if (unasked?.has(stage)) return 'unknown'
  return deploys.instead ? 'warning' : 'good'
}

const PROFILE_STATES: Readonly<Record<NonNullable<ResolverRow['profileState']>, SafeText>> = {
  good: say`works`,
  expired: say`expired`,
  broken: say`does not work`,
  unknown: say`is here`,
  missing: say`not on this machine`,
}

function rowWords({
  type,
  profile,
  profileState,
  accountId,
  keys,
  region,
  dashboard,
  line,
  isForDeploy,
  isUnread,
}: ResolverRow): SafeText {
  if (isUnread) return say`in a variable that is not read here, line ${line}`
  if (type !== undefined && type !== 'aws') return say`type ${type}, line ${line}`
  const ofOwn = accountId === undefined ? '' : say` (account ${accountId})`
  const ofAccount = accountId === undefined ? '' : say`account ${accountId}, `
  const parts = [
    ...(type === undefined ? [say`no type`] : []),
    ...(profile
      ? [
          profileState
            ? say`profile ${profile} (${ofAccount}${PROFILE_STATES[profileState]})`
            : say`profile ${profile}`,
        ]
      : []),
    ...(keys ? [say`keys ${keys}${ofOwn}`] : []),
    ...(!profile && !keys && type !== undefined ? [say`standard chain${ofOwn}`] : []),
    ...(region ? [region] : []),
    dashboard ? say`Dashboard on` : say`Dashboard off`,
    say`line ${line}`,
    ...(isForDeploy ? [say`deploys`] : [say`for variables`]),
  ]
  return safe(parts.join(', '))
}

/** One stage, with the chain of reasons and what each resolver reads variables with. */
export function explainPanels(verdict: StageVerdict, report: ServiceReport, file: SafeText): Panel[] {
  const {stage, deploys, reasons, resolves} = verdict
  const placed = (line: number | undefined, text: SafeText) =>
    line === undefined ? text : say`${text} (${file}:${line})`
  return [
    {kind: 'heading', text: say`Stage ${stage}`},
    {
      kind: 'verdicts',
      rows: [
        {
          mark: markOf(verdict, report),
          ...remarkOn(stage, report),
          label: say`Deploys with`,
          value: say`${whatDeploys(deploys)}${accountOf(deploys)}`,
        },
        {
          mark: 'fact',
          label: say`Region`,
          value: placed(deploys.region.line, say`${deploys.region.value}, from ${deploys.region.from}`),
        },
      ],
    },
    ...(reasons.length > 0
      ? [{kind: 'steps', items: reasons.map(({text, line}) => placed(line, text))} as const]
      : []),
    ...(resolves.length > 0
      ? [
          {kind: 'heading', text: say`Variables are read with`} as const,
          {
            kind: 'verdicts',
            rows: resolves.map(({name, used, resolver: _, ...credentials}): Verdict => ({
              mark: credentials.by === 'error' ? 'bad' : 'fact',
              label: name,
              value: whatDeploys(credentials),
              note: usesWords(used, file),
            })),
          } as const,
        ]
      : []),
  ]
}

function usesWords(
  used: readonly {readonly resolver: string; readonly key: string; readonly line: number}[],
  file: SafeText,
) {
  if (used.length === 0) return say`no variable uses it`
  const shown = used.slice(0, 8).map(({key, line}) => say`${key} (${file}:${line})`)
  return safe([...shown, ...(used.length > 8 ? [say`and ${used.length - 8} more`] : [])].join(', '))
}

export function whatDeploys(credentials: Omit<Credentials, 'accountId'>): SafeText {
  const {by, profile, instead, keys, region, resolver, error, mayBeDashboard, ...rest} = credentials
  const through = resolver ? say` of the resolver ${resolver}` : say``
  const unset = rest.unset ?? region.unset
  if (unset) return say`nothing here: ${unset} is not set in this shell`
  if (mayBeDashboard) {
    const {mayBeDashboard: _, ...local} = credentials
    return say`the Provider of the Dashboard, if it has one for this service; else ${whatDeploys(local)}`
  }
  switch (by) {
    case 'dashboard':
      return say`the Provider of the Serverless Dashboard`
    case 'profile':
      if (instead) return say`${instead}, as the profile ${profile ?? ''}${through} gives nothing`
      return say`profile ${profile ?? ''}${through}`
    case 'keys':
      return say`the key ${keys ?? ''}${through}`
    case 'chain':
      return say`the standard chain of AWS`
    case 'unknown':
      return say`what a variable says, which is not read here`
    case 'error':
      return error?.isExact
        ? say`nothing: the Framework stops with: ${error.text}`
        : say`nothing: ${error?.text ?? ''}`
  }
}
