/** What the tests of signing in stand on: the embedded AWS, somebody to sign in, and faults as values. */
import {inspect} from 'node:util'
import {networkFrom} from '../../src/aws/network.js'
import {awaitDevice, startDevice} from '../../src/aws/sso-device.js'
import {register} from '../../src/aws/sso-oidc.js'
import type {SsoContext} from '../../src/aws/sso-types.js'
import {startPractice, type Practice, type PracticeOptions} from '../../src/practice/server.js'
import {Failure} from '../../src/domain/problem.js'
import type {Secret} from '../../src/text/secret.js'
import type {SsoRegistration, SsoSession, SsoToken} from '../../src/domain/sso.js'
import {region, signal} from './keys.js'

export const limits = {connectMs: 300, callMs: 500}

/** Waiting costs nothing, and time goes on by what was waited for. */
export function quickClock() {
  let waited = 0
  const waits: number[] = []
  return {
    waits,
    now: () => Date.now() + waited,
    random: () => 0,
    wait: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted()
      waits.push(ms)
      waited += ms
      // Lets the timers of others run, as real waiting would.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

export interface Place {
  readonly practice: Practice
  readonly context: SsoContext
  readonly session: SsoSession
  readonly registration: SsoRegistration
  /** With the device flow, without a person. */
  signIn(): Promise<SsoToken>
}

export async function startPlace(options: PracticeOptions = {}): Promise<Place> {
  const practice = await startPractice({
    ...options,
    identityCenter: {intervalSeconds: 0, ...options.identityCenter},
  })
  const network = await networkFrom({AWS_ENDPOINT_URL: practice.url})
  const context = {network, signal, limits, clock: quickClock()}
  const {startUrl} = practice.identityCenter
  const session = {name: 'acme', startUrl, region: region('eu-west-1'), scopes: ['sso:account:access']}
  const registration = await register(session, 'device', context)
  return {
    practice,
    context,
    session,
    registration,
    signIn: async () => {
      const attempt = await startDevice(session, registration, context)
      practice.identityCenter.approveDevice(attempt.userCode)
      return awaitDevice(session, registration, attempt, context)
    },
  }
}

export async function failure(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Failure) return error
  throw new Error(`expected a Failure, got ${inspect(error)}`)
}

/** The code of what went wrong; `ok` where nothing did. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'ok',
    (reason: unknown) => (reason instanceof Failure ? reason.problem.code : inspect(reason)),
  )
}

/** Everything that a program could print of a value. */
export function everythingOf(value: unknown): string {
  const stack = value instanceof Error ? (value.stack ?? '') : ''
  return inspect(value, {depth: 20, showHidden: true}) + JSON.stringify(value) + stack
}

export function reveal(...secrets: readonly (Secret | undefined)[]): string[] {
  return secrets.flatMap((secret) => (secret ? [secret.reveal()] : []))
}
