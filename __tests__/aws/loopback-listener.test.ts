/** The listener that a sign-in in the browser ends at: who may end it, and who may not. */
import {request} from 'node:http'
import {connect, type Socket} from 'node:net'
import {networkInterfaces} from 'node:os'
import {inspect} from 'node:util'
import {afterEach, describe, expect, test} from '@jest/globals'
import fc from 'fast-check'
import {listenOnLoopback, type LoopbackListener} from '../../src/aws/loopback-listener.js'
import {Secret} from '../../src/text/secret.js'
import {findCanary} from '../support/canary.js'
import {runs, seed} from '../support/proof.js'

const PATH = '/oauth/callback'
const STATE = 'the-state-that-only-the-page-of-this-sign-in-knows'
const CODE = 'the-code-of-this-sign-in-0123456789'
const RIGHT = `${PATH}?code=${CODE}&state=${STATE}`
/** Of somebody who never leaves; one each, as listeners add up on a signal. */
const never = () => new AbortController().signal

const open: LoopbackListener[] = []
async function listening(lastsMs = 60_000) {
  const listener = await listenOnLoopback({path: PATH, state: new Secret(STATE), lastsMs})
  open.push(listener)
  return listener
}
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close()
})

interface Visit {
  readonly method?: string
  readonly target: string
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly from?: string
}

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly page: string
}

