/** Every profile of both files: its kind, and whether Serverless Framework could use it now. */
import {say, type SafeText} from '../text/safe-text.js'
import {shownPath} from '../files/shown-path.js'
import {profilesByMethod} from './by-method.js'
import {tokenOf, type CachedSsoToken} from './caches.js'
import {faultOf} from './effective.js'
import {maskKeyId} from '../text/mask.js'
import {placeOfProfile} from './places.js'
import type {Snapshot} from './snapshot.js'
import {resolveProfile, type KnownSources, type ProfileResult} from './tools/javascript-profile.js'
import {methodsOf, type ProfileMethod} from './tools/methods.js'
import {detailOf} from './tools/verdict.js'
import type {ProfileKindShown, ProfileState, SourceId} from './types.js'
import type {Values} from './views.js'

const NONE: Values = new Map()

export function profileStates(s: Snapshot): readonly ProfileState[] {
  const {javascript, botocore} = s
  const names = new Set([
    ...javascript.credentials.keys(),
    ...botocore.credentials.keys(),
    ...javascript.profiles.keys(),
    ...botocore.profiles.keys(),
  ])
  const known: KnownSources = new Map()
  return [...names].map((name) => stateOf(s, name, known))
}

function stateOf(s: Snapshot, name: string, known: KnownSources): ProfileState {
  const data = s.javascript.profiles.get(name)
  const region = data?.get('region')
  const common = {
    name,
    where: placeOfProfile(s, name) ?? shownPath(s.credentials.path, s.home),
    ...(region ? {region} : {}),
  }
  if (!data)
    return {...common, kind: 'empty', state: 'broken', why: say`The SDK for JavaScript does not read it.`}
  const result = resolveProfile(s, name, true, known)
  const kind = kindOf(result, data)
  if (result.kind === 'found') {
    const fault = faultOf(s, result, name)
    return {
      ...common,
      kind,
      state: fault ? (fault.code === 'KEY_EXPIRED' ? 'expired' : 'broken') : 'usable',
      detail:
        kind === 'static' || kind === 'temporary'
          ? maskKeyId(result.accessKeyId ?? '')
          : shortDetail(result, data),
      ...(result.expiresAt === undefined ? {} : {expiresAt: result.expiresAt}),
      ...(fault ? {why: fault.words} : {}),
    }
  }
  const token = kind === 'sso' ? ssoTokenOf(s, data) : undefined
  const isExpired = token?.expiresAt !== undefined && token.expiresAt <= s.now
  return {
    ...common,
    kind,
    state: kind === 'empty' ? 'empty' : isExpired ? 'expired' : 'broken',
    why: result.words,
    ...(token?.expiresAt === undefined || Number.isNaN(token.expiresAt) ? {} : {expiresAt: token.expiresAt}),
  }
}

function shortDetail(result: Extract<ProfileResult, {kind: 'found'}>, data: Values): SafeText {
  if (result.source === 'sso') return say`account ${data.get('sso_account_id')}, ${data.get('sso_role_name')}`
  return detailOf(result)
}

/** The token that an SSO profile needs, whichever tool asks. */
export function ssoTokenOf(s: Snapshot, data: Values): CachedSsoToken | undefined {
  const session = data.get('sso_session') ?? data.get('sso_start_url')
  return session === undefined ? undefined : tokenOf(s.ssoTokens, session)
}

/** Sessions whose token is missing or over, and cannot be renewed without the person. */
export function endedSessions(s: Snapshot): readonly string[] {
  const names = new Set<string>()
  const {profiles} = s.javascript
  for (const profile of profilesByMethod(profiles).names.sso) {
    const data = profiles.get(profile)!
    const session = data.get('sso_session')
    if (session === undefined || names.has(session)) continue
    const settings = s.javascript.ssoSessions.get(session)
    if (!settings?.has('sso_start_url') || !settings.has('sso_region')) continue
    const result = resolveProfile(s, profile, true)
    if (result.kind === 'broken' && result.source === 'sso' && isWhole(data)) names.add(session)
  }
  return [...names]
}

function isWhole(data: Values): boolean {
  return data.has('sso_account_id') && data.has('sso_role_name')
}

const KINDS: Readonly<Record<ProfileMethod, ProfileKindShown>> = {
  role: 'role',
  static: 'static',
  'web-identity': 'web-identity',
  process: 'process',
  sso: 'sso',
  login: 'login',
}

function kindOf(result: ProfileResult, data: Values): ProfileKindShown {
  const source: SourceId | undefined = result.source
  const method = source && source in KINDS ? (source as ProfileMethod) : methodsOf(data)[0]
  if (method === undefined) return 'empty'
  if (method !== 'static') return KINDS[method]
  if (result.kind !== 'found') return 'partial'
  const isTemporary = data.has('aws_session_token') || data.get('aws_access_key_id')!.startsWith('ASIA')
  return isTemporary ? 'temporary' : 'static'
}

/** The profile as the SDK for JavaScript reads it. */
export function javascriptProfile(s: Snapshot, name: string): Values {
  return s.javascript.profiles.get(name) ?? NONE
}
