/** Keys of a role, had with other keys or with a token. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
import type {Credentials} from '@aws-sdk/client-sts'
import type {AccessKey} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {Secret} from '../text/secret.js'
import {parseAccessKeyId} from '../domain/validators.js'
import {bounded, patiently} from './call.js'
import {stsClient, TIME_LIMITS} from './client.js'
import {systemClock} from './clock.js'
import {saidBy, type ErrorContext} from './error-context.js'
import {interpret} from './explain.js'
import {isUnknown, whyUnknown, type IdentityOptions} from './identity.js'
import type {Observation} from './observation.js'
import {word} from '../text/shell.js'

export interface RoleWanted {
  readonly roleArn: string
  readonly externalId?: string
  readonly sessionName?: string
  readonly durationSeconds?: number
}

type Options = Omit<IdentityOptions, 'isFresh' | 'report'>
type Client = Awaited<ReturnType<typeof stsClient>>

/** Signed with `key`. @throws Failure ACCESS_DENIED, or the code of a fault */
export async function assumeRole(key: AccessKey, role: RoleWanted, options: Options): Promise<AccessKey> {
  const {AssumeRoleCommand} = await import('./sdk.js')
  const asked = ask(
    key,
    'sts:AssumeRole',
    options,
    async (client, abortSignal) =>
      client.send(
        new AssumeRoleCommand({
          ...named(role),
          ...(role.externalId === undefined ? {} : {ExternalId: role.externalId}),
        }),
        {abortSignal},
      ),
    (error) => roleRefused(error, role, key),
  )
  return asked.catch(async (error: unknown) => {
    // It may be known in another region than that of the role.
    throw isUnknown(error) ? await whyUnknown(key, options, error) : error
  })
}

/** What is said of the role cannot be so: no other key would help. */
function roleRefused(error: unknown, {roleArn}: RoleWanted, key: AccessKey): Problem | undefined {
  if (!(error instanceof Error) || error.name !== 'ValidationError') return undefined
  return {
    code: 'ROLE_REFUSED',
    what: say`AWS does not take what the profile says of the role ${roleArn}.`,
    why: say`It says: ${saidBy(error, {secrets: [key.secretAccessKey]})}`,
    nextSteps: [
      say`Correct it in the profile: role_session_name is of letters, digits and =,.@-_, and duration_seconds from 900 to 43200.`,
    ],
  }
}

/** Signed by nobody: the token is the proof. @throws Failure as `assumeRole` */
export async function assumeRoleWithWebIdentity(
  token: Secret,
  role: RoleWanted,
  options: Options,
): Promise<AccessKey> {
  const {AssumeRoleWithWebIdentityCommand} = await import('./sdk.js')
  return ask(
    nobody(token),
    'sts:AssumeRoleWithWebIdentity',
    options,
    async (client, abortSignal) =>
      client.send(new AssumeRoleWithWebIdentityCommand({...named(role), WebIdentityToken: token.reveal()}), {
        abortSignal,
      }),
    (error) => webIdentityRefused(error, role, token),
  )
}

/** Refusals of the token or of who holds it: no key is in it, so none is spoken of. */
function webIdentityRefused(error: unknown, {roleArn}: RoleWanted, token: Secret): Problem | undefined {
  const name = error instanceof Error ? error.name.replace(/Exception$/, '') : ''
  const nextStep = TOKEN_REFUSALS.get(name)
  if (!nextStep) return undefined
  return {
    code: 'WEB_IDENTITY_REFUSED',
    what: say`AWS does not take the token of the web identity for the role ${roleArn}.`,
    why: say`It says: ${saidBy(error, {secrets: [token]})}`,
    nextSteps: [nextStep],
  }
}

const TRUST = say`Compare the identity provider and the conditions in the trust policy of the role with who issues the token: https://console.aws.amazon.com/iam/home?#/roles`

/** By AWS's code. Source: errors of AssumeRoleWithWebIdentity in its API reference. */
const TOKEN_REFUSALS: ReadonlyMap<string, SafeText> = new Map([
  ['InvalidIdentityToken', TRUST],
  ['IDPRejectedClaim', TRUST],
  ['AccessDenied', TRUST],
  [
    'ExpiredToken',
    say`Let whatever writes the token write a new one: start the CI job again, or restart the pod.`,
  ],
  [
    'ValidationError',
    say`See that the file which AWS_WEB_IDENTITY_TOKEN_FILE or web_identity_token_file names holds a token, and nothing else.`,
  ],
])

function named({roleArn, sessionName, durationSeconds}: RoleWanted) {
  return {
    RoleArn: roleArn,
    RoleSessionName: sessionName ?? 'serverless-setup',
    ...(durationSeconds === undefined ? {} : {DurationSeconds: durationSeconds}),
  }
}

/** The client wants a key, though the call is not signed; its token is kept out of errors like that of a real one. */
function nobody(token: Secret): AccessKey {
  return {accessKeyId: parseAccessKeyId('AKIAAAAAAAAAAAAAAAAA')!, secretAccessKey: token}
}

async function ask(
  key: AccessKey,
  operation: string,
  {region, network, signal, clock = systemClock, limits = TIME_LIMITS}: Options,
  send: (client: Client, abortSignal: AbortSignal) => Promise<{Credentials?: Credentials | undefined}>,
  ownWords: (error: unknown) => Problem | undefined = () => undefined,
): Promise<AccessKey> {
  const observation: Observation = {}
  const client = await stsClient({key, region, network, observation, limits, now: clock.now})
  try {
    const answer = await patiently(
      () => bounded(async (abortSignal) => send(client, abortSignal), signal, limits),
      {signal, clock, observation},
    )
    const {AccessKeyId = '', SecretAccessKey, SessionToken} = answer.Credentials ?? {}
    const id = parseAccessKeyId(AccessKeyId)
    if (!id || !SecretAccessKey || !SessionToken) throw new Error('The answer holds no credentials.')
    return {
      accessKeyId: id,
      secretAccessKey: new Secret(SecretAccessKey),
      sessionToken: new Secret(SessionToken),
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const context: ErrorContext = {service: 'STS', operation, region, network, observation, key, signal}
    throw new Failure(ownWords(error) ?? interpret(error, context))
  } finally {
    client.destroy()
  }
}

/** A role that asks for a code of an MFA device cannot be assumed without a person. */
export function needsMfa(profile: string): Problem {
  return {
    code: 'MFA_NEEDED',
    what: say`The profile ${profile} needs a code of an MFA device.`,
    why: say`Its role is assumed with mfa_serial; Serverless Framework asks for the code when it deploys.`,
    nextSteps: [say`Try it: \`aws sts get-caller-identity --profile ${word(profile)}\``],
  }
}
