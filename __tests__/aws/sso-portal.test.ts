/** What a person who has signed in may use: all pages, all accounts, keys of roles, and the end of it. */
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {verifyIdentity} from '../../src/aws/identity.js'
import {listAccounts, listAllRoles, listRoles, roleCredentials, signOut} from '../../src/aws/sso-portal.js'
import type {SsoContext} from '../../src/aws/sso-types.js'
import type {SsoToken} from '../../src/domain/sso.js'
import {findCanary} from '../support/canary.js'
import {region} from './keys.js'
import {everythingOf, failure, outcome, quickClock, reveal, startPlace, type Place} from './sso-support.js'
import {answering} from './sso-stub.js'

const manyAccounts = (count: number) =>
  Array.from({length: count}, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    name: `Account ${index}`,
    roles: index % 2 ? ['Admin', 'ReadOnly'] : ['ReadOnly'],
  }))

let place: Place
let token: SsoToken
beforeAll(async () => {
  place = await startPlace()
  token = await place.signIn()
})
afterAll(async () => place.practice.close())

/** Calls since, by what was asked. */
function calls(action: string): number {
  return place.practice.log.entries.filter((entry) => entry.action === action).length
}

describe('accounts and roles', () => {
  test('come whole, with leading zeros, names, and the odd account without one', async () => {
    const notes: string[] = []
    const accounts = await listAccounts(token, {...place.context, report: (note) => notes.push(note)})
    expect(accounts).toHaveLength(13)
    expect(accounts).toContainEqual({
      accountId: '000000000042',
      name: 'Legacy',
      email: 'aws+000000000042@example.com',
    })
    expect(accounts.at(-1)).toEqual({accountId: '555555555501'})
    expect(notes).toEqual(['13 accounts so far'])
    expect(await listRoles(token, '123456789012', place.context)).toEqual([
      {accountId: '123456789012', roleName: 'AdministratorAccess'},
      {accountId: '123456789012', roleName: 'PowerUserAccess'},
      {accountId: '123456789012', roleName: 'ReadOnlyAccess'},
    ])
  })

  test('come on as many pages as there are, each asked for once', async () => {
    const big = await startPlace({identityCenter: {accounts: manyAccounts(250)}})
    const own = await big.signIn()
    const accounts = await listAccounts(own, big.context)
    expect(accounts.map(({accountId}) => accountId)).toEqual(
      manyAccounts(250).map(({accountId}) => accountId),
    )
    expect(big.practice.log.entries.filter(({action}) => action === 'ListAccounts')).toHaveLength(3)
    await big.practice.close()
  })

  test('of all accounts come in the order of the accounts, told as they come', async () => {
    const accounts = await listAccounts(token, place.context)
    const notes: string[] = []
    const roles = await listAllRoles(token, accounts, {...place.context, report: (note) => notes.push(note)})
    expect([...new Set(roles.map(({accountId}) => accountId))]).toEqual(
      accounts.map(({accountId}) => accountId),
    )
    expect(notes).toEqual(accounts.map((_, index) => `roles of ${index + 1} of 13 accounts`))
    expect(await listAllRoles(token, [], place.context)).toEqual([])
  })

  test('are asked for with several accounts at once, and not with all', async () => {
    let open = 0
    let most = 0
    const stub = await answering([{roleList: [{roleName: 'Admin'}]}])
    const network = {
      ...stub.network,
      // Asked once for each call, when its client is made.
      proxyFor: () => {
        open += 1
        most = Math.max(most, open)
        return undefined
      },
    }
    const report = () => void (open -= 1)
    const roles = await listAllRoles(token, manyAccounts(40), {...place.context, network, report})
    expect(roles).toHaveLength(40)
    expect(most).toBeGreaterThanOrEqual(4)
    expect(most).toBeLessThanOrEqual(8)
    await stub.close()
  })

  test('being asked to wait is no fault: it is waited for, and said', async () => {
    const accounts = await listAccounts(token, place.context)
    place.practice.faults.add({kind: 'throttling', action: 'sso:ListAccountRoles', times: 30})
    const clock = quickClock()
    const notes: string[] = []
    const report = (note: string) => void notes.push(note)
    const roles = await listAllRoles(token, accounts, {...place.context, clock, report})
    expect(new Set(roles.map(({accountId}) => accountId)).size).toBe(13)
    expect(clock.waits).toHaveLength(30)
    expect(notes).toContain('AWS asks to wait; going on in 1 s')
  })

  test('a fault of one account ends the list with its own words', async () => {
    const accounts = await listAccounts(token, place.context)
    place.practice.faults.add({kind: 'reset', action: 'sso:ListAccountRoles', times: 1})
    expect(await outcome(listAllRoles(token, accounts, place.context))).toBe('CONNECTION_RESET')
    place.practice.faults.clear()
  })

  test('leaving in the middle gives no part of the list', async () => {
    const accounts = await listAccounts(token, place.context)
    for (const after of [1, 5, 13]) {
      const leaving = new AbortController()
      let told = 0
      const report = () => {
        told += 1
        if (told === after) leaving.abort()
      }
      const work = listAllRoles(token, accounts, {...place.context, signal: leaving.signal, report})
      expect(await outcome(work)).toBe('CANCELLED')
    }
  })

  test('an account that was taken away meanwhile has no roles; alone it is told as that', async () => {
    const accounts = await listAccounts(token, place.context)
    place.practice.identityCenter.removeAccount('333333333302')
    const roles = await listAllRoles(token, accounts, place.context)
    expect(new Set(roles.map(({accountId}) => accountId)).size).toBe(12)
    const {problem} = await failure(listRoles(token, '333333333302', place.context))
    expect(problem.code).toBe('SSO_ROLE_GONE')
    expect(problem.what).toContain('333333333302')
  })
})

