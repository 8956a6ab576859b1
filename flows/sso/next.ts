import type {ProfileName} from '../../src/domain/access-key.js'
import {parseProfileName, parseRegion} from '../../src/domain/validators.js'
import {parseStartUrl} from '../../src/domain/sso-start-url.js'
import {DEFAULT_SSO_SCOPES} from '../../src/domain/sso.js'
import {beginChange, changesOf, nextChange} from '../change/flow.js'
import {accessId, accountsOf, chosenOf, namesFor, proposed} from './access.js'
import type {KnownSession, SsoSurvey, WantedProfile} from './ports.js'
import type {At, SsoEvent, SsoState} from './state.js'
import {words} from './words.js'

type State = SsoState

/** Every transition of the path. An event that means nothing in a state leaves it as it is. */
export function next(state: State, event: SsoEvent): State {
  switch (event.type) {
    case 'surveyed':
      return surveyed({...state, survey: event.survey, way: state.input.way ?? event.survey.way})
    case 'session':
      return sessionChosen(state, event.name)
    case 'start-url':
      return startUrlGiven(state, event.text)
    case 'sso-region': {
      const region = parseRegion(event.region)
      return region ? {...to(state, 'session-name'), draft: {...state.draft, region}} : state
    }
    case 'session-name':
      return sessionNamed(state, event.name)
    case 'sign-in':
      return event.signIn.kind === 'signed-in'
        ? signedIn(state, event.signIn.until)
        : {...to(state, 'waiting'), waiting: event.signIn}
    case 'switch':
      return {...to(state, 'connecting'), way: event.way}
    case 'signed-in':
      return signedIn(state, event.signedIn.until)
    case 'access':
      return accessKnown({...state, access: event.access})
    case 'extent':
      return {
        ...to(
          state,
          event.extent === 'one' ? 'account' : event.extent === 'role' ? 'shared-role' : 'several',
        ),
        extent: event.extent,
      }
    case 'account':
      return accountChosen(state, event.accountId)
    case 'role':
      return chosen(state, [accessId({accountId: state.accountId ?? '', roleName: event.roleName})])
    case 'shared-role':
      return chosen(
        state,
        (state.access?.found ?? []).filter(({roleName}) => roleName === event.roleName).map(accessId),
      )
    case 'several':
      return event.ids.length === 0 ? state : chosen(state, event.ids)
    case 'profile': {
      const name = parseProfileName(event.name)
      return name ? withProfiles(state, name) : state
    }
    case 'template':
      return withProfiles(state, undefined, event.template)
    case 'region':
      return regionChosen(state, event.region)
    case 'sync-add':
      return syncAdded(state, event.ids)
    case 'sync-remove':
      return planned({...state, remove: event.names})
    case 'change':
      return changed(state, event)
    case 'verified':
      return {...to(state, 'receipt'), verified: event.verified, next: event.next}
    case 'kept':
      if (state.profiles.length > 0) return {...to(state, 'verifying'), kept: event.where}
      return {
        ...to(state, 'end'),
        kept: event.where,
        outcome: {
          kind: 'signed-in',
          session: state.session?.name ?? '',
          profiles: staying(state).map(({name}) => name),
          ...(state.change?.outcome?.kind === 'written'
            ? {files: state.change.outcome.files, changes: changesOf(state.change.plan)}
            : {}),
          ...(event.next ? {next: event.next} : {}),
        },
      }
    case 'logout':
      return event.names.length === 0 ? leave(state) : {...to(state, 'signing-out'), chosen: event.names}
    case 'signed-out':
      return {
        ...to(state, 'end'),
        loggedOut: event.lines,
        outcome: {kind: 'signed-out', sessions: state.chosen},
      }
    case 'finish':
      return finish(state, event.deploy)
    case 'problem':
      return failed(state, event)
    case 'go':
      return to(state, event.to)
    case 'leave':
      return leave(state)
  }
}

/** To another screen; what went wrong on the last one is forgotten. */
function to(state: State, at: At): State {
  const {problem: _problem, ...rest} = state
  return {...rest, at}
}

function leave(state: State): State {
  const outcome = state.problem ? ({kind: 'failed', problem: state.problem} as const) : undefined
  return {...to(state, 'end'), outcome: outcome ?? {kind: 'declined'}}
}

