import type {AskStep, Panel} from '../../../src/engine/types.js'
import {maskKeyId} from '../../../src/text/mask.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {checkProfileName, parseProfileName} from '../../../src/domain/validators.js'
import {select, work} from '../../ask.js'
import {sameKey} from '../concerns.js'
import type {KnownProfile, LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {describe} from '../known-profile.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

/** Most profiles that are listed above the question; the rest is counted. */
const MAX_LISTED = 8
/** The profile that is suggested beside others. */
const FREE_NAME = 'serverless'

export function readingProfiles() {
  return work<E, P>({
    id: 'reading-profiles',
    title: words.readingProfiles,
    run: async (ports) => ({type: 'profiles', profiles: await ports.knownProfiles()}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function profile(state: LocalProfileState): AskStep<E, P> {
  const suggested = suggestedName(state)
  return {
    kind: 'ask',
    id: 'profile',
    question: {
      kind: 'text',
      message: words.profile.message,
      initial: suggested,
      hint: nameHint(state, suggested),
      // A name that is there already is good enough for what is there.
      validate: (text) =>
        state.profiles.some(({name}) => name === text.trim()) && parseProfileName(text)
          ? undefined
          : checkProfileName(text),
    },
    panels: [{kind: 'prose', lines: [words.profile.explain], tone: 'dim'}, ...listed(state.profiles)],
    unattended: {option: '--profile NAME', assume: suggested},
    answer: (value) => ({type: 'profile', name: value as string}),
  }
}

/** What was asked for, as long as it takes nobody's place who is to keep it; else a free name. */
function suggestedName(state: LocalProfileState): string {
  const {input, profile: given, pasted, declined = []} = state
  const mayTake = (name: string) =>
    !declined.includes(name) && !(input.intent === 'add' && isTaken(state, name))
  const wanted = [given, input.profile, pasted?.profile, input.wanted, 'default'].find(
    (name) => name !== undefined,
  )
  if (wanted !== undefined && mayTake(wanted)) return wanted
  if (mayTake('default') && !isTaken(state, 'default')) return 'default'
  for (let count = 1; ; count++) {
    const name = count === 1 ? FREE_NAME : `${FREE_NAME}-${count}`
    if (!declined.includes(name) && !isTaken(state, name)) return name
  }
}

function nameHint(state: LocalProfileState, suggested: string) {
  if (isTaken(state, suggested)) return words.profile.taken(suggested)
  if (suggested === state.input.wanted) return words.profile.serviceHint
  if (suggested === 'default') return words.profile.hint
  const kept = state.declined?.at(-1) ?? (isTaken(state, 'default') ? 'default' : undefined)
  return kept === undefined ? words.profile.ownHint : words.profile.kept(kept)
}

/** What holds no credentials loses nothing. */
function isTaken({profiles}: LocalProfileState, name: string): boolean {
  return profiles.some((known) => known.name === name && !known.isEmpty)
}

function listed(profiles: readonly KnownProfile[]): Panel[] {
  if (profiles.length === 0) return []
  const rows = profiles
    .slice(0, MAX_LISTED)
    .map((known) => ({mark: 'fact', label: safe(known.name), value: describe(known)}) as const)
  const more = profiles.length - rows.length
  return [
    {kind: 'prose', lines: [words.profile.known], tone: 'dim'},
    {kind: 'verdicts', rows: more > 0 ? [...rows, {mark: 'fact', label: say`and ${more} more`}] : rows},
  ]
}

export function askingWhose(state: LocalProfileState) {
  const name = state.profile
  return work<E, P>({
    id: 'asking-whose',
    title: words.askingWhose(name ?? ''),
    run: async (ports, context) => ({type: 'whose', whose: name ? await ports.whose(name, context) : say``}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function replace(state: LocalProfileState) {
  const name = state.profile ?? ''
  const known = state.profiles.find((candidate) => candidate.name === name)
  const same = sameKey(state)
  const isSame = same === 'all'
  // Who came to replace it has said so already, but not with the one that is there.
  const isRepair = state.input.intent === 'repair' && !isSame
  const yes = ['yes', {label: isSame ? words.replace.same.yes : words.replace.yes}] as const
  const isOther = isSame && state.input.intent === 'repair'
  const no = ['no', {label: isOther ? words.replace.same.no : words.replace.no}] as const
  return select<E, P, 'yes' | 'no'>({
    id: 'replace',
    message: isSame
      ? words.replace.same.message(name)
      : same === 'id'
        ? words.replace.otherSecret(name)
        : replaceMessage(name, known),
    panels: [
      {
        kind: 'verdicts',
        rows: [
          ...(known
            ? [
                {
                  mark: 'fact',
                  label: words.replace.now,
                  value: say`${describe(known)} (${known.where})`,
                } as const,
              ]
            : []),
          ...(state.whose
            ? [{mark: 'warning', label: words.replace.whose, value: state.whose} as const]
            : []),
          ...(state.key && !same
            ? [
                {
                  mark: 'fact',
                  label: words.replace.next,
                  value: maskKeyId(state.key.accessKeyId),
                } as const,
              ]
            : []),
        ],
      },
    ],
    choices: isRepair ? [yes, no] : [no, yes],
    initial: isRepair ? 'yes' : 'no',
    // A dry run shows what a yes would do.
    unattended: {option: '--yes', ...(state.input.isYes || state.input.isDryRun ? {assume: 'yes'} : {})},
    answer: (id) => ({type: 'replace', yes: id === 'yes'}),
  })
}

function replaceMessage(name: string, known: KnownProfile | undefined) {
  if (!known || known.hasKey) return words.replace.message(name)
  return known.isHalf ? words.replace.messageHalf(name) : words.replace.messageOther(name, known.kind)
}
