/** A service that gives the answers it is told, one after another, for what the embedded AWS would never say. */
import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'
import {networkFrom, type Network} from '../../src/aws/network.js'

export interface Stub {
  readonly network: Network
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

/** The last answer is given to all further requests. `errorType` makes them errors of AWS. */
export async function answering(answers: readonly object[], status = 200, errorType?: string): Promise<Stub> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]
    requests.push(request)
    request.resume()
    response.writeHead(status, {
      'Content-Type': 'application/json',
      ...(errorType === undefined ? {} : {'x-amzn-ErrorType': errorType}),
    })
    response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    network: await networkFrom({AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`}),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
