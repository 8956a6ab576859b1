/** The query protocol of STS and IAM: form in, XML out, each call authorised by the caller's policies. */
import type {PracticeAccount} from '../account.js'
import {authenticate, type Caller} from '../authenticate.js'
import {accessDenied, invalidAction, missingToken, signatureMismatch, type AwsError} from '../aws-error.js'
import {Params} from './params.js'
import {decide, type Context, type Decision} from '../policy.js'
import type {Reply, Service} from './service.js'
import {header, type WireRequest} from '../sigv4.js'
import {element, elements, escapeMarkup, type XmlRecord} from '../xml.js'

export interface Call {
  readonly account: PracticeAccount
  readonly caller: Caller
  readonly params: Params
  readonly now: number
}

/** What a call touches: its ARN for the policies, its label for the refusal. */
export interface Target {
  readonly arn: string
  readonly label: string
}

export interface Action {
  /** Left out for what everyone with good credentials may do. */
  readonly target?: (call: Call) => Target
  readonly run: (call: Call) => XmlRecord | undefined
}

export interface QueryServiceOptions {
  readonly name: string
  readonly version: string
  readonly namespace: string
  readonly actions: Readonly<Record<string, Action>>
  /** A rule of the service on who may call at all. @throws AwsError */
  readonly admit?: (caller: Caller, action: string) => void
}

export function queryService({name, version, namespace, actions, admit}: QueryServiceOptions): Service {
  return {
    name,

    route(request) {
      const isMine = (scopedService(request) ?? (fields(request).get('Version') === version && name)) === name
      return isMine ? (fields(request).get('Action') ?? '') : undefined
    },

    answer(action, exchange) {
      const params = fields(exchange.request)
      const caller = authenticate(exchange.account, exchange.request, exchange.now)
      const asked = params.get('Version') ?? version
      if (asked !== version) throw signatureMismatch('Credential should be scoped to correct service. ')
      if (action === '') throw missingToken()
      const handler = Object.hasOwn(actions, action) ? actions[action] : undefined
      if (handler === undefined) throw invalidAction(action, version)
      admit?.(caller, action)
      const call = {account: exchange.account, caller, params: new Params(params), now: exchange.now}
      if (handler.target !== undefined) authorise(call, `${name}:${action}`, handler.target(call))
      const result = handler.run(call)
      const body = `${result === undefined ? '' : element(`${action}Result`, result)}<ResponseMetadata><RequestId>${exchange.requestId}</RequestId></ResponseMetadata>`
      return xmlReply(
        200,
        `<${action}Response xmlns="${namespace}">${body}</${action}Response>\n`,
        exchange.requestId,
      )
    },

    refuse(error, requestId) {
      return refusal(error, namespace, requestId)
    },
  }
}

/** What condition keys of this call a policy may look at. */
export function contextOf({account, caller}: Pick<Call, 'account' | 'caller'>): Context {
  const {principal} = caller
  return {
    'aws:principalarn': account.arnOf(principal),
    'aws:principalaccount': account.id,
    'aws:requestedregion': caller.region,
    'aws:userid': account.userIdOf(principal),
    ...(principal.kind === 'user' ? {'aws:username': principal.user.name} : {}),
    // Long-lived keys carry no word on MFA at all, which is why policies use BoolIfExists.
    ...(caller.isTemporary ? {'aws:multifactorauthpresent': String(caller.hasMfa)} : {}),
  }
}

function authorise(call: Call, action: string, {arn, label}: Target): void {
  const {account, caller} = call
  const decision: Decision =
    caller.principal.kind === 'root'
      ? 'allowed'
      : decide(account.policiesOf(caller.principal), action, arn, contextOf(call))
  if (decision === 'allowed') return
  const reason =
    decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`
  throw accessDenied(
    `User: ${account.arnOf(caller.principal)} is not authorized to perform: ${action} on resource: ${label} ${reason}`,
  )
}

/** Parameters of the body of a POST, or of the address of a GET. */
function fields(request: WireRequest): URLSearchParams {
  const query = request.target.split('?').slice(1).join('?')
  return new URLSearchParams(request.method === 'POST' ? request.body.toString('utf8') : query)
}

/** Read from the end of the scope: a secret typed in place of the key ID may have slashes of its own. */
function scopedService(request: WireRequest): string | undefined {
  const credential = /Credential=([^,\s]*)/.exec(header(request, 'authorization') ?? '')?.[1]
  return credential?.split('/').at(-2)
}

function refusal(error: AwsError, namespace: string, requestId: string): Reply {
  const type = error.status >= 500 ? 'Receiver' : 'Sender'
  const detail = elements({Type: type, Code: error.code, Message: error.message})
  return xmlReply(
    error.status,
    `<ErrorResponse xmlns="${escapeMarkup(namespace)}"><Error>${detail}</Error><RequestId>${requestId}</RequestId></ErrorResponse>\n`,
    requestId,
  )
}

function xmlReply(status: number, body: string, requestId: string): Reply {
  return {
    status,
    headers: {'Content-Type': 'text/xml', 'x-amzn-RequestId': requestId},
    body: Buffer.from(body, 'utf8'),
  }
}
