import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  paginateListAccountRoles,
  paginateListAccounts,
} from '@aws-sdk/client-sso'
import {CreateTokenCommand} from '@aws-sdk/client-sso-oidc'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {refusal, stsClient} from './clients.js'
import {
  authorizeUrl,
  browserClient,
  listener,
  newPkce,
  oidcClient,
  poll,
  registered,
  signedIn,
  ssoClient,
  startedDevice,
} from './sso-support.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
let now: number
beforeEach(async () => {
  now = Date.now()
  practice = await startPractice({now: () => now})
})
afterEach(() => practice.close())

const accounts = async (accessToken: string, maxResults?: number) => {
  const pages = paginateListAccounts({client: ssoClient(practice)}, {accessToken, maxResults})
  const lists = []
  for await (const {accountList = []} of pages) lists.push(accountList)
  return lists
}

describe('signing in with a code', () => {
  test('waits for the person, then gives tokens that list the accounts', async () => {
    const client = await registered(practice)
    const attempt = await startedDevice(practice, client)
    expect(attempt).toMatchObject({
      userCode: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verificationUri: `${practice.url}/device`,
      verificationUriComplete: `${practice.url}/device?user_code=${attempt.userCode}`,
      expiresIn: 600,
      interval: 1,
    })
    expect(await refusal(poll(practice, client, attempt.deviceCode))).toMatchObject({
      name: 'AuthorizationPendingException',
      status: 400,
    })
    now += 1000
    const done = await practice.identityCenter.visit(attempt.verificationUriComplete)
    expect(done.page).toContain('Request approved')
    const answer = await poll(practice, client, attempt.deviceCode)
    expect(answer).toMatchObject({tokenType: 'Bearer', expiresIn: 3600})
    expect((await accounts(answer.accessToken!)).map((page) => page.length)).toEqual([5, 5, 3])
  })
})

describe('signing in with the browser', () => {
  test('comes back to the program with a code for tokens', async () => {
    const client = await browserClient(practice)
    const {redirectUri, got, close} = await listener()
    const {verifier, challenge} = newPkce()
    const url = authorizeUrl(practice, {
      client_id: client.clientId,
      redirect_uri: redirectUri,
      code_challenge: challenge,
    })
    const seen = await practice.identityCenter.visit(url)
    await close()
    expect(seen.page).toBe('Signed in. You can close this page.')
    expect(got[0]!.get('state')).toBe('a-state')
    const answer = await oidcClient(practice).send(
      new CreateTokenCommand({
        ...client,
        grantType: 'authorization_code',
        code: got[0]!.get('code')!,
        redirectUri,
        codeVerifier: verifier,
      }),
    )
    expect(answer).toMatchObject({tokenType: 'Bearer', expiresIn: 3600})
    expect(await accounts(answer.accessToken!, 100)).toHaveLength(1)
  })
})

test('the key of a role says whose it is and in which account', async () => {
  const {accessToken} = await signedIn(practice)
  const {roleCredentials} = await ssoClient(practice).send(
    new GetRoleCredentialsCommand({accessToken, accountId: '000000000042', roleName: 'ReadOnlyAccess'}),
  )
  expect(roleCredentials!.expiration).toBe(now + 3_600_000)
  const {accessKeyId, secretAccessKey, sessionToken} = roleCredentials!
  const credentials = {
    accessKeyId: accessKeyId!,
    secretAccessKey: secretAccessKey!,
    sessionToken: sessionToken!,
  }
  const who = await stsClient({url: practice.url, credentials}).send(new GetCallerIdentityCommand({}))
  expect(who.Account).toBe('000000000042')
  expect(who.Arn).toMatch(
    /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}\/ada$/,
  )
})
