/** Sign-ins of AWS SSO and of the console: over, missing, damaged, or not set up whole. One finding for each session. */
import {program} from '../../text/program-name.js'
import {say, type SafeText} from '../../text/safe-text.js'
import {shownPath} from '../../files/shown-path.js'
import {profilesByMethod} from '../../credentials/by-method.js'
import {loginCacheName, tokenOf, type CachedSsoToken} from '../../credentials/caches.js'
import {placeOfKey, placeOfSection} from '../../credentials/places.js'
import {MARGIN} from '../../credentials/tools/javascript-sso.js'
import {consoleLogin, ssoLogin} from '../../credentials/tools/outcome.js'
import {validity} from '../../text/time.js'
import type {Finding, Severity} from '../types.js'
import type {Context, Rule} from './context.js'
import {isInForce} from './in-force.js'
import {word} from '../../text/shell.js'

/** Sessions that end sooner are told, with nothing wrong yet. Milliseconds. */
const SOON = 30 * 60_000

interface Session {
  /** Name of an `[sso-session]`; absent for the older form, which is known by its start URL. */
  readonly name?: string
  readonly startUrl?: string
  readonly profiles: string[]
}

export const ssoRule: Rule = (context) => {
  const {sso, login} = profilesByMethod(context.s.javascript.profiles).names
  return [
    ...[...sessionsOf(context).values()].flatMap((session) => sessionFaults(context, session)),
    ...sso.flatMap((name) => incomplete(context, name)),
    ...login.flatMap((name) => consoleFaults(context, name)),
  ]
}

function sessionsOf({s}: Context): ReadonlyMap<string, Session> {
  const sessions = new Map<string, Session>()
  const {profiles} = s.javascript
  for (const profile of profilesByMethod(profiles).names.sso) {
    const data = profiles.get(profile)!
    const name = data.get('sso_session')
    const startUrl = name === undefined ? data.get('sso_start_url') : undefined
    if (name === undefined && startUrl === undefined) continue
    const key = `${name === undefined ? 'url' : 'name'} ${name ?? startUrl}`
    const session = sessions.get(key) ?? {
      ...(name === undefined ? {} : {name}),
      ...(startUrl === undefined ? {} : {startUrl}),
      profiles: [],
    }
    sessions.set(key, session)
    session.profiles.push(profile)
  }
  return sessions
}

function sessionFaults(context: Context, session: Session): readonly Finding[] {
  const {s} = context
  const {name, startUrl, profiles} = session
  const inForce = profiles.find((profile) => isInForce(context, profile))
  const first = inForce ?? profiles[0]!
  const severity: Severity = inForce === undefined ? 'warning' : 'error'
  const needed =
    profiles.length === 1 ? say`the profile ${first} needs` : say`${profiles.length} profiles need`
  const tell = (code: string, what: SafeText, rest: Partial<Finding> = {}): readonly Finding[] => [
    {code, severity, what, profile: first, ...rest},
  ]
  if (name !== undefined) {
    const data = s.javascript.ssoSessions.get(name)
    const where = placeOfKey(s, first, ['sso_session'])
    if (!data)
      return tell(
        'SSO_SESSION_NOT_FOUND',
        say`There is no section [sso-session ${name}], and ${needed} it.`,
        {
          ...(where ? {where} : {}),
          fix: say`\`${program()} sso\``,
        },
      )
    const missing = ['sso_start_url', 'sso_region'].filter((key) => !data.has(key))
    if (missing.length > 0) {
      const place = placeOfSection(s, 'sso-session', name)
      return tell('SSO_SESSION_INCOMPLETE', say`[sso-session ${name}] lacks ${missing.join(' and ')}.`, {
        ...(place ? {where: place} : {}),
        fix: say`\`${program()} sso\``,
      })
    }
  }
  const token = tokenOf(s.ssoTokens, name ?? startUrl!)
  const title = name === undefined ? say`the AWS access portal ${startUrl}` : say`AWS SSO session ${name}`
  const fix = ssoLogin(first, name)
  if (!token)
    return tell('SSO_NOT_SIGNED_IN', say`You are not signed in to ${title}, which ${needed}.`, {fix})
  const where = shownPath(token.path, s.home)
  if (token.isDamaged || token.missing.has('accessToken') || !Number.isFinite(token.expiresAt))
    return tell('SSO_TOKEN_DAMAGED', say`The saved sign-in of ${title} is damaged.`, {where, fix})
  const left = token.expiresAt! - s.now
  const isRenewed = name !== undefined && canRenew(token, s.now)
  if (left <= 0 && !isRenewed)
    return tell(
      'SSO_SESSION_EXPIRED',
      say`The sign-in to ${title} ${validity(token.expiresAt!, s.now)}; ${needed} it.`,
      {fix},
    )
  if (left <= MARGIN && name !== undefined && !isRenewed)
    return tell(
      'SSO_SESSION_EXPIRED',
      say`The sign-in to ${title} is valid ${validity(token.expiresAt!, s.now)} only, and the AWS SDK wants five minutes; ${needed} it.`,
      {fix},
    )
  return left < SOON && !isRenewed
    ? [
        {
          code: 'SSO_SESSION_ENDS_SOON',
          severity: 'note',
          what: say`The sign-in to ${title} is valid ${validity(token.expiresAt!, s.now)} only.`,
          fix,
        },
      ]
    : []
}

