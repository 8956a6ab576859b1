/** What a service is to the server. A new one is a file that exports a `Service`, and a line in the registry. */
import type {PracticeAccount} from '../account.js'
import type {AwsError} from '../aws-error.js'
import type {IdentityCenter} from '../identity-center.js'
import type {WireRequest} from '../sigv4.js'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What one request is answered from. */
export interface Exchange {
  /** Whose key signed the request; the server's own account when nobody's did. */
  readonly account: PracticeAccount
  readonly identityCenter: IdentityCenter
  /** Where the server is reached: `http://127.0.0.1:PORT`. */
  readonly serverUrl: string
  readonly request: WireRequest
  /** The server's clock for this request, milliseconds since 1970. */
  readonly now: number
  readonly requestId: string
}

export interface Service {
  /** As in the credential scope: `sts`. */
  readonly name: string
  /** The action asked for, `''` when it names none; `undefined` when the request is not for this service. */
  route(request: WireRequest): string | undefined
  /** @throws AwsError every refusal, of the signature too */
  answer(action: string, exchange: Exchange): Reply
  /** A refusal in this service's wire form. */
  refuse(error: AwsError, requestId: string): Reply
}
