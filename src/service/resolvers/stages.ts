/** Which stages there are to judge, and which resolvers count in one. */
import type {ResolverModel, ServiceModel, StageModel} from './model.js'
import {resolvedAt} from './resolve.js'
import type {World} from './world.js'

/**
 * Every stage to judge by itself, the one of a plain deploy first: `wanted` (`--stage`), else provider.stage, else
 * `dev`; then those the file names. One that is not known here is called by its variable. `default` holds for all and is no stage of its own, unless it is asked for.
 */
export function stagesOf(model: ServiceModel, world: World, wanted?: string): readonly string[] {
  const {stage} = model.provider
  const ofProvider = stage && (resolvedAt(stage, world).value || stage.value)
  const named = model.stages.map(({name}) => name).filter((name) => name !== 'default')
  const first = wanted ?? ofProvider ?? 'dev'
  return [...new Set([first, ...(ofProvider === undefined ? [] : [ofProvider]), ...named])]
}

/** The stages of the file that count in a run: `default` and the run's own. For the stage `default`, that one twice. */
export function countedStages(model: ServiceModel, stage: string): readonly StageModel[] {
  const named = (name: string) => model.stages.filter((each) => each.name === name)
  return [...named('default'), ...named(stage)]
}

/** All definitions that count in a run, as the Framework counts them: one name in both is two. */
export function countedResolvers(model: ServiceModel, stage: string): readonly ResolverModel[] {
  return countedStages(model, stage).flatMap(({resolvers}) => resolvers)
}

/** One definition a name: that of the stage takes the place of that of `default`, and nothing of both is joined. */
export function effectiveResolvers(model: ServiceModel, stage: string): readonly ResolverModel[] {
  const byName = new Map<string, ResolverModel>()
  for (const resolver of countedResolvers(model, stage)) byName.set(resolver.name, resolver)
  return [...byName.values()]
}

export function isAws(resolver: ResolverModel): boolean {
  return resolver.type?.value === 'aws'
}

/** For a finding: `default` holds for all stages, so that it is none. */
export function stageOf(resolver: ResolverModel): {readonly stage?: string} {
  return resolver.stage === 'default' ? {} : {stage: resolver.stage}
}
