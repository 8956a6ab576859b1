/**
 * The verdict against a second telling of the Framework's rules, straight from plain data: manager.js
 * (setCredentialResolver) and credentials.js of the Serverless Framework 4.41, in their order.
 */
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {stringify} from 'yaml'
import {parseText} from '../../../src/service/document.js'
import {checkModel, explainStage, readModel, type World} from '../../../src/service/resolvers/index.js'
import {runs, seed} from '../../support/proof.js'

interface Resolver {
  readonly type: string
  readonly profile?: string
  readonly region?: string
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly dashboard?: boolean
}
type Resolvers = Readonly<Record<string, Resolver>>
interface Config {
  readonly org?: string
  readonly app?: string
  readonly provider: {readonly profile?: string; readonly resolver?: string; readonly region?: string}
  readonly stages?: Readonly<Record<string, {readonly resolvers?: Resolvers}>>
}
interface Options {
  readonly profile?: string
  readonly region?: string
  readonly hasDashboard: boolean
}

/** `by` and what is behind it, and the region; or the words of an error. */
function framework(config: Config, stage: string, options: Options): string {
  const {profile, resolver} = config.provider
  const ofDefault = config.stages?.['default']?.resolvers ?? {}
  const ofStage = config.stages?.[stage]?.resolvers ?? {}
  if (profile !== undefined && resolver !== undefined)
    return 'The provider.profile and provider.resolver cannot be set at the same time'
  if (resolver !== undefined) {
    const found = new Map(Object.entries({...ofDefault, ...ofStage})).get(resolver)
    if (!found) return `Provider ${resolver} is not supported`
    return found.type === 'aws' ? credentials(found, config, options) : 'not of the type aws'
  }
  const all = [...Object.values(ofDefault), ...Object.values(ofStage)].filter(({type}) => type === 'aws')
  if (profile === undefined && all.length > 1)
    return 'Multiple resolvers with type "aws" found. Please specify the credential provider to use for deployment in the provider.resolver key.'
  if (profile === undefined && all[0]) return credentials(all[0], config, options)
  const named = options.profile ?? profile
  return credentials({type: 'aws', ...(named !== undefined && {profile: named})}, config, options)
}

function credentials(resolver: Resolver, config: Config, options: Options): string {
  const region = resolver.region ?? options.region ?? config.provider.region ?? 'us-east-1'
  const isDashboard = options.hasDashboard && config.org !== undefined && config.app !== undefined
  if (isDashboard && resolver.dashboard !== false) return `dashboard in ${region}`
  const {accessKeyId, secretAccessKey, profile} = resolver
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    return 'If you provide an access key ID or secret access key, you must provide both.'
  if (accessKeyId !== undefined) return `keys ${accessKeyId} in ${region}`
  return profile === undefined ? `chain in ${region}` : `profile ${profile} in ${region}`
}

const names = fc.constantFrom('a', 'b', 'c', 'constructor')
const regions = fc.constantFrom('eu-west-1', 'us-west-2')
const optional = <T>(of: Record<string, fc.Arbitrary<unknown>>, ...requiredKeys: string[]) =>
  fc.record(of, {requiredKeys}) as unknown as fc.Arbitrary<T>
const resolvers = fc.dictionary(
  names,
  optional<Resolver>(
    {
      type: fc.constantFrom('aws', 'aws', 'aws', 'vault'),
      profile: fc.constantFrom('p', 'q'),
      region: regions,
      accessKeyId: fc.constant('${param:id}'),
      secretAccessKey: fc.constant('${param:secret}'),
      dashboard: fc.boolean(),
    },
    'type',
  ),
  {maxKeys: 2, noNullPrototype: true},
)
const configs = optional<Config>(
  {
    org: fc.constant('acme'),
    app: fc.constant('shop'),
    provider: optional({profile: fc.constantFrom('p', 'q'), resolver: names, region: regions}),
    stages: fc.dictionary(fc.constantFrom('default', 'dev', 'prod'), optional({resolvers}), {
      noNullPrototype: true,
    }),
  },
  'provider',
)
const options = fc
  .record({
    profile: fc.option(fc.constant('o')),
    region: fc.option(fc.constant('ap-south-1')),
    hasDashboard: fc.boolean(),
  })
  .map(({profile, region, hasDashboard}): Options => ({
    ...(profile !== null && {profile}),
    ...(region !== null && {region}),
    hasDashboard,
  }))

test('says of every stage what the Framework does, and calls an error what stops it', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(configs, options, fc.constantFrom('dev', 'prod', 'default'), (config, run, stage) => {
      const model = readModel(parseText(stringify(config), 'yml', '/s/serverless.yml'))
      const world: World = {
        env: {},
        dashboard: {signedIn: true, hasProvider: run.hasDashboard},
        ...(run.profile !== undefined && {awsProfileOption: run.profile}),
        ...(run.region !== undefined && {regionOption: run.region}),
      }
      const {by, keys, profile, region, error} = explainStage(model, stage, world).deploys
      const told =
        by === 'error'
          ? error?.isExact
            ? error.text
            : 'not of the type aws'
          : `${[by, keys, profile].filter(Boolean).join(' ')} in ${region.value}`
      expect(told).toBe(framework(config, stage, run))
      seen.add(by)
      const errors = checkModel(model, world, stage).filter(({severity}) => severity === 'error')
      // Half a key is an error in any resolver; all others are so because a stage stops at them.
      if (by === 'error') expect(errors.length).toBeGreaterThan(0)
    }),
    {numRuns: runs(2000), seed},
  )
  expect([...seen].sort()).toEqual(['chain', 'dashboard', 'error', 'keys', 'profile'])
})
