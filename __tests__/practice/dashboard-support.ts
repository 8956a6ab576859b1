/** A program that signs in to the practice Dashboard, on the bare WebSocket. */
import {once} from 'node:events'
import {WebSocket} from 'ws'
import type {Practice} from '../../src/practice/server.js'

export interface Fulfilled {
  readonly event: 'fulfilled'
  readonly id_token: string
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly username: string
  readonly user_uid: string
}

export interface Waiting {
  readonly socket: WebSocket
  readonly transactionId: string
  /** Where the person allows it. */
  readonly page: string
  /** The message with the tokens; rejects when the socket closes first. */
  readonly fulfilled: Promise<Fulfilled>
  readonly closed: Promise<unknown>
}

export async function beginLogin({url}: Pick<Practice, 'url'>): Promise<Waiting> {
  const socket = new WebSocket(`${url.replace('http:', 'ws:')}/login/broker`)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const ready = messageOf(socket, 'ready')
  // Listened for from the start: both messages may come in one piece.
  const fulfilled = messageOf(socket, 'fulfilled') as unknown as Promise<Fulfilled>
  fulfilled.catch(() => undefined)
  await once(socket, 'open')
  socket.send(JSON.stringify({action: 'login'}))
  const {transactionId} = await ready
  const page = `${url}/?client=cli&transactionId=${encodeURIComponent(String(transactionId))}`
  return {socket, transactionId: String(transactionId), page, fulfilled, closed}
}

/** Signed in, as after a person's Allow. */
export async function signedIn(practice: Practice): Promise<Fulfilled> {
  const {page, fulfilled, socket} = await beginLogin(practice)
  await practice.dashboard.visit(page)
  const tokens = await fulfilled
  socket.close()
  return tokens
}

/** The next message of this event; rejects when the socket is closed first. */
export function messageOf(socket: WebSocket, event: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as Record<string, unknown>
      if (message['event'] === event) resolve(message)
    })
    socket.once('close', () => {
      reject(new Error('the socket was closed'))
    })
  })
}

export async function api(
  {url}: Pick<Practice, 'url'>,
  path: string,
  {token, method = 'GET', body}: {token?: string; method?: string; body?: unknown} = {},
): Promise<{status: number; json: unknown}> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : {authorization: `Bearer ${token}`}),
    },
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
  })
  return {status: response.status, json: await response.json()}
}
