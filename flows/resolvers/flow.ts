import {lift} from '../../src/engine/compose.js'
import type {EndStep, Flow, Panel, Step} from '../../src/engine/types.js'
import {select} from '../ask.js'
import {beginChange, viewChange, type Change, undoPanel} from '../change/flow.js'
import {diffPanels} from '../change/flow.js'
import {words as changeWords} from '../change/words.js'
import {regionChoices} from '../region-choices.js'
import {added, useOf} from './add.js'
import {beginResolvers, nextResolvers, serviceOf} from './next.js'
import type {ResolversPorts} from './ports.js'
import * as screens from './screens.js'
import type {ResolversEvent, ResolversInput, ResolversOutcome, ResolversState} from './state.js'
import {words} from './words.js'

export type * from './state.js'
export {beginResolvers, nextResolvers}

type E = ResolversEvent
type P = ResolversPorts
type S = ResolversState

/** Which credentials each stage of a service deploys with: shown, explained, checked, and set up. */
export function resolvers(input: ResolversInput): Flow<S, E, P, ResolversOutcome> {
  return {initial: beginResolvers(input), view: viewResolvers, next: nextResolvers}
}

type Asking = Exclude<S['at'], 'change' | 'end'>
type View = (state: S) => Exclude<Step<E, P, never>, {kind: 'end'}>

const VIEWS: Readonly<Record<Asking, View>> = {
  reading: screens.reading,
  failed: screens.failed,
  service: screens.service,
  overview: screens.overview,
  'explain-which': screens.explainWhich,
  explained: screens.explained,
  how: screens.how,
  stage: screens.stage,
  'stage-name': screens.stageName,
  name: screens.name,
  source: screens.source,
  'profile-name': screens.profileName,
  'key-id-variable': screens.keyIdVariable,
  'secret-variable': screens.secretVariable,
  region,
  dashboard,
  deploys,
  use: screens.use,
  profile: screens.profile,
  'move-name': screens.moveName,
  off: screens.off,
}

export function viewResolvers(state: S): Step<E, P, ResolversOutcome> {
  if (state.at === 'end') return end(state)
  if (state.at === 'change')
    return lift(viewChange(changeOf(state), state.change ?? beginChange), (event): E => ({
      type: 'change',
      event,
    }))
  return VIEWS[state.at](state)
}

function region({draft}: S) {
  return select<E, P, string>({
    id: 'resolvers-region',
    message: words.region,
    choices: regionChoices(),
    isSearchable: true,
    initial: draft.region ?? 'us-east-1',
    unattended: {option: '--region REGION'},
    answer: (id) => ({type: 'draft', draft: {region: id}, to: 'dashboard'}),
  })
}

function dashboard() {
  return select<E, P, 'off' | 'on'>({
    id: 'resolvers-dashboard',
    message: words.dashboard.message,
    choices: [
      ['off', words.dashboard.off],
      ['on', words.dashboard.on],
    ],
    unattended: {assume: 'off'},
    answer: (id) => ({type: 'draft', draft: id === 'off' ? {dashboard: false} : {}, to: 'deploys'}),
  })
}

function deploys(state: S) {
  const {draft} = state
  return select<E, P, 'yes' | 'no'>({
    id: 'resolvers-deploys',
    message: words.deploys.message,
    choices: [
      ['yes', useOf(state) === 'beside-profile' ? words.deploys.beside : words.deploys.yes],
      ['no', words.deploys.no],
    ],
    unattended: {assume: 'yes'},
    answer: (id) => ({type: 'edit', edit: added(draft, id === 'yes' ? useOf(state) : 'nothing')}),
  })
}

function changeOf(state: S): Change<P> {
  const {input, edit} = state
  const path = serviceOf(state)?.path ?? ''
  return {
    id: 'resolvers-plan',
    heading: edit?.kind === 'undo' ? words.change.undoHeading : words.change.heading,
    isYes: input.isYes ?? false,
    isDryRun: input.isDryRun ?? false,
    plan: async (ports) => {
      if (!edit) throw new Error('There is nothing to plan in this state.')
      return ports.planResolvers(path, edit)
    },
    write: async (ports, plan, context) => ports.writeResolvers(plan, context),
  }
}

function end(state: S): EndStep<ResolversOutcome> {
  const outcome = state.outcome ?? {kind: 'resolvers', errors: false, written: 0, services: []}
  return {kind: 'end', id: 'end', outcome, panels: lastPanels(state, outcome)}
}

function lastPanels(state: S, outcome: ResolversOutcome): readonly Panel[] {
  if (outcome.kind === 'failed') return [{kind: 'problem', problem: outcome.problem}]
  if (state.change?.outcome?.kind === 'dry-run')
    return [...diffPanels(state.change.plan), {kind: 'prose', lines: [changeWords.dryRun], tone: 'warning'}]
  const {mode} = state.input
  if (mode === 'explain')
    return state.services.flatMap(({stages, overview}) =>
      stages.length > 0 ? stages.flatMap(({explained}) => explained) : overview,
    )
  return [...state.services.flatMap(({overview}) => overview), ...savedPanels(state)]
}

/** What was written on the way, and how it is taken back. */
function savedPanels(state: S): readonly Panel[] {
  const view = serviceOf(state)
  if (state.written === 0 || !view) return []
  return [{kind: 'verdicts', rows: [{mark: 'good', label: changeWords.saved, value: view.file}]}, undoPanel]
}
