/**
 * Which credentials deploy a stage, why, and what each resolver reads variables with.
 * Precedence and errors as the Serverless Framework 4.41 has them (manager.js, setCredentialResolver).
 */
import {say, type SafeText} from '../../text/safe-text.js'
import {
  byResolver,
  withoutResolver,
  type Credentials,
  type FrameworkError,
  type Judged,
  type Reason,
} from './credentials.js'
import type {AccessKey} from '../../domain/access-key.js'
import {accessKeyOf} from './keys.js'
import type {At, ResolverModel, ServiceModel, Use} from './model.js'
import {OPEN_REGION, regionFor} from './region.js'
import {countedResolvers, countedStages, effectiveResolvers, isAws} from './stages.js'
import {isVariable, shown} from './variables.js'
import * as words from './words.js'
import {resolvedAt, resolvedModel} from './resolve.js'
import {worldIn, type World} from './world.js'

export interface StageVerdict {
  readonly stage: string
  readonly deploys: Credentials
  /** The chain of reasons, in order, each with its line where the file says it. */
  readonly reasons: readonly Reason[]
  readonly resolves: readonly Resolves[]
  /** The key itself, where a resolver holds it and all of it is known here: to ask AWS with, so it is no value to be shown. */
  key?(): AccessKey
}

/** What one resolver (or `aws`: the deployment's own credentials) reads variables with. */
export interface Resolves extends Credentials {
  readonly name: SafeText
  readonly used: readonly Use[]
}

export function explainStage(file: ServiceModel, stage: string, around: World): StageVerdict {
  const world = worldIn(around, file, stage)
  const model = resolvedModel(file, stage, world)
  const noStage = stageNotSet(file, stage, around)
  if (noStage)
    return {
      stage,
      deploys: {by: 'error', region: regionFor(model, world), error: noStage},
      reasons: [noStage],
      resolves: [],
    }
  const {credentials, reasons} = judge(model, stage, world)
  const resolver = credentials.by === 'keys' ? deployResolver(model, stage) : undefined
  const key = resolver && accessKeyOf(resolver)
  const resolves = readResolves(model, stage, world, credentials)
  return {stage, deploys: credentials, reasons, resolves, ...(key ? {key: () => key} : {})}
}

/** A plain run stops before anything else where the name of its stage cannot be had. */
function stageNotSet(
  {provider, secrets}: ServiceModel,
  stage: string,
  world: World,
): FrameworkError | undefined {
  const at = provider.stage && resolvedAt(provider.stage, world)
  if (at?.unset === undefined || at.value !== stage) return undefined
  const text = say`provider.stage is ${shown(at.value, secrets)}, and ${at.unset} is not set in this shell.`
  return {text, isExact: false, line: at.line}
}

function readResolves(
  model: ServiceModel,
  stage: string,
  world: World,
  deploys: Credentials,
): readonly Resolves[] {
  const usesOf = (name: string) => model.uses.filter((use) => use.resolver === name)
  const named = effectiveResolvers(model, stage).filter(isAws)
  const resolves = named.map((resolver) => ({
    name: shown(resolver.name, model.secrets),
    ...byResolver(model, world, resolver).credentials,
    used: usesOf(resolver.name),
  }))
  const ofDeployment = named.some(({name}) => name === 'aws') ? [] : usesOf('aws')
  if (ofDeployment.length > 0) resolves.push({name: say`aws`, ...deploys, used: ofDeployment})
  return resolves
}

/** The resolver a stage is deployed with; `undefined` where it is none, or not known, or an error. */
export function deployResolver(model: ServiceModel, stage: string): ResolverModel | undefined {
  const {profile, resolver} = model.provider
  if (model.provider.unread) return undefined
  if (resolver) {
    const found = effectiveResolvers(model, stage).find(({name}) => name === resolver.value)
    return profile || !found || !isAws(found) ? undefined : found
  }
  const counted = countedResolvers(model, stage).filter(isAws)
  return profile || counted.length !== 1 ? undefined : counted[0]
}

function judge(model: ServiceModel, stage: string, world: World): Judged {
  const {profile, resolver} = model.provider
  const failed = (error: FrameworkError, reasons: readonly Reason[]): Judged => ({
    credentials: {by: 'error', region: regionFor(model, world), error},
    reasons,
  })
  if (model.topParams !== undefined && model.stagesLine !== undefined)
    return failed(exact(words.PARAMS_WITH_STAGES, model.topParams), [
      {text: say`params stands at the top level.`, line: model.topParams},
      {text: say`stages stands there too.`, line: model.stagesLine},
    ])
  if (profile && resolver)
    return failed(exact(words.PROFILE_AND_RESOLVER, resolver.line), [
      {text: say`provider.profile is set.`, line: profile.line},
      {text: say`provider.resolver is set too.`, line: resolver.line},
    ])
  const unread = unreadPlace(model, stage)
  if (unread) return unknown(unread)
  const bad = badDefinition(model)
  if (bad) return failed(bad.error, [bad.reason])
  if (resolver) return byName(model, stage, world, resolver)
  return byCount(model, stage, world)
}

