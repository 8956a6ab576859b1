/** What each fault does: some are refusals in AWS's words, the others break the answer on its way. */
import type {ServerResponse} from 'node:http'
import {AwsError, accessDenied, expiredToken, invalidToken, signatureMismatch} from './aws-error.js'
import type {Fault} from './faults.js'
import type {Reply} from './services/service.js'

const HOUR_MS = 3_600_000
const DEFAULT_BIG_BODY_BYTES = 8 * 1024 * 1024
const DEFAULT_DRIP_MS = 50

/** How far the fault moves the server's clock, in milliseconds. */
export function skewOf(fault: Fault | undefined): number {
  return fault?.kind === 'clock-skew' ? (fault.ms ?? HOUR_MS) : 0
}

/** The refusal a fault stands for; `undefined` when it is not of that sort. */
export function refusalOf(
  fault: Fault | undefined,
  {service, action, callerArn}: {service: string; action: string; callerArn: string},
): AwsError | undefined {
  switch (fault?.kind) {
    case 'invalid-key':
    case 'wrong-partition':
      return invalidToken()
    case 'signature-mismatch':
      return signatureMismatch()
    case 'expired-token':
      return expiredToken()
    case 'access-denied':
      return accessDenied(
        `User: ${callerArn} is not authorized to perform: ${service}:${action} with an explicit deny in a service control policy`,
      )
    case 'throttling':
      return new AwsError(fault.status ?? 400, 'Throttling', 'Rate exceeded')
    case 'server-error':
      return fault.status === 503
        ? new AwsError(
            503,
            'ServiceUnavailable',
            'The request has failed due to a temporary failure of the server.',
          )
        : new AwsError(
            fault.status ?? 500,
            'InternalFailure',
            'The request processing has failed because of an unknown error, exception or failure.',
          )
    case 'opt-in-required':
      return service === 'sts'
        ? invalidToken()
        : new AwsError(403, 'OptInRequired', 'The AWS Access Key Id needs a subscription for the service')
    default:
      return undefined
  }
}

/** Sends the answer, or what the fault makes of it. */
export function deliver(reply: Reply, fault: Fault | undefined, response: ServerResponse): void {
  switch (fault?.kind) {
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'silence':
      return
    case 'truncated':
      response.writeHead(reply.status, {...reply.headers, 'Content-Length': reply.body.length})
      response.write(reply.body.subarray(0, reply.body.length >> 1), () => response.socket?.destroy())
      return
    case 'slow':
      drip(reply, fault.ms ?? DEFAULT_DRIP_MS, response)
      return
    case 'big-body':
      flood(contentTypeOf(reply), fault.bytes ?? DEFAULT_BIG_BODY_BYTES, response)
      return
    default:
      send(replaced(reply, fault), response)
  }
}

function send({status, headers, body}: Reply, response: ServerResponse): void {
  response.writeHead(status, {...headers, 'Content-Length': body.length})
  response.end(body)
}

function replaced(reply: Reply, fault: Fault | undefined): Reply {
  switch (fault?.kind) {
    case 'html':
      return {
        status: fault.status ?? 200,
        headers: {'Content-Type': 'text/html'},
        body: proxyPage(fault.status ?? 200),
      }
    case 'empty':
      return {status: 200, headers: {'Content-Type': contentTypeOf(reply)}, body: Buffer.alloc(0)}
    case 'not-xml':
      return {
        status: 200,
        headers: {'Content-Type': 'text/plain'},
        body: Buffer.from('upstream said: {"ok": true'),
      }
    case 'redirect':
      return {
        status: 307,
        headers: {Location: fault.location ?? 'http://elsewhere.invalid/'},
        body: Buffer.alloc(0),
      }
    default:
      return reply
  }
}

/** Of the service that was asked: XML or JSON. */
function contentTypeOf({headers}: Reply): string {
  return headers['Content-Type'] ?? 'application/octet-stream'
}

function proxyPage(status: number): Buffer {
  return Buffer.from(
    `<!DOCTYPE html>\n<html><head><title>Web filter ${status}</title></head><body><h1>Your organisation's proxy</h1><p>Sign in to browse the internet.</p></body></html>\n`,
  )
}

function drip({status, headers, body}: Reply, pauseMs: number, response: ServerResponse): void {
  response.writeHead(status, {...headers, 'Content-Length': body.length})
  response.flushHeaders()
  let sent = 0
  const timer = setInterval(() => {
    response.write(body.subarray(sent, ++sent))
    if (sent < body.length) return
    clearInterval(timer)
    response.end()
  }, pauseMs)
  response.once('close', () => {
    clearInterval(timer)
  })
}

/** No length is announced, so a reader that trusts the sender would read for ever. */
function flood(contentType: string, bytes: number, response: ServerResponse): void {
  const piece = Buffer.alloc(64 * 1024, '<garbage>')
  let left = bytes
  const pour = (): void => {
    while (left > 0 && !response.destroyed) {
      const part = piece.subarray(0, Math.min(left, piece.length))
      left -= part.length
      if (!response.write(part)) {
        response.once('drain', pour)
        return
      }
    }
    response.end()
  }
  response.writeHead(200, {'Content-Type': contentType})
  pour()
}
