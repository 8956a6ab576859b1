import {iamClient, refusal, stsClient} from './clients.js'
import {GetUserCommand} from '@aws-sdk/client-iam'
import {GetCallerIdentityCommand, GetSessionTokenCommand} from '@aws-sdk/client-sts'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let nowMs = Date.now()
beforeEach(async () => {
  nowMs = Date.now()
  practice = await startPractice({now: () => nowMs})
})
afterEach(() => practice.close())

const whoAmI = new GetCallerIdentityCommand({})
const sts = (credentials = practice.issueKey(), region = 'us-east-1') =>
  stsClient({url: practice.url, credentials, region})

const INVALID = {
  name: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid.',
  status: 403,
}

test('the right secret is let in and named', async () => {
  const identity = await sts().send(whoAmI)
  expect(identity).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/serverless-framework',
  })
  expect(identity.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/)
})

test('IAM is let in whatever region the client signs for, as one address stands for all of them', async () => {
  const client = iamClient({url: practice.url, credentials: practice.issueKey(), region: 'eu-west-1'})
  expect((await client.send(new GetUserCommand({}))).User?.UserName).toBe('serverless-framework')
})

test('a wrong secret does not match', async () => {
  const credentials = {...practice.issueKey(), secretAccessKey: practice.issueKey().secretAccessKey}
  expect(await refusal(sts(credentials).send(whoAmI))).toEqual({
    name: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    status: 403,
  })
})

test('an unknown key is invalid', async () => {
  const other = await startPractice()
  const credentials = other.issueKey()
  await other.close()
  expect(await refusal(sts(credentials).send(whoAmI))).toEqual(INVALID)
})
