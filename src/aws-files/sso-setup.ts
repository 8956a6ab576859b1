/** What the AWS files say of IAM Identity Center: its sessions and the profiles that use them. */
import {DEFAULT_SSO_SCOPES, type SsoSession} from '../domain/sso.js'
import {parseRegion} from '../domain/validators.js'
import {decode} from '../files/bytes.js'
import type {AwsDocument, Section} from './document.js'
import {ACCESS_KEY, OTHER_METHODS, ROLE, TOKENS} from './keys.js'
import type {AwsFiles} from '../files/locations.js'
import {openFile, type OpenFile} from './plan-profile.js'
import {samePortal} from './sso-json.js'
import type {FoundRole} from '../domain/sso-names.js'

export interface SsoSetup {
  readonly sessions: readonly FoundSession[]
  readonly profiles: readonly FoundSsoProfile[]
}

interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

interface FoundSession {
  readonly name: string
  /** Absent where the start URL or the region is missing or is none. */
  readonly session?: SsoSession
  readonly where: Place
}

export interface FoundSsoProfile {
  readonly name: string
  /** `legacy`: it names the start URL itself, and its sign-in cannot be renewed without a browser. */
  readonly form: 'session' | 'legacy'
  /** Of `sso_session`. */
  readonly session?: string
  /** Its own, or that of its session. */
  readonly startUrl?: string
  readonly accountId?: string
  readonly roleName?: string
  readonly region?: string
  /** Keys of other ways to credentials that stand in it too, which some tools prefer. */
  readonly otherMethods: readonly string[]
  /** The first section it is made of. */
  readonly where: Place
}

export interface SsoComparison<Role extends FoundRole = FoundRole> {
  /** They stand as they would be written. */
  readonly unchanged: readonly FoundSsoProfile[]
  /** Roles without a profile. */
  readonly added: readonly Role[]
  /** The role is there, but the profile would be written differently: in the old form, or with other keys in it. */
  readonly changed: readonly FoundSsoProfile[]
  /** Profiles of this sign-in whose role the person no longer has. */
  readonly vanished: readonly FoundSsoProfile[]
}

/** Other ways to credentials than IAM Identity Center. */
export const OTHER_THAN_SSO: readonly string[] = [...ACCESS_KEY, ...TOKENS, ...ROLE, ...OTHER_METHODS]

const SSO_MARKS = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name']

/** Reads both files. Throws a `Failure` for one that cannot be read; whatever stands in it is no error. */
export async function readSsoSetup(files: AwsFiles): Promise<SsoSetup> {
  const [config, credentials] = await Promise.all([openFile(files, 'config'), openFile(files, 'credentials')])
  return setupOf(config, credentials)
}

export function setupOf(config: OpenFile, credentials: OpenFile): SsoSetup {
  const sessions = new Map<string, FoundSession>()
  const profiles = new Map<string, {values: Map<string, string>; where: Place}>()
  for (const {document, path} of [config, credentials])
    for (const section of document.sections) {
      const name = decode(section.name)
      const where = {file: path, line: document.lineAt(section.start)}
      const values = valuesOf(document, section)
      if (section.type === 'sso-session' && !sessions.has(name))
        sessions.set(name, {name, where, ...sessionOf(name, values)})
      if (section.type !== 'profile') continue
      const found = profiles.get(name) ?? {values: new Map<string, string>(), where}
      profiles.set(name, found)
      // The credentials file comes second: of a key in both, its value counts.
      for (const [key, value] of values) found.values.set(key, value)
    }
  return {
    sessions: [...sessions.values()],
    profiles: [...profiles].flatMap(([name, {values, where}]) =>
      SSO_MARKS.some((key) => values.has(key)) ? [profileOf(name, values, where, sessions)] : [],
    ),
  }
}

/** Whether the profile belongs to this sign-in: by the name of its session, or in the old form by its start URL. */
export function isOfSession(profile: FoundSsoProfile, session: SsoSession): boolean {
  return profile.form === 'session'
    ? profile.session === session.name
    : profile.startUrl !== undefined && samePortal(profile.startUrl, session.startUrl)
}

/** The profiles of a sign-in beside the roles that it opens. Nothing is read or written. */
export function compareSso<Role extends FoundRole>(
  setup: SsoSetup,
  session: SsoSession,
  found: readonly Role[],
): SsoComparison<Role> {
  const own = setup.profiles.filter((profile) => isOfSession(profile, session))
  const open = new Set(found.map(roleKey))
  const there = own.filter((profile) => open.has(roleKey(profile)))
  const isAsWritten = ({form, otherMethods}: FoundSsoProfile) =>
    form === 'session' && otherMethods.length === 0
  const named = new Set(there.map(roleKey))
  return {
    unchanged: there.filter(isAsWritten),
    added: found.filter((role) => !named.has(roleKey(role))),
    changed: there.filter((profile) => !isAsWritten(profile)),
    // A profile without a role is a bearer token's (CodeCatalyst and others), and not ours to judge.
    vanished: own.filter((profile) => profile.roleName !== undefined && !open.has(roleKey(profile))),
  }
}

export function roleKey({accountId, roleName}: {accountId?: string; roleName?: string}): string {
  return `${accountId} ${roleName}`
}

export function valuesOf(document: AwsDocument, section: Section): Map<string, string> {
  return new Map(document.properties(section).map(({name, plainValue}) => [name, decode(plainValue)]))
}

function sessionOf(name: string, values: ReadonlyMap<string, string>): {session?: SsoSession} {
  const startUrl = values.get('sso_start_url')
  const region = parseRegion(values.get('sso_region') ?? '')
  if (!startUrl || !region) return {}
  const scopes = splitScopes(values.get('sso_registration_scopes') ?? '')
  return {session: {name, startUrl, region, scopes: scopes.length === 0 ? DEFAULT_SSO_SCOPES : scopes}}
}

/** As the AWS CLI reads them: between commas, blanks around them do not count. */
export function splitScopes(text: string): readonly string[] {
  return text
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
}

function profileOf(
  name: string,
  values: ReadonlyMap<string, string>,
  where: Place,
  sessions: ReadonlyMap<string, FoundSession>,
): FoundSsoProfile {
  const session = values.get('sso_session')
  const startUrl =
    session === undefined ? values.get('sso_start_url') : sessions.get(session)?.session?.startUrl
  return {
    name,
    form: session === undefined ? 'legacy' : 'session',
    otherMethods: OTHER_THAN_SSO.filter((key) => values.has(key)),
    where,
    ...present({
      session,
      startUrl,
      accountId: values.get('sso_account_id'),
      roleName: values.get('sso_role_name'),
      region: values.get('region'),
    }),
  }
}

function present<T extends object>(values: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
