/** The diagnosis together with what AWS said when it was asked. */
import type {Panel, Verdict} from '../engine/types.js'
import {isAboutCredentials, type Problem} from '../safety/problem.js'
import {safe, say, type SafeText} from '../safety/safe-text.js'
import type {SourceId} from '../credentials/types.js'
import type {Diagnosis} from './types.js'

/** Whose the credentials are, or why they do not work. */
export type Answer = {readonly whose: SafeText} | {readonly problem: Problem}

export interface Answers {
  /** By name of the profile. */
  readonly profiles: ReadonlyMap<string, Answer>
  /** Of the keys in the environment. */
  readonly environment?: Answer
}

/** What won and does not work is not usable; what works is told with its owner. */
export function withAnswers(diagnosis: Diagnosis, answers: Answers): Diagnosis {
  const [serverless] = diagnosis.tools
  const winner = serverless?.winner
  const answer = winner === undefined ? undefined : answerOf(winner, serverless?.profile, answers)
  if (!answer) return diagnosis
  if ('whose' in answer)
    return {
      ...diagnosis,
      sources: diagnosis.sources.map((each) => (each.id === winner ? {...each, whose: answer.whose} : each)),
    }
  const isRefused = isAboutCredentials(answer.problem.code)
  return isRefused ? {...diagnosis, isUsable: false} : diagnosis
}

function answerOf(winner: SourceId, profile: string | undefined, answers: Answers): Answer | undefined {
  return winner === 'environment' ? answers.environment : answers.profiles.get(profile ?? '')
}

/** One row for everything that was asked about. */
export function answerPanels({environment, profiles}: Answers): readonly Panel[] {
  const rows = [
    ...(environment ? [rowOf(say`Environment`, environment)] : []),
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
  const {code, what, nextSteps} = answer.problem
  const [next] = nextSteps
  return {
    mark: isAboutCredentials(code) ? 'bad' : 'unknown',
    label,
    value: what,
    ...(next ? {note: next} : {}),
  }
}

/** The same for programs. */
export function answersJson({environment, profiles}: Answers): Record<string, unknown> {
  const plain = (answer: Answer) =>
    'whose' in answer ? {works: true, whose: answer.whose} : {works: false, problem: answer.problem}
  return {
    ...(environment ? {environment: plain(environment)} : {}),
    profiles: Object.fromEntries([...profiles].map(([name, answer]) => [name, plain(answer)])),
  }
}