function surveyed(state: State & {readonly survey: SsoSurvey}): State {
  const {input, survey} = state
  const signedInNow = survey.sessions.filter(({token}) => token !== 'none')
  switch (input.mode) {
    case 'status':
      return {...to(state, 'end'), outcome: status(survey)}
    case 'logout':
      if (isUnknown(state)) return leave({...state, problem: words.noSession(input.session)})
      if (signedInNow.length === 0) return {...to(state, 'end'), outcome: {kind: 'signed-out', sessions: []}}
      return to(state, 'logout')
    case 'login':
    case 'sync': {
      // A sign-in to a session that stands in no file would be found by no tool.
      const [only, ...others] = survey.sessions
      if (!only || isUnknown(state)) return leave({...state, problem: words.noSession(input.session)})
      // Who names a session, or has only one, is not asked which.
      const name = input.session ?? (others.length === 0 ? only.session.name : undefined)
      return name === undefined ? to(state, 'session') : sessionChosen(state, name)
    }
    default:
      return to(state, survey.sessions.length > 0 ? 'session' : 'start-url')
  }
}

/** A session was named that is not here. */
function isUnknown({input, survey}: State): boolean {
  return input.session !== undefined && !survey?.sessions.some(({session}) => session.name === input.session)
}

function status({sessions}: SsoSurvey) {
  const isAnyValid = sessions.some(({token}) => token === 'valid' || token === 'refreshable')
  return {
    kind: 'status',
    sessions: sessions.map(({session, token, profiles}) => ({
      session: session.name,
      start_url: session.startUrl,
      region: session.region,
      token,
      profiles: profiles.map(({name}) => name),
    })),
    ...(isAnyValid ? {} : {exitCode: 1}),
  } as const
}

function sessionChosen(state: State, name: string): State {
  const found = state.survey?.sessions.find(({session}) => session.name === name)
  return found ? {...to(state, 'connecting'), session: found.session} : to(state, 'start-url')
}

function startUrlGiven(state: State, text: string): State {
  const parsed = parseStartUrl(text)
  if (!parsed) return state
  const {startUrl, region} = parsed
  // The same portal under another name would be a second sign-in for nothing.
  const known = state.survey?.sessions.find(({session}) => session.startUrl === startUrl)
  if (known) return {...to(state, 'connecting'), session: known.session}
  return region
    ? {...to(state, 'session-name'), draft: {startUrl, region}}
    : // What was chosen stays chosen, to be corrected.
      {...to(state, 'sso-region'), draft: {...state.draft, startUrl}}
}

function sessionNamed(state: State, text: string): State {
  const name = parseProfileName(text)
  const {startUrl, region} = state.draft
  if (!name || startUrl === undefined || region === undefined) return state
  return {
    ...to(state, 'connecting'),
    session: {name, startUrl, region, scopes: DEFAULT_SSO_SCOPES, isNew: true},
  }
}

function signedIn(state: State, until: State['signedIn']): State {
  const {waiting: _waiting, ...rest} = state
  const after = state.input.mode === 'login' ? 'keeping' : 'listing'
  return {...to(rest, after), ...(until ? {signedIn: until} : {})}
}

function accessKnown(state: State): State {
  const found = state.access?.found ?? []
  if (state.input.mode === 'sync') return to(state, 'sync-add')
  const [only, ...others] = found
  if (!only) return to(state, 'unlisted')
  return others.length === 0 ? chosen({...state, extent: 'one'}, [accessId(only)]) : to(state, 'extent')
}

function accountChosen(state: State, accountId: string): State {
  const account = accountsOf(state.access?.found ?? []).find((each) => each.accountId === accountId)
  if (!account) return state
  const [only, ...others] = account.roles
  return only !== undefined && others.length === 0
    ? chosen({...state, accountId}, [accessId({accountId, roleName: only})])
    : {...to(state, 'role'), accountId}
}

function chosen(state: State, ids: readonly string[]): State {
  return {...to(state, ids.length === 1 ? 'profile' : 'template'), chosen: ids}
}

/** The chosen access under the name given, or under those that a template makes. */
function withProfiles(state: State, name: ProfileName | undefined, template = ''): State {
  const access = chosenOf(state.access?.found ?? [], state.chosen)
  const named = name ? access.slice(0, 1).map((each) => ({...each, name})) : namesFor(state, template, access)
  const profiles = named.map(({name: own, accountId, roleName}) => ({name: own, accountId, roleName}))
  return {...to(state, 'region'), profiles}
}

