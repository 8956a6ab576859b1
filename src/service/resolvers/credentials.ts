/** Which credentials one resolver gives, or a run without a resolver. Source: Serverless Framework 4.41, credentials.js. */
import {say, type SafeText} from '../../text/safe-text.js'
import {faultOf, keysOf, shownKeys} from './keys.js'
import type {At, ResolverModel, ServiceModel} from './model.js'
import {OPEN_REGION, regionFor, type RegionFrom} from './region.js'
import {envNameOf, isVariable, shown} from './variables.js'
import {byDashboard, chainReasons, profileReasons} from './reasons.js'
import {HALF_KEY} from './words.js'
import type {World} from './world.js'

type CredentialsBy = 'dashboard' | 'keys' | 'profile' | 'chain' | 'error' | 'unknown'

export interface FrameworkError {
  /** The Framework's exact words where `isExact`; else what is wrong, in ours. */
  readonly text: SafeText
  readonly isExact: boolean
  readonly line?: number
}

export interface Reason {
  readonly text: SafeText
  readonly line?: number
}

export interface Credentials {
  readonly by: CredentialsBy
  readonly resolver?: SafeText
  readonly profile?: SafeText
  /** The same as the files have it: what is shown may be masked. */
  readonly profileName?: string
  /** What the chain of AWS comes to in the place of a profile that gives nothing. */
  readonly instead?: SafeText
  /** The variable of the key ID, or the ID with its middle masked. */
  readonly keys?: SafeText
  /** A variable of the environment that they come from, and that is not set. */
  readonly unset?: SafeText
  /** Of whom they are, once AWS was asked. */
  readonly accountId?: string
  /** Why AWS will refuse the keys. */
  readonly fault?: SafeText
  /** A variable that is not read here says which profile or key it is, so nothing is known of what it gives. */
  readonly isOpen?: true
  /** Who is signed in gets those of a Provider of the Dashboard, if there is one: that is known there alone. */
  readonly mayBeDashboard?: true
  readonly region: RegionFrom
  readonly error?: FrameworkError
}

export interface Judged {
  readonly credentials: Credentials
  readonly reasons: readonly Reason[]
}

/** In order: the Dashboard unless it is turned off, keys in the resolver, its profile, the chain of AWS. */
export function byResolver(model: ServiceModel, world: World, resolver: ResolverModel): Judged {
  const name = shown(resolver.name, model.secrets)
  const base = {resolver: name, region: regionFor(model, world, resolver)}
  if (resolver.unread)
    return {
      credentials: {resolver: name, region: OPEN_REGION, by: 'unknown'},
      reasons: [
        {
          text: say`What the resolver ${name} holds is in a variable, not read here.`,
          line: resolver.unread.line,
        },
      ],
    }
  const dashboard = byDashboard(model, world, resolver)
  if (dashboard.wins) return {credentials: {...base, by: 'dashboard'}, reasons: dashboard.reasons}
  const local = byLocal(model, world, resolver, name)
  return {
    credentials: {...base, ...local.credentials, ...dashboard.may},
    reasons: [...dashboard.reasons, ...local.reasons],
  }
}

type Local = Pick<
  Credentials,
  'by' | 'profile' | 'profileName' | 'instead' | 'keys' | 'unset' | 'fault' | 'isOpen' | 'error'
>

function byLocal(
  model: ServiceModel,
  world: World,
  resolver: ResolverModel,
  name: SafeText,
): {readonly credentials: Local; readonly reasons: readonly Reason[]} {
  const keys = shownKeys(resolver, model.secrets)
  const keyLine = (resolver.accessKeyId ?? resolver.secretAccessKey)?.line ?? resolver.line
  if (keysOf(resolver) === 'half')
    return {
      credentials: {
        by: 'error',
        ...(keys && {keys}),
        error: {text: say`${HALF_KEY}`, isExact: true, line: keyLine},
      },
      reasons: [{text: say`The resolver ${name} holds half an access key.`, line: keyLine}],
    }
  const option = world.awsProfileOption
  const ignored: readonly Reason[] = option
    ? [{text: say`--aws-profile ${option} is ignored, because a resolver is used.`}]
    : []
  if (keys) {
    const beaten = resolver.profile && {
      text: say`The keys win over the profile ${shown(resolver.profile.value, model.secrets)} beside them.`,
      line: resolver.profile.line,
    }
    const reason = {text: say`The resolver ${name} holds an access key (${keys}).`, line: keyLine}
    const unset = unsetIn(resolver, world, model)
    const fault = faultOf(resolver, world)?.words
    return {
      credentials: {
        by: 'keys',
        keys,
        ...(unset ? {unset} : {}),
        ...(fault ? {fault} : {}),
        ...(isOpenKey(resolver) ? open : {}),
      },
      reasons: [
        reason,
        ...(fault ? [{text: say`AWS will refuse it. ${fault}`, line: keyLine}] : []),
        ...(beaten ? [beaten] : []),
        ...ignored,
      ],
    }
  }
  if (resolver.profile) {
    const profile = shown(resolver.profile.value, model.secrets)
    return {
      credentials: ofProfile(world, resolver.profile, profile),
      reasons: [
        {
          text: say`The resolver ${name} names the profile ${profile}${saidBy(model, resolver.profile)}.`,
          line: resolver.profile.line,
        },
        ...profileReasons(world, resolver.profile.value),
        ...ignored,
      ],
    }
  }
  return {
    credentials: {by: 'chain'},
    reasons: [
      {text: say`The resolver ${name} names no key and no profile.`, line: resolver.line},
      ...chainReasons(world),
      ...ignored,
    ],
  }
}

