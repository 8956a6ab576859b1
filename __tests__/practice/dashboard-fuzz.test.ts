import {once} from 'node:events'
import fc from 'fast-check'
import {WebSocket} from 'ws'
import {api, beginLogin, messageOf, signedIn} from './dashboard-support.js'
import {rawCall} from './raw.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {runs, seed} from '../support/proof.js'

let practice: Practice
let token: string
const failures: unknown[] = []
const keepFailure = (failure: unknown) => failures.push(failure)
beforeAll(async () => {
  process.on('uncaughtException', keepFailure)
  process.on('unhandledRejection', keepFailure)
  practice = await startPractice()
  token = (await signedIn(practice)).id_token
})
afterAll(async () => {
  process.off('uncaughtException', keepFailure)
  process.off('unhandledRejection', keepFailure)
  await practice.close()
})

async function isWell(): Promise<void> {
  expect((await api(practice, '/core/me', {token})).status).toBe(200)
  expect(failures).toEqual([])
}

const piece = fc.oneof(
  fc.constantFrom('core', 'orgs', 'tenants', 'applications', 'providers', 'set-default', 'instances', '%'),
  fc.constantFrom('practice-org', '__proto__', '%00', '%ff', 'dashboard', 'create-stack', 'login', 'stacks'),
  fc.string({maxLength: 12}).map(encodeURIComponent),
)
/** Calls that there are, with noise in their holes, and paths of nothing but noise. */
const call = fc
  .tuple(
    fc.constantFrom(
      '/core/tenants/?/applications',
      '/core/tenants/practice-org/applications/?',
      '/core/tenants/practice-org/applications',
      '/core/tenants/?',
      '/core/tokens/refresh',
      '/orgs/?/providers',
      '/orgs/?/providers/?/set-default',
      '/orgs/?/instances/?',
      '/dashboard/stacks/?',
      '/dashboard/create-stack?stackName=?',
    ),
    fc.infiniteStream(piece),
  )
  .map(([path, pieces]) => path.replace(/\?(?!stack)/g, () => pieces.next().value))
const noise = fc
  .tuple(fc.constantFrom('/core/', '/orgs/', '/dashboard/', '/providers/'), fc.array(piece, {maxLength: 6}))
  .map(([head, rest]) => head + rest.join('/'))
const target = fc.oneof({weight: 3, arbitrary: call}, {weight: 1, arbitrary: noise})
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.json({maxDepth: 1}).map((each) => `token=${each}`),
)

test('no request crashes it or leaves a caller without an answer', async () => {
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS')
  await fc.assert(
    fc.asyncProperty(target, method, body, fc.boolean(), async (path, verb, text, isSignedIn) => {
      const headers = {
        'content-type': 'application/json',
        ...(isSignedIn ? {authorization: `Bearer ${token}`} : {}),
      }
      const answer = await rawCall(practice.url, {method: verb, target: path, headers, body: text})
      expect(answer.status).toBeLessThan(500)
    }),
    {numRuns: runs(150), seed},
  )
  await isWell()
})

test('a body beyond the rules of a call is refused, never half taken', async () => {
  const {orgUid} = practice.dashboard.state.orgByName('practice-org')
  const paths = [
    '/core/tenants/practice-org/applications',
    `/orgs/${orgUid}/providers`,
    `/orgs/${orgUid}/instances/appName|a|serviceName|b|stage|c|region|d`,
  ]
  const providerLike = fc.record(
    {
      alias: fc.anything(),
      appName: fc.anything(),
      providerUid: fc.anything(),
      providerName: fc.constantFrom('aws', 7),
      providerType: fc.constantFrom('roleArn', 'accessKey', null),
      providerDetails: fc.oneof(
        fc.record({roleArn: fc.anything(), accessKeyId: fc.anything()}),
        fc.anything(),
      ),
    },
    {requiredKeys: []},
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), providerLike, async (path, value) => {
      const text = JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}` : each))
      const headers = {authorization: `Bearer ${token}`}
      const answer = await rawCall(practice.url, {method: 'POST', target: path, headers, body: text})
      expect([200, 400, 404, 409]).toContain(answer.status)
      expect(() => JSON.parse(answer.body) as unknown).not.toThrow()
    }),
    {numRuns: runs(100), seed},
  )
  await isWell()
})

test('no message to the broker crashes it, and a login after it is answered', async () => {
  const message = fc.oneof(
    fc.json(),
    fc.string(),
    fc.uint8Array({maxLength: 64}).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom('{"action":"login"}', '{"action":"logout"}', 'null', '[]', '{"action":{"a":1}}'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(message, {maxLength: 5}), async (messages) => {
      const socket = new WebSocket(`${practice.url.replace('http:', 'ws:')}/login/broker`)
      await once(socket, 'open')
      for (const each of messages) socket.send(each)
      const ready = messageOf(socket, 'ready')
      socket.send('{"action":"login"}')
      expect(await ready).toMatchObject({transactionId: expect.any(String)})
      const closed = once(socket, 'close')
      socket.terminate()
      await closed
    }),
    {numRuns: runs(40), seed},
  )
  await isWell()
})

test('a message that is too long ends that socket only', async () => {
  const other = await beginLogin(practice)
  const socket = new WebSocket(`${practice.url.replace('http:', 'ws:')}/login/broker`)
  await once(socket, 'open')
  socket.send('x'.repeat(5000))
  await once(socket, 'close')
  await practice.dashboard.visit(other.page)
  expect((await other.fulfilled).event).toBe('fulfilled')
  other.socket.close()
  await isWell()
})
