/** One call to the Dashboard: bounded in time and size, tried again where that helps, its errors as problems. */
import type {Readable} from 'node:stream'
import {bounded, patiently} from '../aws/call.js'
import {systemClock} from '../aws/clock.js'
import type {ErrorContext} from '../aws/error-context.js'
import {classify} from '../aws/errors.js'
import {NETWORK_WORDS} from '../aws/explain-network.js'
import {httpHandler, TIME_LIMITS} from '../aws/http.js'
import {isLoopback} from '../aws/network.js'
import {silenceNodeDebug} from '../aws/node-debug.js'
import type {Observation} from '../aws/observation.js'
import type {RegionName} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import {redact} from '../text/redaction.js'
import {say, type SafeText} from '../text/safe-text.js'
import type {Secret} from '../text/secret.js'
import type {DashboardContext} from './context.js'
import * as problems from './problems.js'

export interface DashboardCall<T> {
  readonly method: 'GET' | 'POST'
  /** Of the service, from `endpoints`. */
  readonly base: string
  /** Begins with a slash; its parts are encoded. */
  readonly path: string
  /** What it is about, for the words: `the apps of acme`. */
  readonly about: SafeText
  readonly bearer?: Secret
  readonly body?: Readonly<Record<string, string>>
  /** What else is sent and must not stand in words. */
  readonly secrets?: readonly Secret[]
  /** Reads the answer; throws `NotAnswered` where the Dashboard would not answer so. */
  read(json: unknown): T
}

/** What was answered is not of the shape that the Dashboard gives. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered'
}

/** An answer that says no. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, said: string) {
    super(said)
    this.status = status
  }
}

/**
 * Only what changes nothing is asked again by itself. @throws Failure DASHBOARD_SIGNED_OUT (401), DASHBOARD_FORBIDDEN
 * (403), DASHBOARD_NOT_FOUND (404), DASHBOARD_BUSY (429), DASHBOARD_DOWN (5xx), DASHBOARD_REFUSED, CANCELLED, or the
 * code of a fault of the network
 */
export async function dashboardCall<T>(call: DashboardCall<T>, context: DashboardContext): Promise<T> {
  const {signal, clock = systemClock, limits = TIME_LIMITS, report} = context
  const observation: Observation = {}
  silenceNodeDebug()
  const once = async () =>
    bounded(async (abortSignal) => send(call, context, observation, abortSignal), signal, limits)
  try {
    if (call.method === 'POST') return await once()
    return await patiently(once, {
      signal,
      clock,
      observation,
      waiting: (pauseMs) =>
        report?.(say`The Dashboard asks to wait; going on in ${Math.max(1, Math.round(pauseMs / 1000))} s`),
    })
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(problemOf(error, call, context, observation))
  }
}

async function send<T>(
  call: DashboardCall<T>,
  {network, limits = TIME_LIMITS}: DashboardContext,
  observation: Observation,
  abortSignal: AbortSignal,
): Promise<T> {
  const url = new URL(`${call.base}${call.path}`)
  // A token goes nowhere in the open, whatever an address says.
  if (url.protocol !== 'https:' && !isLoopback(url.href)) throw new NotAnswered('The address is not https.')
  const handler = await httpHandler(url.origin, network, limits, observation)
  try {
    const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body))
    const {response} = await handler.handle(requestOf(call, url, body), {abortSignal})
    observation.status = response.statusCode
    observation.contentType = response.headers['content-type'] ?? ''
    const text = await textOf(response.body as Readable)
    if (response.statusCode !== 200 && response.statusCode !== 201)
      throw new Refusal(response.statusCode, saidIn(text))
    return call.read(jsonOf(text))
  } catch (error) {
    // An answer that breaks off because its time is over looks like a cut connection.
    throw abortSignal.aborted ? abortSignal.reason : error
  } finally {
    handler.destroy()
  }
}

type HandledRequest = Parameters<Awaited<ReturnType<typeof httpHandler>>['handle']>[0]

function requestOf<T>(
  {method, bearer}: DashboardCall<T>,
  url: URL,
  body: Buffer | undefined,
): HandledRequest {
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : {port: Number(url.port)}),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: {
      host: url.host,
      accept: 'application/json',
      'user-agent': 'serverless-setup',
      ...(bearer ? {authorization: `Bearer ${bearer.reveal()}`} : {}),
      ...(body ? {'content-type': 'application/json', 'content-length': String(body.length)} : {}),
    },
    body,
  }
  // Only these fields are looked at; its class comes from a package of the SDK that is not needed otherwise.
  return request as unknown as HandledRequest
}

async function textOf(body: Readable): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of body) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown)
  } catch {
    throw new NotAnswered('The answer is not JSON.')
  }
}

/** `{message}`, `{errorMessage}` or `{errors: [{message}]}`; nothing of an answer that is none of the Dashboard. */
function saidIn(text: string): string {
  try {
    const json = JSON.parse(text) as {message?: unknown; errorMessage?: unknown; errors?: unknown}
    const [first] = Array.isArray(json.errors) ? (json.errors as {message?: unknown}[]) : []
    const said = json.message ?? json.errorMessage ?? first?.message
    return typeof said === 'string' ? said : ''
  } catch {
    return ''
  }
}

function problemOf<T>(
  error: unknown,
  call: DashboardCall<T>,
  {network, signal}: DashboardContext,
  observation: Observation,
): Problem {
  if (signal.aborted) return problems.cancelled
  const type = observation.contentType?.toLowerCase() ?? ''
  // The Dashboard answers in JSON; with a proxy on the way, anything else is the proxy's.
  const isProxy = network.proxyFor(call.base) !== undefined && !type.includes('json')
  if (error instanceof Refusal && !isProxy && !type.includes('html')) {
    const {status} = error
    if (status === 401) return problems.signedOut
    if (status === 403) return problems.forbidden(call.about)
    if (status === 404) return problems.notFound(call.about)
    if (status === 429) return problems.busy(call.about)
    if (status >= 500) return problems.down(call.about, status)
    // A redirect is not followed: it would carry the token to whoever it names.
    if (status >= 400)
      return problems.refused(call.about, status, redact(error.message, secretsOf(call)).slice(0, 300))
  }
  const code = isProxy && error instanceof Refusal ? 'PROXY_ANSWERED' : classify(error, observation, signal)
  if (code === 'AWS_SERVER_ERROR') return problems.down(call.about, observation.status)
  const fault = code in NETWORK_WORDS ? (code as keyof typeof NETWORK_WORDS) : 'BAD_ANSWER'
  const context: ErrorContext = {
    service: 'DASHBOARD',
    asked: call.base,
    operation: 'dashboard',
    region: 'us-east-1' as RegionName,
    network,
    observation,
    secrets: secretsOf(call),
    signal,
  }
  const shown = error instanceof Refusal ? new Error('The answer leads elsewhere.') : error
  return {...NETWORK_WORDS[fault](context, shown), code: fault}
}

function secretsOf<T>({bearer, secrets = []}: DashboardCall<T>): readonly Secret[] {
  return [...(bearer ? [bearer] : []), ...secrets]
}
