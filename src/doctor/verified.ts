/** The diagnosis together with what AWS said when it was asked. */
import type {Panel, Verdict} from '../engine/types.js'
import {partitionFault} from '../domain/partition-homes.js'
import {isAboutCredentials, keepsFromDeploy, type Problem} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import type {SourceId} from '../credentials/types.js'
import type {Diagnosis, Finding} from './types.js'
import {someOf} from '../text/some-of.js'

/** Whose the credentials are, or why they do not work. */
export type Answer =
  | {readonly whose: SafeText; readonly accountId: string; readonly partition: string}
  | {readonly problem: Problem}

export interface Answers {
  /** By name of the profile. */
  readonly profiles: ReadonlyMap<string, Answer>
  /** Of the keys in the environment. */
  readonly environment?: Answer
  /** Of what a deploy uses here; with a name where none of the others is that. */
  readonly used?: {readonly answer: Answer; readonly id?: string; readonly label?: SafeText}
}

/** What won and does not work is not usable; what works is told with its owner. */
export function withAnswers(offline: Diagnosis, answers: Answers): Diagnosis {
  const diagnosis = {...offline, findings: [...offline.findings, ...sameAccount(answers)]}
  const [serverless] = diagnosis.tools
  const winner = serverless?.winner
  const answer = answers.used?.answer
  if (winner === undefined || !answer) return diagnosis
  if ('whose' in answer) {
    const elsewhere = partitionFault(answer.partition, serverless?.region?.name)
    const known = withWhose(diagnosis, winner, answer.whose)
    return elsewhere
      ? {...known, isUsable: false, findings: [...known.findings, elsewhereFinding(elsewhere)]}
      : known
  }
  // A program that gives nothing ends no chain that finds something after it.
  const goesOn = answer.problem.code === 'PROCESS_FAILED' && diagnosis.sources.some(isAfterProcess)
  const isRefused = keepsFromDeploy(answer.problem.code) && !goesOn
  const givesNothing = ['NO_KEYS_TO_CHECK', 'PROCESS_FAILED'].includes(answer.problem.code)
  return isRefused
    ? {...diagnosis, isUsable: false, ...(givesNothing ? {givesNothing: true as const} : {})}
    : diagnosis
}

function elsewhereFinding({code, what, why, nextSteps: [fix]}: Problem): Finding {
  return {code, severity: 'error', what: say`${what} ${why}`, ...(fix ? {fix} : {})}
}

function isAfterProcess({id, isFound}: Diagnosis['sources'][number]): boolean {
  return isFound && ['web-identity-env', 'container', 'instance'].includes(id)
}

/** The diagnosis with what AWS said of one source. */
export function withWhose(diagnosis: Diagnosis, id: SourceId, whose: SafeText): Diagnosis {
  return {
    ...diagnosis,
    sources: diagnosis.sources.map((source) => (source.id === id ? {...source, whose} : source)),
  }
}

const MAX_NAMES = 4

/** Stages that are meant to be apart are not, where their profiles lead to one account. */
function sameAccount({profiles}: Answers): readonly Finding[] {
  const byAccount = new Map<string, string[]>()
  for (const [name, answer] of profiles)
    if ('whose' in answer) byAccount.set(answer.accountId, [...(byAccount.get(answer.accountId) ?? []), name])
  return [...byAccount]
    .filter(([, names]) => names.length > 1)
    .map(([accountId, names]) => ({
      code: 'SAME_ACCOUNT',
      severity: 'warning',
      what: say`The profiles ${someOf(names, MAX_NAMES)} lead to one account, ${accountId}: stages that use them are not apart.`,
    }))
}

/** One row for everything that was asked about. */
export function answerPanels({environment, used, profiles}: Answers): readonly Panel[] {
  const rows = [
    ...(environment ? [rowOf(say`Environment`, environment)] : []),
    ...(used?.label ? [rowOf(used.label, used.answer)] : []),
    ...[...profiles].map(([name, answer]) => rowOf(safe(name), answer)),
  ]
  if (rows.length === 0) return []
  return [
    {kind: 'heading', text: say`What AWS says`},
    {kind: 'verdicts', rows},
  ]
}

function rowOf(label: SafeText, answer: Answer): Verdict {
  if ('whose' in answer) return {mark: 'good', label, value: answer.whose}
  const {code, what, why, nextSteps} = answer.problem
  const [next] = nextSteps
  return {
    mark: isAboutCredentials(code) ? 'bad' : 'unknown',
    label,
    value: what,
    note: next ? say`${why} ${next}` : why,
  }
}

/** The same for programs. */
export function answersJson({environment, used, profiles}: Answers): Record<string, unknown> {
  const plain = (answer: Answer) =>
    'whose' in answer ? {works: true, whose: answer.whose} : {works: false, problem: answer.problem}
  return {
    ...(environment ? {environment: plain(environment)} : {}),
    ...(used?.id === undefined ? {} : {[used.id]: plain(used.answer)}),
    profiles: Object.fromEntries([...profiles].map(([name, answer]) => [name, plain(answer)])),
  }
}
