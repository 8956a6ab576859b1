import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  paginateListAccountRoles,
  paginateListAccounts,
} from '@aws-sdk/client-sso'
import {CreateUserCommand, ListAccountAliasesCommand} from '@aws-sdk/client-iam'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {iamClient, refusal, stsClient} from './clients.js'
import {rawCall} from './raw.js'
import {signedIn, ssoClient} from './sso-support.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let now: number
let accessToken: string
beforeEach(async () => {
  now = Date.now()
  practice = await startPractice({now: () => now})
  accessToken = (await signedIn(practice)).accessToken
})
afterEach(() => practice.close())

const refused = async (call: Promise<unknown>) => {
  const {name, status, message} = await refusal(call)
  return `${name} ${status}: ${message}`
}
const listAccounts = (fields: object = {}) =>
  ssoClient(practice).send(new ListAccountsCommand({accessToken, ...fields}))
const listRoles = (accountId: string, fields: object = {}) =>
  ssoClient(practice).send(new ListAccountRolesCommand({accessToken, accountId, ...fields}))
const roleCredentials = async (accountId: string, roleName: string) => {
  const answer = await ssoClient(practice).send(
    new GetRoleCredentialsCommand({accessToken, accountId, roleName}),
  )
  const {accessKeyId, secretAccessKey, sessionToken, expiration} = answer.roleCredentials!
  const credentials = {
    accessKeyId: accessKeyId!,
    secretAccessKey: secretAccessKey!,
    sessionToken: sessionToken!,
  }
  return {credentials, expiration}
}
const whoIs = (credentials: Awaited<ReturnType<typeof roleCredentials>>['credentials']) =>
  stsClient({url: practice.url, credentials}).send(new GetCallerIdentityCommand({}))

async function pagesOf(maxResults?: number) {
  const pages = []
  const config = {client: ssoClient(practice)}
  for await (const {accountList = []} of paginateListAccounts(config, {accessToken, maxResults})) {
    pages.push(accountList)
  }
  return pages
}

describe('accounts', () => {
  test('come in pages, every one once, some without a name, one with leading zeros', async () => {
    expect((await pagesOf()).map(({length}) => length)).toEqual([5, 5, 3])
    expect((await pagesOf(100)).map(({length}) => length)).toEqual([13])
    const all = (await pagesOf(2)).flat()
    expect(new Set(all.map(({accountId}) => accountId)).size).toBe(13)
    expect(all[1]).toEqual({
      accountId: '000000000042',
      accountName: 'Legacy',
      emailAddress: 'aws+000000000042@example.com',
    })
    expect(all.filter(({accountName}) => accountName === undefined)).toEqual([{accountId: '555555555501'}])
  })

  test('are those of the person who signed in', async () => {
    practice.identityCenter.addRole('111111111101', 'ReadOnlyAccess', 'grace@example.com')
    accessToken = (await signedIn(practice, {}, 'grace@example.com')).accessToken
    expect((await pagesOf()).flat().map(({accountId}) => accountId)).toEqual(['111111111101'])
    const {credentials} = await roleCredentials('111111111101', 'ReadOnlyAccess')
    expect((await whoIs(credentials)).Arn).toMatch(/\/grace@example\.com$/)
    practice.identityCenter.removeRole('111111111101', 'ReadOnlyAccess', 'grace@example.com')
    expect(await pagesOf()).toEqual([[]])
  })

  test.each([{maxResults: 0}, {maxResults: 101}, {nextToken: 'made up'}, {nextToken: 'cm9sZXMgMUAx'}])(
    'are refused with %j',
    async (fields) => {
      expect(await refused(listAccounts(fields))).toMatch(/^InvalidRequestException 400: Invalid parameter: /)
    },
  )
})

describe('roles', () => {
  test('come in pages too', async () => {
    const pages = []
    const input = {accessToken, accountId: '444444444402'}
    for await (const {roleList = []} of paginateListAccountRoles({client: ssoClient(practice)}, input)) {
      pages.push(roleList.map(({roleName, accountId}) => `${accountId} ${roleName}`))
    }
    expect(pages.map(({length}) => length)).toEqual([5, 2])
    expect(pages[0]![0]).toBe('444444444402 AdministratorAccess')
  })

  test('of an account that is closed to the person, unknown or no account are refused', async () => {
    practice.identityCenter.removeRole('444444444401', 'AdministratorAccess')
    expect(await refused(listRoles('444444444401'))).toBe('ForbiddenException 403: No access')
    expect(await refused(listRoles('999999999999'))).toMatch(/^ResourceNotFoundException 404: /)
    expect(await refused(listRoles('42'))).toMatch(/^InvalidRequestException 400: /)
    const {nextToken} = await listRoles('444444444402')
    expect(await refused(listRoles('123456789012', {nextToken}))).toMatch(/^InvalidRequestException 400: /)
  })
})

