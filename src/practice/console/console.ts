/** The practice console: the few pages a person visits to make a user and an access key. */
import {randomBytes} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {PracticeAccount} from '../account.js'
import {AwsError} from '../aws-error.js'
import {readBody} from '../exchange.js'
import {helpersOf} from '../helpers.js'
import {sendPage, type PageAnswer} from '../page.js'
import type {RequestLog} from '../request-log.js'
import {isOwnForm, isOwnHost} from './guard.js'
import {
  createUserPage,
  newKeyPage,
  problemPage,
  userPage,
  userPath,
  usersPage,
  type PageFrame,
} from './pages.js'

export interface ConsoleParts {
  readonly account: PracticeAccount
  readonly log: RequestLog
  readonly port: number
  readonly csrfToken: string
}

export async function answerConsole(
  {account, log, port, csrfToken}: ConsoleParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const frame: PageFrame = {account, csrfToken, nonce: randomBytes(18).toString('base64')}
  const path = (incoming.url ?? '').split('?')[0]!
  const answer = !isOwnHost(incoming, port)
    ? refused(frame, 403, `This console answers only at http://127.0.0.1:${port}.`)
    : incoming.method === 'POST'
      ? post(frame, path, await acceptForm(incoming, csrfToken))
      : incoming.method === 'GET'
        ? get(frame, path)
        : refused(frame, 405, 'Only GET and POST are answered here.')
  log.add({
    at: account.now(),
    method: incoming.method ?? '',
    service: 'console',
    action: pageName(path),
    status: answer.status,
  })
  sendPage(response, frame, answer)
}

/** The fields of the console's own form; `undefined` for any other. */
async function acceptForm(
  incoming: IncomingMessage,
  csrfToken: string,
): Promise<URLSearchParams | undefined> {
  const body = await readBody(incoming)
  const form = new URLSearchParams(body?.toString('utf8') ?? '')
  return isOwnForm(incoming, form.get('token'), csrfToken) ? form : undefined
}

function get(frame: PageFrame, path: string): PageAnswer {
  if (path === '/console' || path === '/console/' || path === '/console/users') {
    return {status: 200, page: usersPage(frame)}
  }
  if (path === '/console/create-user') return {status: 200, page: createUserPage(frame)}
  const user = userAt(frame.account, path, /^\/console\/users\/([^/]+)$/)
  return user === undefined ? notFound(frame) : {status: 200, page: userPage(frame, user)}
}

function post(frame: PageFrame, path: string, form: URLSearchParams | undefined): PageAnswer {
  if (form === undefined)
    return refused(frame, 403, 'This form is not from this run of the console. Open the page again.')
  if (path === '/console/create-user') return createUser(frame, form)
  const user = userAt(frame.account, path, /^\/console\/users\/([^/]+)\/access-keys$/)
  if (user === undefined) return notFound(frame)
  return attempt(
    () => ({status: 200, page: newKeyPage(frame, user, frame.account.createKey({kind: 'user', user}))}),
    (problem, status) => ({status, page: userPage(frame, user, problem)}),
  )
}

function createUser(frame: PageFrame, form: URLSearchParams): PageAnswer {
  const userName = (form.get('userName') ?? '').trim()
  if (!/^[\w+=,.@-]{1,64}$/.test(userName)) {
    const problem = 'A user name has 1 to 64 letters, digits or + = , . @ _ -. Example: serverless-framework'
    return {status: 400, page: createUserPage(frame, problem)}
  }
  return attempt(
    () => {
      const {user} = helpersOf(frame.account).newUser({
        userName,
        policies: [form.get('policyArn') ?? 'AdministratorAccess'],
      })
      return {status: 303, location: userPath(user)}
    },
    (problem, status) => ({status, page: createUserPage(frame, problem)}),
  )
}

function attempt(
  action: () => PageAnswer,
  onProblem: (problem: string, status: number) => PageAnswer,
): PageAnswer {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return onProblem(error.message, error.status)
  }
}

function userAt(account: PracticeAccount, path: string, pattern: RegExp) {
  const name = pattern.exec(path)?.[1]
  try {
    return name === undefined ? undefined : account.users.get(decodeURIComponent(name))
  } catch {
    return undefined
  }
}

function notFound(frame: PageFrame): PageAnswer {
  return refused(frame, 404, 'There is no such page or user.')
}

function refused(frame: PageFrame, status: number, problem: string): PageAnswer {
  return {status, page: problemPage(frame, problem)}
}

function pageName(path: string): string {
  return path.endsWith('/access-keys')
    ? 'CreateAccessKey'
    : path === '/console/create-user'
      ? 'CreateUser'
      : 'Page'
}
