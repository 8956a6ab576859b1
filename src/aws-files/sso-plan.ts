/**
 * What setting up a sign-in would do to the two files: its `[sso-session]` and the profiles of its roles go to config,
 * in the form the AWS CLI writes; what another method left in these profiles goes out of both. Writes nothing.
 */
import type {ProfileName, RegionName} from '../domain/access-key.js'
import {DEFAULT_SSO_SCOPES, type SsoSession} from '../domain/sso.js'
import {say} from '../text/safe-text.js'
import type {AwsDocument} from './document.js'
import {refuseIfNotUnderstood} from './diagnose.js'
import {editProfile, editSection, removeProfile, type ProfileChange} from './edit.js'
import {SSO} from './keys.js'
import type {AwsFiles} from '../files/locations.js'
import type {Plan} from '../files/plan.js'
import {decode} from '../files/bytes.js'
import type {PlannedFile} from '../files/plan.js'
import {journalOf, openFile, plannedFile, refuseSameFile, type OpenFile} from './plan-profile.js'
import {applySplices} from './splice.js'
import {samePortal} from './sso-json.js'
import {
  isOfSession,
  OTHER_THAN_SSO,
  roleKey,
  setupOf,
  splitScopes,
  valuesOf,
  type FoundSsoProfile,
  type SsoSetup,
} from './sso-setup.js'
import {ssoWarnings} from './sso-warnings.js'
import {failure} from '../files/trouble.js'
import {word} from '../text/shell.js'

export {compareSso, readSsoSetup} from './sso-setup.js'

interface SsoProfile {
  readonly name: ProfileName
  /** Twelve digits. */
  readonly accountId: string
  readonly roleName: string
  /** For the services; left as it is where none is given. */
  readonly region?: RegionName
  /** Such as `json`; left as it is where none is given. */
  readonly output?: string
}

export interface SsoChange {
  readonly session: SsoSession
  readonly profiles: readonly SsoProfile[]
  /** SSO profiles to take out. One that is also to be written stays. */
  readonly remove?: readonly string[]
}

/**
 * A profile that stands for the same session, account and role already is changed under its own name, and none is
 * made beside it. Throws a `Failure` where a file cannot be read, is not understood, or the change would not be read
 * back; SSO_NAME_TWICE, NOT_AN_SSO_PROFILE.
 */
export async function planSso(change: SsoChange, files: AwsFiles): Promise<Plan> {
  const [config, credentials] = await Promise.all([openFile(files, 'config'), openFile(files, 'credentials')])
  refuseSameFile(credentials, config)
  for (const {document} of [config, credentials]) refuseIfNotUnderstood(document)
  const setup = setupOf(config, credentials)
  const profiles = withOwnNames(change, setup)
  refuseTwice(profiles)
  const kept = new Set<string>(profiles.map(({name}) => name))
  const remove = (change.remove ?? []).filter((name) => !kept.has(name))
  for (const name of remove) refuseOther(name, setup)
  const edits = [
    edit(config, (document) => changeConfig(document, {...change, profiles, remove})),
    edit(credentials, (document) => changeCredentials(document, {...change, profiles, remove})),
  ]
  // Config first: were the save cut short, the old credentials would be in force still.
  const plans = await Promise.all(
    edits.map(async ({file, after}) => (after ? planned(file, after) : undefined)),
  )
  const changed = plans.filter((file) => file !== undefined)
  return {
    profile: profiles[0]?.name ?? change.session.name,
    purpose: 'change',
    files: changed,
    ...journalOf(files),
    nothingToDo: changed.length === 0,
    warnings: ssoWarnings({session: change.session, profiles, remove}, setup, [config, credentials]),
  }
}

function edit(file: OpenFile, change: (document: AwsDocument) => AwsDocument) {
  const after = change(file.document)
  const isSame = Buffer.compare(after.toBytes(), file.document.toBytes()) === 0
  return {file, after: isSame ? undefined : after}
}

async function planned(file: OpenFile, after: AwsDocument): Promise<PlannedFile> {
  const removed = removedKeys(file.document, after)
  const plan = await plannedFile(file, after.toBytes())
  return removed.length === 0 ? plan : {...plan, removed}
}

/** The names of the keys that stand in a profile before, and not after. */
function removedKeys(before: AwsDocument, after: AwsDocument): readonly string[] {
  const removed = before.sections
    .filter(({type}) => type === 'profile')
    .flatMap((section) => {
      const kept = after.section(decode(section.name))
      const names = new Set((kept ? after.properties(kept) : []).map(({name}) => name))
      return before.properties(section).flatMap(({name}) => (names.has(name) ? [] : [name]))
    })
  return [...new Set(removed)]
}

