/** IAM Identity Center as botocore takes it: `SSOProvider`, and the token provider behind it. */
import {program} from '../../text/program-name.js'
import {say} from '../../text/safe-text.js'
import {ssoCacheName, tokenOf, type CachedSsoToken} from '../caches.js'
import type {Snapshot} from '../snapshot.js'
import type {Values} from '../views.js'
import {broken, found, ssoLogin, type Broken, type Found, type Step} from './outcome.js'
import {word} from '../../text/shell.js'

const PROFILE_KEYS = ['sso_role_name', 'sso_account_id']
/** A token of a session is renewed this long before its end. Milliseconds. */
const MARGIN = 15 * 60_000

/** Account or role in the profile mark it; sso_session alone does not. */
export function botocoreSso(s: Snapshot, profile: string, data: Values): Step {
  if (!PROFILE_KEYS.some((key) => data.has(key))) return undefined
  const name = data.get('sso_session')
  const session = name === undefined ? data : s.botocore.ssoSessions.get(name)
  if (!session)
    return broken('sso', say`The specified sso-session does not exist: "${name}"`, {
      profile,
      fix: say`Write a section [sso-session ${name}], or run \`${program()} sso\``,
    })
  for (const [key, value] of session)
    if (data.has(key) && data.get(key) !== value)
      return broken(
        'sso',
        say`The value for ${key} is inconsistent between profile (${data.get(key)}) and sso-session (${value}).`,
        {profile, fix: say`Take ${key} out of the profile ${profile}.`},
      )
  const missing = [...PROFILE_KEYS, 'sso_start_url', 'sso_region'].filter(
    (key) => !data.has(key) && !session.has(key),
  )
  if (missing.length > 0)
    return broken(
      'sso',
      say`The profile "${profile}" is configured to use SSO but is missing required configuration: ${missing.join(', ')}`,
      {profile, fix: say`\`${program()} sso --profile ${word(profile)}\``},
    )
  const startUrl = session.get('sso_start_url') ?? data.get('sso_start_url')!
  const token = tokenOf(s.ssoTokens, name ?? startUrl)
  return judge(token, {name, startUrl, profile, now: s.now})
}

/** `SSOTokenProvider._load_sso_config`, with which each client begins. */
export function botocoreTokenFault(
  s: Snapshot,
  profile: string,
  name: string | undefined,
): Broken | undefined {
  if (name === undefined) return undefined
  const session = s.botocore.ssoSessions.get(name)
  const uses = say`The profile "${profile}" is configured to use the SSO token provider but`
  if (!session || session.size === 0)
    return broken('sso', say`${uses} the "${name}" sso_session configuration does not exist.`, {
      profile,
      fix: say`Write a section [sso-session ${name}], or run \`${program()} sso\``,
    })
  const missing = ['sso_start_url', 'sso_region'].filter((key) => !session.has(key))
  if (missing.length === 0) return undefined
  const names = missing.map((key) => `'${key}'`).join(', ')
  return broken('sso', say`${uses} is missing the following configuration: [${names}].`, {
    profile,
    fix: say`Add ${missing.join(' and ')} to [sso-session ${name}].`,
  })
}

const PYTHON_WORDS = {
  number: say`Parser must be a string or character stream, not int`,
  zoneless: say`can't subtract offset-naive and offset-aware datetimes`,
}

interface Asked {
  readonly name: string | undefined
  readonly startUrl: string
  readonly profile: string
  readonly now: number
}

function judge(token: CachedSsoToken | undefined, {name, startUrl, profile, now}: Asked): Found | Broken {
  const rest = {profile, fix: ssoLogin(profile, name), isLate: true}
  // The CLI shows the bare name of a file that it cannot read.
  if (token?.isDamaged) return broken('sso', say`'${ssoCacheName(name ?? startUrl)}'`, rest)
  if (!token)
    return broken('sso', say`Error loading SSO Token: Token for ${name ?? startUrl} does not exist`, rest)
  if (
    token.missing.has('accessToken') ||
    token.missing.has('expiresAt') ||
    Number.isNaN(token.pythonExpiresAt)
  )
    return broken('sso', say`Error loading SSO Token: Token for ${startUrl} is invalid`, rest)
  const expiresAt = token.pythonExpiresAt!
  if (typeof expiresAt === 'string') return broken('sso', PYTHON_WORDS[expiresAt], rest)
  const isOver = expiresAt <= now
  if (name === undefined)
    return isOver
      ? broken(
          'sso',
          say`The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.`,
          rest,
        )
      : found('sso', {profile, expiresAt})
  if (expiresAt - now >= MARGIN) return found('sso', {profile, expiresAt})
  const canRenew = token.missing.size === 0 && token.registrationExpiresAt! > now
  if (isOver && !canRenew)
    return broken(
      'sso',
      say`Error when retrieving token from sso: Token has expired and refresh failed`,
      rest,
    )
  return found('sso', {
    profile,
    expiresAt,
    ...(canRenew ? {caveat: say`The session is renewed on use; AWS has to allow that.`} : {}),
  })
}
