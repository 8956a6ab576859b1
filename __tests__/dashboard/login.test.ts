/** Signing in with a browser, and what can go wrong between the page and the tokens. */
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {WebSocketServer} from 'ws'
import {beginLogin} from '../../src/dashboard/login.js'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {findCanary} from '../support/canary.js'
import {contextAt, problemOf} from './support.js'

let practice: Practice
beforeEach(async () => {
  practice = await startPractice()
})
afterEach(async () => practice.close())

const signal = () => new AbortController().signal

describe('with the practice Dashboard', () => {
  test('a person who allows it is signed in', async () => {
    const attempt = await beginLogin(await contextAt(practice.url))
    expect(attempt.url).toContain('client=cli&transactionId=')
    const waiting = attempt.finish(signal())
    await practice.dashboard.visit(attempt.url, {choose: 'allow'})
    expect(await waiting).toMatchObject({
      userId: 'practice-user-1',
      username: 'practice',
      name: 'Practice Person',
      email: 'practice@example.com',
    })
  })

  test('what came before it was waited for is not lost', async () => {
    const attempt = await beginLogin(await contextAt(practice.url))
    practice.dashboard.dropSocket('after')
    await practice.dashboard.visit(attempt.url, {choose: 'allow'})
    expect(await attempt.finish(signal())).toMatchObject({username: 'practice'})
  })

  test.each(['deny', 'drop'] as const)('%s: the sign-in is cut', async (how) => {
    const attempt = await beginLogin(await contextAt(practice.url))
    const problem = problemOf(attempt.finish(signal()))
    if (how === 'drop') practice.dashboard.dropSocket('before')
    await practice.dashboard
      .visit(attempt.url, {choose: how === 'deny' ? 'deny' : 'allow'})
      .catch(() => undefined)
    expect((await problem).code).toBe('DASHBOARD_LOGIN_CUT')
  })

  test('leaving ends it at once, and the page is of no use any more', async () => {
    const abort = new AbortController()
    const attempt = await beginLogin(await contextAt(practice.url))
    const problem = problemOf(attempt.finish(abort.signal))
    abort.abort()
    expect((await problem).code).toBe('CANCELLED')
    expect((await problemOf(beginLogin(await contextAt(practice.url, {signal: abort.signal})))).code).toBe(
      'CANCELLED',
    )
  })

  test('a broker that is down is told as that', async () => {
    practice.dashboard.down(1)
    expect((await problemOf(beginLogin(await contextAt(practice.url)))).code).toBe('DASHBOARD_DOWN')
  })
})

/** A broker that says these messages and then, where told to, hangs up. */
async function broker(messages: readonly string[], hangsUp = false): Promise<{url: string; close(): void}> {
  const server = createServer()
  const sockets = new WebSocketServer({server})
  sockets.on('connection', (socket) => {
    socket.on('message', () => {
      for (const message of messages) socket.send(message)
      if (hangsUp) socket.close()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const client of sockets.clients) client.terminate()
      server.close()
    },
  }
}

const READY = '{"event":"ready","transactionId":"t 1&x=y"}'

describe('a broker that behaves otherwise', () => {
  test('a name of the transaction cannot change the page', async () => {
    const {url, close} = await broker([READY])
    const attempt = await beginLogin(await contextAt(url))
    expect(new URL(attempt.url).searchParams.get('transactionId')).toBe('t 1&x=y')
    expect([...new URL(attempt.url).searchParams.keys()]).toEqual(['client', 'transactionId'])
    attempt.close()
    close()
  })

  test.each([
    ['hangs up at once', [], true, 'DASHBOARD_LOGIN_CUT'],
    ['names no transaction', ['{"event":"ready"}'], false, 'BAD_ANSWER'],
    ['says nothing', [], false, 'TIMED_OUT'],
    ['says what nobody understands', ['hello', '[]', '{"event":"other"}'], true, 'DASHBOARD_LOGIN_CUT'],
  ] as const)('%s', async (_, messages, hangsUp, code) => {
    const {url, close} = await broker(messages, hangsUp)
    const limits = {connectMs: 300, callMs: 300}
    expect((await problemOf(beginLogin(await contextAt(url, {limits})))).code).toBe(code)
    close()
  })

  test('tokens that cannot be used are told without showing them', async () => {
    const bad = 'tOkEn with blanks tOkEntOkEn'
    const {url, close} = await broker([
      READY,
      JSON.stringify({
        event: 'fulfilled',
        id_token: bad,
        access_token: 'a',
        refresh_token: 'r',
        username: 'u',
      }),
    ])
    const problem = await problemOf((await beginLogin(await contextAt(url))).finish(signal()))
    expect(problem.code).toBe('BAD_ANSWER')
    expect(findCanary(JSON.stringify(problem), [bad])).toEqual([])
    close()
  })

  test('nobody listens', async () => {
    const {url, close} = await broker([])
    close()
    expect((await problemOf(beginLogin(await contextAt(url)))).code).toBe('CONNECTION_REFUSED')
  })
})