const open = {isOpen: true} as const

/** Keys by a variable of the environment are there or not; from elsewhere they are known to the Framework alone. */
function isOpenKey({accessKeyId, secretAccessKey, sessionToken}: ResolverModel): boolean {
  return [accessKeyId, secretAccessKey, sessionToken].some(
    (key) => key?.kind === 'variable' && envNameOf(key.text) === undefined,
  )
}

function unsetIn(resolver: ResolverModel, {env}: World, {secrets}: ServiceModel): SafeText | undefined {
  const names = [resolver.accessKeyId, resolver.secretAccessKey, resolver.sessionToken].map((key) =>
    key?.kind === 'variable' ? envNameOf(key.text) : undefined,
  )
  const name = names.find((each) => each !== undefined && env[each] === undefined)
  return name === undefined ? undefined : shown(name, secrets)
}

/** A run without a resolver: `--aws-profile`, then provider.profile, then the chain of AWS. */
export function withoutResolver(model: ServiceModel, world: World): Judged {
  const region = regionFor(model, world)
  const dashboard = byDashboard(model, world)
  if (dashboard.wins) return {credentials: {by: 'dashboard', region}, reasons: dashboard.reasons}
  const option = world.awsProfileOption
  const {profile} = model.provider
  const beaten =
    option && profile
      ? [{text: say`provider.profile is ignored, because --aws-profile is given.`, line: profile.line}]
      : []
  if (option)
    return {
      credentials: {
        ...ofProfile(world, {value: option}, shown(option, model.secrets)),
        region,
        ...dashboard.may,
      },
      reasons: [
        ...dashboard.reasons,
        {text: say`--aws-profile names the profile ${option}.`},
        ...beaten,
        ...profileReasons(world, option),
      ],
    }
  if (profile && profile.value !== '') {
    const name = shown(profile.value, model.secrets)
    return {
      credentials: {...ofProfile(world, profile, name), region, ...dashboard.may},
      reasons: [
        ...dashboard.reasons,
        {text: say`provider.profile names the profile ${name}${saidBy(model, profile)}.`, line: profile.line},
        ...profileReasons(world, profile.value),
      ],
    }
  }
  return {
    credentials: {by: 'chain', region, ...dashboard.may},
    reasons: [...dashboard.reasons, ...chainReasons(world)],
  }
}

/** A profile that gives nothing ends no deploy where the chain of AWS finds something after it. */
export function insteadOf(world: World, name: string): SafeText | undefined {
  return givesNothing(world, name) ? world.inPlaceOf?.(name) : undefined
}

/** Where the profiles are known, and this one is not there or does not work. */
export function givesNothing({profiles}: World, name: string): boolean {
  const state = profiles?.get(name)?.state
  return profiles !== undefined && !isVariable(name) && state !== 'good' && state !== 'unknown'
}

function ofProfile(
  world: World,
  {value: name, unset}: Pick<At<string>, 'value' | 'unset'>,
  profile: SafeText,
): Local {
  const instead = insteadOf(world, name)
  return {
    by: 'profile',
    profile,
    profileName: name,
    ...(instead ? {instead} : {}),
    ...(unset === undefined ? (isVariable(name) ? open : {}) : {unset: say`${unset}`}),
  }
}

/** The variable that the value is taken from. */
function saidBy({secrets}: ServiceModel, {said}: At<string>): SafeText {
  return said === undefined ? say`` : say` (${shown(said, secrets)})`
}
