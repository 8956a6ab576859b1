import type {AccessKey} from '../../src/domain/access-key.js'
import {describeReading, readCredentials, type Candidate} from '../../src/paste/credentials-text.js'
import {isAboutCredentials, type Problem} from '../../src/domain/problem.js'
import type {SafeText} from '../../src/text/safe-text.js'
import {Secret} from '../../src/text/secret.js'
import {isTemporary, parseProfileName, parseRegion, withoutQuotes} from '../../src/domain/validators.js'
import {beginChange, changesOf, nextChange, shownFiles, type ChangeState} from '../change/flow.js'
import {beginUndo, nextUndo, OF_THIS_RUN, type UndoState} from '../undo/flow.js'
import {concernsOf, replacedId, sameKey} from './concerns.js'
import {consolePages} from './console-pages.js'
import {KEY_FAULTS, REGION_FAULTS} from './faults.js'
import {regionToAsk} from './region-to-ask.js'
import {isWholeKey, pathOf} from './typed-path.js'
import type {At, KeyMethod, LocalProfileEvent, LocalProfileState} from './state.js'
import {words} from './words.js'

type State = LocalProfileState

/** Every transition of the path. An event that means nothing in a state leaves it as it is. */
export function next(state: State, event: LocalProfileEvent): State {
  switch (event.type) {
    case 'files':
      return filesChecked(state, event.problem)
    case 'begin':
      return first(state)
    case 'account':
      if (event.hasOne) return to(state, 'method')
      return to(state, state.input.isPractice ? 'sign-up' : 'opening-sign-up')
    case 'opened':
      return {...to(state, 'sign-up'), opened: event.note}
    case 'method':
      return {...to(state, AFTER_METHOD[event.method]), method: event.method, page: 0}
    case 'policy':
      return {
        ...to(state, state.method === 'cloudshell' ? 'cloudshell' : 'console'),
        policy: event.policy,
        page: 0,
      }
    case 'next':
      return onwards(state)
    case 'pasted':
      return pasted(state, event.text)
    case 'key-file':
      return read(to(state, 'key'), event.text)
    case 'secret':
      if (isWholeKey(event.text)) return read(state, event.text)
      return secretGiven(noted(state, event.text), new Secret(withoutQuotes(event.text)))
    case 'token':
      return tokenGiven(noted(state, event.text), new Secret(withoutQuotes(event.text)))
    case 'candidate':
      return chosen(state, state.candidates[event.index])
    case 'profiles':
      return profilesRead({...state, profiles: event.profiles})
    case 'profile':
      return profileNamed(state, event.name)
    case 'whose':
      return {...to(state, 'replace'), whose: event.whose}
    case 'replace':
      if (event.yes) return placeKnown({...state, ...agreedTo(state)})
      // Whoever came to replace it needs another key, and no other name.
      return state.input.intent === 'repair' && sameKey(state) === 'all'
        ? to(state, 'method')
        : declined(state)
    case 'region':
      return regionNamed(state, event.region)
    case 'region-works':
      return {...planned(state), askedIn: event.region}
    case 'verified':
      return verified(event.next ? {...state, next: event.next} : state, event)
    case 'problem':
      return failed(event.next ? {...state, next: event.next} : state, event.problem)
    case 'go':
      return gone(state, event.to)
    case 'change':
      return changed(state, nextChange(state.change ?? beginChange, event.event))
    case 'finish':
      return finish(state, event)
    case 'undo':
      return undoing(state, nextUndo(state.undo ?? beginUndo(OF_THIS_RUN), event.event))
    case 'leave':
      return leave(state)
  }
}

const AFTER_METHOD: Readonly<Record<KeyMethod, At>> = {
  'same-user': 'console',
  console: 'permissions',
  cloudshell: 'permissions',
  have: 'key',
}

/** To another screen; what went wrong on the last one is forgotten. */
function to(state: State, at: At): State {
  const {problem: _problem, opened: _opened, ...rest} = state
  return {...rest, at}
}

/** To the comparison, from the start. */
function planned(state: State): State {
  return {...to(state, 'change'), change: beginChange}
}

function changed(state: State, change: ChangeState): State {
  const {outcome} = change
  const after = {...state, change}
  switch (outcome?.kind) {
    case undefined:
      return after
    case 'written':
      return to(after, 'checking')
    case 'nothing':
      return state.input.isDryRun ? dryRun(after, []) : to(after, 'nothing-to-do')
    case 'dry-run':
      return dryRun(after, outcome.files)
    case 'declined':
      if (outcome.isToEdit) return {...to(after, 'profile'), isChanging: true}
      return {...to(after, 'end'), outcome: {kind: 'declined'}}
    case 'failed':
      return {...to(after, 'end'), outcome}
  }
}

function dryRun(state: State, files: readonly SafeText[]): State {
  return {...to(state, 'end'), outcome: {kind: 'dry-run', profile: state.profile ?? '', files}}
}

