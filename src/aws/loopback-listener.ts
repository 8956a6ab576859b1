/** Where the browser comes back to after a sign-in: a listener on this machine, for one answer (RFC 8252). */
import {createHash, timingSafeEqual} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {Secret} from '../text/secret.js'

/** Longest code that is taken; those of AWS have some hundred characters. */
const MAX_CODE_LENGTH = 4_096
/** A request that is not whole by then is cut, in milliseconds. */
const REQUEST_MS = 5_000
/** How often is looked for such requests, in milliseconds; Node's own 30 seconds would let a few of them block the rest. */
const CHECK_MS = 1_000
const MAX_CONNECTIONS = 64

export interface ListenerOptions {
  /** The one path that is answered. */
  readonly path: string
  /** What only the page that we sent the browser to knows. */
  readonly state: Secret
  /** Closes itself after this long, in milliseconds, should nobody wait for it any more. */
  readonly lastsMs: number
}

/** What the sign-in page sent: a code, or the OAuth name of an error. */
export type LoopbackAnswer = {readonly code: Secret} | {readonly error: string}

export interface LoopbackListener {
  readonly port: number
  /** The first right answer. Rejects when the signal aborts. */
  answer(signal: AbortSignal): Promise<LoopbackAnswer>
  /** Ends it with every connection. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Listens on 127.0.0.1 only, on a port the system chooses. What does not name this host, this path and our state is
 * refused and changes nothing: a wrong visitor must not be able to end the sign-in. One right answer is taken.
 * @throws the error of `listen`
 */
export async function listenOnLoopback({path, state, lastsMs}: ListenerOptions): Promise<LoopbackListener> {
  let take: ((answer: LoopbackAnswer) => void) | undefined
  const taken = new Promise<LoopbackAnswer>((resolve) => (take = resolve))
  const server = createServer({
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
    connectionsCheckingInterval: CHECK_MS,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = MAX_CONNECTIONS
  await listen(server)
  const {port} = server.address() as AddressInfo
  server.on('request', (request, response) => {
    const verdict = judge(request, {path, state, port, isTaken: take === undefined})
    if ('status' in verdict) return reply(response, verdict.status, REFUSED)
    const tell = take
    take = undefined
    // Told when the page is out: whoever waits closes the listener, and that would cut it.
    response.once('close', () => tell?.(verdict))
    reply(response, 200, 'error' in verdict ? FAILED : DONE)
  })
  let closed: Promise<void> | undefined
  const close = () => {
    clearTimeout(timer)
    return (closed ??= new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }))
  }
  // Neither keeps the program running when nobody waits for an answer.
  const timer = setTimeout(() => void close(), lastsMs)
  timer.unref()
  server.unref()
  return {
    port,
    answer: (signal) =>
      new Promise((resolve, reject) => {
        const leave = () => reject(new Error('The sign-in was left.'))
        if (signal.aborted) return leave()
        signal.addEventListener('abort', leave, {once: true})
        void taken.then((answer) => {
          signal.removeEventListener('abort', leave)
          resolve(answer)
        })
      }),
    close,
  }
}

interface Expected {
  readonly path: string
  readonly state: Secret
  readonly port: number
  readonly isTaken: boolean
}

function judge(
  {method, url = '', headers}: IncomingMessage,
  {path, state, port, isTaken}: Expected,
): LoopbackAnswer | {readonly status: number} {
  // Another name for this machine means that a page of somebody else leads here (DNS rebinding).
  if (headers.host !== `127.0.0.1:${port}`) return {status: 400}
  // As it was sent: a parser would take `//elsewhere/path` and `/x/../path` for the path as well.
  const [sentPath, ...query] = url.split('?')
  if (sentPath !== path) return {status: 404}
  if (method !== 'GET') return {status: 405}
  if (isTaken) return {status: 410}
  const parameters = new URLSearchParams(query.join('?'))
  const given = onlyOne(parameters, 'state')
  if (given === undefined || !isSame(given, state.reveal())) return {status: 400}
  const error = parameters.get('error')
  if (error !== null) return {error: error.slice(0, 100)}
  const code = onlyOne(parameters, 'code')
  return code && code.length <= MAX_CODE_LENGTH ? {code: new Secret(code)} : {status: 400}
}

/** A parameter that comes twice is read as one or the other by different readers: it counts as none. */
function onlyOne(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name)
  return others.length === 0 ? value : undefined
}

/** In constant time, so that the state cannot be guessed letter by letter. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const DONE = 'Your sign-in has arrived. You can close this page and go back to the terminal.'
const FAILED = 'Nobody was signed in. You can close this page and go back to the terminal.'
const REFUSED = 'This is not the answer that is waited for.'

const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;margin:4em auto;max-width:30em;padding:0 1em}'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** Our own words only: nothing of the request is sent back. */
function reply(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? {Allow: 'GET'} : {}),
    Connection: 'close',
  })
  response.end(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>serverless-setup</title><style>${STYLE}</style></head>` +
      `<body><h1>serverless-setup</h1><p>${words}</p></body></html>\n`,
  )
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
