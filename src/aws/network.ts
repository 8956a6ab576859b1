import {X509Certificate} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'
import {rootCertificates} from 'node:tls'
import {practiceDashboard} from '../domain/loopback.js'
import {Failure} from '../domain/problem.js'
import {isLoopback} from '../domain/loopback.js'
import {safe, say, type SafeText} from '../text/safe-text.js'
import {unsetVariables} from '../text/shell.js'

export {isLoopback} from '../domain/loopback.js'

/** Stands for all addresses of AWS where only scheme and domain count. */
const SOME_ENDPOINT = 'https://sts.us-east-1.amazonaws.com'

/** The services this program speaks to. */
export type ServiceId = 'STS' | 'IAM' | 'SSO' | 'SSO_OIDC' | 'CLOUDFORMATION'

const FIPS_VARIABLE = 'AWS_USE_FIPS_ENDPOINT'
const DUAL_STACK_VARIABLE = 'AWS_USE_DUALSTACK_ENDPOINT'

const SERVICES: readonly ServiceId[] = ['STS', 'IAM', 'SSO', 'SSO_OIDC', 'CLOUDFORMATION']

const NAMES: Readonly<Record<ServiceId, SafeText>> = {
  STS: say`STS`,
  IAM: say`IAM`,
  SSO: say`AWS SSO`,
  SSO_OIDC: say`The sign-in of AWS SSO`,
  CLOUDFORMATION: say`CloudFormation`,
}

/** Which of its official endpoints AWS is asked at. */
export interface EndpointVariant {
  readonly isFips: boolean
  readonly isDualStack: boolean
}

/** How AWS is reached from here. Read from the environment; `withEndpoint` adds what a profile says. */
export interface Network {
  /** Endpoint overrides in force, by service. */
  readonly endpoints: Readonly<Partial<Record<ServiceId, string>>>
  /** What names them; absent where it is AWS_ENDPOINT_URL. */
  readonly endpointsFrom?: SafeText
  /** Absent where it is the usual one. */
  readonly variant?: EndpointVariant
  /** The proxy for a URL, with what stands in the environment for it; undefined means none. */
  proxyFor(url: string): string | undefined
  /** Certificates to trust, the usual ones among them; undefined means the usual ones. */
  readonly ca?: readonly string[]
  readonly caFile?: string
  /** AWS is played by this program. */
  readonly isPractice?: boolean
}

/** @throws Failure ENDPOINT_INVALID, PROXY_INVALID, CA_BUNDLE_UNREADABLE */
export async function networkFrom(env: NodeJS.ProcessEnv): Promise<Network> {
  const {checkProxy, proxyFor} = await import('./proxy.js')
  const caFile = env['AWS_CA_BUNDLE']
  const endpoints = endpointsFrom(env)
  for (const service of SERVICES) {
    const proxy = proxyFor(endpoints[service] ?? SOME_ENDPOINT, env)
    if (proxy) checkProxy(proxy)
  }
  const variant = {isFips: isOn(env, FIPS_VARIABLE), isDualStack: isOn(env, DUAL_STACK_VARIABLE)}
  return {
    endpoints,
    ...(env['AWS_ENDPOINT_URL_STS'] ? {endpointsFrom: say`AWS_ENDPOINT_URL_STS`} : {}),
    ...(isPractice(env) ? {isPractice: true} : {}),
    ...(variant.isFips || variant.isDualStack ? {variant} : {}),
    proxyFor: (url) => proxyFor(url, env),
    ...(caFile ? {caFile, ca: [...rootCertificates, ...extraCertificates(env), readBundle(caFile)]} : {}),
  }
}

/** For one profile, which sends a service elsewhere: what the environment says wins. @throws Failure ENDPOINT_INVALID */
export function withEndpoint(network: Network, service: ServiceId, url: string, from: SafeText): Network {
  if (network.endpoints[service] !== undefined) return network
  const fix = say`Delete the line, or write an address such as https://sts.eu-west-1.amazonaws.com.`
  return {
    ...network,
    endpoints: {...network.endpoints, [service]: checkedEndpoint(url, from, fix)},
    endpointsFrom: from,
  }
}

/** A demo sets both, and nobody else does. */
function isPractice(env: NodeJS.ProcessEnv): boolean {
  const dashboard = practiceDashboard(env)
  return dashboard !== undefined && env['AWS_ENDPOINT_URL'] === dashboard
}

/** The variables that name another endpoint than AWS's own. */
export function endpointVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const names = ['AWS_ENDPOINT_URL', ...SERVICES.map((service) => `AWS_ENDPOINT_URL_${service}`)]
  const set = names.filter((name) => env[name])
  return set.length > 0 ? set : ['AWS_ENDPOINT_URL']
}