function canRenew({missing, registrationExpiresAt}: CachedSsoToken, now: number): boolean {
  return (
    ['clientId', 'clientSecret', 'refreshToken'].every((key) => !missing.has(key)) &&
    !(registrationExpiresAt !== undefined && registrationExpiresAt <= now)
  )
}

/** Settings that a profile of AWS SSO lacks. */
function incomplete(context: Context, profile: string): readonly Finding[] {
  const {s} = context
  const data = s.javascript.profiles.get(profile)!
  const required = ['sso_account_id', 'sso_role_name']
  const own = data.has('sso_session') ? [] : ['sso_start_url', 'sso_region']
  const missing = [...required, ...own].filter((key) => !data.has(key))
  const session = data.get('sso_session')
  const shared = session === undefined ? undefined : s.javascript.ssoSessions.get(session)
  const differing = ['sso_start_url', 'sso_region'].filter(
    (key) => shared?.has(key) && data.has(key) && shared.get(key) !== data.get(key),
  )
  if (missing.length === 0 && differing.length === 0) return []
  const severity: Severity = isInForce(context, profile) ? 'error' : 'warning'
  return [
    // A session alone is for tools that want the token itself; only without other keys is it a fault for credentials.
    ...(missing.length > 0
      ? [
          {
            code: 'SSO_PROFILE_INCOMPLETE',
            severity,
            what: say`The profile ${profile} is set up for AWS SSO without ${missing.join(', ')}.`,
            profile,
            ...placed(
              placeOfKey(s, profile, ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name']),
            ),
            fix: say`\`${program()} sso --profile ${word(profile)}\``,
          },
        ]
      : []),
    ...differing.map((key): Finding => ({
      code: 'SSO_SETTINGS_DIFFER',
      severity,
      what: say`${key} of the profile ${profile} is not that of [sso-session ${session}]: the AWS CLI stops.`,
      profile,
      ...placed(placeOfKey(s, profile, [key])),
      fix: say`Delete ${key} from the profile.`,
      mend: {kind: 'remove-keys', role: 'config', profile, keys: [key]},
    })),
  ]
}

/** The sign-in with the console that a profile needs. */
function consoleFaults(context: Context, profile: string): readonly Finding[] {
  const {s} = context
  const token = s.logins.get(loginCacheName(s.javascript.profiles.get(profile)!.get('login_session')!))
  if (token && !token.isDamaged && token.missing.size === 0) return []
  return [
    {
      code: token ? 'LOGIN_DAMAGED' : 'LOGIN_NOT_SIGNED_IN',
      severity: isInForce(context, profile) ? 'error' : 'warning',
      what: token
        ? say`The saved console sign-in of the profile ${profile} is damaged.`
        : say`The profile ${profile} signs in with the console, and nobody is signed in.`,
      profile,
      ...placed(placeOfKey(s, profile, ['login_session'])),
      fix: consoleLogin(profile),
    },
  ]
}

function placed(where: SafeText | undefined): {readonly where?: SafeText} {
  return where ? {where} : {}
}
