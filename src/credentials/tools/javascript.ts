/**
 * The default chain of the AWS SDK for JavaScript 3, which Serverless Framework uses. Written after
 * `defaultProvider` of @aws-sdk/credential-provider-node 3.972 and the providers it calls.
 */
import {say} from '../../text/safe-text.js'
import {environmentParts} from '../judge-key.js'
import type {Snapshot} from '../snapshot.js'
import {ADDRESSES, checkContainerUrl, containerTokenFault} from './container.js'
import {resolveProfile, resolveProcess} from './javascript-profile.js'
import {broken, found, openFailed, type Outcome, type Passed, type Step} from './outcome.js'
import {takeOut} from '../take-out.js'
import type {SourceId} from '../types.js'

export interface JavascriptOptions {
  /** A profile that is given to the chain. */
  readonly profile?: string
  /** Whoever calls the chain can ask for the code of a second factor. The SDK alone cannot. */
  readonly canAskMfa?: boolean
}

export function javascriptOutcome(s: Snapshot, options: JavascriptOptions = {}): Outcome {
  const passed: Passed[] = []
  for (const step of [environment, profile, process, tokenFile, remote]) {
    const result = step(s, options, passed)
    if (result)
      return {...result, passed: [...passed, ...result.passed].filter(({source}) => !isBase(result, source))}
  }
  return {kind: 'none', words: say`Could not load credentials from any providers`, passed}
}

/** What a role is taken on with is no loser. */
export function isBase(outcome: Outcome, id: SourceId): boolean {
  for (let of = outcome.kind === 'found' ? outcome.base : undefined; of; of = of.base)
    if (of.source === id) return true
  return false
}

type Link = (s: Snapshot, options: JavascriptOptions, passed: Passed[]) => Step

const environment: Link = (s, options, passed) => {
  const {env} = s
  const [id, secret] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']]
  const chosen = options.profile ?? env['AWS_PROFILE']
  if (!id && !secret) return undefined
  if (id && secret && !chosen) {
    const {expiresAt} = environmentParts(env)
    return found('environment', {accessKeyId: id, ...(expiresAt === undefined ? {} : {expiresAt})})
  }
  if (id && secret) {
    const by =
      options.profile === undefined ? say`AWS_PROFILE=${chosen} is set` : say`The profile ${chosen} is named`
    passed.push({
      source: 'environment',
      isBroken: false,
      why: say`${by}, so the keys in AWS_ACCESS_KEY_ID are skipped.`,
    })
    return undefined
  }
  const missing = id ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'
  passed.push({
    source: 'environment',
    isBroken: true,
    why: say`Only half of the key pair is set: ${missing} is missing, so it is passed over.`,
    fix: takeOut(s, [id ? 'AWS_ACCESS_KEY_ID' : 'AWS_SECRET_ACCESS_KEY']),
  })
  return undefined
}

const profile: Link = (s, options, passed) => {
  const name = profileName(s, options)
  const result = resolveProfile(s, name, options.canAskMfa === true)
  if (result.kind !== 'passed') return result
  if (result.source)
    passed.push({
      source: result.source,
      isBroken: true,
      why: result.words,
      ...(result.fix ? {fix: result.fix} : {}),
    })
  return undefined
}

/** Asked once more on its own: it also counts where a role of the profile cannot be taken on. */
const process: Link = (s, options) => {
  const name = profileName(s, options)
  const result = resolveProcess(s, name)
  return result.kind === 'passed' ? undefined : result
}

const tokenFile: Link = (s) => {
  const {env, named} = s
  const [file, role] = [env['AWS_WEB_IDENTITY_TOKEN_FILE'], env['AWS_ROLE_ARN']]
  if (!file || !role) return undefined
  const state = named.get(file)
  if (state !== 'readable')
    return broken('web-identity-env', openFailed(file, state), {
      fix: takeOut(s, ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN']),
    })
  return found('web-identity-env', {roleArn: role, caveat: say`AWS STS has to accept the token.`})
}

const remote: Link = (s, _options, passed) => {
  const {env, isEc2} = s
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  if (relative || full) {
    const refusal = checkContainerUrl(relative ? `http://169.254.170.2${relative}` : full!)
    const token = refusal ? undefined : containerTokenFault(s, openFailed)
    if (token) return token
    if (!refusal) return found('container', {caveat: say`The container service has to answer.`})
    const fix = takeOut(
      s,
      ADDRESSES.filter((name) => env[name]),
    )
    if (refusal === 'not a URL') return broken('container', say`Invalid URL`, {fix})
    passed.push({
      source: 'container',
      isBroken: true,
      why: say`The address is neither https:// nor one of this machine or of a container service.`,
      fix,
    })
    return undefined
  }
  const off = env['AWS_EC2_METADATA_DISABLED']
  if (off && off !== 'false') return undefined
  return isEc2 || env['AWS_EC2_METADATA_SERVICE_ENDPOINT']
    ? found('instance', {caveat: say`The machine needs a role; its metadata service has to answer.`})
    : undefined
}

export function profileName({env}: Pick<Snapshot, 'env'>, options: JavascriptOptions): string {
  return options.profile || env['AWS_PROFILE'] || 'default'
}
