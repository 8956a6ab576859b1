/** Reading a list of accounts and roles: what there is to choose from, and what was chosen. */
import type {ProfileName} from '../../src/safety/access-key.js'
import {parseProfileName} from '../../src/safety/validators.js'
import {nameProfiles} from '../../src/store/sso-names.js'
import type {Access} from './ports.js'
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
  return [...accounts.values()]
}

/** The names of roles with the accounts that have them, the most common first. */
export function rolesOf(found: readonly Access[]): readonly {readonly roleName: string; count: number}[] {
  const counts = new Map<string, number>()
  for (const {roleName} of found) counts.set(roleName, (counts.get(roleName) ?? 0) + 1)
  return [...counts]
    .map(([roleName, count]) => ({roleName, count}))
    .sort((one, other) => other.count - one.count || (one.roleName < other.roleName ? -1 : 1))
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

/** The profile that stands for this access in this session already: it is updated under its own name. */
export function existingName({survey, session}: Known, {accountId, roleName}: Access): string | undefined {
  return survey?.sessions
    .find((known) => known.session.name === session?.name)
    ?.profiles.find((known) => known.accountId === accountId && known.roleName === roleName)?.name
}
