/** The SDK's clients of IAM Identity Center at the practice server, and the steps that every test takes. */
import './clients.js'
import {createHash, randomBytes} from 'node:crypto'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {SSOClient} from '@aws-sdk/client-sso'
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import type {Practice} from '../../src/practice/server.js'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const SCOPES = ['sso:account:access']

export function ssoClient({url}: Practice, requestTimeout = 2_000): SSOClient {
  const requestHandler = new NodeHttpHandler({requestTimeout, throwOnRequestTimeout: true})
  return new SSOClient({endpoint: url, region: 'eu-west-1', maxAttempts: 1, requestHandler})
}

export function oidcClient({url}: Practice): SSOOIDCClient {
  return new SSOOIDCClient({endpoint: url, region: 'eu-west-1', maxAttempts: 1})
}

export interface Registered {
  readonly clientId: string
  readonly clientSecret: string
}

export async function registered(practice: Practice, fields: object = {}): Promise<Registered> {
  const answer = await oidcClient(practice).send(
    new RegisterClientCommand({clientName: 'a test', clientType: 'public', scopes: SCOPES, ...fields}),
  )
  return {clientId: answer.clientId!, clientSecret: answer.clientSecret!}
}

export function browserClient(practice: Practice, redirectUris = ['http://127.0.0.1/oauth/callback']) {
  return registered(practice, {
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris,
    issuerUrl: practice.identityCenter.startUrl,
  })
}

export async function startedDevice(practice: Practice, client: Registered) {
  const {startUrl} = practice.identityCenter
  const answer = await oidcClient(practice).send(new StartDeviceAuthorizationCommand({...client, startUrl}))
  return {
    deviceCode: answer.deviceCode!,
    userCode: answer.userCode!,
    verificationUri: answer.verificationUri!,
    verificationUriComplete: answer.verificationUriComplete!,
    expiresIn: answer.expiresIn!,
    interval: answer.interval!,
  }
}

export function poll(practice: Practice, client: Registered, deviceCode: string) {
  return oidcClient(practice).send(new CreateTokenCommand({...client, grantType: DEVICE, deviceCode}))
}

/** Signed in by the device flow, without a person. */
export async function signedIn(practice: Practice, fields: object = {}, username?: string) {
  const client = await registered(practice, fields)
  const {deviceCode, userCode} = await startedDevice(practice, client)
  practice.identityCenter.approveDevice(userCode, username)
  const {accessToken, refreshToken, expiresIn} = await poll(practice, client, deviceCode)
  return {client, accessToken: accessToken!, refreshToken, expiresIn: expiresIn!}
}

export function newPkce() {
  const verifier = randomBytes(32).toString('base64url')
  return {verifier, challenge: createHash('sha256').update(verifier).digest('base64url')}
}

export function authorizeUrl(practice: Practice, parameters: Readonly<Record<string, string>>): string {
  return `${practice.url}/authorize?${new URLSearchParams({
    response_type: 'code',
    state: 'a-state',
    code_challenge_method: 'S256',
    scopes: SCOPES.join(' '),
    ...parameters,
  }).toString()}`
}

/** A program's listener on the loopback; `got` is what the browser brought. */
export async function listener() {
  const got: URLSearchParams[] = []
  const server = createServer((request, response) => {
    got.push(new URL(request.url!, 'http://127.0.0.1').searchParams)
    response.end('Signed in. You can close this page.')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    redirectUri: `http://127.0.0.1:${port}/oauth/callback`,
    got,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
