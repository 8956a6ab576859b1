/** What all explanations of faults stand on: what is known of a call, and words that several of them use. */
import type {AccessKey, RegionName} from '../domain/access-key.js'
import type {Problem} from '../domain/problem.js'
import {redact} from '../text/redaction.js'
import type {Secret} from '../text/secret.js'
import {program} from '../text/program-name.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {endpointOf} from './endpoints.js'
import {withoutCredentials, type Network, type ServiceId} from './network.js'
import type {Observation} from './observation.js'

export interface ErrorContext {
  readonly service: ServiceId | 'DASHBOARD'
  /** The address that was asked, where it is none of AWS. */
  readonly asked?: string
  /** As AWS names it: `sts:GetCallerIdentity`. */
  readonly operation: string
  readonly region: RegionName
  readonly network: Network
  readonly observation: Observation
  /** The key that signed, looked at for its shape only; absent where nothing is signed. */
  readonly key?: AccessKey
  /** What else must not stand in words, such as a token. */
  readonly secrets?: readonly Secret[]
  readonly signal?: AbortSignal
}

type Words = Omit<Problem, 'code'>
export type Explain = (context: ErrorContext, error: unknown) => Words

function askedAt({service, region, network, asked}: ErrorContext): string {
  if (asked !== undefined || service === 'DASHBOARD') return asked ?? 'https://serverless.com'
  return endpointOf(service, region, network)
}

/** The place that was asked, for the words: no path, no credentials. */
export function hostOf(context: ErrorContext): SafeText {
  return safe(new URL(askedAt(context)).host)
}

export function proxyOf(context: ErrorContext): SafeText | undefined {
  const proxy = context.network.proxyFor(askedAt(context))
  return proxy ? withoutCredentials(proxy) : undefined
}

/** The place that was asked, with the way to it. */
export function routeTo(context: ErrorContext): SafeText {
  const proxy = proxyOf(context)
  return proxy ? say`${hostOf(context)} (through the proxy ${proxy})` : hostOf(context)
}

/** Who has to be found and to accept the connection: with a proxy, nobody else. */
export function firstHop(context: ErrorContext): SafeText {
  const proxy = proxyOf(context)
  return proxy ? say`the proxy ${proxy}` : hostOf(context)
}

export function nameOf(context: ErrorContext): SafeText {
  return safe(new URL(proxyOf(context) ?? askedAt(context)).hostname)
}

/** What the other side said, without anything secret in it; the SDK adds advice for programmers in further lines. */
export function saidBy(
  error: unknown,
  {key, secrets: others = []}: Pick<ErrorContext, 'key' | 'secrets'>,
): SafeText {
  const own = key ? [key.secretAccessKey, ...(key.sessionToken ? [key.sessionToken] : [])] : []
  const secrets = [...own, ...others]
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return safe(redact(line.replace(/^@aws-sdk /, ''), secrets).slice(0, 300))
}

export const isSso = ({service}: Pick<ErrorContext, 'service'>) => service === 'SSO' || service === 'SSO_OIDC'

/** Who should have answered. */
export function partner({service}: Pick<ErrorContext, 'service'>): SafeText {
  return service === 'DASHBOARD' ? say`the Dashboard` : say`AWS`
}

export function again(context: Pick<ErrorContext, 'service'>): SafeText {
  if (context.service === 'DASHBOARD') return say`Try again: \`${program()} --path role\``
  return isSso(context) ? say`Try again: \`${program()} sso\`` : say`Try again: \`${program()} --path local\``
}

/** A fault on the way is never told as a bad key, nor as a sign-in that has ended. */
export function notTheKey(context: Pick<ErrorContext, 'service'>): SafeText {
  return isSso(context) || context.service === 'DASHBOARD'
    ? say`This says nothing about your sign-in.`
    : say`This says nothing about the access key.`
}

export function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
