import type {AskStep, Panel} from '../../../src/engine/types.js'
import {maskAccessKeyId} from '../../../src/safety/credentials-text.js'
import {REGIONS, suggestRegion} from '../../../src/safety/regions.js'
import {safe, say} from '../../../src/safety/safe-text.js'
import {checkProfileName, parseRegion} from '../../../src/safety/validators.js'
import {select, work} from '../../ask.js'
import type {KnownProfile, LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

/** Most profiles that are listed above the question; the rest is counted. */
const MAX_LISTED = 8
const DEFAULT_REGION = 'us-east-1'

export function readingProfiles() {
  return work<E, P>({
    id: 'reading-profiles',
    title: words.readingProfiles,
    run: async (ports) => ({type: 'profiles', profiles: await ports.knownProfiles()}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function profile(state: LocalProfileState): AskStep<E, P> {
  const isRepair = state.profiles.some(({name}) => name === state.input.profile)
  return {
    kind: 'ask',
    id: 'profile',
    question: {
      kind: 'text',
      message: words.profile.message,
      initial: state.input.profile ?? 'default',
      hint: isRepair ? words.profile.repairHint : words.profile.hint,
      validate: checkProfileName,
    },
    panels: [...understood(state), ...listed(state.profiles)],
    unattended: {option: '--profile NAME', assume: state.input.profile ?? 'default'},
    answer: (value) => ({type: 'profile', name: value as string}),
  }
}

function understood(state: LocalProfileState): Panel[] {
  if (!state.understood) return []
  return [
    {
      kind: 'verdicts',
      rows: [{mark: 'good', label: say`${words.understood.heading} ${state.understood[0] ?? ''}`}],
    },
    ...(state.understood.length > 1
      ? [{kind: 'prose', lines: state.understood.slice(1), tone: 'warning'} as const]
      : []),
  ]
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

export function describe(known: KnownProfile) {
  const keyId = known.maskedKeyId ? say` ${known.maskedKeyId}` : say``
  return known.region ? say`${known.kind}${keyId}, ${known.region}` : say`${known.kind}${keyId}`
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
  const message = known?.hasKey
    ? words.replace.message(name)
    : words.replace.messageOther(name, known?.kind ?? say`another method`)
  return select<E, P, 'yes' | 'no'>({
    id: 'replace',
    message,
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
          ...(state.key
            ? [
                {
                  mark: 'fact',
                  label: words.replace.next,
                  value: maskAccessKeyId(state.key.accessKeyId),
                } as const,
              ]
            : []),
        ],
      },
    ],
    choices: [
      ['no', {label: words.replace.no}],
      ['yes', {label: words.replace.yes}],
    ],
    unattended: {option: '--yes', ...(state.input.isYes ? {assume: 'yes'} : {})},
    answer: (id) => ({type: 'replace', yes: id === 'yes'}),
  })
}

export function region(state: LocalProfileState) {
  const current = state.profiles.find((candidate) => candidate.name === state.profile)?.region
  const given = [state.input.region, current, state.input.lastRegion, DEFAULT_REGION].filter(isGiven)
  const wanted = given.map(meantRegion).find(isGiven) ?? DEFAULT_REGION
  // What is written in its place where nobody is there must have been asked for, not guessed.
  const isGuessed = parseRegion(given[0] ?? '') === undefined
  const choices = REGIONS.map(({id, name}) => [id as string, {label: say`${id.padEnd(15)} ${name}`}] as const)
  // A region that this program does not know yet must still be kept.
  const isKnown = choices.some(([id]) => id === wanted)
  return select<E, P, string>({
    id: 'region',
    message: words.region.message,
    hint: regionHint(current),
    choices: isKnown ? choices : [[wanted, {label: safe(wanted)}], ...choices],
    initial: wanted,
    isSearchable: true,
    unattended: {option: '--region REGION', ...(isGuessed ? {} : {assume: wanted})},
    answer: (id) => ({type: 'region', region: id}),
    trail: (id) => safe(id),
  })
}

function regionHint(current: string | undefined) {
  if (!current) return words.region.hint
  return parseRegion(current) ? words.region.keep(current) : words.region.odd(current)
}

/** Only what can be written is offered: the region itself, or the one a misspelling means. */
function meantRegion(text: string): string | undefined {
  return parseRegion(text) ?? suggestRegion(text)?.id
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== ''
}
