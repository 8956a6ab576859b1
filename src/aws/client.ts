import type {CloudFormationClient} from '@aws-sdk/client-cloudformation'
import type {IAMClient} from '@aws-sdk/client-iam'
import type {SSOClient} from '@aws-sdk/client-sso'
import type {SSOOIDCClient} from '@aws-sdk/client-sso-oidc'
import type {STSClient} from '@aws-sdk/client-sts'
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {endpointOf, iamRegion} from './endpoints.js'
import {httpHandler, TIME_LIMITS, type TimeLimits} from './http.js'
import type {Network, ServiceId} from './network.js'
import {silenceNodeDebug} from './node-debug.js'
import type {Observation} from './observation.js'

export {TIME_LIMITS, type TimeLimits} from './http.js'

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
  const {STSClient} = await import('./sdk.js')
  const client = new STSClient(await configuration('STS', input))
  observe(client, input)
  return client
}

export async function iamClient(input: ClientInput): Promise<IAMClient> {
  prepareProcess()
  const {IAMClient} = await import('./sdk.js')
  const client = new IAMClient(await configuration('IAM', input))
  observe(client, input)
  return client
}

export async function cloudFormationClient(input: ClientInput): Promise<CloudFormationClient> {
  prepareProcess()
  const {CloudFormationClient} = await import('./sdk.js')
  const client = new CloudFormationClient(await configuration('CLOUDFORMATION', input))
  observe(client, input)
  return client
}

/** Signs nobody in: its calls carry their own proof. */
export async function oidcClient(input: UnsignedInput): Promise<SSOOIDCClient> {
  prepareProcess()
  const {SSOOIDCClient} = await import('./sdk.js')
  const client = new SSOOIDCClient(await configuration('SSO_OIDC', input))
  observe(client, input)
  return client
}

/** The access portal: its calls carry the token of a sign-in. */
export async function portalClient(input: UnsignedInput): Promise<SSOClient> {
  prepareProcess()
  const {SSOClient} = await import('./sdk.js')
  const client = new SSOClient(await configuration('SSO', input))
  observe(client, input)
  return client
}

/** The access portal of this region, for the client that the SDK's own provider makes. */
export async function portalConfiguration(region: RegionName, network: Network) {
  prepareProcess()
  return configuration('SSO', {region, network, observation: {}})
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
  const endpoint = endpointOf(service, region, network)
  return {
    region: service === 'IAM' ? iamRegion(region) : (region as string),
    endpoint,
    ...(key ? {credentials: credentialsOf(key)} : {}),
    // Retries are ours: each is shown on the screen, and the SDK's would hide a wrong clock by correcting it.
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    // The endpoint says it already; unset, the loaders of these would read the person's files.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: 'serverless-setup',
    authSchemePreference: [],
    // Unset, the loaders of these two read the person's files. A clock that is wrong is to be told, not corrected.
    disableClockSkewCorrection: true,
    ...(service === 'STS' ? {sigv4aSigningRegionSet: [region as string]} : {}),
    requestHandler: await httpHandler(endpoint, network, limits, observation),
  }
}

function credentialsOf(key: AccessKey) {
  return {
    accessKeyId: key.accessKeyId as string,
    secretAccessKey: key.secretAccessKey.reveal(),
    ...(key.sessionToken ? {sessionToken: key.sessionToken.reveal()} : {}),
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
