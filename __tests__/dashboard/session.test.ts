/** Who is signed in: kept where Serverless Framework keeps it, renewed once, never in any other file or word. */
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {listOrgs} from '../../src/dashboard/client.js'
import {DashboardSession} from '../../src/dashboard/session.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {homeSandbox, type Home} from '../support/home.js'
import {contextAt, problemOf} from './support.js'

let practice: Practice
let home: Home
beforeEach(async () => {
  practice = await startPractice()
  home = homeSandbox()
  practice.dashboard.autoApprove()
})
afterEach(async () => {
  home.remove()
  await practice.close()
})

const session = (env: Record<string, string> = {}) => new DashboardSession(env, home.path, 'prod')
const context = async () =>
  contextAt(practice.url, {clock: {now: Date.now, random: () => 0, wait: async () => undefined}})

async function signedIn(): Promise<DashboardSession> {
  const made = session()
  await made.begin(await context())
  await made.finish(await context())
  return made
}

const orgs = async (of: DashboardSession) => {
  const where = await context()
  return of.call(where, async (bearer) => listOrgs('practice', bearer, where))
}
const kept = () =>
  JSON.parse(home.read('.serverlessrc')) as {
    users: Record<string, {dashboard: {idToken: string; expiresAt: number; refreshToken: string}}>
  }
const tokens = () => kept().users['practice-user-1']!.dashboard

describe('a sign-in', () => {
  test('is kept, and found by a later run', async () => {
    await signedIn()
    expect(await session().signedIn()).toMatchObject({kind: 'user', user: {username: 'practice'}})
    expect(await orgs(session())).toMatchObject([{orgName: 'practice-org'}])
    expect(tokens().expiresAt).toBeGreaterThan(Date.now() + 3_600_000)
  })

  test('that is refused is renewed once, and the new one is kept', async () => {
    const made = await signedIn()
    const before = tokens().idToken
    practice.dashboard.expireSessions('tokens')
    expect(await orgs(made)).toHaveLength(1)
    expect(tokens().idToken).not.toBe(before)
  })

  test('that ends soon is renewed before it is used', async () => {
    await signedIn()
    const json = kept()
    tokens()
    json.users['practice-user-1']!.dashboard.expiresAt = Date.now() + 5_000
    home.write('.serverlessrc', JSON.stringify(json))
    const before = tokens().idToken
    await orgs(session())
    expect(tokens().idToken).not.toBe(before)
    expect(
      practice.log.entries.filter(({action}) => action === 'ListOrgs').every(({status}) => status === 200),
    ).toBe(true)
  })

  test('that cannot be renewed has ended', async () => {
    const made = await signedIn()
    practice.dashboard.expireSessions('all')
    expect((await problemOf(orgs(made))).code).toBe('DASHBOARD_SIGNED_OUT')
  })

  test('that another run renewed meanwhile is taken over', async () => {
    const made = await signedIn()
    const old = home.read('.serverlessrc')
    practice.dashboard.expireSessions('tokens')
    await orgs(session())
    const renewed = home.read('.serverlessrc')
    home.write('.serverlessrc', old)
    // The old refresh token was used up; while it is refused the other run writes the new one.
    const where = await context()
    const stale = made.call(where, async (bearer) => {
      home.write('.serverlessrc', renewed)
      return listOrgs('practice', bearer, where)
    })
    expect(await stale).toHaveLength(1)
  })

  test('nobody is signed in', async () => {
    expect(await session().signedIn()).toBeUndefined()
    expect((await problemOf(orgs(session()))).code).toBe('DASHBOARD_SIGNED_OUT')
  })
})

describe('a key in the environment', () => {
  test.each(['SERVERLESS_ACCESS_KEY', 'SERVERLESS_USER_ACCESS_KEY'])(
    '%s comes before a sign-in',
    async (name) => {
      await signedIn()
      const found = await session({[name]: practice.dashboard.newAccessKey()}).signedIn()
      expect(found?.kind).toBe('key')
    },
  )

  test('that is refused is told as one', async () => {
    expect((await problemOf(orgs(session({SERVERLESS_ACCESS_KEY: 'nonesuch'})))).code).toBe(
      'DASHBOARD_KEY_REFUSED',
    )
    expect((await problemOf(session({SERVERLESS_ACCESS_KEY: 'two words'}).signedIn())).code).toBe(
      'DASHBOARD_KEY_REFUSED',
    )
  })
})

test('a file that could not be written afterwards is told before the browser opens', async () => {
  home.write('.serverlessrc', '{broken')
  expect((await problemOf(session().begin(await context()))).code).toBe('RC_NOT_UNDERSTOOD')
  expect(practice.dashboard.pendingLogins()).toEqual([])
  expect(home.read('.serverlessrc')).toBe('{broken')
})
