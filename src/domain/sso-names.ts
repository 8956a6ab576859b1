/** Names for the profiles of all roles that a sign-in opens. */
import type {ProfileName} from './access-key.js'
import type {ValidationError} from './problem.js'
import {say} from '../text/safe-text.js'
import {parseProfileName} from './validators.js'

/** A role that the sign-in opens. */
export interface FoundRole {
  /** Twelve digits. */
  readonly accountId: string
  readonly accountName?: string
  readonly roleName: string
}

export const DEFAULT_NAME_TEMPLATE = '{account}-{role}'

const PLACES = ['account', 'accountId', 'role', 'session'] as const
const PLACE = /\{([A-Za-z]*)\}/g
const MAX_LENGTH = 128

/** `undefined` when names that tell these roles apart can be made with it. */
export function checkNameTemplate(
  template: string,
  found: readonly FoundRole[],
): ValidationError | undefined {
  const example = say`${DEFAULT_NAME_TEMPLATE}`
  const places = [...template.matchAll(PLACE)].map(([, place]) => place!)
  const unknown = places.find((place) => !(PLACES as readonly string[]).includes(place))
  if (unknown !== undefined)
    return {
      what: say`{${unknown}} stands for nothing here. There are {account}, {accountId}, {role} and {session}.`,
      example,
    }
  const count = (values: readonly string[]) => new Set(values).size
  const hasAccount = places.some((place) => place === 'account' || place === 'accountId')
  if (!hasAccount && count(found.map(({accountId}) => accountId)) > 1)
    return {
      what: say`The names of all accounts would be the same. Put {account} or {accountId} in it.`,
      example,
    }
  if (!places.includes('role') && count(found.map(({roleName}) => roleName)) > 1)
    return {what: say`The names of all roles would be the same. Put {role} in it.`, example}
  if (/[^A-Za-z0-9\-/.%@_:+]/.test(template.trim().replace(PLACE, '')))
    return {
      what: say`A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.`,
      example,
    }
  return undefined
}

/**
 * A name for each role, in the order given; `session` is for `{session}`. Names that meet, or are `taken`, get the account ID behind them, and a
 * number if that does not tell them apart. Who meets whom does not depend on the order. For a template that
 * `checkNameTemplate` accepts; where the filled one is no name, the account ID and the role are.
 */
export function nameProfiles(
  template: string,
  found: readonly FoundRole[],
  session = '',
  taken: Iterable<string> = [],
): readonly ProfileName[] {
  const plain = found.map((role) => nameOf(template, role, session))
  const counts = new Map<string, number>()
  for (const name of plain) counts.set(name, (counts.get(name) ?? 0) + 1)
  const used = new Set(taken)
  const names = plain.map((name) => (counts.get(name) === 1 && !used.has(name) ? name : undefined))
  // Those that meet nobody keep their names first, so that no other's longer name takes theirs.
  for (const name of names) if (name !== undefined) used.add(name)
  const others = [...found.keys()].filter((index) => names[index] === undefined)
  const order = others.toSorted((one, other) => (keyOf(found[one]!) < keyOf(found[other]!) ? -1 : 1))
  for (const index of order) {
    const name = free(withSuffix(plain[index]!, found[index]!.accountId), used)
    used.add(name)
    names[index] = name
  }
  return names.map((name) => name!)
}

function nameOf(template: string, role: FoundRole, session: string): ProfileName {
  const {accountId, roleName} = role
  const values: Readonly<Record<string, string>> = {
    account: tidy(role.accountName ?? '') || accountId,
    accountId,
    role: tidy(roleName),
    session: tidy(session),
  }
  const filled = template.trim().replace(PLACE, (_, place: string) => values[place] ?? '')
  // A filled name may still be refused, as one that looks like a secret key.
  const candidates = [filled, `${accountId}-${values['role']}`, accountId]
  return candidates
    .map((each) => parseProfileName(each.slice(0, MAX_LENGTH)))
    .find((each) => each !== undefined)!
}

/** What may stay of a text in a name: letters without their accents; all that may not is a hyphen. */
function tidy(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9.@_+]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

function free(name: ProfileName, used: ReadonlySet<string>): ProfileName {
  for (let number = 2, each = name; ; number++) {
    if (!used.has(each)) return each
    each = withSuffix(name, String(number))
  }
}

function withSuffix(name: string, suffix: string): ProfileName {
  return `${name.slice(0, MAX_LENGTH - suffix.length - 1)}-${suffix}` as ProfileName
}

function keyOf({accountId, roleName}: FoundRole): string {
  return `${accountId} ${roleName}`
}
