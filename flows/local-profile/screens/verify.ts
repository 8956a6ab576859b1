import type {AskStep, Panel} from '../../../src/engine/types.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {select, show, work} from '../../ask.js'
import {KEY_FAULTS, REGION_FAULTS} from '../faults.js'
import {regionToAsk} from '../region-to-ask.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {words} from '../words.js'
import {problemStep, type Way} from './problem-step.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

export function verifying(state: LocalProfileState) {
  const {key} = state
  const region = regionToAsk(state)
  return work<E, P>({
    id: 'verifying',
    title: words.verifying,
    run: async (ports, context) => {
      if (!key) throw new Error('There is no key to verify in this state.')
      const verified = await ports.verify({key, region, isFresh: isFresh(state)}, context)
      return {type: 'verified', verified, askedIn: region}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

/** Made a moment ago, so it may not be known everywhere yet. */
function isFresh({method}: LocalProfileState): boolean {
  return method !== 'have'
}

export function checkingRegion({key, region}: LocalProfileState) {
  return work<E, P>({
    id: 'checking-region',
    title: words.checkingRegion(region ?? ''),
    run: async (ports, context) => {
      if (!key || !region) throw new Error('There is no region to ask in.')
      await ports.checkRegion({key, region}, context)
      return {type: 'region-works', region}
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
      ...understoodPanels(state),
      ...networkNote(state),
    ],
    proceed: words.verified.proceed,
    next: {type: 'next'},
  })
}

/** The key did not work, or AWS could not be asked: what happened, and the ways on; first the one that can work. */
export function refused(state: LocalProfileState) {
  const {problem} = state
  const notes = [...understoodPanels(state), ...networkNote(state)]
  return problemStep(problem, 'refused', notes, waysOn(state), 'leave', refusedAnswers(state))
}

function waysOn(state: LocalProfileState): readonly Way[] {
  const {region, retry, again, secret} = words.refused
  const code = state.problem?.code ?? ''
  // Without a region nothing can be tried again.
  if (code === 'REGION_UNKNOWN') return [['region', region]]
  const other = ['region', region] as const
  const same = [state.verified ? 'checking-region' : 'verifying', retry] as const
  const anew = ['key', again] as const
  if (REGION_FAULTS.includes(code)) return [other, same, anew]
  // The key works elsewhere.
  if (state.verified) return KEY_FAULTS.includes(code) ? [other, same] : [same, other]
  switch (code) {
    case 'SIGNATURE_MISMATCH':
      return [['secret', secret], anew]
    case 'EXPIRED_TOKEN':
      return [anew]
    case 'INVALID_CLIENT_TOKEN':
      // All partitions were asked: another region changes nothing.
      return isFresh(state) ? [same, anew] : [anew, same]
    default:
      return [same, anew]
  }
}

/** What of the answers did not hold. An ID that was typed by itself is right where only the secret is wrong. */
function refusedAnswers({problem, verified, keyId}: LocalProfileState): readonly string[] {
  const code = problem?.code ?? ''
  if (verified || REGION_FAULTS.includes(code)) return ['region', 'other-region']
  if (!KEY_FAULTS.includes(code)) return []
  return code === 'SIGNATURE_MISMATCH' && keyId ? ['secret'] : ['key', 'candidate', 'secret', 'token']
}

/** The files could not be read or understood. */
export function profilesUnread({problem}: LocalProfileState) {
  return problemStep(
    problem,
    'profiles-unread',
    [],
    [['reading-profiles', {label: words.refused.retry.label}]],
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

/** What was taken from a paste, and what looked odd in it. */
function understoodPanels({understood = []}: LocalProfileState): Panel[] {
  const [first, ...odd] = understood
  if (first === undefined) return []
  return [
    {kind: 'verdicts', rows: [{mark: 'good', label: say`${words.understood.heading} ${first}`}]},
    ...(odd.length > 0 ? [{kind: 'prose', lines: odd, tone: 'warning'} as const] : []),
  ]
}

function networkNote(state: LocalProfileState): Panel[] {
  const lines = state.input.network ?? []
  return lines.length > 0 ? [{kind: 'prose', lines, tone: 'dim'}] : []
}
