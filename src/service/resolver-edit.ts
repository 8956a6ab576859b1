/** Changes of the resolvers of a service. Each takes a document and returns the changed one; all are lossless. */
import {Failure} from '../domain/problem.js'
import {resolversCommand} from './commands.js'
import {say} from '../text/safe-text.js'
import {openShortForm, removeIn, setIn} from './change/set.js'
import {nodeAt, textAt, type ServiceDocument} from './document.js'
import type {NewMap} from './change/text.js'

export interface NewResolver {
  readonly stage: string
  readonly name: string
  readonly profile?: string
  readonly region?: string
  /** Only `false` is ever written: to be on is what a resolver is without it. */
  readonly dashboard?: false
  /** Names of variables of the environment that hold the keys. */
  readonly keys?: {readonly accessKeyIdVariable: string; readonly secretAccessKeyVariable: string}
}

/** @throws Failure RESOLVER_EXISTS, SERVICE_EDIT_NOT_READ_BACK */
export function addResolver(document: ServiceDocument, resolver: NewResolver): ServiceDocument {
  const {stage, name, profile, region, dashboard, keys} = resolver
  const path = ['stages', stage, 'resolvers', name]
  if (nodeAt(document, ...path)) throw exists(document.path, name, stage)
  const value: NewMap = {
    type: 'aws',
    ...(profile === undefined ? {} : {profile}),
    ...(keys
      ? {
          accessKeyId: `\${env:${keys.accessKeyIdVariable}}`,
          secretAccessKey: `\${env:${keys.secretAccessKeyVariable}}`,
        }
      : {}),
    ...(region === undefined ? {} : {region}),
    ...(dashboard === undefined ? {} : {dashboard}),
  }
  return setIn(document, path, value)
}

/** The stages are deployed with the resolver of this name; a profile of the provider would stop the Framework. */
export function useResolver(document: ServiceDocument, name: string): ServiceDocument {
  return setIn(removeIn(opened(document), ['provider', 'profile']), ['provider', 'resolver'], name)
}

/** The reverse: a profile for all stages. @param region for a file that names none: a deploy does not ask the profile */
export function useProfile(document: ServiceDocument, profile: string, region?: string): ServiceDocument {
  const used = setIn(removeIn(opened(document), ['provider', 'resolver']), ['provider', 'profile'], profile)
  const isOpen = region !== undefined && !nodeAt(used, 'provider', 'region')
  return isOpen ? setIn(used, ['provider', 'region'], region) : used
}

/** From `provider.profile` to a resolver of the same profile and region, which `provider.resolver` then names. */
export function profileToResolver(
  document: ServiceDocument,
  {stage, name}: {readonly stage: string; readonly name: string},
): ServiceDocument {
  const profile = textAt(document, 'provider', 'profile')
  const region = textAt(document, 'provider', 'region')
  const resolver = {
    stage,
    name,
    ...(profile === undefined ? {} : {profile}),
    ...(region === undefined ? {} : {region}),
  }
  return useResolver(addResolver(document, resolver), name)
}

/** A Provider of the Serverless Dashboard is not used with this resolver. */
export function dashboardOff(document: ServiceDocument, stage: string, name: string): ServiceDocument {
  return setIn(document, ['stages', stage, 'resolvers', name, 'dashboard'], false)
}

function opened(document: ServiceDocument): ServiceDocument {
  return openShortForm(document, 'provider', 'name')
}

function exists(path: string, name: string, stage: string): Failure {
  return new Failure({
    code: 'RESOLVER_EXISTS',
    what: say`${path}: the stage ${stage} has a resolver ${name} already. Nothing was changed.`,
    why: say`A resolver that is there is never overwritten.`,
    nextSteps: [say`Give the new one another name, or see what it says: \`${resolversCommand(path)}\``],
  })
}
