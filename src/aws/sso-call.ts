import type {RegionName} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import type {Secret} from '../text/secret.js'
import {bounded, patiently, type Patience} from './call.js'
import {TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import type {ErrorContext} from './error-context.js'
import {classify, type FaultCode} from './errors.js'
import {explain} from './explain.js'
import type {ServiceId} from './network.js'
import type {Observation} from './observation.js'
import type {SsoContext} from './sso-types.js'

interface Client {
  destroy(): void
}

export interface SsoCall<C extends Client, T> {
  readonly service: ServiceId
  /** As AWS names it: `sso:ListAccounts`. */
  readonly operation: string
  readonly region: RegionName
  readonly context: SsoContext
  /** What must not stand in words that AWS says back. */
  readonly secrets: readonly Secret[]
  /** Default: that of all calls. */
  readonly patience?: Patience
  client(observation: Observation): Promise<C>
  /**
   * Sends it and reads the answer. What AWS would not answer so is thrown as an error here: it is then told as the
   * fault of whoever answered in its place, never as an ended session or a missing right.
   */
  send(client: C, abortSignal: AbortSignal, observation: Observation): Promise<T>
  /** The problem that an answer of AWS means, by the name of its error; others are told as faults. */
  refused?(name: string): Problem | undefined
}

/** One call, bounded in time, tried again where that helps, its errors as problems. @throws Failure */
export async function ssoCall<C extends Client, T>(call: SsoCall<C, T>): Promise<T> {
  const {service, operation, region, secrets, context, patience} = call
  const {network, signal, clock = systemClock, limits = TIME_LIMITS, report} = context
  const observation: Observation = {}
  const client = await call.client(observation)
  try {
    return await patiently(
      () => bounded(async (abortSignal) => call.send(client, abortSignal, observation), signal, limits),
      {
        signal,
        clock,
        observation,
        patience,
        waiting: (pauseMs) =>
          report?.(say`AWS asks to wait; going on in ${Math.max(1, Math.round(pauseMs / 1000))} s`),
      },
    )
  } catch (error) {
    if (error instanceof Failure) throw error
    const refused = signal.aborted ? undefined : call.refused?.(answeredName(error))
    const about: ErrorContext = {service, operation, region, network, observation, secrets, signal}
    throw new Failure(refused ?? told(error, about), {cause: nameOnly(error)})
  } finally {
    client.destroy()
  }
}

/** Codes whose words are about access keys, which these calls do not have. */
const ABOUT_KEYS: readonly FaultCode[] = [
  'INVALID_CLIENT_TOKEN',
  'SIGNATURE_MISMATCH',
  'EXPIRED_TOKEN',
  'ACCESS_DENIED',
  'REGION_DISABLED',
  'SIGN_UP_UNFINISHED',
]

function told(error: unknown, context: ErrorContext): Problem {
  const code = classify(error, context.observation, context.signal)
  return explain(ABOUT_KEYS.includes(code) ? 'AWS_REFUSED' : code, context, worded(error))
}

/** The name of an error of AWS; nothing where the answer was somebody else's. */
function answeredName(error: unknown): string {
  const {name, $fault} = error as {name?: unknown; $fault?: unknown}
  return $fault !== undefined && typeof name === 'string' ? name : ''
}

/** The sign-in service says what it means in a field of its own; the SDK's message then says nothing. */
function worded(error: unknown): unknown {
  const {error_description: words} = error as {error_description?: unknown}
  return error instanceof Error && typeof words === 'string' && words !== ''
    ? Object.assign(error, {message: words})
    : error
}

/** The SDK's errors hold the answer, and that may hold what was sent. */
function nameOnly(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : 'unknown')
}
