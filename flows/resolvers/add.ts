/** How a resolver that is added comes to deploy, by what the file says already. */
import type {ResolverEdit, ResolverUse, ServiceView} from './ports.js'
import type {Draft, ResolversState} from './state.js'

/** The resolver that deploys where no stage has one of its own. */
export function deployName(view: ServiceView | undefined): string | undefined {
  if (view?.providerResolver !== undefined) return view.providerResolver
  if (view?.providerProfile !== undefined) return undefined
  const ofDefault = awsOf(view).filter(({writtenIn}) => writtenIn === 'default')
  const [only, ...others] = [...new Set(ofDefault.map(({name}) => name))]
  return others.length === 0 ? only : undefined
}

/**
 * Whether the person can choose that it deploys: for all stages, or beside a profile of the provider, which then stays
 * for the others. To deploy one stage alone with another name would leave the other stages without any.
 */
export function isUseOpen({draft: {stage}, services, path}: ResolversState): boolean {
  const view = services.find((each) => each.path === path)
  return stage === 'default' || hasProfile(view)
}

/** What has to be changed beside it, once the person has said yes. */
export function useOf({draft: {stage}}: ResolversState): ResolverUse {
  return stage === 'default' ? 'provider' : 'beside-profile'
}

/** Where nobody is asked, name and stage say it: alone in its stage it deploys by itself. */
export function plainUse({draft: {name}, services, path}: ResolversState): ResolverUse {
  const view = services.find((each) => each.path === path)
  return view?.providerResolver === undefined && name === deployName(view) ? 'provider' : 'nothing'
}

function hasProfile(view: ServiceView | undefined): boolean {
  return view?.providerProfile !== undefined && view.providerResolver === undefined
}

function awsOf(view: ServiceView | undefined) {
  return (view?.stages ?? []).flatMap(({resolvers}) => resolvers).filter(({isAws}) => isAws)
}

export function added(
  {stage = '', name = '', profile, keyId, secret, region = '', dashboard}: Draft,
  use: ResolverUse,
): ResolverEdit {
  const keys =
    profile === undefined && keyId !== undefined && secret !== undefined
      ? {keys: {accessKeyIdVariable: keyId, secretAccessKeyVariable: secret}}
      : {}
  return {
    kind: 'add',
    stage,
    name,
    ...(profile === undefined ? {} : {profile}),
    ...keys,
    region,
    ...(dashboard === false ? {dashboard: false} : {}),
    use,
  }
}
