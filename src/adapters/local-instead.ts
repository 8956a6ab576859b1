/** Whether the file of a service keeps a stage from a Provider of the Dashboard. */
import {say, type SafeText} from '../text/safe-text.js'
import type {ServiceModel} from '../service/resolvers/index.js'

/** What would be used in its place, in words; `undefined` where the Provider counts, or the file does not tell. */
export async function localInstead(
  model: ServiceModel,
  stage: string,
  env: NodeJS.ProcessEnv,
): Promise<SafeText | undefined> {
  const {deployResolver, explainStage, worldOf} = await import('../service/resolvers/index.js')
  // As it will be once the Provider is there and the file names both.
  const named = {value: 'named', line: 1}
  const later = {...model, org: model.org ?? named, app: model.app ?? named}
  const world = worldOf(env, {dashboard: {signedIn: true, hasProvider: true}})
  const {deploys} = explainStage(later, stage, world)
  if (deploys.by === 'dashboard' || deploys.by === 'unknown') return undefined
  if (deploys.by === 'error') return say`nothing yet: ${deploys.error?.text ?? 'the file has a mistake'}`
  const resolver = deployResolver(model, stage)
  const what =
    deploys.by === 'profile'
      ? say`profile ${deploys.profile ?? ''}`
      : deploys.by === 'keys'
        ? say`the keys of the resolver`
        : say`the AWS credentials on this machine`
  return resolver
    ? say`${what}, and not this Provider: the resolver ${resolver.name} in line ${resolver.line} says so`
    : say`${what}, and not this Provider: the service file says so`
}
