import {MAX_SKEW_SECONDS, skewSeconds, type Observation} from './observation.js'

/** What AWS itself says of a call. Only the first five say anything about the key. */
type AnsweredFault =
  | 'INVALID_CLIENT_TOKEN'
  | 'SIGNATURE_MISMATCH'
  | 'EXPIRED_TOKEN'
  | 'ACCESS_DENIED'
  | 'REGION_DISABLED'
  | 'SIGN_UP_UNFINISHED'
  | 'SIGNATURE_UNREADABLE'
  | 'CLOCK_SKEW'
  | 'THROTTLED'
  | 'AWS_SERVER_ERROR'
  | 'AWS_REFUSED'

/** What happens on the way to AWS and back. */
export type NetworkFault =
  | 'PROXY_ANSWERED'
  | 'TLS_UNTRUSTED'
  | 'TLS_EXPIRED'
  | 'TLS_WRONG_HOST'
  | 'TLS_FAILED'
  | 'DNS_FAILED'
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_RESET'
  | 'OFFLINE'
  | 'TIMED_OUT'
  | 'BAD_ANSWER'

/** Everything that can go wrong between a key and an answer. */
export type FaultCode = AnsweredFault | NetworkFault | 'CANCELLED'

interface ErrorFacts {
  readonly name: string
  readonly code: string
  readonly message: string
  readonly status: number | undefined
  /** AWS's own error code, present only when an answer of AWS was read. */
  readonly awsCode: string | undefined
}

/** What kind of fault an error is. A fault of the network is never taken for a bad key. */
export function classify(error: unknown, observation: Observation, signal?: AbortSignal): FaultCode {
  if (signal?.aborted) return 'CANCELLED'
  const facts = [...chainOf(error), ...chainOf(observation.fault)].map(factsOf)
  const network = facts.map(networkFault).find((code) => code !== undefined)
  if (network) return network
  const [first] = facts
  const status = first?.status ?? observation.status
  if (status === 407) return 'PROXY_ANSWERED'
  // An answer with a code of AWS is one of AWS, whatever its content type says (simulators say text/html).
  const named = first ? awsFault(first, observation) : undefined
  if (named) return named
  if (isHtml(observation)) return 'PROXY_ANSWERED'
  if (status === 429) return 'THROTTLED'
  if (status !== undefined && status >= 500) return 'AWS_SERVER_ERROR'
  return first?.awsCode === undefined || NO_CODES.includes(first.awsCode) ? 'BAD_ANSWER' : 'AWS_REFUSED'
}

/** What the SDK puts in place of a code where the answer held none. */
const NO_CODES: readonly string[] = ['Unknown', 'NotFound']

function isHtml({contentType}: Observation): boolean {
  return contentType?.toLowerCase().includes('html') === true
}

/** An error and its causes, outermost first. */
function chainOf(error: unknown): object[] {
  const chain: object[] = []
  for (let each: unknown = error; typeof each === 'object' && each !== null && chain.length < 8;) {
    chain.push(each)
    const {cause, errors} = each as {cause?: unknown; errors?: unknown}
    if (Array.isArray(errors)) chain.push(...errors.filter((one) => typeof one === 'object' && one !== null))
    each = cause
  }
  return chain
}

function factsOf(error: object): ErrorFacts {
  const {
    name = '',
    code,
    message = '',
    $metadata,
    $fault,
    Code,
  } = error as {
    name?: string
    code?: unknown
    message?: string
    $metadata?: {httpStatusCode?: number}
    $fault?: string
    Code?: string
  }
  const status = $metadata?.httpStatusCode
  const isAnswer = $fault !== undefined && status !== undefined
  const awsCode = isAnswer ? (Code ?? name).replace(/Exception$/, '') : undefined
  return {name, code: typeof code === 'string' ? code : '', message, status, awsCode}
}

