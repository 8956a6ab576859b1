import type {Panel, Verdict} from '../../../src/engine/types.js'
import {program} from '../../../src/text/program-name.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {nextStepPanels} from '../../next-step.js'
import {doneHeading, practiceEnd} from '../../practice-end.js'
import {select, work} from '../../ask.js'
import {noticePanels, takenOut, type Change, undoPanel} from '../../change/flow.js'
import {proposed} from '../access.js'
import type {SsoPorts, VerifiedProfile} from '../ports.js'
import type {SsoEvent, SsoState} from '../state.js'
import {words} from '../words.js'
import {word} from '../../../src/text/shell.js'

type E = SsoEvent
type P = SsoPorts

/** Most profiles that a receipt lists; the rest is counted. */
const MAX_LISTED = 6

/** What is written: both kinds of sections in the config file, and beside it the token of the session. */
export function changeOf({session, profiles, remove, input}: SsoState): Change<P> {
  return {
    id: 'sso-plan',
    notes: [{kind: 'prose', lines: [words.change.token], tone: 'dim'}],
    isYes: input.isYes ?? false,
    isDryRun: input.isDryRun ?? false,
    plan: async (ports) => {
      if (!session) throw new Error('There is nothing to plan in this state.')
      return ports.planSso({session, profiles, remove})
    },
    write: async (ports, plan, context, options) => {
      if (!session) throw new Error('There is nothing to write in this state.')
      return ports.writeSso(plan, session, context, options)
    },
  }
}

export function verifying({profiles, region}: SsoState) {
  return work<E, P>({
    id: 'sso-verifying',
    title: words.verifying(profiles.length),
    isBarrier: true,
    run: async (ports, context) => {
      const names = profiles.map(({name}) => name)
      const verified = await ports.verifySso(names, context)
      const profile = proposed(verified)?.profile ?? names[0]
      return {
        type: 'verified',
        verified,
        next: await ports.nextStep({
          ...(profile === undefined ? {} : {profile}),
          ...(region === undefined ? {} : {region}),
        }),
      }
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function receipt(state: SsoState) {
  const canDeploy =
    !state.input.isPractice &&
    state.survey?.canDeploy === true &&
    state.profiles.length === 1 &&
    state.verified?.[0]?.arn !== undefined &&
    state.verified[0].deploy?.mark !== 'warning'
  return select<E, P, 'done' | 'deploy'>({
    id: 'sso-receipt',
    isBarrier: true,
    message: words.whatNow,
    panels: receiptPanels(state),
    choices: [
      ...(canDeploy ? [['deploy', words.receipt.deploy] as const] : []),
      ['done', words.receipt.done],
    ],
    initial: 'done',
    unattended: {assume: 'done'},
    answer: (id) => ({type: 'finish', deploy: id === 'deploy'}),
    trail: false,
  })
}

/** The next command, where it is seen without scrolling; then where it is, whose it is, how long it lasts. */
export function receiptPanels(state: SsoState): Panel[] {
  const {verified = [], problem, session} = state
  const {isPractice} = state.input
  const bad = verified.filter((each) => each.problem !== undefined)
  const files = state.change?.outcome?.kind === 'written' ? state.change.outcome : undefined
  const removed = files ? takenOut(state.change?.plan) : []
  return [
    bad.length === 0 && !problem
      ? doneHeading(
          isPractice ? words.receipt.practiceHeading : words.receipt.heading,
          words.receipt,
          isPractice,
        )
      : {kind: 'heading', text: words.receipt.unchecked},
    ...(problem ? [{kind: 'problem', problem} as const] : []),
    ...bad
      .slice(0, 2)
      .flatMap((each) => (each.problem ? [{kind: 'problem', problem: each.problem} as const] : [])),
    ...whatIsNext(state),
    {
      kind: 'verdicts',
      rows: [
        ...verified.slice(0, MAX_LISTED).map(verifiedRow),
        ...(verified.length > MAX_LISTED
          ? [{mark: 'fact', label: words.template.more(verified.length - MAX_LISTED)} as const]
          : []),
        ...(files?.files ?? []).map(
          (file) => ({mark: 'fact', label: words.receipt.file, value: file}) as const,
        ),
        ...removed,
        {
          mark: 'fact',
          label: words.receipt.session,
          value: words.receipt.signedIn(session?.name ?? '', state.signedIn ?? say``, isPractice === true),
        },
      ],
    },
    ...noticePanels(files?.remarks ?? []),
    ...(isPractice
      ? []
      : [
          {
            kind: 'code',
            label: words.receipt.again,
            lines: [say`${program()} sso login --session ${word(session?.name ?? '')}`],
          } as const,
        ]),
    ...(files && files.files.length > 0 && !isPractice ? [undoPanel] : []),
    ...(isPractice ? [practiceEnd(words.receipt)] : []),
  ]
}

/** What is to be run now; what would keep it from working comes first. */
function whatIsNext({next, verified = [], input}: SsoState): Panel[] {
  const {deploy} = proposed(verified) ?? {}
  const rights = deploy && deploy.mark !== 'good' ? [{kind: 'verdicts', rows: [deploy]} as const] : []
  return [
    ...(deploy?.mark === 'warning'
      ? [{kind: 'prose', lines: [words.receipt.lacking], tone: 'warning'} as const]
      : []),
    ...(next ? nextStepPanels(next, words.receipt, input.isPractice) : []),
    ...rights,
  ]
}

function verifiedRow({profile, arn, accountId, deploy, problem}: VerifiedProfile): Verdict {
  return problem
    ? {mark: 'bad', label: safe(profile), value: problem.what}
    : {
        mark: deploy?.mark === 'warning' ? 'warning' : 'good',
        label: safe(profile),
        value: safe(arn ?? accountId ?? ''),
      }
}
