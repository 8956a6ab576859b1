/**
 * How a profile comes to its credentials: where the first ones are from, and the roles that are assumed with them in
 * turn. Data only; nobody is asked. Source: the SDKs' assume-role specification, checked with its public cases.
 */
type Values = Readonly<Record<string, string>>

export interface ChainFiles {
  readonly profiles: Readonly<Record<string, Values>>
  readonly ssoSessions?: Readonly<Record<string, Values>>
}

export type ChainLink =
  | {readonly kind: 'access-key'; readonly accessKeyId: string; readonly profile: string}
  | {readonly kind: 'named-source'; readonly source: string}
  | {
      readonly kind: 'web-identity'
      readonly roleArn: string
      readonly tokenFile: string
      readonly sessionName?: string
    }
  | {
      readonly kind: 'sso'
      readonly startUrl?: string
      readonly region?: string
      readonly accountId?: string
      readonly roleName?: string
      readonly session?: string
    }
  | {readonly kind: 'process'; readonly command: string}
  | {
      readonly kind: 'role'
      readonly roleArn: string
      readonly externalId?: string
      readonly sessionName?: string
    }

/** The links from the first credentials to the last role, or why there are none. Secrets are not in it. */
export type Chain = {readonly links: readonly ChainLink[]} | {readonly error: string}

class ChainFault extends Error {}

export function resolveChain(files: ChainFiles, selected: string): Chain {
  try {
    return {links: walk(files, selected)}
  } catch (error) {
    if (error instanceof ChainFault) return {error: error.message}
    throw error
  }
}

function walk(files: ChainFiles, selected: string): readonly ChainLink[] {
  const roles: ChainLink[] = []
  const visited = new Set<string>()
  if (Object.keys(files.profiles).length === 0) throw new ChainFault('No profiles were defined')
  for (let name = selected, from = ''; ;) {
    const profile = Object.hasOwn(files.profiles, name) ? files.profiles[name]! : undefined
    if (!profile)
      throw new ChainFault(
        from === ''
          ? `could not find profile ${name}`
          : `could not find source profile ${name} referenced from ${from}`,
      )
    if (visited.has(name)) throw new ChainFault('profile formed an infinite loop')
    visited.add(name)
    // A source that has keys of its own ends the chain, even if it names a role.
    if (from !== '' && profile['aws_access_key_id'] && profile['aws_secret_access_key'])
      return [accessKey(profile, name), ...roles]
    const roleArn = profile['role_arn']
    if (roleArn === undefined || profile['web_identity_token_file'] !== undefined)
      return [base(files, profile, name), ...roles]
    roles.unshift({
      kind: 'role',
      roleArn,
      ...optional(profile, {externalId: 'external_id', sessionName: 'role_session_name'}),
    })
    const {source_profile: source, credential_source: namedSource} = profile
    if (source !== undefined && namedSource !== undefined)
      throw new ChainFault('profile contained both source_profile and credential_source')
    if (namedSource !== undefined) return [{kind: 'named-source', source: namedSource}, ...roles]
    if (source === undefined)
      throw new ChainFault(
        'profile must contain `source_profile` or `credential_source` but neither were defined',
      )
    if (source === name) return [accessKey(profile, name), ...roles]
    from = name
    name = source
  }
}

function base({ssoSessions = {}}: ChainFiles, profile: Values, name: string): ChainLink {
  const tokenFile = profile['web_identity_token_file']
  if (tokenFile !== undefined) {
    const roleArn = profile['role_arn']
    if (roleArn === undefined) throw new ChainFault('`role_arn` was missing')
    return {
      kind: 'web-identity',
      roleArn,
      tokenFile,
      ...optional(profile, {sessionName: 'role_session_name'}),
    }
  }
  const sso = ssoOf(profile, ssoSessions, name)
  if (sso) return sso
  const command = profile['credential_process']
  return command === undefined ? accessKey(profile, name) : {kind: 'process', command}
}

function ssoOf(
  profile: Values,
  sessions: Readonly<Record<string, Values>>,
  name: string,
): ChainLink | undefined {
  const {sso_session: session, sso_account_id: accountId, sso_role_name: roleName} = profile
  const isSso = [session, accountId, roleName, profile['sso_start_url'], profile['sso_region']].some(
    (value) => value !== undefined,
  )
  if (!isSso) return undefined
  for (const key of ['sso_region', 'sso_start_url'])
    if (session !== undefined && profile[key] !== undefined)
      throw new ChainFault(
        `\`${key}\` can only be specified in the [sso-session] config when a session name is given`,
      )
  if (roleName !== undefined && accountId === undefined)
    throw new ChainFault('if `sso_role_name` is set, then `sso_account_id` must also be set')
  if (accountId !== undefined && roleName === undefined)
    throw new ChainFault('if `sso_account_id` is set, then `sso_role_name` must also be set')
  const found = session === undefined ? profile : sessions[session]
  if (!found)
    throw new ChainFault(`sso-session named \`${session}\` (referenced by profile \`${name}\`) was not found`)
  return {
    kind: 'sso',
    ...optional(found, {startUrl: 'sso_start_url', region: 'sso_region'}),
    ...optional(profile, {accountId: 'sso_account_id', roleName: 'sso_role_name', session: 'sso_session'}),
  }
}

function accessKey(profile: Values, name: string): ChainLink {
  const accessKeyId = profile['aws_access_key_id']
  const hasSecret = profile['aws_secret_access_key'] !== undefined
  if (accessKeyId === undefined && !hasSecret)
    throw new ChainFault(`profile \`${name}\` did not contain credential information`)
  if (accessKeyId === undefined) throw new ChainFault('profile missing aws_access_key_id')
  if (!hasSecret) throw new ChainFault('profile missing aws_secret_access_key')
  return {kind: 'access-key', accessKeyId, profile: name}
}

function optional<K extends string>(
  values: Values,
  names: Readonly<Record<K, string>>,
): Partial<Record<K, string>> {
  const entries = Object.entries<string>(names).flatMap(([name, key]) =>
    values[key] === undefined ? [] : [[name, values[key]]],
  )
  return Object.fromEntries(entries) as Partial<Record<K, string>>
}
