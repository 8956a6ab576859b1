/** Signing in with the browser of this machine, from the page to the token. */
import {createHash} from 'node:crypto'
import {get} from 'node:http'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {startBrowser} from '../../src/aws/sso-browser.js'
import {refresh, register} from '../../src/aws/sso-oidc.js'
import {listAccounts} from '../../src/aws/sso-portal.js'
import type {SsoContext} from '../../src/aws/sso-types.js'
import {checkPage} from '../../src/adapters/page-address.js'
import type {SsoRegistration} from '../../src/domain/sso.js'
import {findCanary} from '../support/canary.js'
import {runs, seed} from '../support/proof.js'
import {region} from './keys.js'
import {everythingOf, failure, outcome, quickClock, reveal, startPlace, type Place} from './sso-support.js'

let place: Place
let context: SsoContext
let registration: SsoRegistration
beforeAll(async () => {
  place = await startPlace()
  // Time is the real one: somebody has to come back from the browser.
  const {clock: _, ...rest} = place.context
  context = rest
  registration = await register(place.session, 'browser', context)
})
afterAll(async () => place.practice.close())

const begin = () => startBrowser(place.session, registration, context)
const fieldsOf = (url: string) => new URL(url).searchParams
const redirectOf = (url: string) => new URL(fieldsOf(url).get('redirect_uri') ?? '')