function isOn(env: NodeJS.ProcessEnv, variable: string): boolean {
  return env[variable]?.toLowerCase() === 'true'
}

function endpointsFrom(env: NodeJS.ProcessEnv): Partial<Record<ServiceId, string>> {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') return {}
  const endpoints: Partial<Record<ServiceId, string>> = {}
  for (const service of SERVICES) {
    const variable = env[`AWS_ENDPOINT_URL_${service}`] ? `AWS_ENDPOINT_URL_${service}` : 'AWS_ENDPOINT_URL'
    const url = env[variable]
    if (url) endpoints[service] = checkedEndpoint(url, say`${variable}`, unsetOrSet(variable))
  }
  return endpoints
}

function unsetOrSet(variable: string): SafeText {
  return say`Take it away with \`${unsetVariables([variable])}\`, or set it to an address such as https://sts.eu-west-1.amazonaws.com.`
}

function checkedEndpoint(text: string, from: SafeText, fix: SafeText): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const hasScheme = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url && hasScheme && url.username === '' && url.password === '') return text
  throw new Failure({
    code: 'ENDPOINT_INVALID',
    what: say`${from} is not the address of a service.`,
    why: hasScheme
      ? say`A user name or a password stands in it, and AWS takes neither there.`
      : say`It does not begin with https:// or http:// and the name of a host.`,
    nextSteps: [fix],
  })
}

function readBundle(file: string): string {
  try {
    if (!statSync(file).isFile()) throw new Error('It is not a file.')
    const text = readFileSync(file, 'utf8')
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)
    if (!certificates) throw new Error('It holds no certificate in PEM form.')
    // Node passes over those that it cannot read without a word: a bundle of nothing else would seem to count.
    if (!certificates.some(isReadable)) throw new Error('Its certificates are damaged.')
    return text
  } catch (error) {
    throw new Failure({
      code: 'CA_BUNDLE_UNREADABLE',
      what: say`The certificates of AWS_CA_BUNDLE could not be read: ${file}`,
      why: safe(error instanceof Error ? error.message : error),
      nextSteps: [
        say`Put a bundle of certificates there, or take the variable away: \`${unsetVariables(['AWS_CA_BUNDLE'])}\``,
      ],
    })
  }
}

function isReadable(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).subject !== ''
  } catch {
    return false
  }
}

/** Node adds these to its own, but not to a list that is given to it. */
function extraCertificates(env: NodeJS.ProcessEnv): string[] {
  const file = env['NODE_EXTRA_CA_CERTS']
  try {
    return file ? [readFileSync(file, 'utf8')] : []
  } catch {
    return []
  }
}

/** What is in force between this machine and AWS, without the credentials that a proxy's address may hold. */
export function describeNetwork(network: Network): SafeText[] {
  if (network.isPractice) return []
  const asked = SERVICES.flatMap((service) => {
    const url = network.endpoints[service]
    return url === undefined ? [] : [{service, url}]
  })
  const isOneForAll = asked.length === SERVICES.length && asked.every(({url}) => url === asked[0]?.url)
  const endpoints = isOneForAll
    ? [say`AWS is asked at ${asked[0]?.url ?? ''} (AWS_ENDPOINT_URL).`]
    : asked.map(({service, url}) => say`${NAMES[service]} is asked at ${url} (AWS_ENDPOINT_URL_${service}).`)
  const proxy = network.proxyFor(network.endpoints.STS ?? SOME_ENDPOINT)
  const {isFips = false, isDualStack = false} = network.variant ?? {}
  return [
    ...endpoints,
    ...(isFips ? [say`AWS is asked at its FIPS endpoints (${FIPS_VARIABLE}).`] : []),
    ...(isDualStack ? [say`AWS is asked at its dual-stack endpoints (${DUAL_STACK_VARIABLE}).`] : []),
    ...(asked.some(({url}) => isOpenToAll(url))
      ? [say`It is asked without encryption: others on the way can read along.`]
      : []),
    ...(proxy ? [say`The proxy ${withoutCredentials(proxy)} is used.`] : []),
    ...(network.caFile ? [say`Certificates of ${network.caFile} are trusted (AWS_CA_BUNDLE).`] : []),
  ]
}

/** True for http:// that leaves this machine. */
function isOpenToAll(endpoint: string): boolean {
  return new URL(endpoint).protocol === 'http:' && !isLoopback(endpoint)
}

/** An address without user name and password. */
export function withoutCredentials(address: string): SafeText {
  if (!URL.canParse(address)) return say`(not an address)`
  const {protocol, host} = new URL(address)
  return say`${protocol}//${host}`
}
