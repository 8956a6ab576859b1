import type {AskStep} from '../../../src/engine/types.js'
import {safe, say, type SafeText} from '../../../src/text/safe-text.js'
import {select, work} from '../../ask.js'
import {accessId, accountsOf, likeliestAccount, rolesOf} from '../access.js'
import type {Access, SsoPorts} from '../ports.js'
import type {Extent, SsoEvent, SsoState} from '../state.js'
import {words} from '../words.js'

type E = SsoEvent
type P = SsoPorts

export function listing({session}: SsoState) {
  return work<E, P>({
    id: 'sso-listing',
    title: words.listing,
    run: async (ports, context) => {
      if (!session) throw new Error('There is no session to list in this state.')
      return {type: 'access', access: await ports.listAccess(session, context)}
    },
    failed: (problem) => ({type: 'problem', problem}),
  })
}

/** The list could not be had, or there is nothing in it. */
export function unlisted({problem}: SsoState) {
  return select<E, P, 'listing' | 'reading' | 'leave'>({
    id: 'sso-unlisted',
    message: words.whatNow,
    panels: [{kind: 'problem', problem: problem ?? words.unlisted.problem}],
    choices: [
      ['listing', words.retry],
      ['reading', words.notSignedIn.session],
      ['leave', words.leave],
    ],
    unattended: {assume: 'leave'},
    answer: (id) => (id === 'leave' ? {type: 'leave'} : {type: 'go', to: id}),
    trail: false,
  })
}

export function extent({access, input}: SsoState) {
  const found = access?.found ?? []
  const accounts = accountsOf(found).length
  return select<E, P, Extent>({
    id: 'sso-extent',
    message: words.extent.message,
    panels: [{kind: 'verdicts', rows: [{mark: 'good', label: words.extent.found(accounts, found.length)}]}],
    choices: [
      ['one', words.extent.one],
      ['role', words.extent.role],
      ['several', words.extent.several],
    ],
    unattended: {option: '--account ID --role NAME', ...(input.template ? {assume: 'role'} : {})},
    answer: (id) => ({type: 'extent', extent: id}),
  })
}

export function account({access}: SsoState) {
  const accounts = accountsOf(access?.found ?? [])
  const likeliest = likeliestAccount(accounts)
  return select<E, P, string>({
    id: 'sso-account',
    message: words.account.message,
    ...(likeliest ? {initial: likeliest.accountId} : {}),
    choices: accounts.map((each) => [
      each.accountId,
      {label: accountLabel(each), hint: safe(each.roles.join(', '))},
    ]),
    isSearchable: true,
    unattended: {option: '--account ID'},
    answer: (accountId) => ({type: 'account', accountId}),
  })
}

export function accountLabel({accountId, accountName}: Pick<Access, 'accountId' | 'accountName'>): SafeText {
  return accountName ? say`${accountId}  ${accountName}` : say`${accountId}  ${words.account.noName}`
}

export function role({access, accountId}: SsoState) {
  const found = accountsOf(access?.found ?? []).find((each) => each.accountId === accountId)
  return select<E, P, string>({
    id: 'sso-role',
    message: words.role.message(found ? accountLabel(found) : say``),
    choices: (found?.roles ?? []).map((roleName) => [roleName, {label: safe(roleName)}]),
    isSearchable: true,
    unattended: {option: '--role NAME'},
    answer: (roleName) => ({type: 'role', roleName}),
  })
}

/** One role in every account that has it. */
export function sharedRole({access}: SsoState) {
  return select<E, P, string>({
    id: 'sso-shared-role',
    message: words.sharedRole.message,
    choices: rolesOf(access?.found ?? []).map(({roleName, count}) => [
      roleName,
      {label: safe(roleName), hint: words.sharedRole.accounts(count)},
    ]),
    isSearchable: true,
    unattended: {option: '--role NAME'},
    answer: (roleName) => ({type: 'shared-role', roleName}),
  })
}

export function several({access}: SsoState): AskStep<E, P> {
  return {
    kind: 'ask',
    id: 'sso-several',
    question: {
      kind: 'choose-many',
      message: words.several.message,
      choices: accessChoices(access?.found ?? []),
      min: 1,
      isSearchable: true,
    },
    answer: (ids) => ({type: 'several', ids: ids as readonly string[]}),
    trail: (ids) => words.several.chosen((ids as readonly string[]).length),
  }
}

export function accessChoices(found: readonly Access[]) {
  return found.map((access) => ({
    id: accessId(access),
    label: say`${accountLabel(access)}  ${access.roleName}`,
  }))
}