/** Where a way on from a problem leads. */
function gone(state: State, at: At): State {
  if (at === 'secret') return secretAgain(state)
  const code = state.problem?.code ?? ''
  // Where the network was in the way, nothing is known of the region.
  const isRefused = [...KEY_FAULTS, ...REGION_FAULTS].includes(code) && code !== 'REGION_UNKNOWN'
  if (at === 'region' && isRefused) return {...to(state, at), refusedRegion: regionToAsk(state)}
  return to(state, at)
}

/** That a file can be read but not written matters only to those who will write it. */
function filesChecked(state: State, problem: Problem | undefined): State {
  return problem && !state.input.isDryRun ? {...to(state, 'unwritable'), problem} : first(state)
}

/** Whoever repairs a key has an account, and whoever brings one has it already. */
function first(state: State): State {
  if (state.input.isKeyGiven) return {...to(state, 'key'), method: 'have'}
  return to(state, state.input.intent === 'repair' ? 'method' : 'account')
}

function onwards(state: State): State {
  switch (state.at) {
    case 'sign-up':
      return to(state, 'method')
    case 'console':
      return state.page + 1 < consolePages(state.method) ? {...state, page: state.page + 1} : to(state, 'key')
    case 'cloudshell':
      return to(state, 'key')
    case 'verified':
      return to(state, 'reading-profiles')
    case 'nothing-to-do':
      return to(state, 'checking')
    default:
      return state
  }
}

/** A path in place of a key: the file is read. */
function pasted(state: State, text: string): State {
  const path = pathOf(text)
  return path === undefined ? read(state, text) : {...to(state, 'reading-key-file'), keyFile: path}
}

function read(given: State, text: string): State {
  const {keyId: _id, secret: _secret, understood: _understood, pasted: _pasted, loneSecret, ...state} = given
  const reading = readCredentials(text)
  switch (reading.kind) {
    case 'key-id-only': {
      const {accessKeyId} = reading
      const asked = {...to(noted(state, text), 'secret'), keyId: accessKeyId}
      return loneSecret ? secretGiven(asked, loneSecret) : asked
    }
    case 'secret-only':
      return {...to(noted(state, text), 'key'), loneSecret: reading.secret}
    case 'needs-token':
      return {...to(state, 'token'), keyId: reading.accessKeyId, secret: reading.secret}
    case 'complete': {
      const understood = [describeReading(reading), ...reading.notes]
      const [first, ...others] = reading.candidates
      // Of a whole file, the key of the profile that was named.
      const named = reading.candidates.find(({profileName}) => profileName === state.input.profile)
      if (others.length > 0 && named && state.input.profile !== undefined)
        return chosen({...state, understood}, named)
      if (others.length > 0) return {...to(state, 'candidate'), candidates: reading.candidates, understood}
      return chosen({...state, understood}, first)
    }
    case 'nothing':
      return given
  }
}

