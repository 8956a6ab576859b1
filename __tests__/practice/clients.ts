/** Real SDK clients pointed at the practice server, and what they say when refused. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
import {IAMClient} from '@aws-sdk/client-iam'
import {STSClient} from '@aws-sdk/client-sts'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import type {PracticeCredentials} from '../../src/practice/helpers.js'

export interface ClientOptions {
  readonly url: string
  readonly credentials: PracticeCredentials
  readonly region?: string
  readonly requestTimeoutMs?: number
}

export function stsClient(options: ClientOptions): STSClient {
  return new STSClient(settings(options))
}

export function iamClient(options: ClientOptions): IAMClient {
  return new IAMClient(settings(options))
}

function settings({url, credentials, region = 'us-east-1', requestTimeoutMs = 2_000}: ClientOptions) {
  return {
    endpoint: url,
    region,
    credentials,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeoutMs,
    }),
  }
}

export interface Refusal {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
}

/** What the call was refused with. @throws when it was not refused */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call
  } catch (error) {
    const {name, message, $metadata} = error as Error & {$metadata?: {httpStatusCode?: number}}
    return {name, message, status: $metadata?.httpStatusCode}
  }
  throw new Error('the call was answered, but a refusal was expected')
}
