import type {AskStep, Panel} from '../../../src/engine/types.js'
import {safe, say} from '../../../src/text/safe-text.js'
import {checkProfileName} from '../../../src/domain/validators.js'
import {DEFAULT_NAME_TEMPLATE, checkNameTemplate} from '../../../src/domain/sso-names.js'
import {select} from '../../ask.js'
import {regionChoices} from '../../region-choices.js'
import {chosenOf, existingName, namesFor, type NamedAccess} from '../access.js'
import type {SsoPorts} from '../ports.js'
import type {SsoEvent, SsoState} from '../state.js'
import {words} from '../words.js'
import {accessChoices, accountLabel} from './access.js'

type E = SsoEvent
type P = SsoPorts

const DEFAULT_REGION = 'us-east-1'
/** Most names that a preview shows; the rest is counted. */
const MAX_PREVIEW = 6

export function profile(state: SsoState): AskStep<E, P> {
  const {input, survey, access, chosen} = state
  const [only] = chosenOf(access?.found ?? [], chosen)
  const existing = only ? existingName(state, only) : undefined
  const suggestion =
    input.profile ?? existing ?? (only ? namesFor(state, DEFAULT_NAME_TEMPLATE, [only])[0]?.name : undefined)
  return {
    kind: 'ask',
    id: 'sso-profile',
    panels: only
      ? [
          {
            kind: 'verdicts',
            rows: [
              {
                mark: 'good',
                label: words.profile.access,
                value: say`${accountLabel(only)}, ${only.roleName}`,
              },
            ],
          },
        ]
      : [],
    question: {
      kind: 'text',
      message: words.profile.message,
      hint: existing ? words.profile.existing(existing) : words.profile.hint,
      initial: suggestion ?? 'default',
      validate: (text) =>
        existing === undefined || text.trim() === existing
          ? checkProfileName(text)
          : {what: words.profile.isThere(existing), example: safe(existing)},
    },
    unattended: {option: '--profile NAME', assume: suggestion ?? 'default'},
    answer: (value) => ({type: 'profile', name: value as string}),
    trail: (value) =>
      survey?.takenNames.includes((value as string).trim()) === true
        ? words.profile.replaced(value as string)
        : safe(value),
  }
}

export function template(state: SsoState): AskStep<E, P> {
  const {access, chosen, input} = state
  const found = chosenOf(access?.found ?? [], chosen)
  const initial = input.template ?? DEFAULT_NAME_TEMPLATE
  return {
    kind: 'ask',
    id: 'sso-template',
    panels: preview(namesFor(state, initial, found)),
    question: {
      kind: 'text',
      message: words.template.message(found.length),
      hint: words.template.hint,
      initial,
      validate: (text) => checkNameTemplate(text.trim() === '' ? initial : text, found),
    },
    unattended: {option: '--template TEXT', assume: initial},
    answer: (value) => ({type: 'template', template: value as string}),
  }
}

function preview(named: readonly NamedAccess[]): Panel[] {
  const rows = named.slice(0, MAX_PREVIEW).map(
    (each) =>
      ({
        mark: 'fact',
        label: safe(each.name),
        value: say`${accountLabel(each)}, ${each.roleName}`,
      }) as const,
  )
  const more = named.length - rows.length
  return [
    {kind: 'heading', text: words.template.preview},
    {kind: 'verdicts', rows: more > 0 ? [...rows, {mark: 'fact', label: words.template.more(more)}] : rows},
  ]
}

/** The region that is deployed to; another than that of the sign-in. */
export function region({input, survey, session}: SsoState) {
  const wanted = input.region ?? survey?.usualRegion ?? session?.region ?? DEFAULT_REGION
  const choices = regionChoices()
  const isKnown = choices.some(([id]) => id === wanted)
  return select<E, P, string>({
    id: 'region',
    message: words.region.message,
    hint: words.region.hint,
    choices: isKnown ? choices : [[wanted, {label: safe(wanted)}], ...choices],
    initial: wanted,
    isSearchable: true,
    unattended: {option: '--region REGION', assume: wanted},
    answer: (id) => ({type: 'region', region: id}),
    trail: (id) => safe(id),
  })
}

/** What is new at AWS since the profiles were made: nothing becomes a profile unasked. */
export function syncAdd({access}: SsoState): AskStep<E, P> {
  const {added = [], unchanged = [], changed = [], vanished = []} = access?.comparison ?? {}
  return {
    kind: 'ask',
    id: 'sso-sync-add',
    panels: [
      {kind: 'heading', text: words.sync.heading},
      {
        kind: 'verdicts',
        rows: [
          {mark: 'good', label: words.sync.unchanged, value: words.sync.count(unchanged.length)},
          {
            mark: vanished.length > 0 ? 'warning' : 'good',
            label: words.sync.vanished,
            value: words.sync.count(vanished.length),
          },
          ...(changed.length > 0
            ? [{mark: 'warning', label: words.sync.changed, value: words.sync.count(changed.length)} as const]
            : []),
          {mark: 'fact', label: words.sync.added, value: words.sync.count(added.length)},
        ],
      },
    ],
    question: {
      kind: 'choose-many',
      message: added.length > 0 ? words.sync.add : words.sync.nothingToAdd,
      choices: accessChoices(added),
      isSearchable: true,
    },
    unattended: {assume: []},
    answer: (ids) => ({type: 'sync-add', ids: ids as readonly string[]}),
    trail: (ids) => words.several.chosen((ids as readonly string[]).length),
  }
}

export function syncRemove({access}: SsoState): AskStep<E, P> {
  const vanished = access?.comparison.vanished ?? []
  return {
    kind: 'ask',
    id: 'sso-sync-remove',
    panels: [{kind: 'prose', lines: [words.sync.vanishedWhy], tone: 'warning'}],
    question: {
      kind: 'choose-many',
      message: words.sync.remove,
      choices: vanished.map(({name, accountId, roleName}) => ({
        id: name,
        label: say`${name}  ${accountId}, ${roleName}`,
      })),
    },
    unattended: {assume: []},
    answer: (names) => ({type: 'sync-remove', names: names as readonly string[]}),
    trail: (names) => words.several.chosen((names as readonly string[]).length),
  }
}
