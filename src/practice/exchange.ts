/** One request to the AWS side of the server: read, routed, struck by a fault or not, answered, logged. */
import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import type {PracticeAccount} from './account.js'
import {AwsError} from './aws-error.js'
import {deliver, refusalOf, skewOf} from './fault-effects.js'
import type {Faults} from './faults.js'
import type {IdentityCenter} from './identity-center.js'
import type {RequestLog} from './request-log.js'
import {route} from './services/registry.js'
import type {Reply} from './services/service.js'
import {header, type WireRequest} from './sigv4.js'

/** Far above any call of the services here; what is longer is refused unread. */
const MAX_BODY_BYTES = 1024 * 1024

export interface ExchangeParts {
  readonly identityCenter: IdentityCenter
  readonly serverUrl: string
  readonly faults: Faults
  readonly log: RequestLog
}

export async function answerAws(
  {identityCenter, serverUrl, faults, log}: ExchangeParts,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming)
  if (request === undefined) {
    response.writeHead(413, {Connection: 'close'}).end()
    return
  }
  const {service, action} = route(request)
  const fault = faults.take(service.name, action)
  const accessKeyId = loggableKeyId(request)
  const account = identityCenter.accountOf(accessKeyId)
  const now = account.now() + skewOf(fault)
  const requestId = randomUUID()
  let errorCode: string | undefined
  let reply: Reply
  try {
    const refusal = refusalOf(fault, {
      service: service.name,
      action,
      callerArn: claimedArn(account, accessKeyId),
    })
    if (refusal !== undefined) throw refusal
    reply = service.answer(action, {account, identityCenter, serverUrl, request, now, requestId})
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    errorCode = error.code
    reply = service.refuse(error, requestId)
  }
  log.add({
    at: account.now(),
    method: request.method,
    service: service.name,
    action,
    status: reply.status,
    ...(accessKeyId === undefined ? {} : {accessKeyId}),
    ...(errorCode === undefined ? {} : {errorCode}),
    ...(fault === undefined ? {} : {fault: fault.kind}),
  })
  response.setHeader('Date', new Date(now).toUTCString())
  deliver(reply, fault, response)
}

/** The body as far as the limit allows; `undefined` beyond it. @throws when the sender goes away */
export async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  // Left undestroyed when the limit is met, so that the refusal can still be sent.
  for await (const piece of incoming.iterator({destroyOnReturn: false}) as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > MAX_BODY_BYTES) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest | undefined> {
  const body = await readBody(incoming)
  if (body === undefined) return undefined
  const headers = new Map<string, string[]>()
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index]!.toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), incoming.rawHeaders[index + 1]!])
  }
  return {method: incoming.method ?? 'GET', target: incoming.url ?? '/', headers, body}
}

function loggableKeyId(request: WireRequest): string | undefined {
  return /Credential=(A[KS]IA[A-Z2-7]{16})\//.exec(header(request, 'authorization') ?? '')?.[1]
}

/** Whose key it is, the signature unseen; the account itself for a key that is nobody's. */
function claimedArn(account: PracticeAccount, accessKeyId = ''): string {
  const key = account.accessKeys.get(accessKeyId) ?? account.temporaryKeys.get(accessKeyId)
  return key === undefined ? account.rootArn : account.arnOf(key.owner)
}
