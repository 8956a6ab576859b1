/** The public client of the Dashboard, unchanged, against the practice one: what it reads is what is answered. */
import {CoreSDK} from '@serverless-inc/sdk'
import {signedIn} from './dashboard-support.js'
import {startPractice, type Practice} from '../../src/practice/server.js'

let practice: Practice
beforeEach(async () => {
  practice = await startPractice()
})
afterEach(() => practice.close())

/** Its addresses are fixed when it is made, but each of its parts keeps its own in a field. */
function sdkOf(authToken: string): CoreSDK {
  const sdk = new CoreSDK({authToken})
  const {url} = practice.dashboard
  for (const part of [sdk.orgs, sdk.users, sdk.apps, sdk.accessKeys]) {
    Object.assign(part, {baseUrl: `${url}/core`})
  }
  for (const part of [sdk.providers, sdk.sessions]) Object.assign(part, {baseUrl: url})
  return sdk
}

async function signIn(): Promise<{sdk: CoreSDK; orgId: string; refreshToken: string}> {
  const {id_token, refresh_token} = await signedIn(practice)
  const {orgUid} = practice.dashboard.state.orgByName('practice-org')
  return {sdk: sdkOf(id_token), orgId: orgUid, refreshToken: refresh_token}
}

test('reads the person, the organisations and the tokens', async () => {
  const {sdk, orgId, refreshToken} = await signIn()
  const {userName} = (await sdk.users.getCurrentUser()) as {userName: string}
  const orgs = (await sdk.orgs.list({userName} as never)) as unknown
  expect(orgs).toEqual([expect.objectContaining({orgName: 'practice-org', orgUid: orgId, role: 'owner'})])
  expect(await sdk.orgs.getByName({orgName: 'practice-org'} as never)).toMatchObject({orgUid: orgId})
  const renewed = (await sdk.sessions.refreshAccessToken({refreshToken})) as {id_token: string}
  expect(await sdkOf(renewed.id_token).users.getCurrentUser()).toMatchObject({userName})
})

test('makes an app and finds it again', async () => {
  const {sdk, orgId} = await signIn()
  const made = await sdk.apps.create({orgName: 'practice-org', appName: 'my-app'} as never)
  expect(made).toMatchObject({orgId, appName: 'my-app'})
  expect(await sdk.apps.list({orgName: 'practice-org'})).toEqual([made])
  expect(await sdk.apps.get({orgName: 'practice-org', appName: 'my-app'})).toEqual(made)
  await expect(sdk.apps.create({orgName: 'practice-org', appName: 'my-app'} as never)).rejects.toMatchObject({
    statusCode: 409,
    message: 'An app with this name already exists',
  })
  await expect(sdk.apps.create({orgName: 'practice-org', appName: 'No App'} as never)).rejects.toMatchObject({
    statusCode: 400,
  })
})

test('makes Providers, sets the default and links one', async () => {
  const {sdk, orgId} = await signIn()
  const provider = (alias: string, providerDetails: object, providerType: string) =>
    ({orgId, provider: {alias, providerName: 'aws', providerType, providerDetails}}) as never
  const role = {roleArn: 'arn:aws:iam::123456789012:role/deployer'}
  const key = {accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-real-secret'}
  await sdk.providers.create(provider('first', role, 'roleArn'))
  await sdk.providers.create(provider('second', key, 'accessKey'))
  const list = async () => (await sdk.providers.list({orgId})) as {result: {providerUid: string}[]}
  const {result} = await list()
  expect(result).toMatchObject([
    {alias: 'first', providerType: 'roleArn', providerDetails: role, isDefault: true},
    {
      alias: 'second',
      providerType: 'accessKey',
      providerDetails: {accessKeyId: key.accessKeyId},
      isDefault: false,
    },
  ])
  expect(JSON.stringify(result)).not.toContain(key.secretAccessKey)
  const {providerUid} = result[1]!
  await sdk.providers.setDefault({orgId, providerId: providerUid})
  expect((await list()).result).toMatchObject([{isDefault: false}, {isDefault: true}])
  const names = {appName: 'my-app', serviceName: 'shop', stageName: 'dev', regionName: 'us-east-1'}
  const link = {orgId, linkType: 'instances', linkId: sdk.providers.createLinkIdForInstance(names)} as const
  await sdk.providers.createLink({...link, provider: {providerUid}} as never)
  expect(await sdk.providers.getLink(link as never)).toMatchObject({result: [{providerUid}]})
  await sdk.providers.deleteLink({...link, providerId: providerUid} as never)
  expect(await sdk.providers.getLink(link as never)).toEqual({result: []})
  await expect(sdk.providers.setDefault({orgId, providerId: 'nobody'})).rejects.toMatchObject({
    statusCode: 404,
  })
})

test('works with an access key, and is told when it is signed out', async () => {
  const {sdk} = await signIn()
  const made = (await sdk.accessKeys.create({orgName: 'practice-org'} as never)) as {secretAccessKey: string}
  const byKey = sdkOf(made.secretAccessKey)
  expect(await byKey.accessKeys.getMetadata({} as never)).toMatchObject({result: {orgName: 'practice-org'}})
  practice.dashboard.expireSessions()
  await expect(sdk.users.getCurrentUser()).rejects.toMatchObject({statusCode: 401, message: 'Unauthorized'})
  expect(await byKey.users.getCurrentUser()).toMatchObject({userName: 'practice'})
})
