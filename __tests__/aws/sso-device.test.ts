/** Signing in with a code: registering, waiting for the person, and renewing without one. */
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {awaitDevice, startDevice} from '../../src/aws/sso-device.js'
import {refresh, register} from '../../src/aws/sso-oidc.js'
import {listAccounts} from '../../src/aws/sso-portal.js'
import type {DeviceAttempt, SsoContext} from '../../src/aws/sso-types.js'
import {startPractice} from '../../src/practice/server.js'
import {Secret} from '../../src/text/secret.js'
import {findCanary} from '../support/canary.js'
import {everythingOf, failure, outcome, quickClock, reveal, startPlace, type Place} from './sso-support.js'
import {answering} from './sso-stub.js'

let place: Place
beforeAll(async () => {
  place = await startPlace()
})
afterAll(async () => place.practice.close())

const begin = (context: SsoContext = place.context) => startDevice(place.session, place.registration, context)
const wait = (attempt: DeviceAttempt, context: SsoContext = place.context) =>
  awaitDevice(place.session, place.registration, attempt, context)
/** The person allows it while the program waits for the nth time. */
function approvedAt(nth: number, {userCode}: DeviceAttempt) {
  const clock = quickClock()
  return {
    ...clock,
    wait: async (ms: number, signal: AbortSignal) => {
      await clock.wait(ms, signal)
      if (clock.waits.length === nth) place.practice.identityCenter.approveDevice(userCode)
    },
  }
}
const polls = () => place.practice.log.entries.filter(({action}) => action === 'CreateToken').length

