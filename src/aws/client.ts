import {Agent as HttpAgent} from 'node:http'
import {Agent as HttpsAgent} from 'node:https'
import {Transform, pipeline, type Readable} from 'node:stream'
import {createSecureContext, type SecureContext} from 'node:tls'
import type {CloudFormationClient} from '@aws-sdk/client-cloudformation'
import type {IAMClient} from '@aws-sdk/client-iam'
import type {SSOClient} from '@aws-sdk/client-sso'
import type {SSOOIDCClient} from '@aws-sdk/client-sso-oidc'
import type {STSClient} from '@aws-sdk/client-sts'
import type {AccessKey, RegionName} from '../safety/access-key.js'
import {partitionOfRegion, type Partition} from '../safety/regions.js'
import type {Network, ServiceId} from './network.js'
import {silenceNodeDebug} from './node-debug.js'
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

interface UnsignedInput {
  readonly region: RegionName
  readonly network: Network
  readonly limits?: TimeLimits
  /** Filled with what is seen of the last answer. */
  readonly observation: Observation
  readonly now?: () => number
}

interface ClientInput extends UnsignedInput {
  readonly key: AccessKey
}

/**
 * A client that knows exactly the key, region and endpoint given. All of them are said here, so that the SDK's own
 * loaders never run: no environment, no profile, no configuration file and no metadata service can leak in.
 */
export async function stsClient(input: ClientInput): Promise<STSClient> {
  prepareProcess()
  const {STSClient} = await import('@aws-sdk/client-sts')
  const client = new STSClient(await configuration('STS', input))
  observe(client, input)
  return client
}

export async function iamClient(input: ClientInput): Promise<IAMClient> {
  prepareProcess()
  const {IAMClient} = await import('@aws-sdk/client-iam')
  const client = new IAMClient(await configuration('IAM', input))
  observe(client, input)
  return client
}

export async function cloudFormationClient(input: ClientInput): Promise<CloudFormationClient> {
  prepareProcess()
  const {CloudFormationClient} = await import('@aws-sdk/client-cloudformation')
  const client = new CloudFormationClient(await configuration('CLOUDFORMATION', input))
  observe(client, input)
  return client
}

/** Signs nobody in: its calls carry their own proof. */
export async function oidcClient(input: UnsignedInput): Promise<SSOOIDCClient> {
  prepareProcess()
  const {SSOOIDCClient} = await import('@aws-sdk/client-sso-oidc')
  const client = new SSOOIDCClient(await configuration('SSO_OIDC', input))
  observe(client, input)
  return client
}

/** The access portal: its calls carry the token of a sign-in. */
export async function portalClient(input: UnsignedInput): Promise<SSOClient> {
  prepareProcess()
  const {SSOClient} = await import('@aws-sdk/client-sso')
  const client = new SSOClient(await configuration('SSO', input))
  observe(client, input)
  return client
}

/** The SDK would warn about this version of Node, and Node's debug log would print the signature and the token. */
function prepareProcess(): void {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
  silenceNodeDebug()
}

async function configuration(
  service: ServiceId,
  {key, region, network, observation, limits = TIME_LIMITS}: UnsignedInput & Partial<ClientInput>,
) {
  const endpoint = network.endpoints[service] ?? officialEndpoint(service, region)
  return {
    region: service === 'IAM' ? iamRegion(region) : (region as string),
    endpoint,
    ...(key ? {credentials: credentialsOf(key)} : {}),
    // Retries are ours: each is shown on the screen, and the SDK's would hide a wrong clock by correcting it.
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: 'serverless-setup',
    authSchemePreference: [],
    // Unset, the loaders of these two read the person's files. A clock that is wrong is to be told, not corrected.
    disableClockSkewCorrection: true,
    ...(service === 'STS' ? {sigv4aSigningRegionSet: [region as string]} : {}),
    requestHandler: await handler(endpoint, network, limits, observation),
  }
}

function credentialsOf(key: AccessKey) {
  return {
    accessKeyId: key.accessKeyId as string,
    secretAccessKey: key.secretAccessKey.reveal(),
    ...(key.sessionToken ? {sessionToken: key.sessionToken.reveal()} : {}),
  }
}

const SUFFIXES: Record<Partition, string> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
}

/** https://docs.aws.amazon.com/general/latest/gr/iam-service.html, …/sts.html and …/sso.html */
export function officialEndpoint(service: ServiceId, region: RegionName): string {
  const partition = partitionOfRegion(region)
  const suffix = SUFFIXES[partition]
  if (service === 'STS') return `https://sts.${region}.${suffix}`
  if (service === 'SSO_OIDC') return `https://oidc.${region}.${suffix}`
  if (service === 'SSO') return `https://portal.sso.${region}.${suffix}`
  if (service === 'CLOUDFORMATION') return `https://cloudformation.${region}.${suffix}`
  if (partition === 'aws') return `https://iam.${suffix}`
  return partition === 'aws-us-gov'
    ? `https://iam.us-gov.${suffix}`
    : `https://iam.${iamRegion(region)}.${suffix}`
}

/** IAM is one service for a partition; its signatures name one region. */
function iamRegion(region: RegionName): string {
  switch (partitionOfRegion(region)) {
    case 'aws':
      return 'us-east-1'
    case 'aws-us-gov':
      return 'us-gov-west-1'
    case 'aws-cn':
      return 'cn-north-1'
    default:
      return region
  }
}

async function handler(
  endpoint: string,
  network: Network,
  {connectMs, callMs}: TimeLimits,
  observation: Observation,
) {
  const {NodeHttpHandler} = await import('@smithy/node-http-handler')
  const proxy = network.proxyFor(endpoint)
  const trust = trustOf(network)
  const agents = proxy
    ? await proxyAgents(proxy, trust)
    : {httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent(trust)}
  const inner = new NodeHttpHandler({
    connectionTimeout: connectMs,
    requestTimeout: callMs,
    throwOnRequestTimeout: true,
    ...agents,
  })
  return Object.assign(inner, {handle: watched(inner.handle.bind(inner), observation)})
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
  const {HttpsProxyAgent} = await import('https-proxy-agent')
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

function observe(
  client: {readonly middlewareStack: unknown},
  {observation, now = Date.now}: UnsignedInput,
): void {
  const stack = client.middlewareStack as {
    add(middleware: unknown, options: {step: 'deserialize'; priority: 'low'; name: string}): void
  }
  type Next = (args: unknown) => Promise<{response?: {statusCode?: number; headers?: Record<string, string>}}>
  const middleware = (next: Next) => async (args: unknown) => {
    const result = await next(args)
    const {statusCode, headers = {}} = result.response ?? {}
    const serverTime = Date.parse(headers['date'] ?? '')
    if (statusCode !== undefined) observation.status = statusCode
    observation.contentType = headers['content-type'] ?? ''
    if (!Number.isNaN(serverTime)) {
      observation.serverTime = serverTime
      observation.localTime = now()
    }
    return result
  }
  stack.add(middleware, {step: 'deserialize', priority: 'low', name: 'observeAnswer'})
}
