import {lift} from '../../src/engine/compose.js'
import type {Flow, Step} from '../../src/engine/types.js'
import {beginChange, viewChange} from '../change/flow.js'
import {next} from './next.js'
import type {DashboardRolePorts} from './ports.js'
import * as dashboard from './screens/dashboard.js'
import * as provider from './screens/provider.js'
import * as service from './screens/service.js'
import type {
  DashboardRoleEvent,
  DashboardRoleInput,
  DashboardRoleOutcome,
  DashboardRoleState,
} from './state.js'

type E = DashboardRoleEvent
type P = DashboardRolePorts
type S = DashboardRoleState

/** An IAM role through the Serverless Dashboard: no key on the machine, and nothing that lasts but the role. */
export function dashboardRole(input: DashboardRoleInput): Flow<S, E, P, DashboardRoleOutcome> {
  return {initial: begin(input), view, next}
}

export function begin(input: DashboardRoleInput): S {
  return {at: 'looking', input, orgs: [], apps: [], providers: [], events: []}
}

type Asking = Exclude<S['at'], 'making' | 'linking-file' | 'end'>
type View = (state: S) => Exclude<Step<E, P, never>, {kind: 'end'}>

const VIEWS: Readonly<Record<Asking, View>> = {
  looking: service.looking,
  local: service.local,
  template: service.template,
  name: service.name,
  'sign-in': dashboard.signIn,
  connecting: dashboard.connecting,
  waiting: dashboard.waiting,
  orgs: dashboard.orgs,
  org: dashboard.org,
  'no-org': dashboard.noOrg,
  apps: dashboard.apps,
  app: dashboard.app,
  'app-name': service.appName,
  'creating-app': dashboard.creatingApp,
  providers: provider.providers,
  provider: provider.provider,
  explain: provider.explain,
  opening: dashboard.opening,
  'waiting-role': dashboard.waitingRole,
  late: provider.late,
  'asking-stack': provider.askingStack,
  use: provider.use,
  using: provider.using,
  receipt: provider.receipt,
  trouble: provider.trouble,
}

export function view(state: S): Step<E, P, DashboardRoleOutcome> {
  switch (state.at) {
    case 'making':
      return lift(viewChange(service.makingOf(state), state.change ?? beginChange), (event): E => ({
        type: 'making',
        event,
      }))
    case 'linking-file':
      return lift(viewChange(service.fileOf(state), state.change ?? beginChange), (event): E => ({
        type: 'file',
        event,
      }))
    case 'end':
      return provider.end(state)
    default:
      return {...VIEWS[state.at](state), ...provider.resumeOf(state)}
  }
}

export {next}
