/**
 * The chain of botocore, and so of AWS CLI 1 and boto3; AWS CLI 2 carries a copy of it. Written after
 * `create_credential_resolver` of botocore 1.43.
 */
import {say, type SafeText} from '../../text/safe-text.js'
import {endOf} from '../../text/time.js'
import type {Snapshot} from '../snapshot.js'
import {botocoreRefusal, containerTokenFault} from './container.js'
import {botocoreTokenFault} from './botocore-sso.js'
import {botocoreRole, profileSources} from './botocore-profile.js'
import {
  broken,
  found,
  pythonOpenFailed,
  type Broken,
  type Outcome,
  type Passed,
  type Step,
} from './outcome.js'
import {unsetVariables} from '../../text/shell.js'
import {EXPIRY_VARIABLE, isTemporaryKey, KEY_VARIABLES} from '../judge-key.js'

export interface BotocoreOptions {
  /** `--profile`. */
  readonly profile?: string
  /** Which variable for the profile is looked at first. */
  readonly profileVariables: readonly string[]
}

export const CLI_1: BotocoreOptions = {profileVariables: ['AWS_DEFAULT_PROFILE', 'AWS_PROFILE']}
/** Source: botocore as AWS CLI 2 carries it (awscli/botocore/configprovider.py). */
export const CLI_2: BotocoreOptions = {profileVariables: ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']}

export function botocoreOutcome(s: Snapshot, options: BotocoreOptions): Outcome {
  const refusal = refused(s)
  if (refusal) return refusal
  const chosen = chosenProfile(s, options)
  // Even the keys of the environment do not help then: every setting is looked up in the profile.
  if (chosen !== undefined && !s.botocore.profiles.has(chosen))
    return {
      kind: 'broken',
      words: say`The config profile (${chosen}) could not be found`,
      profile: chosen,
      passed: [],
    }
  const profile = chosen ?? 'default'
  const passed: Passed[] = []
  const steps: readonly (() => Step)[] = [
    () => (options.profile === undefined ? environment(s, passed) : skippedEnvironment(s, options, passed)),
    () => botocoreRole(s, profile),
    () => profileSources(s, profile, options.profile === undefined),
    () => remote(s),
  ]
  for (const step of steps) {
    const result = step()
    if (result?.kind === 'broken' && !result.isLate) return {...result, passed: [...passed, ...result.passed]}
    if (result) return clientFault(s, profile) ?? {...result, passed: [...passed, ...result.passed]}
  }
  const fault = clientFault(s, profile)
  if (fault) return fault
  return {kind: 'none', words: say`Unable to locate credentials`, passed}
}

export function chosenProfile({env}: Snapshot, options: BotocoreOptions): string | undefined {
  if (options.profile !== undefined) return options.profile
  const name = options.profileVariables.find((each) => env[each] !== undefined)
  return name === undefined ? undefined : env[name]
}

function refused(s: Snapshot): Outcome | undefined {
  const {refused: file} = s.botocore
  if (!file) return undefined
  const {path} = s[file.role]
  return {
    kind: 'broken',
    words: say`Unable to parse config file: ${path}`,
    fix: say`Mend line ${file.line} of ${path}.`,
    passed: [],
  }
}

/** Whichever credentials win: every client also looks up the session that the profile names. */
function clientFault(s: Snapshot, profile: string): Broken | undefined {
  return botocoreTokenFault(s, profile, s.botocore.profiles.get(profile)?.get('sso_session'))
}

/** A key ID decides: without a secret beside it everything stops. */
function environment({env, now}: Snapshot, passed: Passed[]): Step {
  const [id, secret] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']]
  if (!id) {
    if (secret)
      passed.push({
        source: 'environment',
        isBroken: true,
        why: say`AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID, so it is passed over.`,
        fix: say`\`${unsetVariables(['AWS_SECRET_ACCESS_KEY'])}\``,
      })
    return undefined
  }
  if (!secret)
    return broken('environment', say`Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY`, {
      fix: say`\`${unsetVariables(['AWS_ACCESS_KEY_ID'])}\``,
    })
  const expiry = env[EXPIRY_VARIABLE]
  if (!expiry) return found('environment', {accessKeyId: id})
  const expiresAt = pythonEnd(expiry)
  if (Number.isNaN(expiresAt))
    return broken('environment', say`Unknown string format: ${expiry}`, {
      fix: say`\`${unsetVariables([EXPIRY_VARIABLE])}\``,
    })
  return expiresAt <= now
    ? broken(
        'environment',
        say`Credentials were refreshed, but the refreshed credentials are still expired.`,
        {
          fix: isTemporaryKey(env) ? unsetKeys(env) : say`\`${unsetVariables([EXPIRY_VARIABLE])}\``,
          isLate: true,
        },
      )
    : found('environment', {accessKeyId: id, expiresAt})
}

/** As `dateutil` reads it, which takes no number for seconds, and nothing behind a zone. */
function pythonEnd(text: string): number {
  const isTime = !/^\d+(?:\.\d+)?$/.test(text.trim()) || /^(?:\d{8}|\d{12}|\d{14})$/.test(text.trim())
  return isTime && !/\+0000 UTC\s*$/.test(text) ? endOf(text) : NaN
}

/** The line that takes the keys out of the environment. */
export const unsetKeys = (env: Snapshot['env']): SafeText =>
  say`\`${unsetVariables(KEY_VARIABLES.filter((name) => env[name] || name !== EXPIRY_VARIABLE))}\``

function skippedEnvironment({env}: Snapshot, {profile}: BotocoreOptions, passed: Passed[]): undefined {
  if (env['AWS_ACCESS_KEY_ID'])
    passed.push({
      source: 'environment',
      isBroken: false,
      why: say`The profile ${profile} is asked for, so the keys in AWS_ACCESS_KEY_ID are skipped.`,
    })
}

function remote(s: Snapshot): Step {
  const {env, isEc2} = s
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
  const full = env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  if (relative !== undefined || full !== undefined) {
    const token = containerTokenFault(s, pythonOpenFailed)
    if (token) return token
    const address = relative === undefined ? full! : `http://169.254.170.2${relative}`
    const refusal = botocoreRefusal(address)
    if (!refusal) return found('container', {caveat: say`The container service has to answer.`})
    return broken('container', refusal, {
      fix: say`\`${unsetVariables(['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])}\``,
    })
  }
  if (env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') return undefined
  return isEc2 || env['AWS_EC2_METADATA_SERVICE_ENDPOINT']
    ? found('instance', {caveat: say`The machine needs a role; its metadata service has to answer.`})
    : undefined
}
