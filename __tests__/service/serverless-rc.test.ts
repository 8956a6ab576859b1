/** `~/.serverlessrc`: read and written as Serverless Framework does, with everything else in it kept. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {Secret} from '../../src/text/secret.js'
import {
  readDashboardUser,
  saveDashboardUser,
  serverlessRcPath,
  type DashboardUser,
} from '../../src/service/serverless-rc.js'
import {runs, seed} from '../support/proof.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'serverless-setup-rc-'))
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

const rc = () => join(home, '.serverlessrc')
const user: DashboardUser = {
  userId: 'u1',
  username: 'ada',
  email: 'ada@example.com',
  tokens: {
    idToken: new Secret('id'),
    accessToken: new Secret('access'),
    refreshToken: new Secret('refresh'),
    expiresAt: 1_900_000_000_000,
  },
}

describe('where it is', () => {
  test('in the home folder; in .config where only that one exists; named by the stage', async () => {
    expect(await serverlessRcPath(home, 'prod')).toBe(rc())
    mkdirSync(join(home, '.config'))
    writeFileSync(join(home, '.config', '.serverlessrc'), '{}')
    expect(await serverlessRcPath(home, 'prod')).toBe(join(home, '.config', '.serverlessrc'))
    writeFileSync(rc(), '{}')
    expect(await serverlessRcPath(home, 'prod')).toBe(rc())
    expect(await serverlessRcPath(home, 'dev')).toBe(join(home, '.serverlessdevrc'))
  })
})

describe('what is written', () => {
  test('is what the Framework reads, for this user alone', async () => {
    writeFileSync(rc(), '{"frameworkId":"f"}')
    chmodSync(rc(), 0o644)
    await saveDashboardUser(home, 'prod', user)
    expect(JSON.parse(readFileSync(rc(), 'utf8'))).toEqual({
      frameworkId: 'f',
      userId: 'u1',
      users: {
        u1: {
          userId: 'u1',
          email: 'ada@example.com',
          username: 'ada',
          dashboard: {
            refreshToken: 'refresh',
            accessToken: 'access',
            idToken: 'id',
            expiresAt: 1_900_000_000_000,
            username: 'ada',
            accessKeys: {},
          },
        },
      },
    })
    expect(statSync(rc()).mode & 0o777).toBe(0o600)
    const found = await readDashboardUser(home, 'prod')
    expect(found).toMatchObject({userId: 'u1', username: 'ada', email: 'ada@example.com'})
    expect(found?.tokens.refreshToken.reveal()).toBe('refresh')
  })

  test('goes through a link to the file behind it', async () => {
    mkdirSync(join(home, 'dotfiles'))
    writeFileSync(join(home, 'dotfiles', 'rc'), '{"a":1}')
    symlinkSync(join(home, 'dotfiles', 'rc'), rc())
    await saveDashboardUser(home, 'prod', user)
    expect(JSON.parse(readFileSync(join(home, 'dotfiles', 'rc'), 'utf8'))).toMatchObject({a: 1, userId: 'u1'})
  })

  test('two at once lose nothing', async () => {
    await Promise.all(['u1', 'u2', 'u3'].map((userId) => saveDashboardUser(home, 'prod', {...user, userId})))
    const {users} = JSON.parse(readFileSync(rc(), 'utf8')) as {users: object}
    expect(Object.keys(users).sort()).toEqual(['u1', 'u2', 'u3'])
  })

  test('keeps whatever else is in the file, also of this user', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        async (other, own) => {
          const before = JSON.parse(JSON.stringify({...other, users: {u1: own, u9: {a: 1}}})) as Record<
            string,
            unknown
          >
          writeFileSync(rc(), JSON.stringify(before))
          await saveDashboardUser(home, 'prod', user)
          const after = JSON.parse(readFileSync(rc(), 'utf8')) as Record<string, unknown> & {
            users: Record<string, Record<string, unknown>>
          }
          for (const key of Object.keys(before))
            if (key !== 'users' && key !== 'userId') expect(after[key]).toEqual(before[key])
          const set = ['userId', 'email', 'username', 'dashboard']
          for (const key of Object.keys(own))
            if (!set.includes(key))
              expect(after.users['u1']![key]).toEqual(
                (before['users'] as {u1: Record<string, unknown>}).u1[key],
              )
          expect(after.users['u9']).toEqual({a: 1})
        },
      ),
      {numRuns: runs(40), seed},
    )
  })
})

describe('every byte that is not of the sign-in', () => {
  const old = `\ufeff{
    "frameworkId":   "f",\r
    "big": 12345678901234567890, "small": 1.50,
    "userId": "u0",
    "users": {
        "u0": {"userId": "u0", "meta": {"at": 100000000000000000001}},
        "u1": {
            "dashboard": {"accessKeys": {"org": "key"}, "idToken": "old", "expiresAt": 12},
            "username": "before"
        }
    },
    "trackingDisabled": false
}`

  test('stays, whatever the layout, and numbers that JavaScript cannot hold', async () => {
    writeFileSync(rc(), old)
    await saveDashboardUser(home, 'prod', user)
    const after = readFileSync(rc(), 'utf8')
    for (const kept of [
      '\ufeff{\n    "frameworkId":   "f",\r\n    "big": 12345678901234567890, "small": 1.50,\n    "userId": "u1",\n',
      '        "u0": {"userId": "u0", "meta": {"at": 100000000000000000001}},\n        "u1": {\n',
      '"accessKeys": {"org": "key"}, "idToken": "id", "expiresAt": 1900000000000',
      '    },\n    "trackingDisabled": false\n}',
    ])
      expect(after).toContain(kept)
    expect((await readDashboardUser(home, 'prod'))?.username).toBe('ada')
  })

  test('stays when a token is renewed: nothing but the tokens and their end is another', async () => {
    writeFileSync(rc(), old)
    await saveDashboardUser(home, 'prod', user)
    const before = readFileSync(rc(), 'utf8')
    const tokens = {...user.tokens, idToken: new Secret('renewed'), expiresAt: 1_900_000_009_999}
    await saveDashboardUser(home, 'prod', {...user, tokens})
    expect(readFileSync(rc(), 'utf8')).toBe(
      before.replace('"idToken": "id"', '"idToken": "renewed"').replace('1900000000000', '1900000009999'),
    )
  })

  test.each([
    '{"users": ["none"], "kept":  12345678901234567890123 }',
    '{"users": null, "kept":  12345678901234567890123 }',
    '{"userId": 5, "users": {"u1": 1}, "kept":  12345678901234567890123 }',
    '{"users": {"u1": {"dashboard": null, "kept":  12345678901234567890123 }}}',
    '{"users": {"u1": {"dashboard": {"accessKeys": 1}, "kept":  12345678901234567890123 }}}',
  ])('something else that stands on the way to a sign-in gives way, and the rest stays: %s', async (text) => {
    writeFileSync(rc(), text)
    await saveDashboardUser(home, 'prod', user)
    expect(readFileSync(rc(), 'utf8')).toContain('"kept":  12345678901234567890123')
    expect((await readDashboardUser(home, 'prod'))?.tokens.idToken.reveal()).toBe('id')
  })

  test.each([
    ['bytes that are no text', Buffer.from([...Buffer.from('{"s": "'), 0xff, 0xe9, ...Buffer.from('"}')])],
    ['no end of brackets', Buffer.from(`{"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`)],
  ])('what could not be written back is refused and left as it is: %s', async (_what, bytes) => {
    writeFileSync(rc(), bytes)
    await expect(saveDashboardUser(home, 'prod', user)).rejects.toMatchObject({
      problem: {code: 'RC_NOT_UNDERSTOOD'},
    })
    expect(readFileSync(rc())).toEqual(bytes)
  })
})

describe('what is read', () => {
  test('never throws for what is in the file but that it is no JSON object', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .record({userId: fc.jsonValue(), users: fc.dictionary(fc.string(), fc.jsonValue())})
            .map((value) => JSON.stringify(value)),
        ),
        async (text) => {
          writeFileSync(rc(), text)
          const found = await readDashboardUser(home, 'prod').then(
            () => 'read',
            (error: unknown) => (error as {problem?: {code: string}}).problem?.code,
          )
          expect(['read', 'RC_NOT_UNDERSTOOD']).toContain(found)
        },
      ),
      {numRuns: runs(80), seed},
    )
  })

  test('a broken file is refused and left as it is', async () => {
    writeFileSync(rc(), '{"userId":')
    await expect(saveDashboardUser(home, 'prod', user)).rejects.toMatchObject({
      problem: {code: 'RC_NOT_UNDERSTOOD'},
    })
    expect(readFileSync(rc(), 'utf8')).toBe('{"userId":')
  })

  test('nobody is signed in without a refresh token', async () => {
    writeFileSync(rc(), '{"userId":"u1","users":{"u1":{"dashboard":{"idToken":"x"}}}}')
    expect(await readDashboardUser(home, 'prod')).toBeUndefined()
  })

  test('a token without a date is to be renewed first', async () => {
    writeFileSync(rc(), '{"userId":"u1","users":{"u1":{"dashboard":{"refreshToken":"r","idToken":"i"}}}}')
    expect((await readDashboardUser(home, 'prod'))?.tokens.expiresAt).toBe(0)
  })
})
