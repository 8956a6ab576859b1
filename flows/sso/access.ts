/** Reading a list of accounts and roles: what there is to choose from, and what was chosen. */
import type {ProfileName} from '../../src/domain/access-key.js'
import {parseProfileName} from '../../src/domain/validators.js'
import {nameProfiles} from '../../src/domain/sso-names.js'
import type {Access, VerifiedProfile} from './ports.js'
import type {SsoState} from './state.js'

/** Names one role of one account: as an id of a choice. */
export function accessId({accountId, roleName}: Access): string {
  return `${accountId}/${roleName}`
}

export interface AccountFound {
  readonly accountId: string
  readonly accountName?: string
  readonly roles: readonly string[]
}

/**
 * How likely a role may deploy, by its name, the likeliest first; what it may do is looked at once it was chosen. The
 * permission sets that AWS gives names to, and the words that people give theirs.
 */
const LIKELIHOODS: readonly RegExp[] = [
  /read.?only|view.?only|audit|billing|analyst|support|network|database|finops/i,
  /^AdministratorAccess$/i,
  /admin/i,
  /power.?user|deploy/i,
  /develop|engineer|write/i,
]

function unlikelihood(roleName: string): number {
  const at = LIKELIHOODS.findIndex((pattern) => pattern.test(roleName))
  // Names that say nothing stand between those that speak for a deploy and those that speak against it.
  return at === 0 ? LIKELIHOODS.length + 1 : at < 0 ? LIKELIHOODS.length : at
}

/** Roles that can deploy, as far as a name tells, before those that can not; else as they were. */
function likeliestFirst<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return items.toSorted((one, other) => unlikelihood(nameOf(one)) - unlikelihood(nameOf(other)))
}

/** The account to begin with: the first in which some role may deploy, where its name says nothing of production. */
export function likeliestAccount(accounts: readonly AccountFound[]): AccountFound | undefined {
  const isProduction = ({accountName = ''}: AccountFound) => /prod(?:uction)?\b/i.test(accountName)
  return likeliestFirst(
    accounts.filter((account) => !isProduction(account)),
    ({roles}) => roles[0] ?? '',
  )[0]
}

/** One entry an account, in the order of the list. */
export function accountsOf(found: readonly Access[]): readonly AccountFound[] {
  const accounts = new Map<string, {accountId: string; accountName?: string; roles: string[]}>()
  for (const {accountId, accountName, roleName} of found) {
    const account = accounts.get(accountId)
    if (account) account.roles.push(roleName)
    else
      accounts.set(accountId, {
        accountId,
        roles: [roleName],
        ...(accountName === undefined ? {} : {accountName}),
      })
  }
  return [...accounts.values()].map((account) => ({
    ...account,
    roles: likeliestFirst(account.roles, (roleName) => roleName),
  }))
}

/** The names of roles with the accounts that have them: those likely to deploy first, then the most common. */
export function rolesOf(found: readonly Access[]): readonly {readonly roleName: string; count: number}[] {
  const counts = new Map<string, number>()
  for (const {roleName} of found) counts.set(roleName, (counts.get(roleName) ?? 0) + 1)
  const roles = [...counts]
    .map(([roleName, count]) => ({roleName, count}))
    .sort((one, other) => other.count - one.count || (one.roleName < other.roleName ? -1 : 1))
  return likeliestFirst(roles, ({roleName}) => roleName)
}

/** The chosen part of the list, in its order. */
export function chosenOf(found: readonly Access[], ids: readonly string[]): readonly Access[] {
  const wanted = new Set(ids)
  return found.filter((access) => wanted.has(accessId(access)))
}

export interface NamedAccess extends Access {
  readonly name: ProfileName
}

type Known = Pick<SsoState, 'survey' | 'session'>

/** The profiles that a template makes of them; no profile of another kind is ever taken. */
export function namesFor(state: Known, template: string, access: readonly Access[]): readonly NamedAccess[] {
  const {survey, session} = state
  const own = new Set(survey?.sessions.flatMap(({profiles}) => profiles.map(({name}) => name)))
  const taken = (survey?.takenNames ?? []).filter((name) => !own.has(name))
  const names = nameProfiles(template, access, session?.name ?? '', taken)
  return access.flatMap((each, index) => {
    const name = parseProfileName(existingName(state, each) ?? names[index] ?? '')
    return name ? [{...each, name}] : []
  })
}

/** The verified profile that a deploy is proposed with: one that may, else one of which it is not known. */
export function proposed(verified: readonly VerifiedProfile[]): VerifiedProfile | undefined {
  const works = verified.filter(({problem}) => problem === undefined)
  return (
    works.find(({deploy}) => deploy?.mark === 'good') ??
    works.find(({deploy}) => deploy?.mark !== 'warning') ??
    works[0]
  )
}

/** The profile that stands for this access in this session already: it is updated under its own name. */
export function existingName({survey, session}: Known, {accountId, roleName}: Access): string | undefined {
  return survey?.sessions
    .find((known) => known.session.name === session?.name)
    ?.profiles.find((known) => known.accountId === accountId && known.roleName === roleName)?.name
}
