/** The resolvers of each stage as rows of a table. */
import {say, type SafeText} from '../../text/safe-text.js'
import {deployResolver} from './explain.js'
import {shownKeys} from './keys.js'
import type {ServiceModel} from './model.js'
import {regionFor} from './region.js'
import {effectiveResolvers, isAws, stagesOf} from './stages.js'
import {isVariable, shown} from './variables.js'
import {resolvedModel} from './resolve.js'
import {worldIn, type ProfileKnown, type World} from './world.js'

export interface ResolverRow {
  readonly stage: SafeText
  readonly resolver: SafeText
  /** `default`, or the stage itself. */
  readonly writtenIn: SafeText
  readonly line: number
  readonly type?: SafeText
  readonly profile?: SafeText
  readonly region?: SafeText
  readonly keys?: SafeText
  /** Whether a Provider of the Dashboard may answer. */
  readonly dashboard: boolean
  /** `missing` where the machine has no such profile; nothing where that is not known. */
  readonly profileState?: ProfileKnown['state'] | 'missing'
  /** Of the profile, or of what the stage deploys with, once AWS was asked. */
  readonly accountId?: string
  readonly isForDeploy: boolean
  /** It stands in a variable, so nothing more is known of it. */
  readonly isUnread?: true
}

/** Stages in the order of `stagesOf`; in each the resolvers that count, of other types too. */
export function resolverRows(model: ServiceModel, world: World, wanted?: string): readonly ResolverRow[] {
  const show = (text: string) => shown(text, model.secrets)
  return stagesOf(model, world, wanted).flatMap((stage) => {
    const around = worldIn(world, model, stage)
    const here = resolvedModel(model, stage, around)
    const deploying = deployResolver(here, stage)
    return effectiveResolvers(here, stage).map((resolver): ResolverRow => {
      const {type, profile} = resolver
      const keys = isAws(resolver) ? shownKeys(resolver, model.secrets) : undefined
      const state = profile && profileState(around, profile.value)
      const accountId = profile && around.profiles?.get(profile.value)?.accountId
      return {
        stage: show(stage),
        resolver: show(resolver.name),
        writtenIn: resolver.stage === 'default' ? say`default` : show(resolver.stage),
        line: resolver.line,
        ...(type && {type: show(type.value)}),
        ...(profile && {profile: show(profile.value)}),
        ...(isAws(resolver) && {region: regionFor(here, around, resolver).value}),
        ...(keys && {keys}),
        dashboard: isAws(resolver) && resolver.dashboard?.value !== false,
        ...(state && {profileState: state}),
        ...(accountId && {accountId}),
        isForDeploy: deploying === resolver,
        ...(resolver.unread && {isUnread: true as const}),
      }
    })
  })
}

function profileState(world: World, name: string): ResolverRow['profileState'] {
  if (!world.profiles || isVariable(name)) return undefined
  return world.profiles.get(name)?.state ?? 'missing'
}
