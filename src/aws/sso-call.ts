import type {RegionName} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {say, type SafeText} from '../safety/safe-text.js'
import type {Secret} from '../safety/secret.js'
import {bounded, patiently} from './call.js'
import {TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import type {ErrorContext} from './error-context.js'
import {interpret} from './explain.js'
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
  client(observation: Observation): Promise<C>
  send(client: C, abortSignal: AbortSignal): Promise<T>
  /** The problem that an answer of AWS means, by the name of its error; others are told as faults. */
  refused?(name: string): Problem | undefined
}

/** One call, bounded in time, tried again where that helps, its errors as problems. @throws Failure */
export async function ssoCall<C extends Client, T>(call: SsoCall<C, T>): Promise<T> {
  const {service, operation, region, secrets, context} = call
  const {network, signal, clock = systemClock, limits = TIME_LIMITS} = context
  const observation: Observation = {}
  const client = await call.client(observation)
  try {
    return await patiently(
      () => bounded(async (abortSignal) => call.send(client, abortSignal), signal, limits),
      {signal, clock, observation},
    )
  } catch (error) {
    if (error instanceof Failure) throw error
    const refused = signal.aborted ? undefined : call.refused?.(answeredName(error))
    const about: ErrorContext = {service, operation, region, network, observation, secrets, signal}
    throw new Failure(refused ?? interpret(error, about), {cause: withoutSecrets(error)})
  } finally {
    client.destroy()
  }
}

/** The name of an error of AWS; nothing where the answer was somebody else's. */
function answeredName(error: unknown): string {
  const {name, $fault} = error as {name?: unknown; $fault?: unknown}
  return $fault !== undefined && typeof name === 'string' ? name : ''
}

/** The SDK's errors hold the answer, and that may hold what was sent. */
function withoutSecrets(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : 'unknown')
}

/** The start of a retry, as a command. */
export function loginCommand(session: string): SafeText {
  return say`\`serverless-setup sso login --session ${session}\``
}

export function sessionExpired(): Problem {
  return {
    code: 'SSO_SESSION_EXPIRED',
    what: say`The AWS SSO session has ended.`,
    why: say`AWS accepts its token no longer: its time is over, or it was signed out elsewhere.`,
    nextSteps: [say`Sign in again: \`serverless-setup sso login\``],
  }
}