describe('a list without an end is a fault, and no part of it is given', () => {
  const at = (network: SsoContext['network']): SsoContext => ({...place.context, network})

  test('one that goes round', async () => {
    const accountList = [{accountId: '111111111111'}]
    const stub = await answering([
      {accountList, nextToken: 'one'},
      {accountList, nextToken: 'two'},
      {accountList, nextToken: 'one'},
    ])
    const {problem} = await failure(listAccounts(token, at(stub.network)))
    expect(problem.code).toBe('BAD_ANSWER')
    expect(problem.why).toContain('The list has no end.')
    expect(stub.requests).toHaveLength(3)
    await stub.close()
  })

  test('one that always goes on', async () => {
    const answers = Array.from({length: 600}, (_, page) => ({
      roleList: [{roleName: `Role${page}`}],
      nextToken: `page-${page}`,
    }))
    const stub = await answering(answers)
    expect(await outcome(listRoles(token, '111111111111', at(stub.network)))).toBe('BAD_ANSWER')
    expect(stub.requests.length).toBeLessThanOrEqual(502)
    await stub.close()
  })

  test('entries that AWS would not give are left out', async () => {
    const accountList = [{accountId: '12'}, {accountName: 'no number'}, {accountId: '222222222222'}]
    const stub = await answering([{accountList}])
    expect(await listAccounts(token, at(stub.network))).toEqual([{accountId: '222222222222'}])
    await stub.close()
  })
})

describe('keys of a role', () => {
  const role = {accountId: '123456789012', roleName: 'ReadOnlyAccess'}

  test('are good, end by themselves, and show nothing of themselves', async () => {
    const {key, expiresAt} = await roleCredentials(token, role, place.context)
    expect(key.accessKeyId).toMatch(/^ASIA/)
    expect((expiresAt - Date.now()) / 60_000).toBeGreaterThan(50)
    expect(findCanary(everythingOf(key), reveal(key.secretAccessKey, key.sessionToken))).toEqual([])
    const {signal, network} = place.context
    const {arn, accountId} = await verifyIdentity(key, {region: region('eu-west-1'), network, signal})
    expect(accountId).toBe('123456789012')
    expect(arn).toMatch(/:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ada$/)
  })

  test.each([
    ['a role that is not yours', {...role, roleName: 'Billing'}],
    ['an account outside the organisation', {...role, accountId: '999999999999'}],
    ['an account without a number', {...role, accountId: 'nonsense'}],
    ['no role', {...role, roleName: ''}],
  ])('%s is told as that, with what to do', async (_, wrong) => {
    const {problem} = await failure(roleCredentials(token, wrong, place.context))
    expect(problem.code).toMatch(/^SSO_ROLE_GONE$|^BAD_ANSWER$/)
    expect(problem.nextSteps.join('\n')).not.toBe('')
  })

  test.each([
    ['without a key', {}],
    ['with half a key', {roleCredentials: {accessKeyId: 'ASIAAAAAAAAAAAAAAAAA', expiration: 1}}],
    [
      'with a key that is none',
      {roleCredentials: {accessKeyId: '[x]', secretAccessKey: 's', sessionToken: 't', expiration: 1}},
    ],
  ])('an answer %s is no role taken away', async (_, answer) => {
    const stub = await answering([answer])
    const work = roleCredentials(token, role, {...place.context, network: stub.network})
    expect(await outcome(work)).toBe('BAD_ANSWER')
    await stub.close()
  })

  test('the token goes in its header and nowhere else', async () => {
    const stub = await answering([{}])
    await outcome(roleCredentials(token, role, {...place.context, network: stub.network}))
    const {url = '', headers} = stub.requests[0]!
    expect(headers['x-amz-sso_bearer_token']).toBe(token.accessToken.reveal())
    expect(headers.authorization).toBeUndefined()
    expect(findCanary(url, reveal(token.accessToken))).toEqual([])
    await stub.close()
  })
})

describe('the end of a session', () => {
  test('ended elsewhere, every call says so and how to sign in', async () => {
    const own = await place.signIn()
    await signOut(own, place.context)
    const works = [
      listAccounts(own, place.context),
      listRoles(own, '123456789012', place.context),
      listAllRoles(own, [{accountId: '123456789012'}], place.context),
      roleCredentials(own, {accountId: '123456789012', roleName: 'ReadOnlyAccess'}, place.context),
    ]
    for (const work of works) {
      const {problem} = await failure(work)
      expect(problem.code).toBe('SSO_SESSION_EXPIRED')
      expect(problem.nextSteps).toContain('Sign in again: `serverless-setup sso login`')
    }
  })

  test('signing out twice is no fault, and asked of AWS each time', async () => {
    const own = await place.signIn()
    const before = calls('Logout')
    await signOut(own, place.context)
    await signOut(own, place.context)
    expect(calls('Logout') - before).toBe(2)
  })
})