function byName(model: ServiceModel, stage: string, world: World, wanted: At<string>): Judged {
  const name = shown(wanted.value, model.secrets)
  const reason = {text: say`provider.resolver names ${name}.`, line: wanted.line}
  if (wanted.unset !== undefined) {
    const text = say`provider.resolver is ${name}, and ${wanted.unset} is not set in this shell.`
    return {
      credentials: {
        by: 'error',
        region: regionFor(model, world),
        error: {text, isExact: false, line: wanted.line},
      },
      reasons: [{text, line: wanted.line}],
    }
  }
  if (isVariable(wanted.value))
    return unknown({
      text: say`provider.resolver is a variable (${name}), not read here.`,
      line: wanted.line,
    })
  const found = effectiveResolvers(model, stage).find((each) => each.name === wanted.value)
  const failed = (error: FrameworkError, because: Reason): Judged => ({
    credentials: {by: 'error', resolver: name, region: regionFor(model, world), error},
    reasons: [reason, because],
  })
  if (!found)
    return failed(exact(words.unknownResolver(name), wanted.line), {
      text: say`No resolver of this name is in default or in the stage ${stage}.`,
    })
  if (!isAws(found)) {
    const type = found.type ? shown(found.type.value, model.secrets) : say`unknown`
    const text = say`The resolver ${name} is of the type ${type}, so it gives no credentials of AWS.`
    return failed({text, isExact: false, line: wanted.line}, {text, line: found.type?.line ?? found.line})
  }
  const {credentials, reasons} = byResolver(model, world, found)
  const place = {
    text: say`It stands in ${found.stage === 'default' ? 'default' : say`the stage ${shown(found.stage, model.secrets)}`}.`,
    line: found.line,
  }
  return {credentials, reasons: [reason, place, ...reasons]}
}

/** No provider.resolver: the profile, else the only resolver there is, else what AWS finds. */
function byCount(model: ServiceModel, stage: string, world: World): Judged {
  const counted = countedResolvers(model, stage).filter(isAws)
  const [only] = counted
  if (model.provider.profile) {
    const {credentials, reasons} = withoutResolver(model, world)
    return {credentials, reasons: [...reasons, ...ignoredResolvers(model, counted)]}
  }
  if (counted.length > 1)
    return {
      credentials: {
        by: 'error',
        region: regionFor(model, world),
        error: exact(words.SEVERAL_RESOLVERS, counted[1]?.line),
      },
      reasons: [
        ...counted.map((each) => ({
          text: say`A resolver of AWS, ${shown(each.name, model.secrets)}, is in ${shown(each.stage, model.secrets)}.`,
          line: each.line,
        })),
        {text: say`provider.resolver does not say which of them deploys.`},
      ],
    }
  if (!only) {
    const {credentials, reasons} = withoutResolver(model, world)
    const none = {
      text: say`No resolver of AWS counts in the stage ${stage}, and provider.profile is not set.`,
    }
    return {credentials, reasons: [none, ...reasons]}
  }
  const {credentials, reasons} = byResolver(model, world, only)
  const reason = {
    text: say`${shown(only.name, model.secrets)} is the only resolver of AWS, so it deploys.`,
    line: only.line,
  }
  return {credentials, reasons: [reason, ...reasons]}
}

function ignoredResolvers(model: ServiceModel, counted: readonly ResolverModel[]): readonly Reason[] {
  const [first] = counted
  if (!first) return []
  const names = [...new Set(counted.map(({name}) => shown(name, model.secrets)))].join(', ')
  const guide =
    counted.length > 1
      ? say` The guide promises an error for more than one; the Framework gives none.`
      : say``
  return [
    {text: say`For the deployment, ${names} is ignored: provider.profile wins.${guide}`, line: first.line},
  ]
}

/** A definition that stops every run, whatever its stage: all of them are looked at before anything is resolved. */
function badDefinition(
  model: ServiceModel,
): {readonly error: FrameworkError; readonly reason: Reason} | undefined {
  for (const resolver of model.stages.flatMap(({resolvers}) => resolvers)) {
    const name = shown(resolver.name, model.secrets)
    const {type, line} = resolver
    if (resolver.unread) continue
    if (!type)
      return {
        error: exact(words.typeMissing(name, shown(resolver.stage, model.secrets)), line),
        reason: {text: say`The resolver ${name} has no type.`, line},
      }
    if (type.value !== 'aws' && (isVariable(type.value) || type.value.toLowerCase() === 'aws')) {
      const shownType = shown(type.value, model.secrets)
      return {
        error: exact(words.typeNotSupported(shownType), type.line),
        reason: {text: say`The type of the resolver ${name} is ${shownType}, not aws.`, line: type.line},
      }
    }
  }
  return undefined
}

/**
 * A variable in place of a map, or of a type, where it decides: with provider.profile no resolver does, and with
 * provider.resolver only the one of that name.
 */
function unreadPlace(model: ServiceModel, stage: string): Reason | undefined {
  const {profile, resolver, unread} = model.provider
  if (unread) return unreadReason(model, say`provider`, unread)
  if (profile) return undefined
  if (model.stagesUnread) return unreadReason(model, say`stages`, model.stagesUnread)
  const inStage = countedStages(model, stage).find((each) => each.unread)?.unread
  if (inStage) return unreadReason(model, say`A part of stages`, inStage)
  const deciding = resolver
    ? effectiveResolvers(model, stage).filter(({name}) => name === resolver.value)
    : countedResolvers(model, stage)
  for (const each of deciding) {
    if (each.unread)
      return unreadReason(model, say`The resolver ${shown(each.name, model.secrets)}`, each.unread)
  }
  return undefined
}

function unreadReason(model: ServiceModel, what: SafeText, at: At<string>): Reason {
  const text = say`${what} stands in a variable (${shown(at.value, model.secrets)}), not read here.`
  return {text, line: at.line}
}

function unknown(reason: Reason): Judged {
  return {credentials: {by: 'unknown', region: OPEN_REGION}, reasons: [reason]}
}

function exact(text: string, line: number | undefined): FrameworkError {
  return {text: say`${text}`, isExact: true, ...(line !== undefined && {line})}
}
