/** The places of the standard chain, in the order in which Serverless Framework and the SDK for JavaScript ask them. */
import {say, type SafeText} from '../text/safe-text.js'
import {maskKeyId} from '../text/mask.js'
import {placeOfKey} from './places.js'
import {javascriptProfile, ssoTokenOf} from './profile-states.js'
import type {Snapshot} from './snapshot.js'
import {
  isProfileMethod,
  keysOfMethod,
  methodsOf,
  PROFILE_METHODS,
  type ProfileMethod,
} from './tools/methods.js'
import {isBase} from './tools/javascript.js'
import type {Outcome} from './tools/outcome.js'
import {detailOf} from './tools/verdict.js'
import type {Source, SourceId, ToolVerdict} from './types.js'
import type {Values} from './views.js'

export const SOURCE_LABELS: Readonly<Record<SourceId, SafeText>> = {
  environment: say`Environment`,
  role: say`Role`,
  static: say`Access key`,
  'web-identity': say`Web identity`,
  process: say`Program`,
  sso: say`AWS SSO`,
  login: say`Console sign-in`,
  'web-identity-env': say`Web identity variables`,
  container: say`Container`,
  instance: say`EC2 instance`,
}

const IN_SENTENCE: Readonly<Record<SourceId, SafeText>> = {
  environment: say`the environment`,
  role: say`the role`,
  static: say`the access key`,
  'web-identity': say`the web identity`,
  process: say`the program`,
  sso: say`AWS SSO`,
  login: say`the console sign-in`,
  'web-identity-env': say`the web identity of the environment`,
  container: say`the container`,
  instance: say`the EC2 instance`,
}

const ORDER: readonly SourceId[] = [
  'environment',
  ...PROFILE_METHODS,
  'web-identity-env',
  'container',
  'instance',
]

interface Seen {
  readonly where?: SafeText
  readonly detail?: SafeText
  readonly expiresAt?: number
}

export function sourcesOf(
  s: Snapshot,
  profile: string,
  outcome: Outcome,
  verdict: ToolVerdict,
): readonly Source[] {
  const data = javascriptProfile(s, profile)
  return ORDER.map((id) => {
    const seen = isProfileMethod(id) ? seenInProfile(s, profile, data, id) : seenAround(s, id)
    const found = seen !== undefined || (outcome.kind === 'found' && outcome.source === id)
    return {
      id,
      label: SOURCE_LABELS[id],
      isFound: found,
      ...seen,
      ...(found ? standingOf(id, outcome, verdict) : {standing: 'absent', why: absent(s, profile, id)}),
    }
  })
}

function standingOf(
  id: SourceId,
  outcome: Outcome,
  verdict: ToolVerdict,
): Pick<Source, 'standing' | 'why' | 'fix' | 'detail' | 'expiresAt'> {
  if (outcome.kind === 'found' && outcome.source === id)
    return {
      standing: 'wins',
      why: verdict.why,
      detail: detailOf(outcome),
      ...(outcome.expiresAt === undefined ? {} : {expiresAt: outcome.expiresAt}),
    }
  if (outcome.kind === 'broken' && outcome.source === id)
    return {standing: 'broken', why: outcome.words, ...(outcome.fix ? {fix: outcome.fix} : {})}
  if (isBase(outcome, id)) return {standing: 'loses', why: say`The role is taken on with it.`}
  const passed = outcome.passed.find(({source}) => source === id)
  if (passed)
    return {
      standing: passed.isBroken ? 'broken' : 'loses',
      why: passed.why,
      ...(passed.fix ? {fix: passed.fix} : {}),
    }
  const isFirst =
    outcome.kind !== 'none' &&
    outcome.source !== undefined &&
    ORDER.indexOf(id) < ORDER.indexOf(outcome.source)
  if (isFirst && isProfileMethod(id))
    return {standing: 'broken', why: say`It would come first, but is incomplete: it is passed over.`}
  if (outcome.kind === 'found')
    return {standing: 'loses', why: say`Not asked: ${IN_SENTENCE[outcome.source]} comes first.`}
  if (outcome.kind === 'broken' && outcome.source)
    return {
      standing: 'loses',
      why: say`Not asked: the search stops at ${IN_SENTENCE[outcome.source]}.`,
    }
  return {standing: 'broken', why: say`It is there, but incomplete: it gives no credentials.`}
}

function seenInProfile(s: Snapshot, profile: string, data: Values, method: ProfileMethod): Seen | undefined {
  if (!methodsOf(data).includes(method)) return undefined
  const where = placeOfKey(s, profile, keysOfMethod(method))
  const detail = detailIn(data, method)
  const expiresAt = method === 'sso' ? ssoTokenOf(s, data)?.expiresAt : undefined
  return {
    ...(where ? {where} : {}),
    ...(detail ? {detail} : {}),
    ...(expiresAt === undefined || Number.isNaN(expiresAt) ? {} : {expiresAt}),
  }
}

function detailIn(data: Values, method: ProfileMethod): SafeText | undefined {
  switch (method) {
    case 'role':
      return say`${data.get('role_arn')}`
    case 'static': {
      const id = data.get('aws_access_key_id')
      return id === undefined ? say`a secret without its key ID` : maskKeyId(id)
    }
    case 'sso': {
      const [account, role] = [data.get('sso_account_id'), data.get('sso_role_name')]
      return account && role ? say`account ${account}, ${role}` : undefined
    }
    case 'web-identity':
      return say`token file ${data.get('web_identity_token_file')}`
    case 'login':
      return say`${data.get('login_session')}`
    case 'process':
      // The arguments of a program may hold a secret.
      return say`${data.get('credential_process')?.split(/\s/)[0]}`
  }
}

function seenAround({env, isEc2}: Snapshot, id: SourceId): Seen | undefined {
  switch (id) {
    case 'environment': {
      const keyId = env['AWS_ACCESS_KEY_ID']
      if (keyId) return {where: say`AWS_ACCESS_KEY_ID`, detail: maskKeyId(keyId)}
      return env['AWS_SECRET_ACCESS_KEY']
        ? {where: say`AWS_SECRET_ACCESS_KEY`, detail: say`a secret without its key ID`}
        : undefined
    }
    case 'web-identity-env':
      return env['AWS_WEB_IDENTITY_TOKEN_FILE']
        ? {
            where: say`AWS_WEB_IDENTITY_TOKEN_FILE`,
            detail: say`token file ${env['AWS_WEB_IDENTITY_TOKEN_FILE']}`,
          }
        : undefined
    case 'container': {
      const name = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].find(
        (each) => env[each],
      )
      return name ? {where: say`${name}`} : undefined
    }
    default:
      return isEc2 && !isMetadataOff(env) ? {where: say`the metadata service of Amazon EC2`} : undefined
  }
}

function absent({env, javascript}: Snapshot, profile: string, id: SourceId): SafeText {
  if (isProfileMethod(id))
    return javascript.profiles.has(profile)
      ? say`The profile ${profile} has none.`
      : say`There is no profile called ${profile}.`
  if (id === 'instance')
    return isMetadataOff(env)
      ? say`AWS_EC2_METADATA_DISABLED is set.`
      : say`This is no machine of Amazon EC2.`
  return say`Not set.`
}

function isMetadataOff(env: Snapshot['env']): boolean {
  const off = env['AWS_EC2_METADATA_DISABLED']
  return off !== undefined && off !== '' && off !== 'false'
}
