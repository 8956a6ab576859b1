/** The practice server beside other people's programs: the AWS CLI as a client, moto as another server. */
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteUserCommand,
  GetUserCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {iamClient, refusal, stsClient} from './clients.js'
import {awsCli, startMoto, testWith, type Moto} from './tools.js'
import type {PracticeCredentials} from '../../src/practice/helpers.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

const ALLOW_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
})

let practice: Practice
beforeEach(async () => {
  practice = await startPractice()
})
afterEach(() => practice.close())

describe('the AWS CLI', () => {
  const withAws = testWith('aws')

  withAws('is let in, and signs as the server verifies', async () => {
    const {stdout, stderr} = await awsCli(practice.url, practice.issueKey(), ['sts', 'get-caller-identity'])
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({Arn: 'arn:aws:iam::123456789012:user/serverless-framework'})
  })

  withAws('with temporary credentials too', async () => {
    practice.newUser()
    const session = practice.issueSession({of: 'serverless-framework'})
    const {stdout} = await awsCli(practice.url, session, ['sts', 'get-caller-identity', '--query', 'Account'])
    expect(stdout.trim()).toBe('"123456789012"')
  })

  withAws('prints a made key as cloudShell prints it', async () => {
    const admin = practice.issueKey()
    practice.newUser({userName: 'morgan'})
    const {stdout} = await awsCli(practice.url, admin, ['iam', 'create-access-key', '--user-name', 'morgan'])
    // Version 1 of the CLI prints times as they came (`Z`), version 2, which CloudShell has, as `+00:00`.
    const shape = (text: string) =>
      text.replace(/AKIA\w{16}|"[\w+/]{40}"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+00:00)/g, '…')
    expect(shape(stdout)).toBe(shape(practice.cloudShell({userName: 'casey'})).replace('casey', 'morgan'))
  })

  withAws('tells a wrong secret in the words people search for', async () => {
    const key = {...practice.issueKey(), secretAccessKey: practice.issueKey().secretAccessKey}
    const {code, stderr} = await awsCli(practice.url, key, ['sts', 'get-caller-identity'])
    expect(code).not.toBe(0)
    expect(stderr).toContain(
      'An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: The request signature we calculated does not match',
    )
  })
})

describe('moto, where it is faithful, gives the same answers', () => {
  const withMoto = testWith('moto_server')
  let moto: Moto | undefined
  afterAll(() => {
    moto?.process.kill()
  })

  interface Side {
    readonly url: string
    readonly admin: PracticeCredentials
    readonly powerless: PracticeCredentials
  }

  async function motoSide(): Promise<Side> {
    moto ??= await startMoto()
    const {url} = moto
    const enforceAfter = (actions: string) =>
      fetch(`${url}/moto-api/reset-auth`, {
        method: 'POST',
        body: actions,
        headers: {'content-type': 'text/plain'},
      })
    await fetch(`${url}/moto-api/reset`, {method: 'POST'})
    await enforceAfter('inf')
    const open = iamClient({url, credentials: practice.issueKey()})
    const keyOf = async (UserName: string) => {
      await open.send(new CreateUserCommand({UserName}))
      const {AccessKey} = await open.send(new CreateAccessKeyCommand({UserName}))
      return {accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey!}
    }
    const admin = await keyOf('admin')
    const powerless = await keyOf('powerless')
    const PolicyDocument = ALLOW_ALL
    await open.send(new PutUserPolicyCommand({UserName: 'admin', PolicyName: 'all', PolicyDocument}))
    await enforceAfter('0')
    return {url, admin, powerless}
  }

  function practiceSide(): Side {
    practice.newUser({userName: 'powerless'})
    return {
      url: practice.url,
      admin: practice.issueKey({userName: 'admin'}),
      powerless: practice.issueKey({userName: 'powerless'}),
    }
  }

  /** What each side says to the same conversation; values that are random left out. */
  async function conversation({url, admin, powerless}: Side): Promise<unknown[]> {
    const sts = (credentials: PracticeCredentials) => stsClient({url, credentials})
    const iam = (credentials: PracticeCredentials): IAMClient => iamClient({url, credentials})
    const whoAmI = new GetCallerIdentityCommand({})
    const wrongSecret = {...admin, secretAccessKey: powerless.secretAccessKey}
    const unknown = {...admin, accessKeyId: 'AKIAQQQQQQQQQQQQQQQQ'}
    const brief = async (call: Promise<unknown>) => {
      const {name, status} = await refusal(call)
      return `${status} ${name}`
    }
    const {Account, Arn} = await sts(admin).send(whoAmI)
    const denied = await refusal(iam(powerless).send(new ListUsersCommand({})))
    const UserName = 'morgan'
    const {User} = await iam(admin).send(new CreateUserCommand({UserName, Path: '/team/'}))
    const {Policy} = await iam(admin).send(
      new CreatePolicyCommand({PolicyName: 'mine', PolicyDocument: ALLOW_ALL}),
    )
    const PolicyArn = Policy!.Arn
    await iam(admin).send(new AttachUserPolicyCommand({UserName, PolicyArn}))
    const found = await iam(admin).send(new GetUserCommand({UserName}))
    const {AttachedPolicies} = await iam(admin).send(new ListAttachedUserPoliciesCommand({UserName}))
    const {AccessKey} = await iam(admin).send(new CreateAccessKeyCommand({UserName}))
    return [
      {Account, Arn},
      await brief(sts(wrongSecret).send(whoAmI)),
      await brief(sts(unknown).send(whoAmI)),
      await brief(iam(wrongSecret).send(new GetUserCommand({}))),
      `${denied.status} ${denied.name} ${denied.message.includes('is not authorized to perform: iam:ListUsers')}`,
      {Arn: User!.Arn, Path: User!.Path, UserName: User!.UserName},
      {Arn: found.User!.Arn, dated: found.User!.CreateDate instanceof Date},
      {AttachedPolicies, DefaultVersionId: Policy!.DefaultVersionId},
      {UserName: AccessKey!.UserName, Status: AccessKey!.Status, secret: AccessKey!.SecretAccessKey!.length},
      await brief(iam(admin).send(new CreateUserCommand({UserName}))),
      await brief(iam(admin).send(new GetUserCommand({UserName: 'nobody'}))),
      await brief(iam(admin).send(new AttachUserPolicyCommand({UserName, PolicyArn: `${PolicyArn}Not`}))),
      await brief(iam(admin).send(new DeleteUserCommand({UserName}))),
      await iam(admin)
        .send(new CreateAccessKeyCommand({UserName}))
        .then(() => 'a second key'),
      await brief(iam(admin).send(new CreateAccessKeyCommand({UserName}))),
    ]
  }

  withMoto('a conversation of fifteen answers', async () => {
    const theirs = await conversation(await motoSide())
    expect(await conversation(practiceSide())).toEqual(theirs)
  })
})
