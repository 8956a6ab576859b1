import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterEach, describe, expect, test} from '@jest/globals'
import {networkFrom} from '../../src/aws/network.js'
import {readStack} from '../../src/aws/stack.js'
import {Failure} from '../../src/domain/problem.js'
import {asKey, region, signal} from './keys.js'

const key = asKey({
  accessKeyId: 'AKIAQ7WERTYUIOPLKJH2',
  secretAccessKey: 'sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr',
})
let server: Server
afterEach(() => {
  server.close()
  server.closeAllConnections()
})

/** CloudFormation that answers everything with this. */
async function answering(status: number, body: string) {
  server = createServer((_request, response) => {
    response.writeHead(status, {'Content-Type': 'text/xml', Date: new Date().toUTCString()}).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  const network = await networkFrom({AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${port}`})
  return readStack(key, 'SFSetup-1', {region: region('us-east-1'), network, signal})
}

const event = (type: string, id: string, status: string, reason = '') =>
  `<member><EventId>1</EventId><StackId>s</StackId><StackName>SFSetup-1</StackName><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason><Timestamp>2026-01-01T00:00:00Z</Timestamp></member>`
const events = (...members: string[]) =>
  `<DescribeStackEventsResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStackEventsResult><StackEvents>${members.join('')}</StackEvents></DescribeStackEventsResult></DescribeStackEventsResponse>`
const refusal = (code: string, message: string) =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`

describe('a stack', () => {
  test('that failed tells its resource and the reason, the first one first', async () => {
    const stack = 'AWS::CloudFormation::Stack'
    const report = await answering(
      200,
      events(
        event(stack, 'SFSetup-1', 'ROLLBACK_COMPLETE'),
        event('AWS::IAM::Policy', 'Policy', 'CREATE_FAILED', 'Resource creation cancelled'),
        event('AWS::IAM::Role', 'Role', 'CREATE_FAILED', 'SFRole-1 already exists'),
        event(stack, 'SFSetup-1', 'CREATE_IN_PROGRESS'),
      ),
    )
    expect(report).toEqual({
      status: 'ROLLBACK_COMPLETE',
      failures: [
        {resource: 'Role', reason: 'SFRole-1 already exists'},
        {resource: 'Policy', reason: 'Resource creation cancelled'},
      ],
    })
  })

  test('that is being made has no failures; text of AWS cannot drive the terminal', async () => {
    const report = await answering(
      200,
      events(event('AWS::IAM::Role', 'Role', 'CREATE_FAILED', '&#x1b;]0;owned&#x07;')),
    )
    expect(report?.failures[0]?.reason).not.toMatch(/[\u0000-\u001f]/)
    expect(report?.status).toBe('unknown')
  })

  test('that does not exist is none', async () => {
    expect(
      await answering(400, refusal('ValidationError', 'Stack [SFSetup-1] does not exist')),
    ).toBeUndefined()
  })

  test('that may not be read is told as that', async () => {
    const error = await answering(403, refusal('AccessDenied', 'not authorized')).catch(
      (each: unknown) => each,
    )
    expect(error instanceof Failure && error.problem.code).toBe('ACCESS_DENIED')
  })
})
