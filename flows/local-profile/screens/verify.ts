import type {AskStep, Panel} from '../../../src/engine/types.js'
import {safe} from '../../../src/safety/safe-text.js'
import {select, show, work} from '../../ask.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {words} from '../words.js'
import {problemStep} from './problem-step.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

export function verifying(state: LocalProfileState) {
  const {key, region} = state
  return work<E, P>({
    id: 'verifying',
    title: words.verifying,
    run: async (ports, context) => {
      if (!key || !region) throw new Error('There is no key to verify in this state.')
      const isFresh = state.method !== 'have'
      return {type: 'verified', verified: await ports.verify({key, region, isFresh}, context)}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function verified(state: LocalProfileState) {
  return show<E, P>({
    id: 'verified',
    panels: [
      {kind: 'heading', text: words.verified.heading},
      {kind: 'verdicts', rows: state.verified?.findings ?? []},
      ...networkNote(state),
    ],
    proceed: words.verified.proceed,
    next: {type: 'next'},
  })
}

/** The key did not work, or AWS could not be asked: what happened, and the ways on. */
export function refused(state: LocalProfileState) {
  // Without a region nothing can be tried again.
  if (state.problem?.code === 'REGION_UNKNOWN')
    return problemStep(state.problem, 'refused', [], [['region', words.refused.region]])
  const isRegion = state.problem?.code === 'WRONG_PARTITION' || state.problem?.code === 'REGION_DISABLED'
  return problemStep(state.problem, 'refused', networkNote(state), [
    ...(isRegion ? [['region', words.refused.region] as const] : []),
    ['verifying', words.refused.retry],
    ['key', words.refused.again],
    ...(isRegion ? [] : [['region', words.refused.region] as const]),
  ])
}

/** The files could not be read or understood. */
export function unplannable(state: LocalProfileState) {
  const again = state.profile ? 'planning' : 'reading-profiles'
  return problemStep(
    state.problem,
    'unplannable',
    [],
    [
      [again, {label: words.refused.retry.label}],
      ...(state.profile ? [['profile', words.refused.place] as const] : []),
    ],
  )
}

/** The write failed; nothing was changed. */
export function unwritten(state: LocalProfileState) {
  const isMounted = state.problem?.code === 'FILE_IS_MOUNTED'
  return problemStep(
    state.problem,
    'unwritten',
    [],
    [
      ['planning', {label: words.refused.retry.label}],
      ...(isMounted ? [['in-place', words.refused.inPlace] as const] : []),
    ],
  )
}

export function root() {
  return select<E, P, 'method' | 'root-account' | 'leave'>({
    id: 'root',
    message: words.root.message,
    panels: [{kind: 'prose', lines: words.root.why, tone: 'warning'}],
    choices: [
      ['method', words.root.other],
      ['root-account', words.root.anyway],
      ['leave', words.root.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (to) => (to === 'leave' ? {type: 'leave'} : {type: 'go', to}),
  })
}

export function rootAccount(state: LocalProfileState): AskStep<E, P> {
  const accountId = state.verified?.accountId ?? ''
  return {
    kind: 'ask',
    id: 'root-account',
    question: {
      kind: 'text',
      message: words.root.account,
      hint: words.root.accountHint(accountId),
      validate: (value) =>
        value.replace(/[\s-]/g, '') === accountId && accountId !== ''
          ? undefined
          : {what: words.root.mismatch, example: safe(accountId)},
    },
    answer: () => ({type: 'go', to: 'verified'}),
  }
}

function networkNote(state: LocalProfileState): Panel[] {
  const lines = state.input.network ?? []
  return lines.length > 0 ? [{kind: 'prose', lines, tone: 'dim'}] : []
}
