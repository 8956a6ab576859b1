/** The region of a run. Source: Serverless Framework 4.41; a profile's region and AWS_DEFAULT_REGION are not read. */
import {say, type SafeText} from '../../text/safe-text.js'
import type {At, ResolverModel, ServiceModel} from './model.js'
import {shown} from './variables.js'
import type {World} from './world.js'

export interface RegionFrom {
  readonly value: SafeText
  /** Who says so: `the resolver acme`, `--region`, `provider.region`, `AWS_REGION`, `the default`. */
  readonly from: SafeText
  readonly line?: number
  /** A variable of the environment that it comes from, and that is not set. */
  readonly unset?: SafeText
  /** What says it is not read here. */
  readonly isOpen?: true
}

/** Of credentials that are not known: what they come from may name one, which wins over all others. */
export const OPEN_REGION: RegionFrom = {
  value: say`a region that is not known here`,
  from: say`a variable`,
  isOpen: true,
}

export function regionFor(model: ServiceModel, world: World, resolver?: ResolverModel): RegionFrom {
  const show = (text: string) => shown(text, model.secrets)
  const from = ({value, line, unset}: At<string>, who: SafeText): RegionFrom => ({
    value: show(value),
    from: who,
    line,
    ...(unset === undefined ? {} : {unset: show(unset)}),
  })
  if (resolver?.region) {
    return from(resolver.region, say`the resolver ${show(resolver.name)}`)
  }
  if (world.regionOption) return {value: show(world.regionOption), from: say`--region`}
  if (model.provider.region) {
    return from(model.provider.region, say`provider.region`)
  }
  if (world.envRegion) return {value: show(world.envRegion), from: say`AWS_REGION`}
  return {value: say`us-east-1`, from: say`the default`}
}