const SOCKET_FAULTS: Readonly<Record<string, FaultCode>> = {
  ENOTFOUND: 'DNS_FAILED',
  EAI_AGAIN: 'DNS_FAILED',
  EAI_FAIL: 'DNS_FAILED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
  ERR_STREAM_PREMATURE_CLOSE: 'CONNECTION_RESET',
  ECONNABORTED: 'CONNECTION_RESET',
  ETIMEDOUT: 'TIMED_OUT',
  ENETUNREACH: 'OFFLINE',
  EHOSTUNREACH: 'OFFLINE',
  ENETDOWN: 'OFFLINE',
  EADDRNOTAVAIL: 'OFFLINE',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS_UNTRUSTED',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS_UNTRUSTED',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS_UNTRUSTED',
  UNABLE_TO_GET_ISSUER_CERT: 'TLS_UNTRUSTED',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS_UNTRUSTED',
  CERT_UNTRUSTED: 'TLS_UNTRUSTED',
  CERT_HAS_EXPIRED: 'TLS_EXPIRED',
  CERT_NOT_YET_VALID: 'TLS_EXPIRED',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS_WRONG_HOST',
  EPROTO: 'TLS_FAILED',
  ERR_SSL_WRONG_VERSION_NUMBER: 'TLS_FAILED',
}

function networkFault({name, code, message, awsCode}: ErrorFacts): FaultCode | undefined {
  if (awsCode !== undefined) return undefined
  if (SOCKET_FAULTS[code]) return SOCKET_FAULTS[code]
  if (code.startsWith('ERR_SSL')) return 'TLS_FAILED'
  if (name === 'TimeoutError' || name === 'AbortError') return 'TIMED_OUT'
  if (/socket hang up|aborted|other side closed|^Proxy connection ended/i.test(message))
    return 'CONNECTION_RESET'
  // The proxy agent's own words for a proxy that did not let the connection through.
  if (/^(proxy|bad response from proxy|Proxy connection)/i.test(message)) return 'PROXY_ANSWERED'
  return name === 'BodyTooLarge' ? 'BAD_ANSWER' : undefined
}

const AWS_FAULTS: Readonly<Record<string, FaultCode>> = {
  InvalidClientTokenId: 'INVALID_CLIENT_TOKEN',
  UnrecognizedClient: 'INVALID_CLIENT_TOKEN',
  InvalidAccessKeyId: 'INVALID_CLIENT_TOKEN',
  IncompleteSignature: 'SIGNATURE_UNREADABLE',
  InvalidSignature: 'SIGNATURE_MISMATCH',
  SignatureDoesNotMatch: 'SIGNATURE_MISMATCH',
  ExpiredToken: 'EXPIRED_TOKEN',
  TokenRefreshRequired: 'EXPIRED_TOKEN',
  RequestExpired: 'CLOCK_SKEW',
  RequestTimeTooSkewed: 'CLOCK_SKEW',
  // "The AWS access key ID needs a subscription for the service": of an account that is not whole yet.
  OptInRequired: 'SIGN_UP_UNFINISHED',
  RegionDisabled: 'REGION_DISABLED',
  AccessDenied: 'ACCESS_DENIED',
  UnauthorizedOperation: 'ACCESS_DENIED',
  Throttling: 'THROTTLED',
  ThrottledException: 'THROTTLED',
  TooManyRequests: 'THROTTLED',
  RequestLimitExceeded: 'THROTTLED',
  SlowDown: 'THROTTLED',
  PriorRequestNotComplete: 'THROTTLED',
}

function awsFault({awsCode, message}: ErrorFacts, observation: Observation): FaultCode | undefined {
  const fault = awsCode === undefined ? undefined : AWS_FAULTS[awsCode]
  if (fault !== 'SIGNATURE_MISMATCH') return fault
  // AWS says "Signature expired" and "Signature not yet current" under the code of a wrong signature.
  const skew = Math.abs(skewSeconds(observation) ?? 0)
  return /Signature expired|not yet current/i.test(message) || skew > MAX_SKEW_SECONDS ? 'CLOCK_SKEW' : fault
}
