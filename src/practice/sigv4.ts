/**
 * Verification of AWS Signature Version 4, header form.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import {createHash, createHmac, timingSafeEqual} from 'node:crypto'
import {incompleteSignature, missingToken, signatureMismatch} from './aws-error.js'
import type {Secret} from '../text/secret.js'

/** How far a request's date may be from the server's, in minutes. */
const MAX_SKEW_MINUTES = 5

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string
  /** Path and query, undecoded. */
  readonly target: string
  /** Names in lower case; values of one name in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: Buffer
}

export interface Authorization {
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

export function header(request: WireRequest, name: string): string | undefined {
  return request.headers.get(name)?.join(',')
}

/** Who signed, and for what. @throws AwsError MissingAuthenticationToken, IncompleteSignature */
export function readAuthorization(request: WireRequest): Authorization {
  const value = header(request, 'authorization')
  if (value === undefined) throw missingToken()
  const [algorithm = '', rest = ''] = split(value.trim(), ' ')
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw incompleteSignature(`Unsupported AWS 'algorithm': '${algorithm}'.`)
  const fields = new Map<string, string>()
  for (const part of rest.split(',')) {
    const [name, field] = split(part.trim(), '=')
    if (field === undefined) {
      throw incompleteSignature(
        `Invalid key=value pair (missing equal-sign) in Authorization header ${hashed(value)}.`,
      )
    }
    fields.set(name!, field)
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields.get(name))
  if (missing.length > 0) {
    const complaints = missing.map((name) => `Authorization header requires '${name}' parameter.`)
    throw incompleteSignature(`${complaints.join(' ')} ${hashed(value)}`)
  }
  const scope = fields.get('Credential')!.split('/')
  if (scope.length !== 5) {
    // AWS does repeat what it got, so whoever swapped key ID and secret finds the secret in this very message.
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${fields.get('Credential')}'`,
    )
  }
  const [accessKeyId, date, region, service, terminator] = scope as [string, string, string, string, string]
  const signedHeaders = fields.get('SignedHeaders')!.toLowerCase().split(';')
  return {accessKeyId, date, region, service, terminator, signedHeaders, signature: fields.get('Signature')!}
}

/**
 * Checks date, scope and signature.
 * @param now the server's clock, milliseconds since 1970
 * @throws AwsError SignatureDoesNotMatch, IncompleteSignature
 */
export function verifySignature(request: WireRequest, by: Authorization, secret: Secret, now: number): void {
  const stamp = requestDate(request)
  checkClock(stamp, now)
  if (by.terminator !== 'aws4_request') {
    throw signatureMismatch(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${by.terminator}'.`,
    )
  }
  if (by.date !== stamp.slice(0, 8)) {
    throw signatureMismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${by.date}' != '${stamp.slice(0, 8)}', from '${stamp}'.`,
    )
  }
  checkSignedHeaders(request, by.signedHeaders)
  const canonical = canonicalRequest(request, by.signedHeaders)
  const scope = `${by.date}/${by.region}/${by.service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')
  const key = [by.date, by.region, by.service, 'aws4_request'].reduce<Buffer>(
    (sum, part) => hmac(sum, part),
    Buffer.from(`AWS4${secret.reveal()}`, 'utf8'),
  )
  const expected = hmac(key, toSign)
  const given = Buffer.from(by.signature, 'hex')
  if (by.signature.length !== 64 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw signatureMismatch()
  }
}

function requestDate(request: WireRequest): string {
  const given = header(request, 'x-amz-date')
  if (given === undefined) {
    const date = header(request, 'date')
    if (date === undefined) {
      const authorization = header(request, 'authorization') ?? ''
      throw incompleteSignature(
        `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ${hashed(authorization)}`,
      )
    }
    const time = Date.parse(date)
    if (!Number.isNaN(time)) return basicDate(time)
  } else if (/^\d{8}T\d{6}Z$/.test(given) && !Number.isNaN(timeOf(given))) {
    return given
  }
  throw incompleteSignature(
    `Date must be in ISO-8601 'basic format'. Got '${given ?? header(request, 'date')}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  )
}

function checkClock(stamp: string, now: number): void {
  const skewMs = MAX_SKEW_MINUTES * 60_000
  const time = timeOf(stamp)
  if (time < now - skewMs) {
    throw signatureMismatch(
      `Signature expired: ${stamp} is now earlier than ${basicDate(now - skewMs)} (${basicDate(now)} - ${MAX_SKEW_MINUTES} min.)`,
    )
  }
  if (time > now + skewMs) {
    throw signatureMismatch(
      `Signature not yet current: ${stamp} is still later than ${basicDate(now + skewMs)} (${basicDate(now)} + ${MAX_SKEW_MINUTES} min.)`,
    )
  }
}

function checkSignedHeaders(request: WireRequest, signed: readonly string[]): void {
  if (!signed.includes('host')) {
    throw signatureMismatch(`'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.`)
  }
  const left = [...request.headers.keys()].find((name) => name.startsWith('x-amz-') && !signed.includes(name))
  if (left !== undefined)
    throw signatureMismatch(`'${left}' must be a 'SignedHeader' in the AWS Authorization.`)
}

/** The payload hash is taken of the bytes that came, never of what a header claims. */
function canonicalRequest(request: WireRequest, signed: readonly string[]): string {
  const [path = '/', query = ''] = split(request.target, '?')
  const headers = signed.map((name) => {
    const values = request.headers.get(name) ?? []
    return `${name}:${values.map((value) => value.trim().replace(/ {2,}/g, ' ')).join(',')}\n`
  })
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    headers.join(''),
    signed.join(';'),
    sha256(request.body),
  ].join('\n')
}

/** Normalised, then each segment encoded once more than on the wire (all services but S3). */
function canonicalPath(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(encode(segment))
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${kept.join('/')}${end}`
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = split(pair, '=')
      return [encode(decode(name)), encode(decode(value))] as const
    })
    .sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** RFC 3986: only unreserved characters stand for themselves. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}

function basicDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

/** AWS repeats the header only hashed; so does this. */
function hashed(authorization: string): string {
  const digest = createHash('sha256').update(authorization).digest('base64')
  return `(Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data, 'utf8').digest()
}
