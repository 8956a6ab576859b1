/** Requests below the SDK: signed once by a real client, then changed at will and sent byte for byte. */
import {request, type IncomingHttpHeaders} from 'node:http'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {stsClient} from './clients.js'
import type {PracticeCredentials} from '../../src/practice/helpers.js'
import type {Practice} from '../../src/practice/server.js'

export interface RawCall {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A GetCallerIdentity as the SDK signs it, not sent. */
export async function signedCall(practice: Practice, credentials: PracticeCredentials): Promise<RawCall> {
  const client = stsClient({url: practice.url, credentials})
  let call: RawCall | undefined
  client.middlewareStack.add(
    () => async (args) => {
      const {method, path, headers, body} = args.request as Omit<RawCall, 'target'> & {path: string}
      call = {method, target: path, headers, body}
      return {output: {$metadata: {}}, response: undefined}
    },
    {step: 'finalizeRequest', priority: 'low', name: 'keepSignedRequest'},
  )
  await client.send(new GetCallerIdentityCommand({}))
  return call!
}

export function rawCall(url: string, {method, target, headers, body}: RawCall): Promise<RawAnswer> {
  const sent = {...headers, 'content-length': String(Buffer.byteLength(body))}
  return new Promise((resolve, reject) => {
    request(url, {method, path: target, headers: sent, agent: false}, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces).toString('utf8'),
        })
      })
    })
      .on('error', reject)
      .end(body)
  })
}

export function codeOf(xml: string): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(xml)?.[1]
}
