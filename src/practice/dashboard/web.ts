/** What a person's browser meets: the page that allows a sign-in, and the one that creates the stack. */
import type {LoginBroker} from './broker.js'
import {DashboardError} from './dashboard-error.js'
import {createStackPage, handOnPage, loginPage, noticePage, problemPage, stackPage} from './pages.js'
import type {DashboardState, StackRequest} from './state.js'
import type {Frame, PageAnswer} from '../page.js'

export interface WebParts {
  readonly state: DashboardState
  readonly broker: LoginBroker
  readonly frame: Frame
}

/** @param form the fields of our own form, for a POST */
export function answerWeb(parts: WebParts, target: string, form: URLSearchParams | undefined): PageAnswer {
  const [path = '', ...query] = target.split('?')
  const fields = new URLSearchParams(query.join('?'))
  if (form !== undefined) return post(parts, path, form)
  // The page of a real sign-in is at the root, where this server answers AWS calls.
  if (path === '/') return {status: 302, location: `/dashboard/login?${fields}`}
  if (path === '/dashboard/login') return login(parts, fields)
  if (path === '/cloudformation/home') return {status: 200, page: handOnPage(parts.frame)}
  if (path === '/dashboard/create-stack') {
    const request = stackOf(fields)
    return typeof request === 'string'
      ? refused(parts, 400, request)
      : {status: 200, page: createStackPage(parts.frame, request)}
  }
  const stack = parts.state.stacks.get(/^\/dashboard\/stacks\/([\w-]+)$/.exec(path)?.[1] ?? '')
  if (stack === undefined) return refused(parts, 404, 'There is no such page.')
  return {status: 200, page: stackPage(parts.frame, stack, parts.state.statusOf(stack))}
}

export function refused({frame}: Pick<WebParts, 'frame'>, status: number, problem: string): PageAnswer {
  return {status, page: problemPage(frame, problem)}
}

function login(parts: WebParts, fields: URLSearchParams): PageAnswer {
  const transactionId = fields.get('transactionId') ?? ''
  return parts.broker.isPending(transactionId)
    ? {status: 200, page: loginPage(parts.frame, transactionId)}
    : nobodyWaits(parts)
}

function post(parts: WebParts, path: string, form: URLSearchParams): PageAnswer {
  const isAllowed = form.get('choice') === 'allow'
  if (path === '/dashboard/login') {
    const transactionId = form.get('transactionId') ?? ''
    const isKnown = isAllowed ? parts.broker.allow(transactionId) : parts.broker.deny(transactionId)
    if (!isKnown) return nobodyWaits(parts)
    const [title, text] = isAllowed
      ? (['You are logged in', 'You can close this page and go back to your terminal.'] as const)
      : (['Not logged in', 'Nobody was logged in. You can close this page.'] as const)
    return {status: 200, page: noticePage(parts.frame, title, text)}
  }
  if (path === '/dashboard/create-stack') return isAllowed ? create(parts, form) : cancelled(parts)
  return refused(parts, 404, 'There is no such page.')
}

function create(parts: WebParts, form: URLSearchParams): PageAnswer {
  const request = stackOf(form)
  if (typeof request === 'string') return refused(parts, 400, request)
  try {
    return {status: 303, location: `/dashboard/stacks/${parts.state.createStack(request).stackName}`}
  } catch (error) {
    if (!(error instanceof DashboardError)) throw error
    return refused(parts, error.status, `${error.message}.`)
  }
}

function cancelled({frame}: WebParts): PageAnswer {
  return {status: 200, page: noticePage(frame, 'Cancelled', 'No stack was created. You can close this page.')}
}

function nobodyWaits(parts: WebParts): PageAnswer {
  return refused(parts, 410, 'No program waits for this page any more. Start again in your terminal.')
}

/** What the address of quick-create asks for, or what is wrong with it. */
function stackOf(fields: URLSearchParams): StackRequest | string {
  const stackName = fields.get('stackName') ?? ''
  const alias = fields.get('param_Alias') ?? ''
  const roleName = fields.get('param_RoleName') ?? ''
  const orgUid = fields.get('param_OrgUid') ?? ''
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(stackName))
    return 'A stack name has letters, digits and hyphens. Example: SFSetup-1a2b3c'
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName))
    return 'A role name has 1 to 64 letters, digits or + = , . @ _ -. Example: SFRole-1a2b3c'
  if (alias.length < 1 || alias.length > 128) return 'An alias has 1 to 128 characters. Example: default'
  return /^\w{1,64}$/.test(orgUid) ? {stackName, alias, roleName, orgUid} : 'The organization is missing.'
}