describe('registering', () => {
  test('names the grants of each way, and says for how long it is good', async () => {
    const clients = () => [...place.practice.identityCenter.state.signIns.clients.values()]
    const device = await register(place.session, 'device', place.context)
    expect(clients().at(-1)).toMatchObject({
      name: 'serverless-setup',
      scopes: ['sso:account:access'],
      grantTypes: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      redirectUris: [],
    })
    // Only what was made for the browser says so in the cache, as the AWS CLI does it.
    expect(device.grantTypes).toBeUndefined()
    const browser = await register(place.session, 'browser', place.context)
    expect(clients().at(-1)).toMatchObject({
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
    })
    expect(browser.grantTypes).toEqual(['authorization_code', 'refresh_token'])
    const days = (browser.expiresAt - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(89)
    expect(days).toBeLessThan(91)
    expect(everythingOf(browser)).not.toContain(browser.clientSecret.reveal())
  })

  test('the start URL that AWS does not know is told as that, in both ways', async () => {
    const wrong = {...place.session, startUrl: 'https://d-0000000000.awsapps.com/start'}
    const told = [
      await failure(startDevice(wrong, place.registration, place.context)),
      await failure(register(wrong, 'browser', place.context)),
    ]
    for (const {problem} of told) {
      expect(problem.code).toBe('SSO_PORTAL_REFUSED')
      expect(problem.what).toBe('AWS does not know this start URL in eu-west-1.')
      expect(problem.why).toContain(wrong.startUrl)
    }
  })

  test('one that AWS has forgotten is no wrong start URL', async () => {
    const {identityCenter} = place.practice
    const registration = await register(place.session, 'device', place.context)
    const attempt = await startDevice(place.session, registration, place.context)
    identityCenter.state.signIns.clients.delete(registration.clientId)
    for (const work of [
      startDevice(place.session, registration, place.context),
      awaitDevice(place.session, registration, attempt, place.context),
    ])
      expect(await outcome(work)).toBe('SSO_REGISTRATION_GONE')
  })
})

describe('the code', () => {
  test('comes with its page, its time and its pace', async () => {
    const attempt = await begin()
    expect(attempt.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/)
    expect(attempt.verificationUriComplete).toBe(`${attempt.verificationUri}?user_code=${attempt.userCode}`)
    expect(everythingOf(attempt)).not.toContain(attempt.deviceCode.reveal())
    // The practice server says nothing of a pace here: five seconds, as the standard has it.
    expect(attempt.intervalMs).toBe(5_000)
  })

  test('Allow gives a token that opens the accounts and can be renewed', async () => {
    const attempt = await begin()
    place.practice.identityCenter.approveDevice(attempt.userCode)
    const token = await wait(attempt)
    expect(token).toMatchObject({startUrl: place.session.startUrl, region: 'eu-west-1'})
    expect(token.registration).toBe(place.registration)
    expect(token.refreshToken).toBeDefined()
    expect((await listAccounts(token, place.context)).length).toBeGreaterThan(0)
    expect(findCanary(everythingOf(token), reveal(token.accessToken, token.refreshToken))).toEqual([])
  })

  test('Deny ends the waiting, with what to do next', async () => {
    const attempt = await begin()
    place.practice.identityCenter.denyDevice(attempt.userCode)
    const {problem} = await failure(wait(attempt))
    expect(problem.code).toBe('SSO_DENIED')
    expect(problem.nextSteps[0]).toContain('`serverless-setup sso login --session acme`')
  })

  test('a session whose name a shell would run is not named in a command', async () => {
    const session = {...place.session, name: 'a; rm -rf ~'}
    const attempt = await begin()
    place.practice.identityCenter.denyDevice(attempt.userCode)
    const {problem} = await failure(awaitDevice(session, place.registration, attempt, place.context))
    expect(problem.nextSteps.join()).toContain('`serverless-setup sso login`')
    expect(problem.nextSteps.join()).not.toContain('rm -rf')
  })

  test('expired at AWS, or by the clock whatever AWS says, it is told as that', async () => {
    const attempt = await begin()
    place.practice.identityCenter.expireDevice(attempt.userCode)
    expect(await outcome(wait(attempt))).toBe('SSO_CODE_EXPIRED')
    const before = polls()
    const clock = quickClock()
    const unheard = await begin({...place.context, clock})
    expect(await outcome(wait({...unheard, intervalMs: 60_000}, {...place.context, clock}))).toBe(
      'SSO_CODE_EXPIRED',
    )
    expect(clock.waits).toHaveLength(10)
    expect(polls() - before).toBe(9)
  })

  test('it is asked for at the pace that AWS wants, five seconds slower each time it says so', async () => {
    const {identityCenter} = place.practice
    const attempt = {...(await begin()), intervalMs: 1_000}
    identityCenter.slowDown(2)
    const clock = approvedAt(4, attempt)
    const before = polls()
    await wait(attempt, {...place.context, clock})
    // Two that are slowed down, one that is not decided yet, and the last.
    expect(clock.waits).toEqual([1_000, 6_000, 11_000, 11_000])
    // And no question in between.
    expect(polls() - before).toBe(4)
  })

  test('leaving while it waits ends it at once', async () => {
    const leaving = new AbortController()
    const attempt = await begin()
    const {clock: _, ...real} = place.context
    const waiting = outcome(wait(attempt, {...real, signal: leaving.signal}))
    leaving.abort()
    const start = performance.now()
    expect(await waiting).toBe('CANCELLED')
    expect(performance.now() - start).toBeLessThan(200)
  })
})

describe('a network that comes and goes while the person signs in', () => {
  test('does not end the sign-in, and is asked less often', async () => {
    const {faults} = place.practice
    const attempt = {...(await begin()), intervalMs: 1_000}
    faults.add({kind: 'reset', action: 'sso-oidc:CreateToken', times: 2})
    faults.add({kind: 'server-error', action: 'sso-oidc:CreateToken', times: 1})
    const clock = approvedAt(4, attempt)
    const notes: string[] = []
    const token = await wait(attempt, {...place.context, clock, report: (note) => notes.push(note)})
    expect(token.accessToken.length).toBeGreaterThan(10)
    expect(clock.waits).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(notes[0]).toMatch(/^The connection to 127\.0\.0\.1:\d+ was cut\. Asking again in 2 s\.$/)
  })

  test('ends it where it stays away, with its own words', async () => {
    const attempt = await begin()
    place.practice.faults.add({kind: 'reset', action: 'sso-oidc:CreateToken', times: 4})
    expect(await outcome(wait(attempt))).toBe('CONNECTION_RESET')
    place.practice.faults.clear()
  })

  test('ends it at once where it cannot pass by itself', async () => {
    const attempt = await begin()
    const before = polls()
    place.practice.faults.add({kind: 'html', status: 407, action: 'sso-oidc:CreateToken'})
    expect(await outcome(wait(attempt))).toBe('PROXY_ANSWERED')
    expect(polls() - before).toBeLessThanOrEqual(1)
    place.practice.faults.clear()
  })
})

describe('renewing', () => {
  test('gives a new token, and the next refresh token', async () => {
    const first = await place.signIn()
    const second = await refresh(first, place.context)
    expect(second.accessToken.equals(first.accessToken)).toBe(false)
    expect(second.refreshToken?.equals(first.refreshToken!)).toBe(false)
    expect(second.registration).toBe(first.registration)
    expect((await refresh(second, place.context)).refreshToken).toBeDefined()
  })

  test('is over with the session, and where there is nothing to renew with', async () => {
    const token = await place.signIn()
    const {refreshToken: _, ...without} = token
    expect(await outcome(refresh(without, place.context))).toBe('SSO_SESSION_EXPIRED')
    place.practice.identityCenter.endSessions()
    const {problem} = await failure(refresh(token, place.context))
    expect(problem.code).toBe('SSO_SESSION_EXPIRED')
    expect(problem.nextSteps.join()).toContain('`serverless-setup sso login`')
  })

  test('keeps the refresh token where AWS gives no other', async () => {
    const stub = await answering([{accessToken: 'a-new-token', expiresIn: 60, tokenType: 'Bearer'}])
    const token = await place.signIn()
    const renewed = await refresh(token, {...place.context, network: stub.network})
    expect(renewed.refreshToken).toBe(token.refreshToken)
    expect(renewed.accessToken.reveal()).toBe('a-new-token')
    await stub.close()
  })
})

describe('an answer that AWS would not give', () => {
  const secretly = {
    deviceCode: 'a-device-code-0123456789',
    userCode: 'ABCD-EFGH',
    expiresIn: 600,
    interval: 1,
  }
  test.each<[string, object]>([
    ['no page', secretly],
    ['a page with a command in it', {...secretly, verificationUri: 'https://x.example/\u001b]0;owned\u0007'}],
    ['a page of another kind', {...secretly, verificationUri: 'javascript:alert(1)'}],
    ['no code', {verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/', expiresIn: 600}],
  ])('%s is told as that, not as a wrong start URL', async (_, answer) => {
    const stub = await answering([answer])
    const error = await failure(
      startDevice(place.session, place.registration, {...place.context, network: stub.network}),
    )
    expect(error.problem.code).toBe('BAD_ANSWER')
    expect(everythingOf(error)).not.toContain('a-device-code-0123456789')
    await stub.close()
  })

  test('a time or a pace without measure is held to what is usual', async () => {
    const verificationUri = 'https://device.sso.eu-west-1.amazonaws.com/'
    const stub = await answering([{...secretly, verificationUri, expiresIn: 1e9, interval: 1e9}])
    const attempt = await startDevice(place.session, place.registration, {
      ...place.context,
      network: stub.network,
      clock: {...quickClock(), now: () => 0},
    })
    expect([attempt.expiresAt, attempt.intervalMs]).toEqual([3_600_000, 60_000])
    expect(attempt.verificationUriComplete).toBe(verificationUri)
    await stub.close()
  })

  test('what AWS says is told in its words, without the secrets they repeat', async () => {
    const {clientSecret} = place.registration
    const deviceCode = new Secret('the-device-code-9876543210-abcdefgh')
    const words = `Not today: ${clientSecret.reveal()} ${deviceCode.reveal()}\u001b]0;owned\u0007`
    const stub = await answering([{error: 'odd', error_description: words}], 400, 'OddException')
    const error = await failure(
      awaitDevice(
        place.session,
        place.registration,
        {...(await begin()), deviceCode},
        {...place.context, network: stub.network},
      ),
    )
    expect(error.problem.code).toBe('AWS_REFUSED')
    expect(error.problem.why).toContain('Not today')
    expect(error.problem.why).not.toMatch(/\u001b|\u0007/)
    expect(findCanary(everythingOf(error), reveal(clientSecret, deviceCode))).toEqual([])
    await stub.close()
  })
})

test('the real clock is used where none is given: a code that is allowed is found within the interval', async () => {
  const practice = await startPractice({identityCenter: {intervalSeconds: 1}})
  practice.identityCenter.autoApprove(0)
  const {clock: _, ...rest} = place.context
  const stubless = {...rest, network: {...rest.network, endpoints: {SSO_OIDC: practice.url}}}
  const registration = await register(place.session, 'device', stubless)
  const attempt = await startDevice(place.session, registration, stubless)
  const token = await awaitDevice(place.session, registration, attempt, stubless)
  expect(token.expiresAt).toBeGreaterThan(Date.now())
  await practice.close()
})