function regionChosen(state: State, text: string): State {
  const region = parseRegion(text)
  if (!region) return state
  const profiles = state.profiles.map((profile) => ({...profile, region}))
  const withRegion = {...state, region, profiles}
  return state.input.mode === 'sync' ? afterAdding(withRegion) : planned(withRegion)
}

function syncAdded(state: State, ids: readonly string[]): State {
  if (ids.length === 0) return afterAdding({...state, chosen: [], profiles: []})
  return {...to(state, 'template'), chosen: ids}
}

function afterAdding(state: State): State {
  const vanished = state.access?.comparison.vanished ?? []
  return vanished.length > 0 ? to(state, 'sync-remove') : planned({...state, remove: []})
}

function planned(state: State): State {
  if (state.input.mode !== 'sync') return {...to(state, 'change'), change: beginChange}
  const profiles = [...state.profiles, ...outdated(state)]
  return profiles.length === 0 && state.remove.length === 0
    ? to(state, 'keeping')
    : {...to(state, 'change'), profiles, change: beginChange}
}

/** Profiles that are here in another form than they would be written now. */
function outdated({access}: State): readonly WantedProfile[] {
  return (access?.comparison.changed ?? []).flatMap(({name: text, accountId, roleName}) => {
    const name = parseProfileName(text)
    return name ? [{name, accountId, roleName}] : []
  })
}

function changed(state: State, {event}: Extract<SsoEvent, {type: 'change'}>): State {
  if (!state.change) return state
  const change = nextChange(state.change, event)
  const after = {...state, change}
  switch (change.outcome?.kind) {
    case undefined:
      return after
    case 'written':
      return to(after, state.profiles.length > 0 ? 'verifying' : 'keeping')
    case 'nothing':
      // Nothing was written, and so the sign-in was not kept with it.
      return to(after, 'keeping')
    case 'dry-run':
      return {
        ...to(after, 'end'),
        outcome: {
          kind: 'dry-run',
          profiles: state.profiles.map(({name}) => name),
          files: change.outcome.files,
        },
      }
    default:
      return {...to(after, 'end'), ...(change.outcome ? {outcome: change.outcome} : {})}
  }
}

function finish(state: State, deploy: boolean): State {
  const first = proposed(state.verified ?? []) ?? state.verified?.[0]
  return {
    ...to(state, 'end'),
    outcome: {
      kind: 'saved',
      profile: first?.profile ?? state.profiles[0]?.name ?? '',
      profiles: state.profiles.map(({name}) => name),
      session: state.session?.name ?? '',
      region: state.region ?? '',
      accountId: first?.accountId ?? state.profiles[0]?.accountId ?? '',
      arn: first?.arn ?? '',
      files: state.change?.outcome?.kind === 'written' ? state.change.outcome.files : [],
      changes: state.change?.outcome?.kind === 'written' ? changesOf(state.change.plan) : [],
      deploy,
      ...(state.next ? {next: state.next} : {}),
    },
  }
}

function failed(state: State, {problem}: Extract<SsoEvent, {type: 'problem'}>): State {
  const {waiting: _waiting, ...rest} = state
  switch (state.at) {
    case 'connecting':
    case 'waiting':
      return {...to(rest, 'not-signed-in'), problem}
    case 'listing':
      // A session that ended at AWS although its time was not over: the sign-in is made anew.
      return problem.code === 'SSO_SESSION_EXPIRED'
        ? {...to(rest, 'not-signed-in'), problem, isForced: true}
        : {...to(rest, 'unlisted'), problem}
    case 'verifying':
      return {...to(rest, 'receipt'), problem}
    case 'reading':
      return {...to(rest, 'unreadable'), problem}
    default:
      return leave({...rest, problem})
  }
}

/** Its profiles, without those that were taken away. */
export function staying(state: State): KnownSession['profiles'] {
  return (known(state)?.profiles ?? []).filter(({name}) => !state.remove.includes(name))
}

/** What is known on this machine of the session that was chosen. */
function known({survey, session}: State): KnownSession | undefined {
  return survey?.sessions.find((each) => each.session.name === session?.name)
}
