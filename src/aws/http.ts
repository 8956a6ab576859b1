/** One way out for all requests: bounded in time and size, through the proxy and with the certificates of the network. */
import {Agent as HttpAgent} from 'node:http'
import {Agent as HttpsAgent} from 'node:https'
import {Transform, pipeline, type Readable} from 'node:stream'
import {createSecureContext, type SecureContext} from 'node:tls'
import type {Network} from './network.js'
import {BodyTooLarge, type Observation} from './observation.js'

/** Time-outs of one call, in milliseconds. */
export interface TimeLimits {
  readonly connectMs: number
  /** From the first byte sent to the last byte read: a body that trickles ends here too. */
  readonly callMs: number
}

export const TIME_LIMITS: TimeLimits = {connectMs: 5_000, callMs: 10_000}

/** Longest answer that is read, in bytes; real ones are a few thousand. */
const MAX_BODY_BYTES = 1024 * 1024

/** Follows no redirect: a 3xx is an answer like any other. Fills `observation` with what went wrong on the way. */
export async function httpHandler(
  endpoint: string,
  network: Network,
  {connectMs, callMs}: TimeLimits,
  observation: Observation,
) {
  const {NodeHttpHandler} = await import('./sdk.js')
  const agents = await agentsFor(endpoint, network)
  const inner = new NodeHttpHandler({
    connectionTimeout: connectMs,
    requestTimeout: callMs,
    throwOnRequestTimeout: true,
    ...agents,
  })
  return Object.assign(inner, {handle: watched(inner.handle.bind(inner), observation)})
}

/** The connections to one place: direct, or through the proxy that counts for it. */
export async function agentsFor(endpoint: string, network: Network) {
  const proxy = network.proxyFor(endpoint)
  const trust = trustOf(network)
  return proxy ? proxyAgents(proxy, trust) : {httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent(trust)}
}

type Trust = {readonly secureContext?: SecureContext}

const contexts = new WeakMap<Network, SecureContext>()

/** Reading a list of certificates takes tens of milliseconds: once for a network, not for each connection. */
function trustOf(network: Network): Trust {
  if (!network.ca) return {}
  const secureContext = contexts.get(network) ?? createSecureContext({ca: [...network.ca]})
  contexts.set(network, secureContext)
  return {secureContext}
}

async function proxyAgents(proxy: string, trust: Trust) {
  const {HttpsProxyAgent} = await import('./sdk.js')
  const agent = new HttpsProxyAgent(proxy, trust)
  // What it was given counts for the way to an https:// proxy only; this is for the service behind the proxy.
  Object.assign(agent.options, trust)
  return {httpAgent: agent, httpsAgent: agent}
}

/** Keeps what went wrong on the way, before the SDK wraps it, and cuts an answer larger than any real one. */
function watched<A extends unknown[], R extends {response: {body?: unknown}}>(
  handle: (...args: A) => Promise<R>,
  observation: Observation,
) {
  return async (...args: A): Promise<R> => {
    // What was seen of an earlier try says nothing about this one.
    delete observation.fault
    delete observation.status
    delete observation.contentType
    const result = await handle(...args).catch((error: unknown) => {
      observation.fault = error
      throw error
    })
    const body = result.response.body as Readable | undefined
    if (!body) return result
    let size = 0
    const cap = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        done(size > MAX_BODY_BYTES ? new BodyTooLarge('The answer is larger than 1 MiB.') : null, chunk)
      },
    })
    // Errors reach the reader through the last stream; there is nothing left to do for the first.
    pipeline(body, cap, () => undefined)
    result.response.body = cap
    return result
  }
}