/** What was taken off is said. */
function noted(state: State, text: string): State {
  const {unquoted} = words.understood
  if (!/["'`“]/.test(text) || withoutQuotes(text) === text.trim() || state.understood?.includes(unquoted))
    return state
  return {...state, understood: [...(state.understood ?? []), unquoted]}
}

/** The ID holds, and a session token with it: only the secret is asked for once more. */
function secretAgain({key, ...state}: State): State {
  if (!key) return to(state, 'key')
  const {accessKeyId, sessionToken} = key
  return {...to(state, 'secret'), keyId: accessKeyId, ...(sessionToken ? {key} : {})}
}

function secretGiven(state: State, secret: Secret): State {
  if (!state.keyId) return state
  const accessKeyId = state.keyId
  const sessionToken = state.key?.accessKeyId === accessKeyId ? state.key.sessionToken : undefined
  if (sessionToken) return keyKnown(state, {accessKeyId, secretAccessKey: secret, sessionToken})
  if (isTemporary(accessKeyId)) return {...to(state, 'token'), secret}
  return keyKnown(state, {accessKeyId, secretAccessKey: secret})
}

function tokenGiven(state: State, sessionToken: Secret): State {
  if (!state.keyId || !state.secret) return state
  return keyKnown(state, {accessKeyId: state.keyId, secretAccessKey: state.secret, sessionToken})
}

function chosen(state: State, candidate: Candidate | undefined): State {
  if (!candidate) return state
  const {profileName, region} = candidate
  const pasted = {
    ...(profileName !== undefined && parseProfileName(profileName) ? {profile: profileName} : {}),
    ...(region === undefined ? {} : {region}),
  }
  return keyKnown({...state, pasted}, candidate.key)
}

/** AWS is asked at once: what is wrong with a key is told where it can be entered again. */
function keyKnown({verified: _verified, agreed: _agreed, ...state}: State, key: AccessKey): State {
  return {...to(state, 'verifying'), key}
}

/** The profile to repair was chosen already; any other is asked for. */
function profilesRead(state: State): State {
  const {intent, profile} = state.input
  const isThere = state.profiles.some(({name}) => name === profile)
  const named = intent === 'repair' && isThere ? profileNamed(state, profile ?? '') : state
  return named === state ? to(state, 'profile') : named
}

function declined(state: State): State {
  const {profile, ...rest} = state
  return {...to(rest, 'profile'), declined: [...(state.declined ?? []), ...(profile ? [profile] : [])]}
}

function profileNamed(state: State, name: string): State {
  const profile = parseProfileName(name)
  if (!profile) return state
  const {whose: _whose, ...rest} = state
  const known = state.profiles.find((candidate) => candidate.name === profile)
  if (!known || known.isEmpty || state.agreed === profile) return placeKnown({...rest, profile})
  return {...to(rest, known.hasKey ? 'asking-whose' : 'replace'), profile}
}

/** A region that was chosen because another one was refused is not asked for once more. */
function placeKnown(state: State): State {
  const isChosen = state.region !== undefined && state.region === state.askedIn && !state.isChanging
  return isChosen ? planned(state) : to(state, 'region')
}

function agreedTo({profile}: State): Pick<State, 'agreed'> {
  return profile ? {agreed: profile} : {}
}

/** A key works in all regions that are switched on for its account: only in another one AWS has to be asked again. */
function regionNamed(state: State, name: string): State {
  const region = parseRegion(name)
  if (!region) return {...to(state, 'refused'), problem: regionProblem}
  const {isChanging: _isChanging, ...rest} = state
  if (state.verified !== undefined && region === state.askedIn) return planned({...rest, region})
  return {...to(rest, state.verified ? 'checking-region' : 'verifying'), region}
}

function verified(state: State, found: Extract<LocalProfileEvent, {type: 'verified'}>): State {
  if (state.at === 'checking') return {...to(state, 'receipt'), written: found.verified}
  const at = found.verified.isRoot ? 'root' : 'verified'
  return {...to(state, at), verified: found.verified, askedIn: found.askedIn}
}

function failed(state: State, problem: Problem): State {
  switch (state.at) {
    case 'checking-files':
      return {...to(state, 'unreadable'), problem}
    case 'opening-sign-up':
      return {...to(state, 'sign-up'), opened: problem.what}
    case 'reading-key-file':
      return {...to(state, 'key'), problem}
    case 'asking-whose':
      // Whose key it was is a courtesy: not to know it is said, and keeps nobody from replacing it.
      return {...to(state, 'replace'), whose: whoseUnread(problem)}
    case 'reading-profiles':
      return {...to(state, 'profiles-unread'), problem}
    case 'checking':
      return {...to(state, 'receipt'), problem}
    default:
      return {...to(state, 'refused'), problem}
  }
}

function whoseUnread({code, what}: Problem): SafeText {
  return words.replace.whoseUnknown[code] ?? words.replace.whoseUnread(what)
}

function finish(state: State, {deploy, inService}: {deploy: boolean; inService?: true}): State {
  const {problem} = state
  const found = state.written ?? state.verified
  if (!found || !state.profile || !state.region) return state
  return {
    ...to(state, 'end'),
    // The receipt is shown once more, and says the same.
    ...(problem ? {problem} : {}),
    outcome: {
      kind: 'saved',
      profile: state.profile,
      region: state.region,
      accountId: found.accountId,
      arn: found.arn,
      files: shownFiles(state.change ?? {}),
      changes: changesOf(state.change?.plan),
      deploy,
      ...outcomeWords(state),
      ...(state.next ? {next: state.next} : {}),
      ...(inService ? {inService} : {}),
      ...(problem && isAboutCredentials(problem.code) ? {problem, exitCode: 1} : {}),
    },
  }
}

/** For scripts, what the receipt says to a person. */
function outcomeWords(state: State) {
  const concerns = concernsOf(state).map(({label, value, note}) => ({
    label,
    ...(value === undefined ? {} : {value}),
    ...(note === undefined ? {} : {note}),
  }))
  const replaced = replacedId(state)
  return {...(concerns.length > 0 ? {concerns} : {}), ...(replaced === undefined ? {} : {replaced})}
}

/** What is not taken back leaves everything as the receipt says. */
function undoing(state: State, undo: UndoState): State {
  const {outcome} = undo
  if (!outcome) return {...state, undo}
  const {undo: _, ...rest} = state
  switch (outcome.kind) {
    case 'undone':
      return {...to({...rest, undo}, 'end'), outcome: {kind: 'undone', files: outcome.files}}
    // In another terminal it was taken back already, or nothing was left of it.
    case 'nothing-to-undo':
      return {...to(rest, 'end'), outcome: {kind: 'undone', files: []}}
    case 'failed':
      return {...to(rest, 'receipt'), problem: outcome.problem}
    default:
      return to(rest, 'receipt')
  }
}

function leave(state: State): State {
  const problem = state.problem ?? (state.at === 'root' ? rootProblem : undefined)
  return {...to(state, 'end'), outcome: problem ? {kind: 'failed', problem} : {kind: 'declined'}}
}

const regionProblem: Problem = {
  code: 'REGION_UNKNOWN',
  what: words.region.problem.what,
  why: words.region.problem.why,
  nextSteps: words.region.problem.next,
}

const rootProblem: Problem = {
  code: 'ROOT_USER_KEY',
  what: words.root.problem.what,
  why: words.root.problem.why,
  nextSteps: words.root.problem.next,
}
