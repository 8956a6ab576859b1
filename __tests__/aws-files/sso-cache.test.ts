/** Where sign-ins are kept: the names and the form in which every AWS tool looks for them. */
import {spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {Secret} from '../../src/text/secret.js'
import type {SsoSession, SsoToken} from '../../src/domain/sso.js'
import {parseRegion} from '../../src/domain/validators.js'
import {
  deleteToken,
  readRegistration,
  readToken,
  ssoCacheFolder,
  tokenPath,
  withTokenLock,
  writeRegistration,
  writeToken,
} from '../../src/aws-files/sso-cache.js'
import {homeSandbox, type Home} from '../support/home.js'
import {runs, seed} from '../support/proof.js'
import {whyNoBotocore} from './support/botocore.js'
import {testUnless} from './support/skip.js'

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
const session: SsoSession = {
  name: 'acme',
  startUrl: 'https://acme.awsapps.com/start',
  region: parseRegion('eu-west-1')!,
  scopes: ['sso:account:access'],
}
const expiresAt = Date.UTC(2030, 0, 2, 3, 4, 5)
const registration = {
  clientId: 'client-1',
  clientSecret: new Secret('client-secret-1'),
  expiresAt,
  scopes: session.scopes,
}
const token: SsoToken = {
  startUrl: session.startUrl,
  region: session.region,
  accessToken: new Secret('access-token-1'),
  expiresAt,
  refreshToken: new Secret('refresh-token-1'),
  registration,
}

let home: Home
beforeEach(() => {
  home = homeSandbox()
})
afterEach(() => home.remove())

const file = () => join(home.path, '.aws', 'sso', 'cache', `${sha1('acme')}.json`)
const put = (text: string | Uint8Array) => {
  mkdirSync(ssoCacheFolder(home.path), {recursive: true})
  writeFileSync(file(), text)
}

describe('a token', () => {
  test('stands under the hash of its session, as the AWS CLI writes it, private to the user', async () => {
    await writeToken(home.path, session, token)
    expect(tokenPath(home.path, session)).toBe(file())
    expect(JSON.parse(home.read(`.aws/sso/cache/${sha1('acme')}.json`))).toEqual({
      startUrl: session.startUrl,
      region: 'eu-west-1',
      accessToken: 'access-token-1',
      expiresAt: '2030-01-02T03:04:05Z',
      clientId: 'client-1',
      clientSecret: 'client-secret-1',
      registrationExpiresAt: '2030-01-02T03:04:05Z',
      refreshToken: 'refresh-token-1',
    })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(statSync(ssoCacheFolder(home.path)).mode & 0o777).toBe(0o700)
    expect(readdirSync(ssoCacheFolder(home.path))).toEqual([`${sha1('acme')}.json`])
  })

  test('is read back as it was, also in the forms of other tools', async () => {
    await writeToken(home.path, session, token)
    const read = await readToken(home.path, session)
    expect(read?.accessToken.reveal()).toBe('access-token-1')
    expect(read?.refreshToken?.reveal()).toBe('refresh-token-1')
    expect(read?.registration?.clientSecret.reveal()).toBe('client-secret-1')
    expect(read?.expiresAt).toBe(expiresAt)
    for (const date of ['2030-01-02T03:04:05.000Z', '2030-01-02T03:04:05UTC']) {
      put(
        JSON.stringify({accessToken: 'a', expiresAt: date, startUrl: session.startUrl, region: 'eu-west-1'}),
      )
      expect((await readToken(home.path, session))?.expiresAt).toBe(expiresAt)
    }
  })

  test('of the old form stands under the hash of its start URL', async () => {
    await writeToken(home.path, {startUrl: session.startUrl}, token)
    expect(existsSync(join(ssoCacheFolder(home.path), `${sha1(session.startUrl)}.json`))).toBe(true)
  })

  test('of another portal under the same name is none', async () => {
    await writeToken(home.path, session, {...token, startUrl: 'https://other.awsapps.com/start'})
    expect(await readToken(home.path, session)).toBeUndefined()
  })

  test('is made private again where the old one was open, and deleted once', async () => {
    put('{}')
    chmodSync(file(), 0o644)
    await writeToken(home.path, session, token)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(await deleteToken(home.path, session)).toBe(true)
    expect(await deleteToken(home.path, session)).toBe(false)
  })

  test('whatever stands in the file, nothing is thrown and nothing half is believed', async () => {
    const almost = fc.record(
      {
        accessToken: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        expiresAt: fc.oneof(fc.string(), fc.constant('2030-01-02T03:04:05Z'), fc.integer()),
        startUrl: fc.oneof(fc.constant(session.startUrl), fc.anything()),
        region: fc.oneof(fc.constant('eu-west-1'), fc.string()),
        clientId: fc.anything(),
      },
      {requiredKeys: []},
    )
    const content = fc.oneof(
      almost.map((each) => JSON.stringify(each)),
      fc.string(),
      fc.uint8Array().map((each) => Buffer.from(each)),
      fc.json(),
    )
    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        put(text)
        const read = await readToken(home.path, session)
        if (!read) return
        expect(read.accessToken.length).toBeGreaterThan(0)
        expect(Number.isFinite(read.expiresAt)).toBe(true)
      }),
      {numRuns: runs(200), seed},
    )
  })
})

describe('a registration', () => {
  test('is kept apart for the browser and for a code', async () => {
    await writeRegistration(home.path, session, registration)
    expect((await readRegistration(home.path, session, 'device'))?.clientId).toBe('client-1')
    expect(await readRegistration(home.path, session, 'browser')).toBeUndefined()
    const forBrowser = {
      ...registration,
      clientId: 'client-2',
      grantTypes: ['authorization_code', 'refresh_token'],
    }
    await writeRegistration(home.path, session, forBrowser)
    expect((await readRegistration(home.path, session, 'browser'))?.clientId).toBe('client-2')
  })

  testUnless(whyNoBotocore())('stands where botocore looks for it', async () => {
    await writeRegistration(home.path, session, registration)
    const {stdout} = spawnSync(
      'python3',
      [
        '-c',
        `import json, hashlib
args = {'tool': 'botocore', 'startUrl': '${session.startUrl}', 'region': 'eu-west-1', 'scopes': ['sso:account:access'], 'session_name': 'acme'}
print(hashlib.sha1(json.dumps(args, sort_keys=True).encode('utf-8')).hexdigest())`,
      ],
      {encoding: 'utf8'},
    )
    expect(readdirSync(ssoCacheFolder(home.path))).toEqual([`${stdout.trim()}.json`])
  })
})

test('two runs do not renew a session at the same time', async () => {
  const order: string[] = []
  const turn = async (name: string) =>
    withTokenLock(home.path, session, async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`${name} ends`)
    })
  await Promise.all([turn('one'), turn('two')])
  expect(order[0]?.split(' ')[0]).toBe(order[1]?.split(' ')[0])
  expect(order[2]?.split(' ')[0]).toBe(order[3]?.split(' ')[0])
})
