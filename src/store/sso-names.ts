/** Names for the profiles of all roles that a sign-in opens. */
import type {ProfileName} from '../safety/access-key.js'
import type {Complaint} from '../safety/problem.js'
import {say} from '../safety/safe-text.js'
import {parseProfileName} from '../safety/validators.js'

/** A role that the sign-in opens. */
export interface FoundRole {
  /** Twelve digits. */
  readonly accountId: string
  readonly accountName?: string
  readonly roleName: string
}

export interface NamedRole extends FoundRole {
  readonly name: ProfileName
}

export interface NamingOptions {
  /** For `{session}`. */
  readonly session?: string
  /** Names of profiles that are something else and must not be replaced. */
  readonly taken?: Iterable<string>
}

export const DEFAULT_NAME_TEMPLATE = '{account}-{role}'

const PLACES = ['account', 'accountId', 'role', 'session'] as const
const PLACE = /\{([A-Za-z]*)\}/g
const MAX_LENGTH = 128

/** `undefined` when names can be made with it. */
export function checkNameTemplate(template: string): Complaint | undefined {
  const example = say`${DEFAULT_NAME_TEMPLATE}`
  const places = [...template.matchAll(PLACE)].map(([, place]) => place!)
  const unknown = places.find((place) => !(PLACES as readonly string[]).includes(place))
  if (unknown !== undefined)
    return {
      what: say`{${unknown}} stands for nothing here. There are {account}, {accountId}, {role} and {session}.`,
      example,
    }
  if (!places.some((place) => place === 'account' || place === 'accountId'))
    return {
      what: say`The names of all accounts would be the same. Put {account} or {accountId} in it.`,
      example,
    }
  if (!places.includes('role'))
    return {what: say`The names of all roles would be the same. Put {role} in it.`, example}
  if (/[^A-Za-z0-9\-/.%@_:+]/.test(template.replace(PLACE, '')))
    return {
      what: say`A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.`,
      example,
    }
  return undefined
}

/**
 * A name for each role, in the order given; the same role twice is named once. Names that meet, or are taken, get the
 * account ID behind them, and a number if that does not tell them apart. Names depend on the roles, not on their order.
 */
export function nameProfiles(
  template: string,
  found: readonly FoundRole[],
  {session = '', taken = []}: NamingOptions = {},
): readonly NamedRole[] {
  const roles = [...new Map(found.map((role) => [keyOf(role), role])).values()]
  const used = new Set(taken)
  const plain = new Map(roles.map((role) => [role, nameOf(template, role, session)]))
  const counts = new Map<string, number>()
  for (const name of plain.values()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const names = new Map<FoundRole, ProfileName>()
  const isFree = (name: string) => !used.has(name)
  const take = (role: FoundRole, name: ProfileName) => {
    used.add(name)
    names.set(role, name)
  }
  // Those that meet nobody first, so that no other's longer name takes theirs.
  for (const role of roles) {
    const name = plain.get(role)!
    if (counts.get(name) === 1 && isFree(name)) take(role, name)
  }
  for (const role of roles.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)))
    if (!names.has(role)) take(role, free(withSuffix(plain.get(role)!, role.accountId), isFree))
  return roles.map((role) => ({...role, name: names.get(role)!}))
}

function nameOf(template: string, role: FoundRole, session: string): ProfileName {
  const {accountId, roleName} = role
  const account = tidy(role.accountName ?? '') || accountId
  const values: Readonly<Record<string, string>> = {
    account,
    accountId,
    role: tidy(roleName),
    session: tidy(session),
  }
  const filled = template.replace(PLACE, (_, place: string) => values[place] ?? '')
  return (
    parseProfileName(filled.slice(0, MAX_LENGTH)) ??
    parseProfileName(`${accountId}-${tidy(roleName)}`.slice(0, MAX_LENGTH)) ??
    parseProfileName(accountId)!
  )
}

/** What may stay of a text in a name: letters without their accents; all that may not is a hyphen. */
function tidy(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9/.%@_:+]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

function free(name: ProfileName, isFree: (name: string) => boolean): ProfileName {
  for (let number = 2, each = name; ; number++) {
    if (isFree(each)) return each
    each = withSuffix(name, String(number))
  }
}

function withSuffix(name: string, suffix: string): ProfileName {
  return `${name.slice(0, MAX_LENGTH - suffix.length - 1)}-${suffix}` as ProfileName
}

function keyOf({accountId, roleName}: FoundRole): string {
  return `${accountId} ${roleName}`
}
