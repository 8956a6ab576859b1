/** The login broker: a WebSocket that waits with the program until the person has allowed the sign-in. */
import {randomBytes} from 'node:crypto'
import type {IncomingMessage} from 'node:http'
import type {Duplex} from 'node:stream'
import {WebSocketServer, type RawData, type WebSocket} from 'ws'
import {PERSON} from './dashboard-sessions.js'
import type {DashboardState} from './state.js'
import {isOwnHost} from '../console/guard.js'
import type {RequestLog} from '../request-log.js'

export const BROKER_PATH = '/login/broker'

const MAX_MESSAGE_BYTES = 4096
const MAX_WAITING = 100

export interface BrokerParts {
  readonly state: DashboardState
  readonly log: RequestLog
  readonly now: () => number
}

export class LoginBroker {
  /** Milliseconds until a sign-in is allowed without a person. */
  autoApproveMs: number | undefined
  readonly #parts: BrokerParts
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    clientTracking: true,
  })
  readonly #waiting = new Map<string, WebSocket>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(parts: BrokerParts) {
    this.#parts = parts
  }

  /** Transactions that wait for a person, oldest first. */
  get pending(): readonly string[] {
    return [...this.#waiting.keys()]
  }

  /** Takes the connection of a program of this machine; refuses web pages from elsewhere. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, port: number): void {
    // A sender that is gone already has nobody to be told.
    socket.on('error', () => socket.destroy())
    const {origin, host} = incoming.headers
    const isOwn = isOwnHost(incoming, port) && (origin === undefined || origin === `http://${host}`)
    const isKnown = (incoming.url ?? '').split('?')[0] === BROKER_PATH
    const status = !isOwn
      ? 403
      : !isKnown
        ? 404
        : this.#parts.state.faults.take() !== undefined || this.#waiting.size >= MAX_WAITING
          ? 503
          : 101
    this.#note('Connect', status)
    if (status !== 101) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    this.#sockets.handleUpgrade(incoming, socket, head, (client) => {
      client.on('error', () => {
        client.terminate()
      })
      client.on('message', (message) => {
        this.#hear(client, message)
      })
      client.on('close', () => {
        this.#forget(client)
      })
    })
  }

  isPending(transactionId: string): boolean {
    return this.#waiting.has(transactionId)
  }

  /** Ends the sign-in with the tokens. @returns false when no program waits for it */
  allow(transactionId: string): boolean {
    const client = this.#take(transactionId)
    if (client === undefined) return false
    const drop = this.#parts.state.faults.takeDrop()
    if (drop === 'before') {
      client.terminate()
      return true
    }
    const tokens = this.#parts.state.sessions.issue()
    const message = {event: 'fulfilled', ...tokens, username: PERSON.userName, user_uid: PERSON.userUid}
    client.send(JSON.stringify(message), () => {
      if (drop === 'after') client.terminate()
    })
    this.#note('Fulfilled', 200)
    return true
  }

  /** The person said no: the socket is closed without a word, for the clients know no other message. */
  deny(transactionId: string): boolean {
    const client = this.#take(transactionId)
    client?.close()
    return client !== undefined
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const client of this.#sockets.clients) client.terminate()
    this.#sockets.close()
  }

  #hear(client: WebSocket, message: RawData): void {
    if (actionOf(message) !== 'login') return
    // One sign-in a socket: a second question is answered as if the first had not been.
    this.#forget(client)
    const transactionId = randomBytes(18).toString('base64url')
    this.#waiting.set(transactionId, client)
    this.#note('Login', 200)
    const isDropped = this.#parts.state.faults.dropSocket === 'before'
    if (isDropped) this.#parts.state.faults.takeDrop()
    client.send(JSON.stringify({event: 'ready', transactionId}), () => {
      if (isDropped) client.terminate()
    })
    if (isDropped || this.autoApproveMs === undefined) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.allow(transactionId)
    }, this.autoApproveMs)
    this.#timers.add(timer)
  }

  #forget(client: WebSocket): void {
    for (const [id, each] of this.#waiting) if (each === client) this.#waiting.delete(id)
  }

  #take(transactionId: string): WebSocket | undefined {
    const client = this.#waiting.get(transactionId)
    this.#waiting.delete(transactionId)
    return client
  }

  #note(action: string, status: number): void {
    this.#parts.log.add({at: this.#parts.now(), method: 'WS', service: 'dashboard', action, status})
  }
}

function actionOf(message: RawData): unknown {
  try {
    const parsed: unknown = JSON.parse((message as Buffer).toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && 'action' in parsed ? parsed.action : undefined
  } catch {
    return undefined
  }
}