/** What a visitor of the listener gets to see; `gone` where nobody listens any more. */
function visit(redirect: URL, query: Readonly<Record<string, string>>): Promise<number | 'gone'> {
  const {hostname: host, port, pathname} = redirect
  const path = `${pathname}?${new URLSearchParams(query).toString()}`
  return new Promise((resolve) => {
    get({host, port, path, agent: false}, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', () => resolve('gone'))
  })
}

describe('the page', () => {
  test('is asked for as the standard says, with no secret of ours in it', async () => {
    const attempt = await begin()
    const page = new URL(attempt.url)
    expect(page.origin + page.pathname).toBe(`${place.practice.url}/authorize`)
    expect(Object.fromEntries(page.searchParams)).toEqual({
      response_type: 'code',
      client_id: registration.clientId,
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/),
      state: expect.stringMatching(/^[\w-]{32}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      scopes: 'sso:account:access',
    })
    expect(findCanary(everythingOf(attempt), reveal(registration.clientSecret))).toEqual([])
    expect(attempt.expiresAt - Date.now()).toBeGreaterThan(590_000)
    await attempt.close()
  })

  test('of AWS itself is one that may be opened, in every partition', async () => {
    for (const name of ['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'ap-southeast-7', 'eusc-de-east-1']) {
      const session = {...place.session, region: region(name)}
      const nowhere = {...context.network, endpoints: {}}
      const attempt = await startBrowser(session, registration, {...context, network: nowhere})
      expect(new URL(attempt.url).hostname).toMatch(
        new RegExp(`^oidc\\.${name}\\.amazonaws\\.(com|com\\.cn|eu)$`),
      )
      expect(checkPage(attempt.url)).toEqual({url: attempt.url})
      await attempt.close()
    }
  })

  test('is another each time', async () => {
    const [one, other] = [await begin(), await begin()]
    for (const name of ['state', 'code_challenge', 'redirect_uri'])
      expect(fieldsOf(one.url).get(name)).not.toBe(fieldsOf(other.url).get(name))
    await Promise.all([one.close(), other.close()])
  })
})

describe('coming back', () => {
  test('allowed gives a token that opens the accounts and can be renewed', async () => {
    const attempt = await begin()
    const finished = attempt.finish(context)
    const {page, status} = await place.practice.identityCenter.visit(attempt.url, {choose: 'allow'})
    expect([status, page]).toEqual([200, expect.stringContaining('You can close this page')])
    const token = await finished
    expect(token.registration?.grantTypes).toContain('authorization_code')
    expect((await listAccounts(token, context)).length).toBe(13)
    expect((await refresh(token, context)).refreshToken).toBeDefined()
    expect(findCanary(everythingOf(token), reveal(token.accessToken, token.refreshToken))).toEqual([])
  })

  test('before anybody waits is not lost', async () => {
    const attempt = await begin()
    await place.practice.identityCenter.visit(attempt.url, {choose: 'allow'})
    expect((await attempt.finish(context)).accessToken.length).toBeGreaterThan(10)
  })

  test('denied is told as that', async () => {
    const attempt = await begin()
    const finished = failure(attempt.finish(context))
    const {page} = await place.practice.identityCenter.visit(attempt.url, {choose: 'deny'})
    expect(page).toContain('Nobody was signed in.')
    const {problem} = await finished
    expect(problem.code).toBe('SSO_DENIED')
    expect(problem.nextSteps.join()).toContain('`serverless-setup sso login --session acme`')
  })

  test('with another error is told in its words, cleaned', async () => {
    const attempt = await begin()
    const finished = failure(attempt.finish(context))
    const state = fieldsOf(attempt.url).get('state') ?? ''
    await visit(redirectOf(attempt.url), {error: 'invalid_scope\u001b]0;owned\u0007', state})
    const {problem} = await finished
    expect(problem.code).toBe('SSO_PAGE_REFUSED')
    expect(problem.why).toContain('invalid_scope')
    expect(problem.why).not.toMatch(/[\u001b\u0007]/)
    expect(problem.nextSteps.join()).toContain('--device-code')
  })

  test('with a code that AWS did not give is no token, and the code stands nowhere', async () => {
    const attempt = await begin()
    const finished = failure(attempt.finish(context))
    const state = fieldsOf(attempt.url).get('state') ?? ''
    const code = 'a-code-that-somebody-made-up-0123456789'
    await visit(redirectOf(attempt.url), {code, state})
    const error = await finished
    expect(error.problem.code).toBe('SSO_CODE_EXPIRED')
    expect(findCanary(everythingOf(error), [code, ...reveal(registration.clientSecret)])).toEqual([])
  })

  test('to a program that AWS has forgotten is told as that', async () => {
    const {identityCenter} = place.practice
    const own = await register(place.session, 'browser', context)
    const attempt = await startBrowser(place.session, own, context)
    const finished = outcome(attempt.finish(context))
    identityCenter.state.signIns.clients.delete(own.clientId)
    await visit(redirectOf(attempt.url), {code: 'x', state: fieldsOf(attempt.url).get('state') ?? ''})
    expect(await finished).toBe('SSO_REGISTRATION_GONE')
  })

  test('with the state of another sign-in is refused, and the right one is still taken', async () => {
    const [mine, other] = [await begin(), await begin()]
    const finished = mine.finish(context)
    const state = fieldsOf(other.url).get('state') ?? ''
    expect(await visit(redirectOf(mine.url), {code: 'x', state})).toBe(400)
    await place.practice.identityCenter.visit(mine.url)
    await finished
    await other.close()
  })

  test('the verifier that is sent belongs to the challenge, and is sent nowhere else', async () => {
    // The practice server compares both; here that each is as long and as random as the standard wants.
    const attempt = await begin()
    const challenge = fieldsOf(attempt.url).get('code_challenge') ?? ''
    expect(Buffer.from(challenge, 'base64url')).toHaveLength(32)
    expect(challenge).not.toBe(createHash('sha256').update('').digest('base64url'))
    await attempt.close()
  })
})

describe('the end of waiting', () => {
  test('leaving, being late and closing end the listener', async () => {
    const left = await begin()
    const leaving = new AbortController()
    const finished = outcome(left.finish({...context, signal: leaving.signal}))
    leaving.abort()
    const start = performance.now()
    expect(await finished).toBe('CANCELLED')
    expect(performance.now() - start).toBeLessThan(200)
    const late = await begin()
    expect(await outcome(late.finish({...context, clock: quickClock()}))).toBe('SSO_CODE_EXPIRED')
    const closed = await begin()
    await closed.close()
    for (const {url} of [left, late, closed]) expect(await visit(redirectOf(url), {})).toBe('gone')
  })

  test('it waits ten minutes at most', async () => {
    const clock = quickClock()
    const attempt = await startBrowser(place.session, registration, {...context, clock})
    await outcome(attempt.finish({...context, clock}))
    expect(clock.waits[0]).toBeGreaterThan(599_000)
    expect(clock.waits[0]).toBeLessThanOrEqual(600_000)
  })

  test('nothing of it keeps the program running once the browser has come back', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const attempt = await begin()
    const finished = attempt.finish(context)
    await place.practice.identityCenter.visit(attempt.url)
    await finished
    expect(timers()).toBeLessThanOrEqual(before)
  })

  test('left before it began, it never listens', async () => {
    const leaving = new AbortController()
    leaving.abort()
    const work = startBrowser(place.session, registration, {...context, signal: leaving.signal})
    expect(await outcome(work)).toBe('CANCELLED')
  })
})

test('whatever comes before the right callback, the sign-in goes on', async () => {
  const attempt = await begin()
  const finished = attempt.finish(context)
  const redirect = redirectOf(attempt.url)
  const state = fieldsOf(attempt.url).get('state') ?? ''
  const wrong = fc.record(
    {
      code: fc.string(),
      error: fc.constantFrom('access_denied', 'server_error', ''),
      state: fc.oneof(fc.string(), fc.constantFrom(state.slice(1), `${state} `, state.toUpperCase(), '')),
    },
    {requiredKeys: []},
  )
  await fc.assert(
    fc.asyncProperty(wrong, async (query) => {
      fc.pre(query.state !== state)
      expect(await visit(redirect, query)).toBe(400)
    }),
    {numRuns: runs(300), seed},
  )
  await place.practice.identityCenter.visit(attempt.url)
  expect((await finished).accessToken.length).toBeGreaterThan(10)
})
