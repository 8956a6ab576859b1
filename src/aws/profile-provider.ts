/** The keys of a profile, had by the SDK's own provider: what it reads, prefers and refuses, a deploy does as well. */
import {readFile} from 'node:fs/promises'
import type {AccessKey, RegionName} from '../domain/access-key.js'
import {Failure} from '../domain/problem.js'
import {Secret} from '../text/secret.js'
import type {SsoToken} from '../domain/sso.js'
import {anyAccessKeyId} from '../domain/key-validators.js'
import {assumeRole, assumeRoleWithWebIdentity, needsMfa, type RoleWanted} from './assume-role.js'
import {portalConfiguration} from './client.js'
import {programOutput} from './credential-process.js'
import type {Network} from './network.js'

export interface ProviderOptions {
  /** Where roles are assumed. */
  readonly region: RegionName
  readonly network: Network
  readonly signal: AbortSignal
  /** Where the profile or one that it stands on is of AWS SSO: the region of its portal. */
  readonly ssoRegion?: RegionName | undefined
}

interface Given {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

interface RoleParameters {
  readonly RoleArn?: string | undefined
  readonly RoleSessionName?: string | undefined
  readonly ExternalId?: string | undefined
  readonly DurationSeconds?: number | undefined
  readonly SerialNumber?: string | undefined
  readonly WebIdentityToken?: string | undefined
}

/**
 * Runs `work` while the process has this environment, as the SDK asks the process alone. Afterwards it is as before.
 */
export async function inEnvironment<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const before = {...process.env}
  setEnvironment(env)
  try {
    return await work()
  } finally {
    setEnvironment(before)
  }
}

function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name]
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && process.env[name] !== value) process.env[name] = value
}

/** Reads both files anew, once for all profiles that are asked for afterwards. */
export async function beginProviders(signal: AbortSignal): Promise<void> {
  const {externalDataInterceptor, parseKnownFiles} = await import('./providers.js')
  const hooks = externalDataInterceptor.getTokenRecord() as Record<string, unknown>
  for (const name of Object.keys(hooks)) delete hooks[name]
  // The SDK waits for a program without end, and leaves it behind.
  hooks['exec'] = (command: string, done: (error: unknown, output?: {stdout: string}) => void) => {
    programOutput(command, {signal}).then((stdout) => done(undefined, {stdout}), done)
  }
  await parseKnownFiles({ignoreCache: true})
}

/** The SDK takes this token for the session, and does not look for one, renew it or write it. */
export async function giveToken(session: string, token: SsoToken): Promise<void> {
  const {externalDataInterceptor} = await import('./providers.js')
  externalDataInterceptor.interceptToken(session, {
    accessToken: token.accessToken.reveal(),
    expiresAt: new Date(token.expiresAt).toISOString(),
    region: token.region,
    startUrl: token.startUrl,
  })
}

/** @throws Failure of AWS or for MFA; an error of the SDK, in its own words, for all else */
export async function keyByProvider(profile: string, options: ProviderOptions): Promise<AccessKey> {
  const {fromIni} = await import('./providers.js')
  const {ssoRegion, network, region} = options
  const given = await fromIni({
    profile,
    // It is never sent: a role that needs it is refused below, after what it stands on was tried.
    mfaCodeProvider: async () => '000000',
    roleAssumer: async (source: Given, role: RoleParameters) => {
      if (role.SerialNumber !== undefined) throw new Failure(needsMfa(profile))
      return forSdk(await assumeRole(asKey(source), wanted(role), options))
    },
    roleAssumerWithWebIdentity: async (role: RoleParameters) =>
      forSdk(await assumeRoleWithWebIdentity(new Secret(role.WebIdentityToken ?? ''), wanted(role), options)),
    ...(ssoRegion ? {clientConfig: await portalConfiguration(ssoRegion, network)} : {}),
    parentClientConfig: {region},
  })()
  return asKey(given)
}

/** By its program alone, as the chain of the SDK comes to it where a role of the same profile cannot be taken on. */
export async function keyByProgram(profile: string): Promise<AccessKey> {
  const {fromProcess} = await import('./providers.js')
  return asKey(await fromProcess({profile})())
}

/** What a machine gives beside all profiles: a container, an EC2 instance, a web identity in variables. */
export type MachineSource = 'web-identity-env' | 'container' | 'instance'

/** Patience with a service of the machine itself, which is near or not there. */
const NEARBY = {timeout: 1_000, maxRetries: 0} as const

/** @throws Failure of AWS; an error of the SDK or of the system, in its own words, for all else */
export async function keyOfMachine(source: MachineSource, options: ProviderOptions): Promise<AccessKey> {
  if (source === 'web-identity-env') {
    const {AWS_WEB_IDENTITY_TOKEN_FILE = '', AWS_ROLE_ARN = '', AWS_ROLE_SESSION_NAME} = process.env
    const token = new Secret(await readFile(AWS_WEB_IDENTITY_TOKEN_FILE, 'ascii'))
    const role = {RoleArn: AWS_ROLE_ARN, RoleSessionName: AWS_ROLE_SESSION_NAME}
    return assumeRoleWithWebIdentity(token, wanted(role), options)
  }
  const {fromHttp, fromInstanceMetadata} = await import('./providers.js')
  return asKey(await (source === 'container' ? fromHttp(NEARBY) : fromInstanceMetadata(NEARBY))())
}

function wanted({RoleArn = '', RoleSessionName, ExternalId, DurationSeconds}: RoleParameters): RoleWanted {
  return {
    roleArn: RoleArn,
    ...(RoleSessionName === undefined ? {} : {sessionName: RoleSessionName}),
    ...(ExternalId === undefined ? {} : {externalId: ExternalId}),
    ...(DurationSeconds === undefined ? {} : {durationSeconds: DurationSeconds}),
  }
}

function forSdk({accessKeyId, secretAccessKey, sessionToken}: AccessKey): Given {
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    ...(sessionToken ? {sessionToken: sessionToken.reveal()} : {}),
  }
}

function asKey({accessKeyId, secretAccessKey, sessionToken}: Given): AccessKey {
  const id = anyAccessKeyId(accessKeyId)
  if (!id) throw new Error('What it gives is no access key ID.')
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(secretAccessKey),
    ...(sessionToken ? {sessionToken: new Secret(sessionToken)} : {}),
  }
}