/** Each role once, under the name that a profile for it has already. */
function withOwnNames({session, profiles}: SsoChange, setup: SsoSetup): readonly SsoProfile[] {
  const own = setup.profiles.filter((found) => isOfSession(found, session))
  const byRole = new Map<string, SsoProfile>()
  for (const profile of profiles) {
    const key = roleKey(profile)
    if (byRole.has(key)) continue
    const same = own.filter((found) => roleKey(found) === key)
    const existing: FoundSsoProfile | undefined =
      same.find(({name}) => name === profile.name) ?? same.find(({form}) => form === 'session') ?? same[0]
    // A name that stands in the file may be one that is not given to new profiles.
    byRole.set(key, existing ? {...profile, name: existing.name as ProfileName} : profile)
  }
  return [...byRole.values()]
}

function changeConfig(document: AwsDocument, {session, profiles, remove = []}: SsoChange): AwsDocument {
  let now = applySplices(
    document,
    editSection(document, {type: 'sso-session', name: session.name}, {set: sessionKeys(document, session)}),
  )
  for (const profile of profiles) {
    const {name, accountId, roleName, region, output} = profile
    const set = {
      sso_session: session.name,
      sso_account_id: accountId,
      sso_role_name: roleName,
      ...(region === undefined ? {} : {region}),
      ...(output === undefined ? {} : {output}),
    }
    const inSession = ['sso_start_url', 'sso_region', 'sso_registration_scopes']
    now = edited(now, name, {set, remove: [...OTHER_THAN_SSO, ...inSession, ...wrongAccount(now, profile)]})
  }
  return withoutProfiles(now, remove)
}

/** Keys of the session that differ from what is asked. A start URL with `/` or `#/` behind it is the same. */
function sessionKeys(document: AwsDocument, session: SsoSession): Readonly<Record<string, string>> {
  const [section] = document.sessionSections(session.name)
  const old = section ? valuesOf(document, section) : new Map<string, string>()
  const oldUrl = old.get('sso_start_url')
  const oldScopes = old.get('sso_registration_scopes')
  const scopes = session.scopes.length === 0 ? DEFAULT_SSO_SCOPES : session.scopes
  const isSameScopes = section !== undefined && sameScopes(splitScopes(oldScopes ?? ''), scopes)
  return {
    sso_start_url: oldUrl !== undefined && samePortal(oldUrl, session.startUrl) ? oldUrl : session.startUrl,
    sso_region: session.region,
    ...(isSameScopes ? {} : {sso_registration_scopes: scopes.join(',')}),
  }
}

/** Where none are said, a sign-in asks for the usual one. */
function sameScopes(old: readonly string[], wanted: readonly string[]): boolean {
  const [one, other] = [old.length === 0 ? DEFAULT_SSO_SCOPES : old, wanted].map((scopes) =>
    [...new Set(scopes)].toSorted().join(' '),
  )
  return one === other
}

/** Everything that would win over the sign-in, and a region that would win over the one asked for. */
function changeCredentials(document: AwsDocument, {profiles, remove = []}: SsoChange): AwsDocument {
  let now = document
  for (const profile of profiles) {
    const {name, region} = profile
    const section = now.section(name)
    if (!section) continue
    const oldRegion = valuesOf(now, section).get('region')
    const other = region !== undefined && oldRegion !== undefined && oldRegion !== region ? ['region'] : []
    now = edited(now, name, {remove: [...OTHER_THAN_SSO, ...SSO, ...other, ...wrongAccount(now, profile)]})
  }
  return withoutProfiles(now, remove)
}

/** An account number of another account would send requests to its endpoints. */
function wrongAccount(document: AwsDocument, {name, accountId}: SsoProfile): readonly string[] {
  const section = document.section(name)
  const old = section && valuesOf(document, section).get('aws_account_id')
  return old === undefined || old === accountId ? [] : ['aws_account_id']
}

function edited(document: AwsDocument, profile: string, change: ProfileChange): AwsDocument {
  return applySplices(document, editProfile(document, profile, change))
}

/** The sections that make them SSO profiles. A key that stands under the same name in the other file stays. */
function withoutProfiles(document: AwsDocument, names: readonly string[]): AwsDocument {
  return names.reduce((now, name) => {
    const section = now.section(name)
    const keys = section ? [...valuesOf(now, section).keys()] : []
    return keys.some((key) => (SSO as readonly string[]).includes(key)) ? removeProfile(now, name) : now
  }, document)
}

function refuseTwice(profiles: readonly SsoProfile[]): void {
  const names = profiles.map(({name}) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw failure(
    'SSO_NAME_TWICE',
    say`Two roles would get the same profile name: ${twice}. Nothing was changed.`,
    say`A profile stands for one account and one role.`,
    say`Give one of them another name, or use a template with {accountId} in it.`,
  )
}

function refuseOther(name: string, {profiles}: SsoSetup): void {
  if (profiles.some((profile) => profile.name === name)) return
  throw failure(
    'NOT_AN_SSO_PROFILE',
    say`${name} is no profile of a sign-in, and is not taken out. Nothing was changed.`,
    say`Only profiles of IAM Identity Center are taken out here; this one is another, or there is none.`,
    say`See what it is: \`aws configure list --profile ${word(name)}\``,
  )
}
