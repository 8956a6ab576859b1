/**
 * Variables of a file replaced by what they come to in a run from this shell, as far as that is known before it: variables of
 * the environment, the stage, options, and fallbacks. What another source says (`ssm`, `file`, …) is left as it stands.
 */
import {Secret} from '../../text/secret.js'
import type {At, ResolverModel, ServiceModel} from './model.js'
import {isVariable} from './variables.js'
import type {World} from './world.js'

type Resolved =
  | {readonly kind: 'known'; readonly value: string}
  /** The run stops: a variable of the environment is not set, and nothing stands in its place. */
  | {readonly kind: 'unset'; readonly name: string}
  | {readonly kind: 'open'}

type Variables = Pick<World, 'env' | 'regionOption' | 'awsProfileOption' | 'stageOption'> & {
  readonly stage?: string
}

/** One variable without another in it. */
const INNERMOST = /\$\{([^${}]{0,1000})\}/
/** What stands for a value without quotes: the Framework reads it as JSON. */
const BARE = /^(?:-?\d+(?:\.\d+)?|true|false)$/
const MOST = 50

/** A value of the file for this run. @param at as the file has it */
export function resolvedAt(at: At<string>, variables: Variables): At<string> {
  if (!isVariable(at.value)) return at
  const resolved = resolveText(at.value, variables)
  if (resolved.kind === 'known') return {...at, value: resolved.value, said: at.value}
  return resolved.kind === 'unset' ? {...at, unset: resolved.name} : at
}

function resolveText(text: string, variables: Variables): Resolved {
  let result = text
  for (let count = 0; count < MOST; count++) {
    const match = INNERMOST.exec(result)
    if (!match) return isVariable(result) ? {kind: 'open'} : {kind: 'known', value: result}
    const one = resolveOne(match[1] ?? '', variables)
    if (one.kind !== 'known') return one
    result = result.slice(0, match.index) + one.value + result.slice(match.index + match[0].length)
  }
  return {kind: 'open'}
}

/** The first of its sources that gives something; nothing set to nothing is something. */
function resolveOne(content: string, variables: Variables): Resolved {
  let unset: string | undefined
  // Commas part them, those in quotes as well.
  const sources = content.split(',')
  for (const [index, each] of sources.entries()) {
    const source = each.trim()
    const quoted = /^(?:'([^']*)'|"([^"]*)")$/.exec(source)
    if (index > 0 && quoted) return {kind: 'known', value: quoted[1] ?? quoted[2] ?? ''}
    if (index > 0 && BARE.test(source)) return {kind: 'known', value: source}
    if (index > 0 && source === 'null') continue
    const [, of, key = ''] = /^(env|opt|sls):\s*([\w-]+)$/.exec(source) ?? []
    if (of === undefined) return {kind: 'open'}
    const value = valueOf(of, key, variables)
    if (value !== undefined) return {kind: 'known', value}
    if (of === 'env') unset ??= key
    // Which options the person will give is not known.
    else if (index === sources.length - 1) return {kind: 'open'}
  }
  return unset === undefined ? {kind: 'open'} : {kind: 'unset', name: unset}
}

function valueOf(of: string, key: string, variables: Variables): string | undefined {
  if (of === 'env') return variables.env[key]
  if (of === 'sls') return key === 'stage' ? variables.stage : undefined
  const options: Readonly<Record<string, string | undefined>> = {
    stage: variables.stageOption,
    region: variables.regionOption,
    'aws-profile': variables.awsProfileOption,
  }
  return Object.hasOwn(options, key) ? options[key] : undefined
}

/** The file as a run of this stage has it. What comes to nothing is not named, but for a profile that keeps resolvers away. */
export function resolvedModel(model: ServiceModel, stage: string, world: World): ServiceModel {
  const variables = {...world, stage}
  const {provider} = model
  return {
    ...model,
    provider: {
      ...withResolved(provider, ['resolver', 'region'], variables),
      ...(provider.profile ? {profile: resolvedAt(provider.profile, variables)} : {}),
    },
    stages: model.stages.map((each) => ({
      ...each,
      resolvers: each.resolvers.map((resolver): ResolverModel =>
        withKeys(withResolved(resolver, ['profile', 'region'], variables), variables),
      ),
    })),
  }
}

/** A part of a key that comes to nothing is not there to the Framework. */
function withKeys(resolver: ResolverModel, variables: Variables): ResolverModel {
  const result = {...resolver}
  for (const part of ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const) {
    const key = resolver[part]
    if (key?.kind !== 'variable') continue
    const resolved = resolveText(key.text, variables)
    if (resolved.kind !== 'known') continue
    if (resolved.value === '') delete result[part]
    else result[part] = {...key, value: new Secret(resolved.value)}
  }
  return result
}

function withResolved<T extends {readonly [P in K]?: At<string>}, K extends string>(
  of: T,
  keys: readonly K[],
  variables: Variables,
): T {
  const result = {...of}
  for (const key of keys) {
    const at = of[key]
    if (!at || !isVariable(at.value)) continue
    const resolved = resolvedAt(at, variables)
    if (resolved.value === '') delete result[key]
    else result[key] = resolved as T[K]
  }
  return result
}
