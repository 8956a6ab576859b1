/** The region of a run. Source: Serverless Framework 4.41; a profile's region and AWS_DEFAULT_REGION are not read. */
import {say, type SafeText} from '../../safety/safe-text.js'
import type {ResolverModel, ServiceModel} from './model.js'
import {shown} from './variables.js'
import type {World} from './world.js'

export interface RegionFrom {
  readonly value: SafeText
  /** Who says so: `the resolver acme`, `--region`, `provider.region`, `AWS_REGION`, `the default`. */
  readonly from: SafeText
  readonly line?: number
}

export function regionFor(model: ServiceModel, world: World, resolver?: ResolverModel): RegionFrom {
  const show = (text: string) => shown(text, model.secrets)
  if (resolver?.region) {
    const {value, line} = resolver.region
    return {value: show(value), from: say`the resolver ${show(resolver.name)}`, line}
  }
  if (world.regionOption) return {value: show(world.regionOption), from: say`--region`}
  if (model.provider.region) {
    const {value, line} = model.provider.region
    return {value: show(value), from: say`provider.region`, line}
  }
  if (world.envRegion) return {value: show(world.envRegion), from: say`AWS_REGION`}
  return {value: say`us-east-1`, from: say`the default`}
}