function visit({port}: {port: number}, {method = 'GET', target, host, headers, body, from}: Visit) {
  return new Promise<Answered>((resolve, reject) => {
    const asked = request(
      {
        host: from ?? '127.0.0.1',
        port,
        method,
        path: target,
        headers: {...headers, ...(host === undefined ? {} : {host})},
        agent: false,
      },
      (response) => {
        let page = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => (page += piece))
        response.on('error', reject)
        response.on('end', () => {
          resolve({status: response.statusCode ?? 0, headers: response.headers, page})
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Bytes as they are, for what no client would send. */
function raw({port}: {port: number}, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let seen = ''
    socket.on('data', (piece: Buffer) => (seen += piece.toString('latin1')))
    socket.on('error', () => resolve(seen))
    socket.on('close', () => resolve(seen))
    socket.write(bytes, 'latin1')
  })
}

/** Whether an answer was taken yet; asked after everything that waits in this turn. */
async function isTaken(listener: LoopbackListener): Promise<boolean> {
  const waiting = new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'))
  return (await Promise.race([listener.answer(never()), waiting])) !== 'waiting'
}

async function codeOf(listener: LoopbackListener): Promise<string> {
  const answer = await listener.answer(never())
  if ('error' in answer) throw new Error(`refused: ${answer.error}`)
  return answer.code.reveal()
}

test('the right callback brings the code, and the browser a page of our own', async () => {
  const listener = await listening()
  const {status, headers, page} = await visit(listener, {target: RIGHT})
  expect(status).toBe(200)
  expect(page).toContain('You can close this page')
  expect(findCanary(page + inspect(headers), [CODE, STATE])).toEqual([])
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  )
  expect(page).not.toMatch(/<script|https?:|src=|href=/)
  const answer = await listener.answer(never())
  expect(inspect(answer, {depth: 9, showHidden: true}) + JSON.stringify(answer)).not.toContain(CODE)
  expect(await codeOf(listener)).toBe(CODE)
})

test('it listens on 127.0.0.1 and no other address of this machine', async () => {
  const {port} = await listening()
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  const others = [...own.map(({address}) => address), '127.0.0.2', '::1'].filter(
    (address) => address !== '127.0.0.1' && !address.startsWith('fe80'),
  )
  for (const from of new Set(others))
    await expect(visit({port}, {target: RIGHT, host: `127.0.0.1:${port}`, from})).rejects.toThrow(
      /ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH|EAFNOSUPPORT/,
    )
  expect((await visit({port}, {target: RIGHT})).status).toBe(200)
})

describe('a wrong visitor is answered, told nothing, and changes nothing', () => {
  test.each<[string, number, Visit]>([
    ['no state', 400, {target: `${PATH}?code=x`}],
    ['an empty state', 400, {target: `${PATH}?code=x&state=`}],
    ['a state of the same length', 400, {target: `${PATH}?code=x&state=${'x'.repeat(STATE.length)}`}],
    ['the beginning of the state', 400, {target: `${PATH}?code=x&state=${STATE.slice(0, -1)}`}],
    ['the state in capitals', 400, {target: `${PATH}?code=x&state=${STATE.toUpperCase()}`}],
    ['two states, the right one among them', 400, {target: `${PATH}?code=x&state=${STATE}&state=y`}],
    ['a refusal without the state', 400, {target: `${PATH}?error=access_denied`}],
    ['the state without a code', 400, {target: `${PATH}?state=${STATE}`}],
    ['an empty code', 400, {target: `${PATH}?code=&state=${STATE}`}],
    ['two codes', 400, {target: `${PATH}?code=a&code=b&state=${STATE}`}],
    ['a code without an end', 400, {target: `${PATH}?code=${'c'.repeat(5_000)}&state=${STATE}`}],
    ['another path', 404, {target: `/?code=x&state=${STATE}`}],
    ['a longer path', 404, {target: `${PATH}/x?code=x&state=${STATE}`}],
    ['a slash more', 404, {target: `${PATH}/?code=x&state=${STATE}`}],
    ['a path that comes to the same', 404, {target: `/x/..${PATH}?code=x&state=${STATE}`}],
    ['a path with a host in it', 404, {target: `//127.0.0.1${PATH}?code=x&state=${STATE}`}],
    ['a whole address', 404, {target: `http://127.0.0.1${RIGHT}`}],
    ['the icon that browsers ask for', 404, {target: '/favicon.ico'}],
    ['POST', 405, {method: 'POST', target: RIGHT, body: 'code=x'}],
    ['HEAD', 405, {method: 'HEAD', target: RIGHT}],
    ['OPTIONS', 405, {method: 'OPTIONS', target: RIGHT}],
  ])('%s: %i', async (_, status, wrong) => {
    const listener = await listening()
    const answered = await visit(listener, wrong)
    expect(answered.status).toBe(status)
    expect(answered.page).not.toContain('close this page')
    expect(await isTaken(listener)).toBe(false)
    await visit(listener, {target: RIGHT})
    expect(await codeOf(listener)).toBe(CODE)
  })

  test.each([
    'localhost',
    'evil.example',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.evil.example',
    '[::1]',
    '0',
  ])('the host %s, as where a name of somebody else leads here', async (name) => {
    const listener = await listening()
    const host = name === '127.0.0.1' || name.includes(':1') ? name : `${name}:${listener.port}`
    expect((await visit(listener, {target: RIGHT, host})).status).toBe(400)
    expect(await isTaken(listener)).toBe(false)
  })

  test('text of the visitor never comes back', async () => {
    const listener = await listening()
    const payload = '"><script>alert(1)</script>'
    for (const target of [
      `${PATH}?error=${encodeURIComponent(payload)}&state=x`,
      `/${encodeURIComponent(payload)}`,
      `${PATH}?error=${encodeURIComponent(payload)}&error_description=${encodeURIComponent(payload)}&state=${STATE}`,
    ]) {
      const {page} = await visit(listener, {target})
      expect(page).not.toMatch(/alert/)
    }
  })
})

describe('one shot', () => {
  test('a second right callback is told that it is over, and the first counts', async () => {
    const listener = await listening()
    expect((await visit(listener, {target: RIGHT})).status).toBe(200)
    const replays = [RIGHT, `${PATH}?code=other&state=${STATE}`, `${PATH}?error=access_denied&state=${STATE}`]
    for (const target of replays) expect((await visit(listener, {target})).status).toBe(410)
    expect(await codeOf(listener)).toBe(CODE)
  })

  test('of many at once one is taken', async () => {
    const listener = await listening()
    const all = Array.from({length: 20}, (_, index) =>
      visit(listener, {target: `${PATH}?code=c${index}&state=${STATE}`}),
    )
    const statuses = (await Promise.all(all)).map(({status}) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 410)).toHaveLength(19)
  })

  test('a refusal with the right state is an answer too', async () => {
    const listener = await listening()
    const {page} = await visit(listener, {target: `${PATH}?error=access_denied&state=${STATE}`})
    expect(page).toContain('Nobody was signed in.')
    expect(await listener.answer(never())).toEqual({error: 'access_denied'})
  })
})

describe('its end', () => {
  test('leaving ends the waiting at once', async () => {
    const leaving = new AbortController()
    const waiting = (await listening()).answer(leaving.signal)
    leaving.abort()
    await expect(waiting).rejects.toThrow('left')
    await expect((await listening()).answer(leaving.signal)).rejects.toThrow('left')
  })

  test('closing it cuts every connection and frees the port', async () => {
    const listener = await listening()
    const sockets = await Promise.all(Array.from({length: 5}, () => connected(listener.port)))
    const ends = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
    sockets[0]!.write(`GET ${RIGHT} HTTP/1.1\r\nHost: 127`)
    await listener.close()
    await Promise.all(ends)
    await listener.close()
    await expect(visit(listener, {target: RIGHT})).rejects.toThrow('ECONNREFUSED')
  })

  test('nobody waiting for it any more, it closes itself', async () => {
    const listener = await listening(20)
    const end = Date.now() + 5_000
    let reason = ''
    while (reason === '' && Date.now() < end)
      await visit(listener, {target: '/'}).catch((error: {code: string}) => (reason = error.code))
    expect(reason).toMatch(/ECONNREFUSED|ECONNRESET/)
  })

  test('requests that never end are cut, and do not keep the right one out', async () => {
    const listener = await listening()
    const start = performance.now()
    const hogs = Array.from({length: 200}, (_, index) =>
      raw(listener, index % 2 ? `GET ${RIGHT} HTTP/1.1\r\nHost: 127.0.0.1:${listener.port}\r\nX-Slow: ` : ''),
    )
    await Promise.all(hogs)
    expect(performance.now() - start).toBeLessThan(12_000)
    expect(await isTaken(listener)).toBe(false)
    await visit(listener, {target: RIGHT})
    expect(await codeOf(listener)).toBe(CODE)
  })

  test('headers without an end are refused', async () => {
    const listener = await listening()
    const answered = await raw(
      listener,
      `GET ${RIGHT} HTTP/1.1\r\nHost: 127.0.0.1:${listener.port}\r\nX: ${'x'.repeat(64 * 1024)}`,
    )
    expect(answered).toMatch(/^$|^HTTP\/1\.1 4(31|00) /)
    expect(await isTaken(listener)).toBe(false)
  })
})

describe('whatever comes before, the right callback is taken', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'code=',
      'state=',
      STATE,
      '&',
      '?',
      '#',
      '%00',
      '%',
      '/',
      '..',
      PATH,
      'error=',
      ';',
      '\\',
      '%2e',
    ),
    fc.constantFrom(
      STATE.slice(1),
      `${STATE}%00`,
      `${STATE}+`,
      STATE.toUpperCase(),
      encodeURIComponent(`${STATE} `),
    ),
    fc.webFragments(),
  )
  const target = fc
    .tuple(
      fc.constantFrom(PATH, `${PATH}?`, `${PATH}?code=x&state=`, '/', '', '//', 'http://127.0.0.1'),
      fc.array(piece, {maxLength: 6}),
    )
    .map(([start, pieces]) => start + pieces.join(''))
  const host = fc.constantFrom(
    'right',
    'right',
    'right',
    'localhost',
    'evil.example',
    '',
    '127.0.0.1',
    '127.1',
  )
  const method = fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PUT', 'HEAD', 'get', 'CONNECT', 'PRI', '')
  const line = fc.constantFrom(
    '',
    'Host: evil.example\r\n',
    'Content-Length: 9\r\n',
    'Transfer-Encoding: chunked\r\n',
    'X-Forwarded-Host: x\r\n',
    'Upgrade: websocket\r\nConnection: upgrade\r\n',
  )

  /** Compared by hand with what is right, not by the parser of the code under test. */
  function couldBeRight(text: string, port: number): boolean {
    const [, target = '', rest = ''] = /^GET (\S+) HTTP\/1\.[01]\r\n([^]*)$/.exec(text) ?? []
    const [path, ...query] = target.split('?')
    const states = query
      .join('?')
      .split('&')
      .filter((each) => each.startsWith('state='))
    return (
      path === PATH &&
      states.some((each) => each === `state=${STATE}`) &&
      rest.toLowerCase().includes(`host: 127.0.0.1:${port}`)
    )
  }

  test('wrong callbacks by the thousand end nothing', async () => {
    const listener = await listening()
    const statuses = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(method, target, host, line, async (method, target, host, line) => {
        const name = host === 'right' ? `127.0.0.1:${listener.port}` : host
        const text = `${method} ${target} HTTP/1.1\r\nHost: ${name}\r\n${line}Connection: close\r\n\r\n`
        fc.pre(!couldBeRight(text, listener.port))
        const answered = await raw(listener, text + 'x'.repeat(9))
        const status = /^HTTP\/1\.1 (\d{3})/.exec(answered)?.[1] ?? 'cut'
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status).toMatch(/^(4\d\d|cut)$/)
        expect(answered).not.toContain(STATE)
        expect(await isTaken(listener)).toBe(false)
      }),
      {numRuns: runs(2_000), seed},
    )
    // Each kind of refusal was reached.
    for (const status of ['400', '404', '405']) expect(statuses.get(status)).toBeGreaterThan(10)
    expect((await visit(listener, {target: RIGHT})).status).toBe(200)
    expect(await codeOf(listener)).toBe(CODE)
  }, 120_000)
})

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
  })
}
