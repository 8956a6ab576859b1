/** The practice Dashboard: its interface, its pages and its login broker, on the address of the practice server. */
import {randomBytes} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {answerApi} from './api.js'
import {BROKER_PATH, type LoginBroker} from './broker.js'
import type {DashboardTrouble} from './dashboard-faults.js'
import type {DashboardState} from './state.js'
import {answerWeb, refused} from './web.js'
import {isOwnForm, isOwnHost} from '../console/guard.js'
import {readBody} from '../exchange.js'
import {sendPage, type PageAnswer} from '../page.js'
import type {RequestLog} from '../request-log.js'

export interface DashboardParts {
  readonly state: DashboardState
  readonly broker: LoginBroker
  readonly now: () => number
  readonly log: RequestLog
  readonly port: number
  readonly csrfToken: string
}

const API = /^\/(?:core|orgs|providers)(?:[/?]|$)/
const PAGES = /^\/(?:\?(?:.*&)?transactionId=|dashboard(?:[/?]|$)|cloudformation\/home(?:\?|$))/
const TROUBLES: Readonly<Record<DashboardTrouble, {status: number; type: string; text: string}>> = {
  down: {status: 503, type: 'application/json', text: '{"message":"Service Unavailable"}'},
  tooMany: {status: 429, type: 'application/json', text: '{"message":"Too Many Requests"}'},
  html: {status: 200, type: 'text/html', text: '<!DOCTYPE html><title>Sign in to this network</title>'},
}

export function isDashboard(target: string): boolean {
  return API.test(target) || PAGES.test(target) || target.split('?')[0] === BROKER_PATH
}

export async function answerDashboard(
  parts: DashboardParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = incoming.url ?? ''
  if (API.test(target)) return api(parts, incoming, response)
  if (PAGES.test(target)) return page(parts, incoming, response)
  note(parts, incoming, 'Connect', 426)
  response.writeHead(426, {Upgrade: 'websocket', Connection: 'Upgrade, close', 'Content-Length': 0}).end()
}

async function api(
  parts: DashboardParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming)
  if (body === undefined) {
    response.writeHead(413, {Connection: 'close'}).end()
    return
  }
  const trouble = isOwnHost(incoming, parts.port) ? parts.state.faults.take() : undefined
  if (trouble !== undefined) {
    const {status, type, text} = TROUBLES[trouble]
    note(parts, incoming, 'Trouble', status)
    send(response, status, type, text)
    return
  }
  const answer = isOwnHost(incoming, parts.port)
    ? answerApi(parts.state, {
        method: incoming.method ?? '',
        target: incoming.url ?? '',
        authorization: incoming.headers.authorization,
        body,
      })
    : {name: 'Refused', status: 403, json: {message: 'Forbidden', statusCode: 403}}
  note(parts, incoming, answer.name, answer.status)
  send(response, answer.status, 'application/json', JSON.stringify(answer.json))
}

async function page(
  parts: DashboardParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const frame = {csrfToken: parts.csrfToken, nonce: randomBytes(18).toString('base64')}
  const web = {...parts, frame}
  const target = incoming.url ?? ''
  let answer: PageAnswer
  if (!isOwnHost(incoming, parts.port)) {
    answer = refused(web, 403, `These pages answer only at http://127.0.0.1:${parts.port}.`)
  } else if (incoming.method === 'GET') {
    answer = answerWeb(web, target, undefined)
  } else if (incoming.method === 'POST') {
    const form = new URLSearchParams((await readBody(incoming))?.toString('utf8') ?? '')
    answer = isOwnForm(incoming, form.get('token'), parts.csrfToken)
      ? answerWeb(web, target, form)
      : refused(web, 403, 'This form is not from this run of the Dashboard. Open the page again.')
  } else {
    answer = refused(web, 405, 'Only GET and POST are answered here.')
  }
  note(parts, incoming, 'Page', answer.status)
  sendPage(response, frame, answer)
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text, 'utf8')
  const headers = {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
  response.writeHead(status, headers).end(body)
}

function note({log, now}: DashboardParts, incoming: IncomingMessage, action: string, status: number): void {
  log.add({at: now(), method: incoming.method ?? '', service: 'dashboard', action, status})
}
