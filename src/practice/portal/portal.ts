/** The pages of the access portal that a sign-in opens in the browser: `/authorize` and `/device`. */
import {randomBytes} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {allow, checkRequest, deny} from './authorize.js'
import {
  authorizePage,
  confirmCodePage,
  donePage,
  enterCodePage,
  problemPage,
  type PortalFrame,
} from './pages.js'
import {isOwnForm, isOwnHost} from '../console/guard.js'
import {readBody} from '../exchange.js'
import type {IdentityCenter} from '../identity-center.js'
import {sendPage, type PageAnswer} from '../page.js'
import type {RequestLog} from '../request-log.js'

export interface PortalParts {
  readonly identityCenter: IdentityCenter
  readonly now: () => number
  readonly log: RequestLog
  readonly port: number
  readonly csrfToken: string
}

/** With where its form may lead on to. */
type Answer = PageAnswer & {readonly formTarget?: string}

interface Visit {
  readonly frame: PortalFrame
  readonly identityCenter: IdentityCenter
  readonly now: number
  readonly path: string
  /** Of the address, or of the form. */
  readonly fields: URLSearchParams
  /** Nothing yet on a first visit. */
  readonly choice?: 'allow' | 'deny'
}

export function isPortalPage(target: string): boolean {
  return /^\/(?:authorize|device)\/?(?:\?|$)/.test(target)
}

export async function answerPortal(
  {identityCenter, now, log, port, csrfToken}: PortalParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '', ...query] = (incoming.url ?? '').split('?')
  const frame = {csrfToken, nonce: randomBytes(18).toString('base64'), usernames: identityCenter.usernames}
  const visit = {frame, identityCenter, now: now(), path: path.replace(/\/$/, '')}
  const refused = (status: number, problem: string): Answer => ({status, page: problemPage(frame, problem)})
  let answer: Answer
  if (!isOwnHost(incoming, port)) {
    answer = refused(403, `These pages answer only at http://127.0.0.1:${port}.`)
  } else if (incoming.method === 'GET') {
    answer = show({...visit, fields: new URLSearchParams(query.join('?'))})
  } else if (incoming.method === 'POST') {
    const fields = new URLSearchParams((await readBody(incoming))?.toString('utf8') ?? '')
    const choice = fields.get('choice') === 'allow' ? 'allow' : 'deny'
    answer = isOwnForm(incoming, fields.get('token'), csrfToken)
      ? show({...visit, fields, choice})
      : refused(403, 'This form is not from this run of the portal. Open the page again.')
  } else {
    answer = refused(405, 'Only GET and POST are answered here.')
  }
  log.add({
    at: now(),
    method: incoming.method ?? '',
    service: 'portal',
    action: visit.path === '/device' ? 'Device' : 'Authorize',
    status: answer.status,
  })
  sendPage(response, frame, answer, answer.formTarget === undefined ? [] : [answer.formTarget])
}

function show(visit: Visit): Answer {
  return visit.path === '/device' ? device(visit) : authorize(visit)
}

function authorize({frame, identityCenter, now, fields, choice}: Visit): Answer {
  const checked = checkRequest(identityCenter, fields, now)
  if ('problem' in checked) return {status: 400, page: problemPage(frame, checked.problem)}
  if ('redirect' in checked) return checked.redirect
  const {request} = checked
  if (choice === 'deny') return deny(request)
  if (choice === 'allow') return allow(identityCenter, request, usernameOf(identityCenter, fields), now)
  if (identityCenter.autoApproveMs !== undefined) {
    return allow(identityCenter, request, identityCenter.username, now)
  }
  return {
    status: 200,
    page: authorizePage(frame, request),
    formTarget: new URL(request.redirectUri).origin,
  }
}

function device({frame, identityCenter, now, fields, choice}: Visit): Answer {
  identityCenter.autoApprove(now)
  const typed = fields.get('user_code')
  if (typed === null) return {status: 200, page: enterCodePage(frame)}
  const attempt = identityCenter.signIns.devices.get(plainCode(typed))
  if (attempt === undefined) {
    return {status: 404, page: enterCodePage(frame, 'There is no such code. Example of a code: BCDF-GHJK')}
  }
  if (now >= attempt.expiresAt) {
    return {status: 410, page: problemPage(frame, 'This code has expired. Start again in your terminal.')}
  }
  if (attempt.state !== 'pending') return {status: 200, page: donePage(frame, attempt.state !== 'denied')}
  if (choice === undefined) return {status: 200, page: confirmCodePage(frame, attempt)}
  if (choice === 'allow') identityCenter.signIns.approve(attempt, usernameOf(identityCenter, fields))
  else attempt.state = 'denied'
  return {status: 200, page: donePage(frame, choice === 'allow')}
}

/** Typed in whatever case, with or without the hyphen. */
function plainCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^A-Z]/g, '')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

function usernameOf({usernames, username}: IdentityCenter, fields: URLSearchParams): string {
  const chosen = fields.get('username') ?? username
  return usernames.includes(chosen) ? chosen : username
}
