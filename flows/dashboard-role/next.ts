import {beginChange, nextChange, shownFiles} from '../change/flow.js'
import type {ChangeEvent} from '../change/flow.js'
import type {Around, ProvidersHere} from './ports.js'
import type {At, DashboardRoleEvent, DashboardRoleState} from './state.js'

type State = DashboardRoleState

/** Every transition of the path. An event that means nothing in a state leaves it as it is. */
export function next(state: State, event: DashboardRoleEvent): State {
  switch (event.type) {
    case 'around':
      return lookedAround(state, event.around)
    case 'local':
      return event.keep ? ended(state, {kind: 'continued'}) : toService(state)
    case 'template':
      return {...to(state, 'name'), template: event.id}
    case 'name':
      return {...to(state, 'making'), name: event.name.trim(), change: beginChange}
    case 'making':
      return made(state, event.event)
    case 'sign-in':
      return event.yes ? to(state, 'connecting') : ended(state, {kind: 'declined'})
    case 'page':
      return {...to(state, state.at === 'opening' ? 'waiting-role' : 'waiting'), page: event.page}
    case 'signed-in':
      return {...to(state, 'orgs'), who: event.who}
    case 'orgs':
      return orgsKnown({...state, orgs: event.orgs})
    case 'org':
      return orgChosen(state, event.orgName)
    case 'apps':
      return appsKnown({...state, apps: event.apps})
    case 'app':
      return appChosen({...state, app: event.app})
    case 'new-app':
      return to(state, 'app-name')
    case 'app-name':
      return {...to(state, 'creating-app'), app: event.name.trim()}
    case 'app-created':
      return appChosen(state)
    case 'file':
      return fileChanged(state, event.event)
    case 'providers':
      return providersKnown(state, event.here)
    case 'provider': {
      const provider = state.providers.find(({providerUid}) => providerUid === event.uid)
      return provider ? {...to(state, 'use'), provider, isNew: false} : state
    }
    case 'create':
      return to(state, state.at === 'explain' ? 'opening' : 'explain')
    case 'role':
      return event.provider
        ? {...to(state, 'use'), provider: event.provider, isNew: true}
        : {...to(state, 'late'), events: []}
    case 'stack':
      return {...to(state, 'late'), events: event.events}
    case 'use':
      return {...to(state, event.use === 'neither' ? 'receipt' : 'using'), use: event.use}
    case 'used':
      return to(state, 'receipt')
    case 'finish':
      return finished(state, event.deploy)
    case 'go':
      return to(state, event.to)
    case 'later':
      return ended(state, {kind: 'waiting', org: state.org?.orgName ?? ''})
    case 'problem':
      return {...to(state, 'trouble'), problem: event.problem, retry: retryOf(state.at, event.problem.code)}
    case 'leave':
      return ended(state, state.problem ? {kind: 'failed', problem: state.problem} : {kind: 'declined'})
  }
}

/** To another screen; what went wrong on the last one is forgotten. */
function to(state: State, at: At): State {
  const {problem: _problem, retry: _retry, ...rest} = state
  return {...rest, at}
}

function ended(state: State, outcome: NonNullable<State['outcome']>): State {
  return {...to(state, 'end'), outcome}
}

/** A sign-in that was waited for has to be begun anew; all else can be asked again. */
function retryOf(at: At, code: string): At {
  if (code === 'DASHBOARD_SIGNED_OUT') return 'sign-in'
  if (at === 'waiting') return 'connecting'
  return at === 'using' ? 'use' : at
}

function lookedAround(state: State, around: Around): State {
  const known = {...state, around, ...(around.service ? {service: around.service} : {})}
  // A service that was made a moment ago was asked about already.
  return around.local !== undefined && state.name === undefined ? to(known, 'local') : toService(known)
}

function toService(state: State): State {
  if (!state.service) return to(state, 'template')
  return to(state, state.around?.signedIn === undefined ? 'sign-in' : 'orgs')
}

function made(state: State, event: ChangeEvent): State {
  if (!state.change) return state
  const change = nextChange(state.change, event)
  switch (change.outcome?.kind) {
    case undefined:
      return {...state, change}
    case 'written':
    case 'nothing':
      return to({...state, change}, 'looking')
    case 'failed':
    case 'dry-run':
      return ended({...state, change}, change.outcome)
    default:
      return ended({...state, change}, {kind: 'declined'})
  }
}

function orgsKnown(state: State): State {
  const wanted = state.input.org ?? state.service?.org
  const named = state.orgs.find(({orgName}) => orgName === wanted)
  const [only, ...others] = state.orgs
  // One that was asked for and is not there is told, not replaced by another.
  const chosen = named ?? (others.length === 0 && state.input.org === undefined ? only : undefined)
  return chosen ? orgChosen(state, chosen.orgName) : to(state, state.orgs.length === 0 ? 'no-org' : 'org')
}

function orgChosen(state: State, orgName: string): State {
  const org = state.orgs.find((each) => each.orgName === orgName)
  return org ? {...to(state, 'apps'), org} : state
}

function appsKnown(state: State): State {
  const {app: wanted} = state.input
  if (wanted !== undefined)
    return state.apps.includes(wanted) ? appChosen({...state, app: wanted}) : to(state, 'app-name')
  const named = state.service?.org === state.org?.orgName ? state.service?.app : undefined
  if (named !== undefined && state.apps.includes(named)) return appChosen({...state, app: named})
  return to(state, state.apps.length > 0 ? 'app' : 'app-name')
}

/** The names go into the service file, unless they stand there or it cannot be edited. */
function appChosen(state: State): State {
  const {service, org, app} = state
  const isThere = service?.org === org?.orgName && service?.app === app
  return !service?.canEdit || isThere
    ? to(state, 'providers')
    : {...to(state, 'linking-file'), change: beginChange}
}

/** What was begun in an earlier run comes first. */
function providersKnown(state: State, {all, fresh, pending}: ProvidersHere): State {
  const known = {...state, providers: all}
  if (fresh) return {...to(known, 'use'), provider: fresh, isNew: true}
  if (pending) return {...to(known, 'late'), page: pending, events: []}
  return to(known, all.length > 0 ? 'provider' : 'explain')
}

function fileChanged(state: State, event: ChangeEvent): State {
  if (!state.change) return state
  const change = nextChange(state.change, event)
  switch (change.outcome?.kind) {
    case undefined:
      return {...state, change}
    case 'failed':
      return ended({...state, change}, change.outcome)
    case 'written':
    case 'nothing':
    case 'dry-run':
      return to({...state, change}, 'providers')
    default:
      return ended({...state, change}, {kind: 'declined'})
  }
}

function finished(state: State, deploy: boolean): State {
  const {org, app, provider} = state
  // What would be written stands in no file yet: a deploy now would not use the Provider.
  if (state.input.isDryRun) return ended(state, {kind: 'dry-run', files: shownFiles(state.change ?? {})})
  return ended(state, {
    kind: 'connected',
    org: org?.orgName ?? '',
    ...(app === undefined ? {} : {app}),
    provider: provider?.alias ?? '',
    ...(provider?.accountId === undefined ? {} : {accountId: provider.accountId}),
    ...(state.service ? {dir: state.service.dir} : {}),
    deploy,
  })
}
