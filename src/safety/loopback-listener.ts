/** Where the browser comes back to after a sign-in: a listener on this machine, for one answer (RFC 8252). */
import {timingSafeEqual} from 'node:crypto'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {Secret} from './secret.js'

/** Longest code that is taken; those of AWS have some hundred characters. */
const MAX_CODE_LENGTH = 4_096
/** A request that is not whole by then is cut, in milliseconds. */
const REQUEST_MS = 5_000

export interface ListenerOptions {
  /** The one path that is answered. */
  readonly path: string
  /** What only the page that we sent the browser to knows. */
  readonly state: Secret
}

/** What the sign-in page sent: a code, or the name of an error. */
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
 */
export async function listenOnLoopback({path, state}: ListenerOptions): Promise<LoopbackListener> {
  let take: ((answer: LoopbackAnswer) => void) | undefined
  const taken = new Promise<LoopbackAnswer>((resolve) => (take = resolve))
  const server = createServer({
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
    maxHeaderSize: 16 * 1024,
  })
  server.maxConnections = 32
  await listen(server)
  const {port} = server.address() as AddressInfo
  server.on('request', (request, response) => {
    const verdict = judge(request, {path, state, port, isTaken: take === undefined})
    if ('status' in verdict) return reply(response, verdict.status, REFUSED)
    const tell = take
    take = undefined
    reply(response, 200, 'error' in verdict ? DENIED : DONE)
    tell?.(verdict)
  })
  let isClosed = false
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
    close: async () => {
      if (isClosed) return
      isClosed = true
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        // The page that thanks is still on its way: what is idle goes now, the rest at once after it.
        server.closeIdleConnections()
        setImmediate(() => server.closeAllConnections())
      })
    },
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
  if (!url.startsWith('/') || !URL.canParse(url, 'http://127.0.0.1')) return {status: 400}
  const {pathname, searchParams} = new URL(url, 'http://127.0.0.1')
  if (pathname !== path) return {status: 404}
  if (method !== 'GET') return {status: 405}
  if (isTaken) return {status: 410}
  const [given, ...others] = searchParams.getAll('state')
  if (given === undefined || others.length > 0 || !isSame(given, state.reveal())) return {status: 400}
  const error = searchParams.get('error')
  if (error !== null) return {error: error.slice(0, 100)}
  const [code, ...more] = searchParams.getAll('code')
  if (!code || more.length > 0 || code.length > MAX_CODE_LENGTH) return {status: 400}
  return {code: new Secret(code)}
}

/** In constant time, so that the state cannot be guessed letter by letter. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const DONE = 'You are signed in. You can close this page and go back to the terminal.'
const DENIED = 'The sign-in was denied. You can close this page and go back to the terminal.'
const REFUSED = 'This is not the answer that is waited for.'

/** Our own words only: nothing of the request is sent back. */
function reply(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  })
  response.end(
    `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>serverless-setup</title>` +
      `<body style="font-family: sans-serif; margin: 4em auto; max-width: 30em"><h1>serverless-setup</h1><p>${words}</p></body></html>\n`,
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
