/** Signing in: a WebSocket to the broker waits until the person has finished in the browser. */
import {WebSocket, type RawData} from 'ws'
import {systemClock} from '../aws/clock.js'
import {classify} from '../aws/errors.js'
import {NETWORK_WORDS} from '../aws/explain-network.js'
import {agentsFor, TIME_LIMITS} from '../aws/http.js'
import {silenceNodeDebug} from '../aws/node-debug.js'
import type {RegionName} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import type {DashboardUser} from '../service/serverless-rc.js'
import {NotAnswered} from './call.js'
import {tokensFrom} from './client.js'
import type {DashboardContext} from './context.js'
import * as problems from './problems.js'
import {object, optionalText, text, type Json} from './wire.js'

/** A sign-in that waits for a person. */
export interface LoginAttempt {
  /** The page on which to sign in. */
  readonly url: string
  /** Waits for the person. @throws Failure DASHBOARD_LOGIN_CUT, DASHBOARD_LOGIN_LATE, CANCELLED */
  finish(signal: AbortSignal): Promise<DashboardUser>
  /** Ends it; its page is of no use from then on. */
  close(): void
}

const MAX_WAIT_MINUTES = 15
/** A connection on which nothing is said is cut by proxies, and by the broker's gateway after ten minutes. */
const PING_MS = 25_000
const MAX_MESSAGE_BYTES = 256 * 1024

/** Connects to the broker and has a page made. @throws Failure DASHBOARD_LOGIN_CUT, or the code of a network fault */
export async function beginLogin(context: DashboardContext): Promise<LoginAttempt> {
  const {endpoints, signal, limits = TIME_LIMITS, clock = systemClock} = context
  if (signal.aborted) throw new Failure(problems.cancelled)
  silenceNodeDebug()
  const agents = await agentsFor(endpoints.broker.replace(/^ws/, 'http'), context.network)
  const socket = new WebSocket(endpoints.broker, {
    agent: endpoints.broker.startsWith('wss:') ? agents.httpsAgent : agents.httpAgent,
    followRedirects: false,
    handshakeTimeout: limits.callMs,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  })
  const messages = new Messages(socket)
  const ping = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }, PING_MS)
  ping.unref()
  const close = () => {
    clearInterval(ping)
    socket.terminate()
  }
  try {
    socket.once('open', () => socket.send(JSON.stringify({action: 'login'})))
    const ready = await messages.next('ready', signal, limits.callMs)
    const transactionId = text(ready, 'transactionId')
    if (transactionId.length > 512) throw new NotAnswered('The transaction has no usable name.')
    return {
      url: loginPage(endpoints.frontend, transactionId),
      finish: async (until) => {
        try {
          const fulfilled = await messages.next('fulfilled', until, MAX_WAIT_MINUTES * 60_000)
          return userFrom(fulfilled, clock.now())
        } catch (error) {
          if (error instanceof Late) throw new Failure(problems.loginLate(MAX_WAIT_MINUTES))
          throw new Failure(problemOf(error, context, until))
        } finally {
          close()
        }
      },
      close,
    }
  } catch (error) {
    close()
    throw new Failure(problemOf(error, context, signal))
  }
}

function loginPage(frontend: string, transactionId: string): string {
  const url = new URL(frontend)
  url.searchParams.set('client', 'cli')
  url.searchParams.set('transactionId', transactionId)
  return url.href
}

/** The connection ended; `cause` says how, where the system did. */
class Cut extends Error {
  override readonly name = 'Cut'
}

class Late extends Error {
  override readonly name = 'TimeoutError'
}

/** What the broker says, kept until it is asked for: it may come in one piece with the end of the connection. */
class Messages {
  readonly #heard: Json[] = []
  #ended: Error | undefined
  #wake: () => void = () => undefined

  constructor(socket: WebSocket) {
    socket.on('message', (data) => {
      const json = jsonOf(data)
      if (json) this.#heard.push(json)
      this.#wake()
    })
    const end = (error: Error) => {
      this.#ended ??= error
      this.#wake()
    }
    socket.on('error', (error) => end(error))
    socket.on('close', () => end(new Cut('closed')))
  }

  /** The next message of this event. Others are passed over. Rejects when the connection ends or the time is over. */
  async next(event: string, signal: AbortSignal, withinMs: number): Promise<Json> {
    const found = () => this.#heard.find((json) => json['event'] === event)
    return new Promise((resolve, reject) => {
      const leave = (act: () => void) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', look)
        this.#wake = () => undefined
        act()
      }
      const look = () => {
        const json = found()
        const ended = this.#ended
        if (json) leave(() => resolve(json))
        else if (signal.aborted) leave(() => reject(new Cut('left')))
        else if (ended) leave(() => reject(ended))
      }
      const timer = setTimeout(() => leave(() => reject(new Late('No answer in time.'))), withinMs)
      this.#wake = look
      signal.addEventListener('abort', look)
      look()
    })
  }
}

function jsonOf(data: RawData): Json | undefined {
  try {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
    return object(JSON.parse(bytes.toString('utf8')))
  } catch {
    return undefined
  }
}

function userFrom(json: Json, now: number): DashboardUser {
  const tokens = tokensFrom(json, now)
  const claims = claimsOf(tokens.idToken.reveal())
  const userId = optionalText(claims, 'tracking_id', 'sub') ?? text(json, 'user_uid')
  const name = optionalText(claims, 'name')
  const email = optionalText(claims, 'email')
  return {
    userId,
    username: text(json, 'username'),
    ...(name === undefined ? {} : {name}),
    ...(email === undefined ? {} : {email}),
    tokens,
  }
}

/** What a JWT says of the person. It came over a connection that proves who sent it; the signature is for others. */
function claimsOf(jwt: string): Json {
  try {
    return object(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')))
  } catch {
    return {}
  }
}

function problemOf(error: unknown, {endpoints, network}: DashboardContext, signal: AbortSignal): Problem {
  if (error instanceof Failure) return error.problem
  if (signal.aborted) return problems.cancelled
  if (error instanceof Cut) return problems.loginCut
  const status = /^Unexpected server response: ([0-9]{3})$/.exec(
    error instanceof Error ? error.message : '',
  )?.[1]
  const observation = {...(status === undefined ? {} : {status: Number(status)})}
  if (Number(status) >= 500) return problems.down(problems.ABOUT_LOGIN, Number(status))
  if (Number(status) === 429) return problems.busy(problems.ABOUT_LOGIN)
  const code = classify(error, observation, signal)
  const fault = code in NETWORK_WORDS ? (code as keyof typeof NETWORK_WORDS) : 'BAD_ANSWER'
  const words = NETWORK_WORDS[fault](
    {
      service: 'DASHBOARD',
      asked: endpoints.broker.replace(/^ws/, 'http'),
      operation: 'login',
      region: 'us-east-1' as RegionName,
      network,
      observation,
    },
    error,
  )
  return {...words, code: fault}
}
