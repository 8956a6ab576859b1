/** IAM Identity Center as the SDK for JavaScript takes it: provider-sso and the token provider behind it. */
import {program} from '../../text/program-name.js'
import {say} from '../../text/safe-text.js'
import {tokenOf, type CachedSsoToken} from '../caches.js'
import type {Snapshot} from '../snapshot.js'
import type {Values} from '../views.js'
import {broken, found, ssoLogin, type Broken, type Found} from './outcome.js'
import {word} from '../../text/shell.js'

/** A token of a session is renewed this long before its end. Milliseconds. */
export const MARGIN = 5 * 60_000
const REFRESH = say`To refresh this SSO session run 'aws sso login' with the corresponding profile.`
const REFRESH_OLD = say`To refresh this SSO session run aws sso login with the corresponding profile.`

/** Every fault of it ends the chain. */
export function javascriptSso(s: Snapshot, profile: string, data: Values): Found | Broken {
  const sessionName = data.get('sso_session')
  const session = sessionName === undefined ? data : s.javascript.ssoSessions.get(sessionName)
  if (!session)
    return broken('sso', say`Cannot read properties of undefined (reading 'sso_region')`, {
      profile,
      fix: say`Write a section [sso-session ${sessionName}], or run \`${program()} sso\``,
    })
  const startUrl = session.get('sso_start_url')
  if (!startUrl || !session.get('sso_region') || !data.get('sso_account_id') || !data.get('sso_role_name'))
    return broken(
      'sso',
      say`Profile is configured with invalid SSO credentials. Required parameters "sso_account_id", "sso_region", "sso_role_name", "sso_start_url". Got ${gotNames(data, sessionName !== undefined)}`,
      {profile, fix: say`\`${program()} sso --profile ${word(profile)}\``},
    )
  const token = tokenOf(s.ssoTokens, sessionName ?? startUrl)
  return sessionName === undefined
    ? legacy(token, profile, s.now)
    : ofSession(token, {profile, session: sessionName, now: s.now})
}

function gotNames(data: Values, hasSession: boolean): string {
  const names = [...data.keys()]
  const added = hasSession ? ['sso_region', 'sso_start_url'].filter((name) => !names.includes(name)) : []
  return [...names, ...added].join(', ')
}

function legacy(token: CachedSsoToken | undefined, profile: string, now: number): Found | Broken {
  const fix = ssoLogin(profile)
  if (!token || token.isDamaged)
    return broken('sso', say`The SSO session associated with this profile is invalid. ${REFRESH_OLD}`, {
      profile,
      fix,
    })
  if (token.missing.has('accessToken') || token.missing.has('expiresAt'))
    return broken('sso', say`The token in the cache is damaged.`, {profile, fix})
  if (token.expiresAt! <= now)
    return broken('sso', say`The SSO session associated with this profile has expired. ${REFRESH_OLD}`, {
      profile,
      fix,
    })
  // What is no time never ends for it.
  return found('sso', {profile, ...whenKnown(token.expiresAt)})
}

function whenKnown(time: number | undefined): {readonly expiresAt?: number} {
  return time === undefined || Number.isNaN(time) ? {} : {expiresAt: time}
}

interface Asked {
  readonly profile: string
  readonly session: string
  readonly now: number
}

function ofSession(token: CachedSsoToken | undefined, {profile, session, now}: Asked): Found | Broken {
  const rest = {profile, fix: ssoLogin(profile, session)}
  if (!token || token.isDamaged)
    return broken(
      'sso',
      say`The SSO session token associated with profile=${profile} was not found or is invalid. ${REFRESH}`,
      rest,
    )
  for (const key of ['accessToken', 'expiresAt'])
    if (token.missing.has(key))
      return broken('sso', say`Value not present for '${key}' in SSO Token. ${REFRESH}`, rest)
  const expiresAt = token.expiresAt!
  if (expiresAt - now > MARGIN) return found('sso', {profile, expiresAt})
  for (const key of ['clientId', 'clientSecret', 'refreshToken'])
    if (token.missing.has(key))
      return broken('sso', say`Value not present for '${key}' in SSO Token. Cannot refresh. ${REFRESH}`, rest)
  const isRegistered = !(token.registrationExpiresAt !== undefined && token.registrationExpiresAt <= now)
  if (!isRegistered && !(expiresAt >= now)) return broken('sso', say`Token is expired. ${REFRESH}`, rest)
  return found('sso', {
    profile,
    ...whenKnown(expiresAt),
    ...(isRegistered ? {caveat: say`The session is renewed on use; AWS has to allow that.`} : {}),
  })
}