describe('credentials of a role', () => {
  test('say whose they are, and in which account', async () => {
    const {credentials, expiration} = await roleCredentials('000000000042', 'ReadOnlyAccess')
    expect(expiration).toBe(now + 3_600_000)
    const who = await whoIs(credentials)
    expect(who.Account).toBe('000000000042')
    expect(who.Arn).toMatch(
      /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ada$/,
    )
    expect(who.UserId).toMatch(/^AROA\w{17}:ada$/)
    const again = await roleCredentials('000000000042', 'ReadOnlyAccess')
    expect((await whoIs(again.credentials)).Arn).toBe(who.Arn)
  })

  test('do what the role of this name may do, in its account and no other', async () => {
    const admin = await roleCredentials('123456789012', 'AdministratorAccess')
    const created = new CreateUserCommand({UserName: 'made-by-ada'})
    await iamClient({url: practice.url, credentials: admin.credentials}).send(created)
    expect(practice.account.users.has('made-by-ada')).toBe(true)
    const other = iamClient({
      url: practice.url,
      credentials: (await roleCredentials('111111111101', 'AdministratorAccess')).credentials,
    })
    expect((await other.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
    expect((await other.send(created)).User!.Arn).toBe('arn:aws:iam::111111111101:user/made-by-ada')
    const reader = (await roleCredentials('000000000042', 'ReadOnlyAccess')).credentials
    expect(await refused(iamClient({url: practice.url, credentials: reader}).send(created))).toMatch(
      /^AccessDenied 403: User: arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnlyAccess_/,
    )
  })

  test('expire', async () => {
    const {credentials} = await roleCredentials('123456789012', 'ReadOnlyAccess')
    practice.identityCenter.endSessions()
    expect((await whoIs(credentials)).Account).toBe('123456789012')
    practice.faults.add({kind: 'clock-skew', ms: 3_600_000})
    expect(await refused(whoIs(credentials))).toMatch(/^ExpiredToken 403: /)
  })

  test('are refused for a role that is not assigned, or no longer', async () => {
    expect(await refused(roleCredentials('000000000042', 'AdministratorAccess'))).toBe(
      'ForbiddenException 403: No access',
    )
    practice.identityCenter.addRole('000000000042', 'AdministratorAccess')
    await roleCredentials('000000000042', 'AdministratorAccess')
    practice.identityCenter.removeRole('000000000042', 'AdministratorAccess')
    expect(await refused(roleCredentials('000000000042', 'AdministratorAccess'))).toBe(
      'ForbiddenException 403: No access',
    )
    practice.identityCenter.removeAccount('000000000042')
    expect(await refused(roleCredentials('000000000042', 'ReadOnlyAccess'))).toMatch(
      /^ResourceNotFoundException 404: /,
    )
    practice.identityCenter.addAccount({
      accountId: '000000000042',
      name: 'Back again',
      roles: ['Odd_+=,.@-Name'],
    })
    const {credentials} = await roleCredentials('000000000042', 'Odd_+=,.@-Name')
    expect((await whoIs(credentials)).Arn).toContain(':assumed-role/AWSReservedSSO_Odd_+=,.@-Name_')
  })

  test.each(['/federation/credentials?account_id=123456789012', '/federation/credentials?role_name=a'])(
    'are not given without both parameters: %s',
    async (target) => {
      const headers = {'x-amz-sso_bearer_token': accessToken}
      const answer = await rawCall(practice.url, {method: 'GET', target, headers, body: ''})
      expect(answer.status).toBe(400)
      expect(answer.headers['x-amzn-errortype']).toBe('InvalidRequestException')
    },
  )
})

describe('a token', () => {
  const gone = 'UnauthorizedException 401: Session token not found or invalid'

  test('that is expired, made up, missing or signed out is refused', async () => {
    expect(await refused(listAccounts({accessToken: 'made up'}))).toBe(gone)
    const bare = await rawCall(practice.url, {
      method: 'GET',
      target: '/assignment/accounts',
      headers: {},
      body: '',
    })
    expect(bare.status).toBe(401)
    expect(JSON.parse(bare.body)).toEqual({
      message: 'Session token not found or invalid',
      __type: 'com.amazonaws.switchboard.portal#UnauthorizedException',
    })
    await ssoClient(practice).send(new LogoutCommand({accessToken}))
    expect(await refused(listAccounts())).toBe(gone)
    expect(await refused(ssoClient(practice).send(new LogoutCommand({accessToken})))).toBe(gone)
    const next = await signedIn(practice)
    now += 3_600_000
    expect(await refused(listAccounts({accessToken: next.accessToken}))).toBe(gone)
  })

  test('is refused everywhere once everybody is signed out', async () => {
    practice.identityCenter.endSessions()
    expect(await refused(listAccounts())).toBe(gone)
    expect(await refused(listRoles('123456789012'))).toBe(gone)
    expect(await refused(roleCredentials('123456789012', 'ReadOnlyAccess'))).toBe(gone)
  })
})

test('the log holds no token and no key', async () => {
  const {credentials} = await roleCredentials('123456789012', 'ReadOnlyAccess')
  const log = JSON.stringify(practice.log.entries)
  for (const secret of [accessToken, credentials.secretAccessKey, credentials.sessionToken]) {
    expect(log).not.toContain(secret)
  }
  expect(practice.log.count('sso:GetRoleCredentials')).toBe(1)
})
