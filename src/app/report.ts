import {widthOf} from '../../components/line.js'
import {panelLines} from '../../components/panel-lines.js'
import type {Options, UsageProblem} from './options.js'
import type {Ended} from '../engine/driver.js'
import {toProblem} from '../engine/to-problem.js'
import {printable, wantsColour} from '../frontends/ansi.js'
import type {RefusedOption} from './options.js'
import {err, out} from '../frontends/output.js'
import {redact} from '../text/redaction.js'
import type {Problem} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {quotedFor, shell} from '../text/shell.js'
import {deployWith} from '../text/deploy-line.js'
import type {NextStep} from '../domain/next-step.js'
import {jsonText} from '../text/json-text.js'

/** What a flow came to, as far as the command line has to know it. */
export interface Result {
  readonly kind: string
  readonly problem?: Problem
  /** Where the answer is no: nothing usable wins, no session is signed in. */
  readonly exitCode?: number
}

export const EXIT = {done: 0, failed: 1, unanswered: 2, left: 130} as const

/** Tells how the flow ended, in the form asked for, and returns the exit code. */
export function report<E, P, O extends Result>(
  ended: Ended<E, P, O>,
  options: Options,
  hasShownEnd: boolean,
): number {
  switch (ended.kind) {
    case 'left':
      if (options.json) print({type: 'result', outcome: 'left', ...(ended.stays ? {stays: ended.stays} : {})})
      return EXIT.left
    case 'unanswered':
      reportProblem(unanswered(ended, options), options)
      return EXIT.unanswered
    case 'done': {
      const {outcome} = ended
      if (outcome.kind === 'failed' && outcome.problem) {
        if (options.json || !hasShownEnd) reportProblem(outcome.problem, options)
        return EXIT.failed
      }
      if (options.json) print({type: 'result', ...resultLine(outcome, options)})
      return outcome.exitCode ?? (outcome.kind === 'declined' ? EXIT.left : EXIT.done)
    }
  }
}

function resultLine(outcome: Result, {command}: Options): Record<string, unknown> {
  const {kind, exitCode: _exitCode, ...rest} = outcome
  // What was there already was not saved.
  const isUnchanged = kind === 'saved' && (rest as {files?: readonly unknown[]}).files?.length === 0
  return {
    outcome: isUnchanged ? 'unchanged' : kind,
    ...rest,
    ...(command === 'demo' ? {demo: true} : nextStep(outcome)),
  }
}

/** What is to be run after credentials were saved or found. */
function nextStep(outcome: Result): Record<string, unknown> {
  if (!['saved', 'signed-in', 'continued'].includes(outcome.kind) || outcome.problem) return {}
  const {next, profiles} = outcome as {next?: NextStep; profiles?: readonly string[]}
  const line = next?.lines.at(-1) ?? (profiles?.length === 0 ? undefined : deployWith(profiles?.[0] ?? ''))
  return line === undefined ? {} : {next_step: line}
}

/** What was run, without what only scripts give. */
function commandLine({command, operands, path, fix}: Options): SafeText {
  const words = [
    ...(command === 'wizard' ? [] : [command]),
    ...operands.map((word) => quotedFor(shell(), word)),
    ...(path !== undefined && command === 'wizard' ? ['--path', path] : []),
    ...(fix ? ['--fix'] : []),
  ]
  return say`${program()}${words.map((word) => ` ${word}`).join('')}`
}

function unanswered<E, P, O>(
  ended: Extract<Ended<E, P, O>, {kind: 'unanswered'}>,
  options: Options,
): Problem {
  const {step, complaint} = ended
  const option = step.unattended?.option
  const why = complaint
    ? say`The answer given beforehand was refused: ${complaint.what}${complaint.example ? ` Example: ${complaint.example}` : ''}`
    : option
      ? say`There is no terminal to ask on.`
      : say`There is no terminal to ask on, and no option answers this question.`
  return {
    code: 'UNANSWERED',
    what: say`A question has no answer: "${step.question.message}" (${step.id})`,
    why,
    nextSteps: [
      ...(option ? [say`Answer it with the option \`${option}\`.`] : []),
      say`${option ? 'Or run' : 'Run'} \`${commandLine(options)}\` in a terminal.`,
    ],
  }
}

/** A problem on standard error, or as a line of JSON on standard output. */
export function reportProblem(problem: Problem, {json}: Pick<Options, 'json'>): void {
  if (json) {
    const {code, what, why, nextSteps} = problem
    print({type: 'error', code, what, why, next_steps: nextSteps})
    return
  }
  const width = widthOf(err().columns)
  err().write(printable(panelLines([{kind: 'problem', problem}], width), wantsColour(err(), process.env)))
}

/** Tells what is wrong with an option, and returns the exit code of bad usage. */
export function reportRefused({option, complaint}: RefusedOption, options: Pick<Options, 'json'>): number {
  const {what, example} = complaint
  if (options.json) {
    reportProblem(
      {
        code: 'OPTION_REFUSED',
        what: say`${option}: ${what}`,
        why: say`The value of this option is no answer to its question.`,
        nextSteps: example ? [say`Give it like this: \`${option} ${example}\``] : [],
      },
      options,
    )
  } else {
    err().write(`${safe(option)}: ${what}\n${example ? `Example: ${option} ${example}\n` : ''}`)
  }
  return EXIT.unanswered
}

/** Tells how the command line is written right, and returns the exit code of bad usage. */
export function reportUsage({what, example}: UsageProblem, options: Pick<Options, 'json'>): number {
  if (options.json) {
    reportProblem(
      {
        code: 'BAD_USAGE',
        what: safe(what),
        why: say`The command line is not one that this program understands.`,
        nextSteps: [say`Write it like this: \`${example}\``],
      },
      options,
    )
  } else err().write(`${safe(what)}\nExample: ${safe(example)}\n`)
  return EXIT.unanswered
}

/** What nobody expected: one clear problem, and the stack only when asked for, without secrets. */
export function reportCrash(error: unknown, options: Options): number {
  reportProblem(toProblem(error), options)
  if (options.debug) reportStack(error)
  return EXIT.failed
}

/** Where a defect of ours happened, on standard error and without secrets. */
export function reportStack(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  for (const line of redact(text).split('\n')) err().write(`${safe(line)}\n`)
}

function print(data: Record<string, unknown>): void {
  out().write(`${jsonText(data)}\n`)
}
