import type {AskStep} from '../../src/engine/types.js'
import type {ValidationError} from '../../src/domain/problem.js'
import {safe, say, type SafeText} from '../../src/text/safe-text.js'
import {checkProfileName} from '../../src/domain/validators.js'
import {select, show, work} from '../ask.js'
import {deployName} from './add.js'
import {profileUse, serviceOf} from './next.js'
import type {ResolversPorts, ServiceView} from './ports.js'
import type {At, Draft, ResolversEvent, ResolversState} from './state.js'
import {words} from './words.js'

type E = ResolversEvent
type P = ResolversPorts
type S = ResolversState

export function reading({verify}: S) {
  return work<E, P>({
    id: 'resolvers-reading',
    title: verify ? words.verifying : words.reading,
    run: async (ports, context) => ({type: 'read', services: await ports.readServices({verify}, context)}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function failed({problem}: S) {
  return select<E, P, 'retry' | 'leave'>({
    id: 'resolvers-problem',
    isMomentary: true,
    message: words.whatNow,
    panels: problem ? [{kind: 'problem', problem}] : [],
    choices: [
      ['retry', words.retry],
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => (id === 'retry' ? {type: 'retry'} : {type: 'leave'}),
    trail: false,
  })
}

export function service({services}: S) {
  return select<E, P, string>({
    id: 'resolvers-service',
    message: words.service,
    choices: services.map(({path, file, hasErrors}) => [
      path,
      {label: file, ...(hasErrors ? {hint: say`has mistakes`} : {})},
    ]),
    isSearchable: services.length > 8,
    unattended: {option: '--service DIR'},
    answer: (path) => ({type: 'service', path}),
  })
}

type Way = 'explain' | 'verify' | 'add' | 'use' | 'profile' | 'move' | 'off' | 'undo' | 'done'

export function overview(state: S) {
  const view = serviceOf(state)
  return select<E, P, Way>({
    id: 'resolvers-overview',
    // What was written stays written; Undo takes it back.
    isBarrier: state.written > 0,
    message: words.whatNow,
    panels: view?.overview ?? [],
    choices: waysOf(state, view),
    // Who asked for an edit and is not there has none made in silence.
    unattended: state.input.isEdit && state.written === 0 ? {} : {assume: 'done'},
    answer: (id) => eventOf(id),
    trail: false,
  })
}

function waysOf(
  {verify}: S,
  view: ServiceView | undefined,
): readonly (readonly [Way, {readonly label: SafeText}])[] {
  const stages = view?.stages ?? []
  const resolvers = stages.flatMap((each) => each.resolvers).filter(({isAws}) => isAws)
  const edits: readonly (readonly [Way, {readonly label: SafeText}, boolean])[] = [
    ['add', words.add, true],
    ['use', words.use, resolvers.length > 0],
    ['move', words.move, view?.providerProfile !== undefined && view.providerResolver === undefined],
    ['profile', words.profile, (view?.profiles.length ?? 0) > 0],
    ['off', words.off, resolvers.some(({isDashboardOff}) => !isDashboardOff)],
    ['undo', words.undo, view?.canUndo === true],
  ]
  return [
    ...(stages.length > 0 ? [['explain', words.explain] as const] : []),
    ...(view?.canVerify && !verify ? [['verify', words.verify] as const] : []),
    ...(view?.canEdit
      ? edits.flatMap(([id, label, isThere]) => (isThere ? [[id, label] as const] : []))
      : []),
    ['done', words.done],
  ]
}

function eventOf(id: Way): E {
  const places: Partial<Record<Way, At>> = {
    explain: 'explain-which',
    add: 'stage',
    use: 'use',
    profile: 'profile',
    move: 'move-name',
    off: 'off',
  }
  const place = places[id]
  if (place) return {type: 'go', to: place}
  if (id === 'verify') return {type: 'verify'}
  return id === 'undo' ? {type: 'edit', edit: {kind: 'undo'}} : {type: 'leave'}
}

export function explainWhich(state: S) {
  return select<E, P, string>({
    id: 'resolvers-explain',
    message: words.explainWhich,
    choices: (serviceOf(state)?.stages ?? []).map(({name}) => [name, {label: safe(name)}]),
    unattended: {option: '--stage NAME'},
    answer: (stage) => ({type: 'explain', stage}),
  })
}

export function explained(state: S) {
  const stage = serviceOf(state)?.stages.find(({name}) => name === state.stage)
  return show<E, P>({
    id: 'resolvers-explained',
    panels: stage?.explained ?? [],
    proceed: words.back.label,
    next: {type: 'go', to: 'overview'},
  })
}

export function how({draft, input}: S) {
  const {profile = ''} = draft
  return select<E, P, 'all' | 'stage' | 'not'>({
    id: 'resolvers-how',
    message: words.how.message(profile),
    choices: [
      ['all', words.how.all],
      ['stage', words.how.stage],
      ['not', words.how.not],
    ],
    unattended: {assume: 'not'},
    answer: (id) => {
      if (id === 'all') return {type: 'edit', edit: profileUse(input)}
      const draft: Draft = {profile, ...(input.region === undefined ? {} : {region: input.region})}
      return id === 'stage' ? {type: 'draft', draft, to: 'stage'} : {type: 'leave'}
    },
  })
}

const OTHER_STAGE = '+ another stage'

export function stage(state: S) {
  const names = (serviceOf(state)?.stages ?? []).map(({name}) => name).filter((name) => name !== 'default')
  return select<E, P, string>({
    id: 'resolvers-stage',
    message: words.stage.message,
    choices: [
      ...names.map((name) => [name, {label: safe(name)}] as const),
      ['default', words.stage.default],
      [OTHER_STAGE, words.stage.other],
    ],
    unattended: {option: '--stage NAME'},
    answer: (id) =>
      id === OTHER_STAGE ? {type: 'go', to: 'stage-name'} : {type: 'draft', draft: {stage: id}, to: 'name'},
  })
}

export function stageName() {
  return text('resolvers-stage-name', words.stageName, {
    check: (value) => /^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/.test(value),
    answer: (value) => ({type: 'draft', draft: {stage: value}, to: 'name'}),
  })
}

export function name(state: S): AskStep<E, P> {
  const {draft} = state
  return {
    ...resolverName('resolvers-name', state, draft.stage, (value) => ({
      type: 'draft',
      draft: {name: value},
      to: draft.profile === undefined ? 'source' : draft.region === undefined ? 'region' : 'dashboard',
    })),
  }
}

export function moveName(state: S): AskStep<E, P> {
  return resolverName('resolvers-move-name', state, 'default', (value) => ({
    type: 'edit',
    edit: {kind: 'move', stage: 'default', name: value},
  }))
}

function resolverName(
  id: string,
  state: S,
  inStage: string | undefined,
  answer: (value: string) => E,
): AskStep<E, P> {
  const taken = (serviceOf(state)?.stages ?? [])
    .flatMap(({resolvers}) => resolvers)
    .filter(({writtenIn}) => writtenIn === inStage)
    .map((each) => each.name)
  const deploying = inStage === 'default' ? undefined : deployName(serviceOf(state))
  const names = [...(deploying === undefined ? [] : [deploying]), 'awsAccount1', 'awsAccount2', 'awsAccount3']
  const initial = names.find((each) => !taken.includes(each))
  const hint = deploying === undefined ? words.name.hint : words.name.deploysHint(deploying)
  return text(
    id,
    {...words.name, hint, ...(initial === undefined ? {} : {example: safe(initial)})},
    {
      check: (value) => /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(value) && value !== 'aws',
      also: (value) => (taken.includes(value) ? words.name.taken : undefined),
      answer,
    },
  )
}

const KEYS = '+ keys'
const ANOTHER = '+ another profile'
const NEW = '+ new profile'

export function source(state: S) {
  return select<E, P, string>({
    id: 'resolvers-source',
    message: words.source.message,
    choices: [
      ...profileChoices(state),
      ...(state.input.canMakeProfile ? [[NEW, words.source.make] as const] : []),
      [KEYS, words.source.keys],
      [ANOTHER, words.source.another],
    ],
    isSearchable: true,
    unattended: {option: '--profile NAME'},
    answer: (id) => {
      if (id === KEYS) return {type: 'go', to: 'key-id-variable'}
      if (id === NEW) return {type: 'make-profile'}
      return id === ANOTHER
        ? {type: 'draft', draft: {}, to: 'profile-name'}
        : {type: 'draft', draft: {profile: id, ...regionOf(state, id)}, to: 'region'}
    },
  })
}

export function profileName() {
  return text('resolvers-profile-name', words.anotherProfile, {
    check: (value) => checkProfileName(value) === undefined,
    answer: (value) => ({type: 'draft', draft: {profile: value}, to: 'region'}),
  })
}

export function keyIdVariable() {
  return text(
    'resolvers-key-id',
    {...words.keyId, bad: words.variableBad},
    {
      check: isVariableName,
      answer: (value) => ({type: 'draft', draft: {keyId: value}, to: 'secret-variable'}),
    },
  )
}

export function secretVariable() {
  return text(
    'resolvers-secret',
    {...words.secret, bad: words.variableBad},
    {
      check: isVariableName,
      answer: (value) => ({type: 'draft', draft: {secret: value}, to: 'region'}),
    },
  )
}

/** What looks like an access key is none, so that no key is written into the file. */
function isVariableName(value: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,127}$/.test(value) && !/^A[KS]IA[A-Z2-7]{16}$/.test(value)
}

export function use(state: S) {
  const found = (serviceOf(state)?.stages ?? [])
    .flatMap(({resolvers}) => resolvers)
    .filter(({isAws}) => isAws)
  const names = [...new Set(found.map((each) => each.name))]
  return select<E, P, string>({
    id: 'resolvers-use',
    message: words.useWhich,
    choices: names.map((each) => [each, {label: safe(each), ...missingHint(state, each)}]),
    unattended: {option: '--resolver NAME'},
    answer: (id) => ({type: 'edit', edit: {kind: 'use-resolver', name: id}}),
  })
}

/** A stage without it could not be deployed. */
function missingHint(state: S, name: string) {
  const stages = (serviceOf(state)?.stages ?? []).filter(
    ({resolvers}) => !resolvers.some((each) => each.name === name),
  )
  return stages.length === 0 ? {} : {hint: say`not there in: ${stages.map((each) => each.name).join(', ')}`}
}

export function profile(state: S) {
  return select<E, P, string>({
    id: 'resolvers-profile',
    message: words.profileWhich,
    choices: profileChoices(state),
    isSearchable: true,
    unattended: {option: '--profile NAME'},
    answer: (id) => ({type: 'edit', edit: {kind: 'use-profile', profile: id, ...regionOf(state, id)}}),
  })
}

/** A profile that is put to use deploys where it did, unless the file says another region. */
function regionOf(state: S, profile: string): {readonly region?: string} {
  const region = serviceOf(state)?.profiles.find(({name}) => name === profile)?.region
  return region === undefined ? {} : {region}
}

function profileChoices(state: S) {
  return (serviceOf(state)?.profiles ?? []).map(
    (each) => [each.name, {label: safe(each.name), hint: each.hint}] as const,
  )
}

export function off(state: S) {
  const found = (serviceOf(state)?.stages ?? []).flatMap(({resolvers}) => resolvers)
  const open = found.filter(({isAws, isDashboardOff}) => isAws && !isDashboardOff)
  const isAlone = (name: string) => open.filter((each) => each.name === name).length === 1
  const ids = new Map(
    open.map((each) => [isAlone(each.name) ? each.name : `${each.writtenIn}/${each.name}`, each]),
  )
  return select<E, P, string>({
    id: 'resolvers-off',
    message: words.offWhich,
    choices: [...ids].map(([id, each]) => [id, {label: say`${each.name} in ${each.writtenIn}`}]),
    unattended: {option: '--resolver NAME'},
    answer: (id) => {
      const {writtenIn = '', name: called = ''} = ids.get(id) ?? {}
      return {type: 'edit', edit: {kind: 'dashboard-off', stage: writtenIn, name: called}}
    },
  })
}

interface TextWords {
  readonly message: SafeText
  readonly hint?: SafeText
  readonly bad: SafeText
  readonly example: SafeText
}

function text(
  id: string,
  {message, hint, bad, example}: TextWords,
  {
    check,
    also,
    answer,
  }: {check(value: string): boolean; also?(value: string): SafeText | undefined; answer(value: string): E},
): AskStep<E, P> {
  const validate = (value: string): ValidationError | undefined => {
    if (!check(value.trim())) return {what: bad, example}
    const what = also?.(value.trim())
    return what ? {what, example: say`${example}b`} : undefined
  }
  return {
    kind: 'ask',
    id,
    question: {kind: 'text', message, ...(hint ? {hint} : {}), initial: example, validate},
    answer: (value) => answer((value as string).trim()),
  }
}
