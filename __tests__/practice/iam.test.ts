import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAccountAliasesCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  paginateListAttachedUserPolicies,
  paginateListUsers,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAccessKeyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam'
import {AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {iamClient, refusal, stsClient} from './clients.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let admin: IAMClient
beforeEach(async () => {
  practice = await startPractice()
  admin = iamClient({url: practice.url, credentials: practice.issueKey({userName: 'admin'})})
})
afterEach(() => practice.close())

const ADMIN_ARN = 'arn:aws:iam::aws:policy/AdministratorAccess'
const UserName = 'morgan'
const policy = (...statements: object[]) => JSON.stringify({Version: '2012-10-17', Statement: statements})
const READ_S3 = policy({Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: 'arn:aws:s3:::b/*'})

const clientOf = (userName: string) =>
  iamClient({url: practice.url, credentials: practice.issueKey({userName})})

describe('a user from first to last', () => {
  test('is made, found, given policies and keys, and taken away again, all as the SDK reads it', async () => {
    const {User} = await admin.send(new CreateUserCommand({UserName, Path: '/team/'}))
    expect(User).toMatchObject({UserName, Path: '/team/', Arn: 'arn:aws:iam::123456789012:user/team/morgan'})
    expect(User!.CreateDate).toBeInstanceOf(Date)
    expect((await admin.send(new GetUserCommand({UserName}))).User).toEqual(User)

    await admin.send(new AttachUserPolicyCommand({UserName, PolicyArn: ADMIN_ARN}))
    const {AttachedPolicies} = await admin.send(new ListAttachedUserPoliciesCommand({UserName}))
    expect(AttachedPolicies).toEqual([{PolicyName: 'AdministratorAccess', PolicyArn: ADMIN_ARN}])

    await admin.send(new PutUserPolicyCommand({UserName, PolicyName: 'read', PolicyDocument: READ_S3}))
    expect((await admin.send(new ListUserPoliciesCommand({UserName}))).PolicyNames).toEqual(['read'])
    const inline = await admin.send(new GetUserPolicyCommand({UserName, PolicyName: 'read'}))
    expect(decodeURIComponent(inline.PolicyDocument!)).toBe(READ_S3)

    const {AccessKey} = await admin.send(new CreateAccessKeyCommand({UserName}))
    expect(AccessKey).toMatchObject({
      UserName,
      Status: 'Active',
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
    })
    expect(AccessKey!.SecretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
    const AccessKeyId = AccessKey!.AccessKeyId!
    const sts = stsClient({
      url: practice.url,
      region: 'eu-west-1',
      credentials: {accessKeyId: AccessKeyId, secretAccessKey: AccessKey!.SecretAccessKey!},
    })
    const before = await admin.send(new GetAccessKeyLastUsedCommand({AccessKeyId}))
    expect(before).toMatchObject({UserName, AccessKeyLastUsed: {ServiceName: 'N/A', Region: 'N/A'}})
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(User!.Arn)
    const after = await admin.send(new GetAccessKeyLastUsedCommand({AccessKeyId}))
    expect(after.AccessKeyLastUsed).toMatchObject({
      ServiceName: 'sts',
      Region: 'eu-west-1',
      LastUsedDate: expect.any(Date),
    })

    await admin.send(new UpdateAccessKeyCommand({UserName, AccessKeyId, Status: 'Inactive'}))
    const {AccessKeyMetadata} = await admin.send(new ListAccessKeysCommand({UserName}))
    expect(AccessKeyMetadata).toMatchObject([{UserName, AccessKeyId, Status: 'Inactive'}])

    const conflict = await refusal(admin.send(new DeleteUserCommand({UserName})))
    expect(conflict).toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete access keys first.',
      status: 409,
    })
    await admin.send(new DeleteAccessKeyCommand({UserName, AccessKeyId}))
    await admin.send(new DetachUserPolicyCommand({UserName, PolicyArn: ADMIN_ARN}))
    await admin.send(new DeleteUserPolicyCommand({UserName, PolicyName: 'read'}))
    await admin.send(new DeleteUserCommand({UserName}))
    expect(await refusal(admin.send(new GetUserCommand({UserName})))).toEqual({
      name: 'NoSuchEntityException',
      message: 'The user with name morgan cannot be found.',
      status: 404,
    })
  })

  test('aliases, groups and MFA devices are listed', async () => {
    practice.newUser({userName: UserName, groups: {developers: ['PowerUserAccess']}, mfaCode: '123456'})
    practice.account.groups.get('developers')!.inline.set('read', {text: READ_S3, statements: []})
    expect((await admin.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['practice-account'])
    expect((await admin.send(new ListGroupsForUserCommand({UserName}))).Groups).toMatchObject([
      {GroupName: 'developers', Arn: 'arn:aws:iam::123456789012:group/developers'},
    ])
    const GroupName = 'developers'
    expect(
      (await admin.send(new ListAttachedGroupPoliciesCommand({GroupName}))).AttachedPolicies,
    ).toMatchObject([{PolicyName: 'PowerUserAccess'}])
    expect((await admin.send(new ListGroupPoliciesCommand({GroupName}))).PolicyNames).toEqual(['read'])
    expect((await admin.send(new ListMFADevicesCommand({UserName}))).MFADevices).toMatchObject([
      {UserName, SerialNumber: 'arn:aws:iam::123456789012:mfa/morgan', EnableDate: expect.any(Date)},
    ])
  })

  test('an account without an alias has an empty list, not none', async () => {
    practice.account.aliases.length = 0
    expect((await admin.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
  })

  test('policies are read and made', async () => {
    const {Policy} = await admin.send(new GetPolicyCommand({PolicyArn: ADMIN_ARN}))
    expect(Policy).toMatchObject({
      PolicyName: 'AdministratorAccess',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
    })
    const made = await admin.send(
      new CreatePolicyCommand({PolicyName: 'mine', PolicyDocument: READ_S3, Description: 'a & b'}),
    )
    expect(made.Policy).toMatchObject({Arn: 'arn:aws:iam::123456789012:policy/mine', Description: 'a & b'})
    const version = await admin.send(
      new GetPolicyVersionCommand({PolicyArn: made.Policy!.Arn, VersionId: 'v1'}),
    )
    expect(decodeURIComponent(version.PolicyVersion!.Document!)).toBe(READ_S3)
  })

  test('the root user is one without a user name', async () => {
    const root = iamClient({url: practice.url, credentials: practice.issueRootKey()})
    const {User} = await root.send(new GetUserCommand({}))
    expect(User).toMatchObject({UserId: '123456789012', Arn: 'arn:aws:iam::123456789012:root'})
    expect((await root.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1)
    expect((await root.send(new ListMFADevicesCommand({}))).MFADevices).toEqual([])
  })
})

describe('refusals', () => {
  const badNames = {UserName: 'mor gan'}
  test.each<[string, (client: IAMClient) => Promise<unknown>, object]>([
    [
      'a second user of the name, whatever its case',
      (c) => c.send(new CreateUserCommand({UserName: 'ADMIN'})),
      {name: 'EntityAlreadyExistsException', message: 'User with name ADMIN already exists.', status: 409},
    ],
    [
      'a user name with a blank',
      (c) => c.send(new CreateUserCommand(badNames)),
      {
        name: 'ValidationError',
        message:
          'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
        status: 400,
      },
    ],
    [
      'a policy that is not there',
      (c) =>
        c.send(new AttachUserPolicyCommand({UserName: 'admin', PolicyArn: 'arn:aws:iam::aws:policy/No'})),
      {
        name: 'NoSuchEntityException',
        message: 'Policy arn:aws:iam::aws:policy/No does not exist or is not attachable.',
        status: 404,
      },
    ],
    [
      'a policy that is no JSON',
      (c) => c.send(new PutUserPolicyCommand({UserName: 'admin', PolicyName: 'p', PolicyDocument: '{'})),
      {name: 'MalformedPolicyDocumentException', message: 'Syntax errors in policy.', status: 400},
    ],
    [
      'a policy with an action of no service',
      (c) =>
        c.send(
          new CreatePolicyCommand({
            PolicyName: 'p',
            PolicyDocument: policy({Effect: 'Allow', Action: 'Get', Resource: '*'}),
          }),
        ),
      {name: 'MalformedPolicyDocumentException', status: 400},
    ],
    [
      'an inline policy too long',
      (c) =>
        c.send(
          new PutUserPolicyCommand({
            UserName: 'admin',
            PolicyName: 'p',
            PolicyDocument: policy({
              Effect: 'Allow',
              Action: 's3:*',
              Resource: Array.from({length: 100}, (_, i) => `arn:aws:s3:::bucket-number-${i}/*`),
            }),
          }),
        ),
      {
        name: 'LimitExceededException',
        message: 'Maximum policy size of 2048 bytes exceeded for user admin',
        status: 409,
      },
    ],
    [
      "another user's key",
      (c) => c.send(new DeleteAccessKeyCommand({AccessKeyId: 'AKIAQQQQQQQQQQQQQQQQ'})),
      {
        name: 'NoSuchEntityException',
        message: 'The Access Key with id AKIAQQQQQQQQQQQQQQQQ cannot be found.',
        status: 404,
      },
    ],
    [
      'a page of no items',
      (c) => c.send(new ListUsersCommand({MaxItems: 0})),
      {name: 'ValidationError', status: 400},
    ],
    [
      'a marker never given',
      (c) => c.send(new ListUsersCommand({Marker: 'zzz'})),
      {name: 'InvalidInputException', status: 400},
    ],
  ])('%s', async (_, call, expected) => {
    expect(await refusal(call(admin))).toMatchObject(expected)
  })

  test('a third key', async () => {
    await admin.send(new CreateAccessKeyCommand({}))
    expect(await refusal(admin.send(new CreateAccessKeyCommand({})))).toEqual({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
      status: 409,
    })
  })
})

describe('permissions', () => {
  test('nobody may do what no policy allows, and is told so as AWS tells it', async () => {
    practice.newUser({userName: UserName})
    expect(await refusal(clientOf(UserName).send(new GetUserCommand({})))).toEqual({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/morgan is not authorized to perform: iam:GetUser on resource: user morgan because no identity-based policy allows the iam:GetUser action',
      status: 403,
    })
  })

  test('who may not ask is refused before the name is looked up', async () => {
    practice.newUser({userName: UserName})
    expect(await refusal(clientOf(UserName).send(new GetUserCommand({UserName: 'nobody'})))).toMatchObject({
      name: 'AccessDenied',
    })
  })

  test('a deny beats an allow', async () => {
    const inline = {no: policy({Effect: 'Deny', Action: 'iam:GetUser', Resource: '*'})}
    practice.newUser({userName: UserName, policies: ['AdministratorAccess'], inline})
    const client = clientOf(UserName)
    expect((await refusal(client.send(new GetUserCommand({})))).message).toContain(
      'with an explicit deny in an identity-based policy',
    )
    expect((await client.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1)
  })

  test('who may is also the one whose group may, and for whom ${aws:username} is the name', async () => {
    const own = policy({
      Effect: 'Allow',
      Action: 'iam:*AccessKey*',
      Resource: 'arn:aws:iam::*:user/${aws:username}',
    })
    practice.newUser({userName: UserName, groups: {readers: ['ReadOnlyAccess']}, inline: {own}})
    const client = clientOf(UserName)
    expect((await client.send(new GetUserCommand({}))).User?.UserName).toBe(UserName)
    expect((await client.send(new CreateAccessKeyCommand({}))).AccessKey?.UserName).toBe(UserName)
    expect(await refusal(client.send(new CreateAccessKeyCommand({UserName: 'admin'})))).toMatchObject({
      name: 'AccessDenied',
    })
  })

  test('a power user may do nothing in IAM', async () => {
    practice.newUser({userName: UserName, policies: ['PowerUserAccess']})
    expect(await refusal(clientOf(UserName).send(new ListAccountAliasesCommand({})))).toMatchObject({
      message: expect.stringContaining('iam:ListAccountAliases on resource: *'),
    })
  })

  test('a policy that asks for MFA is not met by a long-lived key', async () => {
    const inline = {
      mfa: policy({
        Effect: 'Allow',
        Action: 'iam:*',
        Resource: '*',
        Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}},
      }),
    }
    practice.newUser({userName: UserName, inline})
    expect(await refusal(clientOf(UserName).send(new GetUserCommand({})))).toMatchObject({
      name: 'AccessDenied',
    })
    const client = iamClient({
      url: practice.url,
      credentials: practice.issueSession({of: UserName, hasMfa: true}),
    })
    expect((await client.send(new GetUserCommand({}))).User?.UserName).toBe(UserName)
  })

  test('simulation says for each action what the policies say', async () => {
    const inline = {
      p: policy(
        {Effect: 'Allow', NotAction: 'iam:*', Resource: '*'},
        {Effect: 'Deny', Action: 's3:Delete*', Resource: 'arn:aws:s3:::keep/*'},
      ),
    }
    const {arn} = practice.newUser({userName: UserName, inline})
    const simulate = async (ResourceArns?: string[]) => {
      const ActionNames = ['lambda:CreateFunction', 's3:DeleteObject', 'iam:CreateRole']
      const input = {PolicySourceArn: arn, ActionNames, ...(ResourceArns ? {ResourceArns} : {})}
      const {EvaluationResults} = await admin.send(new SimulatePrincipalPolicyCommand(input))
      return EvaluationResults!.map((result) => `${result.EvalActionName} ${result.EvalDecision}`)
    }
    expect(await simulate()).toEqual([
      'lambda:CreateFunction allowed',
      's3:DeleteObject allowed',
      'iam:CreateRole implicitDeny',
    ])
    expect(await simulate(['arn:aws:s3:::keep/x'])).toContain('s3:DeleteObject explicitDeny')
    const unknown = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: `${arn}x`,
      ActionNames: ['s3:GetObject'],
    })
    expect(await refusal(admin.send(unknown))).toMatchObject({name: 'NoSuchEntityException', status: 404})
  })
})

test('a role is told with its path and whom it trusts; one that is not there is not', async () => {
  const role = practice.account.addRole('deployer', ['arn:aws:iam::123456789012:user/admin'], '/team/')
  const {Role} = await admin.send(new GetRoleCommand({RoleName: 'deployer'}))
  expect(Role).toMatchObject({
    RoleName: 'deployer',
    RoleId: role.id,
    Path: '/team/',
    Arn: 'arn:aws:iam::123456789012:role/team/deployer',
  })
  expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toMatchObject({
    Statement: [{Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::123456789012:user/admin'}}],
  })
  expect(await refusal(admin.send(new GetRoleCommand({RoleName: 'gone'})))).toMatchObject({
    name: 'NoSuchEntityException',
    status: 404,
  })
  practice.newUser({userName: UserName, policies: ['PowerUserAccess']})
  expect(await refusal(clientOf(UserName).send(new GetRoleCommand({RoleName: 'deployer'})))).toMatchObject({
    message: expect.stringContaining('iam:GetRole on resource: role deployer'),
  })
})

describe('pages', () => {
  test('a list longer than a page comes whole through the paginator', async () => {
    const names = Array.from({length: 7}, (_, index) => practice.newUser({userName: `user${index}`}).userName)
    const found: (string | undefined)[] = []
    let pages = 0
    for await (const {Users} of paginateListUsers({client: admin, pageSize: 3}, {})) {
      pages++
      found.push(...Users!.map((user) => user.UserName))
    }
    expect([pages, found]).toEqual([3, ['admin', ...names]])
  })

  test('a hundred and more come in pages unasked', async () => {
    for (let index = 0; index < 105; index++) practice.newUser({userName: `user${index}`})
    const {Users, IsTruncated, Marker} = await admin.send(new ListUsersCommand({}))
    expect([Users!.length, IsTruncated, typeof Marker]).toEqual([100, true, 'string'])
  })

  test('attached policies too', async () => {
    const client = admin
    practice.newUser({
      userName: UserName,
      policies: ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess'],
    })
    const sizes: number[] = []
    for await (const {AttachedPolicies} of paginateListAttachedUserPolicies(
      {client, pageSize: 2},
      {UserName},
    )) {
      sizes.push(AttachedPolicies!.length)
    }
    expect(sizes).toEqual([2, 1])
  })
})

describe('roles and keys, asked of STS', () => {
  test('a role that trusts the account is assumed and then acts by its own policies', async () => {
    const role = practice.account.addRole('deployer')
    role.attached.add('arn:aws:iam::aws:policy/ReadOnlyAccess')
    const sts = stsClient({url: practice.url, credentials: practice.issueKey({userName: 'admin'})})
    const RoleArn = 'arn:aws:iam::123456789012:role/deployer'
    const answer = await sts.send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me'}))
    expect(answer.AssumedRoleUser).toEqual({
      AssumedRoleId: `${role.id}:me`,
      Arn: 'arn:aws:sts::123456789012:assumed-role/deployer/me',
    })
    const {AccessKeyId, SecretAccessKey, SessionToken} = answer.Credentials!
    const credentials = {
      accessKeyId: AccessKeyId!,
      secretAccessKey: SecretAccessKey!,
      sessionToken: SessionToken!,
    }
    const client = iamClient({url: practice.url, credentials})
    expect((await client.send(new ListUsersCommand({}))).Users).toHaveLength(1)
    expect(await refusal(client.send(new CreateUserCommand({UserName})))).toMatchObject({
      message: expect.stringContaining(
        'assumed-role/deployer/me is not authorized to perform: iam:CreateUser on resource: user morgan',
      ),
    })
    expect(await refusal(client.send(new GetUserCommand({})))).toMatchObject({
      name: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    })
  })

  test('a role that is not there and one that trusts others are refused alike; root never', async () => {
    practice.account.addRole('closed', ['arn:aws:iam::123456789012:user/other'])
    const sts = stsClient({url: practice.url, credentials: practice.issueKey({userName: 'admin'})})
    for (const name of ['closed', 'missing']) {
      const RoleArn = `arn:aws:iam::123456789012:role/${name}`
      expect(await refusal(sts.send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me'})))).toEqual({
        name: 'AccessDenied',
        message: `User: arn:aws:iam::123456789012:user/admin is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
        status: 403,
      })
    }
    const root = stsClient({url: practice.url, credentials: practice.issueRootKey()})
    const call = new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::123456789012:role/closed',
      RoleSessionName: 'me',
    })
    expect(await refusal(root.send(call))).toMatchObject({
      message: 'Roles may not be assumed by root accounts.',
    })
  })

  test('who one is can always be asked, even by one denied everything', async () => {
    const {arn} = practice.newUser({
      userName: UserName,
      inline: {no: policy({Effect: 'Deny', Action: '*', Resource: '*'})},
    })
    const sts = stsClient({url: practice.url, credentials: practice.issueKey({userName: UserName})})
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(arn)
  })

  test('the account of a key is read out of the key', async () => {
    const other = await startPractice({accountId: '999988887777'})
    const {accessKeyId} = other.issueKey()
    await other.close()
    const sts = stsClient({url: practice.url, credentials: practice.issueKey({userName: 'admin'})})
    expect((await sts.send(new GetAccessKeyInfoCommand({AccessKeyId: accessKeyId}))).Account).toBe(
      '999988887777',
    )
  })
})
