/** Files as people write them: who deploys, with what error, and what the check says. One line a rule. */
import {describe, expect, test} from '@jest/globals'
import {parseText} from '../../../src/service/document.js'
import {
  checkModel,
  explainStage,
  readModel,
  type ProfileKnown,
  type ServiceModel,
  type World,
} from '../../../src/service/resolvers/index.js'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzX9k2Lq0Aa'
const KEY_ID = 'AKIAZ7QDM4TJ2XK5RWPB'
const HALF = 'If you provide an access key ID or secret access key, you must provide both.'
const SEVERAL =
  'Multiple resolvers with type "aws" found. Please specify the credential provider to use for deployment in the provider.resolver key.'
const BOTH = 'The provider.profile and provider.resolver cannot be set at the same time'
const PARAMS =
  '"params" and "stages" cannot be used together in the top-level of serverless.yml.If you want to define params, use the "params" key in the "stages" block.'

type Stages = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** JSON is YAML too: each case is read as both. */
const file = (provider: unknown, stages?: Stages, more: object = {}) =>
  JSON.stringify({
    service: 'shop',
    ...more,
    provider,
    ...(stages && {
      stages: Object.fromEntries(Object.entries(stages).map(([name, resolvers]) => [name, {resolvers}])),
    }),
  })
const aws = (more: object = {}) => ({type: 'aws', ...more})
const uses = (...names: readonly string[]) => ({custom: names.map((name) => `\${${name}:accountId}`)})
const world = (more: Partial<World> = {}): World => ({env: {}, ...more})
const profiles = (states: Readonly<Record<string, ProfileKnown['state']>>) =>
  world({profiles: new Map(Object.entries(states).map(([name, state]) => [name, {state}]))})
const ORG = {org: 'acme', app: 'shop'}
const DASHBOARD = world({dashboard: {signedIn: true, hasProvider: true}})

interface Case {
  readonly name: string
  readonly text: string
  readonly stage?: string
  readonly world?: World
  /** `by`, with the profile or the resolver behind it, or the words of the error. */
  readonly deploys: string
  readonly region?: string
  readonly codes: readonly string[]
}

const BASIC: readonly Case[] = [
  {name: 'nothing', text: file({name: 'aws'}), deploys: 'chain', region: 'us-east-1', codes: []},
  {name: 'provider: aws', text: file('aws'), deploys: 'chain', codes: []},
  {name: 'no provider', text: '{"service": "shop"}', deploys: 'chain', codes: []},
  {name: 'a profile', text: file({profile: 'p'}), deploys: 'profile p', codes: []},
  {
    name: '--aws-profile without anything',
    text: file({}),
    world: world({awsProfileOption: 'o'}),
    deploys: 'profile o',
    codes: [],
  },
  {
    name: '--aws-profile wins over provider.profile',
    text: file({profile: 'p'}),
    world: world({awsProfileOption: 'o'}),
    deploys: 'profile o',
    codes: ['PROFILE_IGNORED'],
  },
  {
    name: 'one resolver with a profile',
    text: file({}, {default: {a: aws({profile: 'p'})}}),
    deploys: 'profile p of a',
    codes: [],
  },
  {
    name: 'one resolver without anything',
    text: file({}, {default: {a: aws()}}),
    deploys: 'chain of a',
    codes: [],
  },
  {
    name: 'a resolver of the stage',
    text: file({}, {dev: {a: aws({profile: 'p'})}}),
    deploys: 'profile p of a',
    codes: [],
  },
  {
    name: 'a resolver of another stage does not count',
    text: file({}, {prod: {a: aws({profile: 'p'})}}),
    deploys: 'chain',
    codes: [],
  },
  {
    name: 'one in default, one in another stage',
    text: file({}, {default: {a: aws({profile: 'p'})}, prod: {b: aws({profile: 'q'})}}),
    deploys: 'profile p of a',
    codes: ['SEVERAL_RESOLVERS'],
  },
  {
    name: 'the same, in that stage',
    text: file({}, {default: {a: aws({profile: 'p'})}, prod: {b: aws({profile: 'q'})}}),
    stage: 'prod',
    deploys: `error ${SEVERAL}`,
    codes: ['SEVERAL_RESOLVERS'],
  },
  {
    name: 'two in default',
    text: file({}, {default: {a: aws(), b: aws()}}),
    deploys: `error ${SEVERAL}`,
    codes: ['SEVERAL_RESOLVERS'],
  },
  {
    name: 'one name in default and in the stage counts twice',
    text: file({}, {default: {a: aws()}, dev: {a: aws()}}),
    deploys: `error ${SEVERAL}`,
    codes: ['SEVERAL_RESOLVERS', 'DUPLICATE_NAME'],
  },
  {
    name: 'the stage named default counts its resolver twice',
    text: file({stage: 'default'}, {default: {a: aws()}}),
    stage: 'default',
    deploys: `error ${SEVERAL}`,
    codes: ['SEVERAL_RESOLVERS'],
  },
  {
    name: 'resolvers of other types do not count',
    text: file({}, {default: {a: aws({profile: 'p'}), v: {type: 'vault'}, d: {type: 'doppler'}}}),
    deploys: 'profile p of a',
    codes: [],
  },
  {
    name: 'only resolvers of other types',
    text: file({profile: 'p'}, {default: {v: {type: 'vault'}, t: {type: 'terraform'}}}),
    deploys: 'profile p',
    codes: [],
  },
]

const WANTED: readonly Case[] = [
  {
    name: 'provider.resolver chooses of two',
    text: file({resolver: 'b'}, {default: {a: aws(), b: aws({profile: 'q'})}}, uses('a')),
    deploys: 'profile q of b',
    codes: [],
  },
  {
    name: 'the other is used by nothing',
    text: file({resolver: 'b'}, {default: {a: aws(), b: aws()}}),
    deploys: 'chain of b',
    codes: ['RESOLVER_UNUSED'],
  },
  {
    name: 'provider.resolver with one',
    text: file({resolver: 'a'}, {default: {a: aws()}}),
    deploys: 'chain of a',
    codes: [],
  },
  {
    name: 'profile and resolver',
    text: file({profile: 'p', resolver: 'a'}, {default: {a: aws()}}),
    deploys: `error ${BOTH}`,
    codes: ['RESOLVER_AND_PROFILE'],
  },
  {
    name: 'profile and a resolver that is not there',
    text: file({profile: 'p', resolver: 'x'}),
    deploys: `error ${BOTH}`,
    codes: ['RESOLVER_AND_PROFILE', 'UNKNOWN_RESOLVER'],
  },
  {
    name: 'an empty profile is none',
    text: file({profile: '', resolver: 'a'}, {default: {a: aws()}}),
    deploys: 'chain of a',
    codes: [],
  },
  {
    name: 'a resolver that is not there',
    text: file({resolver: 'zzz'}, {default: {a: aws()}}, uses('a')),
    deploys: 'error Provider zzz is not supported',
    codes: ['UNKNOWN_RESOLVER'],
  },
  {
    name: 'a resolver that only another stage has',
    text: file({resolver: 'b'}, {prod: {b: aws()}}),
    deploys: 'error Provider b is not supported',
    codes: ['UNKNOWN_RESOLVER'],
  },
  {
    name: 'the same, in that stage',
    text: file({resolver: 'b'}, {prod: {b: aws({profile: 'p'})}}),
    stage: 'prod',
    deploys: 'profile p of b',
    codes: ['UNKNOWN_RESOLVER'],
  },
  {
    name: 'a resolver of the type vault',
    text: file({resolver: 'v'}, {default: {v: {type: 'vault'}}}),
    deploys: 'error The resolver v is of the type vault, so it gives no credentials of AWS.',
    codes: ['RESOLVER_NOT_AWS'],
  },
  {
    name: 'the stage takes the place of default, and nothing is joined',
    text: file(
      {resolver: 'a'},
      {default: {a: aws({profile: 'p', region: 'eu-west-1'})}, dev: {a: aws({profile: 'q'})}},
      uses('a'),
    ),
    deploys: 'profile q of a',
    region: 'us-east-1',
    codes: ['DUPLICATE_NAME'],
  },
  {
    name: 'profile with one resolver',
    text: file({profile: 'p'}, {default: {a: aws()}}, uses('a')),
    deploys: 'profile p',
    codes: ['RESOLVER_IGNORED'],
  },
  {
    name: 'profile with one resolver that nothing uses',
    text: file({profile: 'p'}, {default: {a: aws()}}),
    deploys: 'profile p',
    codes: ['RESOLVER_IGNORED', 'RESOLVER_UNUSED'],
  },
  {
    name: 'profile with two resolvers: no error',
    text: file({profile: 'p'}, {default: {a: aws(), b: aws()}}, uses('a', 'b')),
    deploys: 'profile p',
    codes: ['RESOLVER_IGNORED'],
  },
  {
    name: '--aws-profile with a resolver is ignored',
    text: file({}, {default: {a: aws({profile: 'p'})}}),
    world: world({awsProfileOption: 'o'}),
    deploys: 'profile p of a',
    codes: ['OPTION_IGNORED'],
  },
  {
    name: '--aws-profile with a resolver without a profile too',
    text: file({}, {default: {a: aws()}}),
    world: world({awsProfileOption: 'o'}),
    deploys: 'chain of a',
    codes: ['OPTION_IGNORED'],
  },
]

const DEFINITIONS: readonly Case[] = [
  {
    name: 'no type',
    text: file({}, {default: {a: {profile: 'p'}}}),
    deploys: 'error "type" attribute is missing in a resolver in stage default',
    codes: ['RESOLVER_WITHOUT_TYPE'],
  },
  {
    name: 'nothing in it',
    text: file({}, {dev: {a: null}}),
    deploys: 'error "type" attribute is missing in a resolver in stage dev',
    codes: ['RESOLVER_WITHOUT_TYPE'],
  },
  {
    name: 'no type in another stage',
    text: file({}, {prod: {a: {profile: 'p'}}}),
    deploys: 'error "type" attribute is missing in a resolver in stage prod',
    codes: ['RESOLVER_WITHOUT_TYPE'],
  },
  {
    name: 'AWS in capitals',
    text: file({}, {default: {a: {type: 'AWS'}}}),
    deploys: 'error Resolver provider AWS is not supported',
    codes: ['RESOLVER_TYPE_UNKNOWN'],
  },
  {
    name: 'a type nobody knows',
    text: file({}, {default: {a: {type: 'azure'}}}),
    deploys: 'chain',
    codes: ['RESOLVER_TYPE_UNKNOWN'],
  },
  {
    name: 'params beside stages',
    text: file({}, {default: {a: aws()}}, {params: {dev: {x: 1}}}),
    deploys: `error ${PARAMS}`,
    codes: ['PARAMS_WITH_STAGES'],
  },
  {
    name: 'params alone',
    text: file({}, undefined, {params: {dev: {x: 1}}}),
    deploys: 'chain',
    codes: [],
  },
  {
    name: 'a role in a resolver',
    text: file({}, {default: {a: aws({roleArn: 'arn:aws:iam::123456789012:role/x'})}}),
    deploys: 'chain of a',
    codes: ['RESOLVER_KEY_UNKNOWN'],
  },
  {
    name: 'a sub-resolver and ignoreCache are options',
    text: file({}, {default: {a: aws({ignoreCache: true, params: {type: 'ssm'}})}}),
    deploys: 'chain of a',
    codes: [],
  },
]

const KEYS: readonly Case[] = [
  {
    name: 'keys from variables',
    text: file({}, {default: {a: aws({accessKeyId: '${env:I}', secretAccessKey: '${env:S}'})}}),
    world: world({env: {I: 'AKIAQ7WERTYUIOPLKJH2', S: SECRET}}),
    deploys: 'keys ${env:I} of a',
    codes: [],
  },
  {
    name: 'a variable that is not set',
    text: file({}, {default: {a: aws({accessKeyId: '${env:I}', secretAccessKey: '${env:S}'})}}),
    world: world({env: {I: 'x'}}),
    deploys: 'keys ${env:I} of a',
    codes: ['ENV_NOT_SET'],
  },
  {
    name: 'variables of parameters',
    text: file({}, {default: {a: aws({accessKeyId: '${param:i}', secretAccessKey: '${param:s}'})}}),
    deploys: 'keys ${param:i} of a',
    codes: [],
  },
  {
    name: 'keys win over the profile',
    text: file(
      {},
      {default: {a: aws({profile: 'p', accessKeyId: '${param:i}', secretAccessKey: '${param:s}'})}},
    ),
    deploys: 'keys ${param:i} of a',
    codes: ['PROFILE_IGNORED'],
  },
  {
    name: 'an id without a secret',
    text: file({}, {default: {a: aws({accessKeyId: '${param:i}'})}}),
    deploys: `error ${HALF}`,
    codes: ['HALF_KEY_IN_RESOLVER'],
  },
  {
    name: 'a secret without an id',
    text: file({}, {default: {a: aws({secretAccessKey: '${param:s}'})}}),
    deploys: `error ${HALF}`,
    codes: ['HALF_KEY_IN_RESOLVER'],
  },
  {
    name: 'half a key beside a profile',
    text: file({}, {default: {a: aws({profile: 'p', accessKeyId: '${param:i}'})}}),
    deploys: `error ${HALF}`,
    codes: ['HALF_KEY_IN_RESOLVER', 'PROFILE_IGNORED'],
  },
  {
    name: 'half a key is no matter where the Dashboard wins',
    text: file({}, {default: {a: aws({accessKeyId: '${param:i}'})}}, ORG),
    world: DASHBOARD,
    deploys: 'dashboard of a',
    codes: ['HALF_KEY_IN_RESOLVER', 'DASHBOARD_WINS'],
  },
  {
    name: 'a whole key in the file',
    text: file({}, {default: {a: aws({accessKeyId: KEY_ID, secretAccessKey: SECRET})}}),
    deploys: 'keys AKIA************RWPB of a',
    codes: ['SECRET_IN_SERVICE_FILE', 'KEY_ID_IN_SERVICE_FILE'],
  },
  {
    name: 'a secret as the fallback of a variable',
    text: file(
      {},
      {default: {a: aws({accessKeyId: '${param:i}', secretAccessKey: `\${env:S, '${SECRET}'}`})}},
    ),
    deploys: 'keys ${param:i} of a',
    codes: ['SECRET_IN_SERVICE_FILE'],
  },
  {
    name: 'an id as the fallback of a variable',
    text: file(
      {},
      {default: {a: aws({accessKeyId: `\${env:I, '${KEY_ID}'}`, secretAccessKey: '${param:s}'})}},
    ),
    deploys: 'keys a variable of a',
    codes: ['KEY_ID_IN_SERVICE_FILE'],
  },
  {
    name: 'a session token in the file',
    text: file(
      {},
      {default: {a: aws({accessKeyId: '${param:i}', secretAccessKey: '${param:s}', sessionToken: SECRET})}},
    ),
    deploys: 'keys ${param:i} of a',
    codes: ['SECRET_IN_SERVICE_FILE'],
  },
  {
    name: 'a secret under a name with a slip',
    text: file({}, {default: {a: aws({secretKey: SECRET})}}),
    deploys: 'chain of a',
    codes: ['SECRET_IN_SERVICE_FILE', 'RESOLVER_KEY_UNKNOWN'],
  },
  {
    name: 'a token of vault in the file',
    text: file({}, {default: {v: {type: 'vault', token: 'hvs.CAESIJ1'}}}),
    deploys: 'chain',
    codes: ['SECRET_IN_SERVICE_FILE'],
  },
  {
    name: 'the secret in the line of the id',
    text: file({}, {default: {a: aws({accessKeyId: SECRET, secretAccessKey: '${param:s}'})}}),
    deploys: 'keys a key ID in the file of a',
    codes: ['SECRET_IN_SERVICE_FILE'],
  },
  {
    name: 'where a token is, is no secret',
    text: file({}, {default: {v: {type: 'vault', tokenFile: './token'}}}),
    deploys: 'chain',
    codes: [],
  },
  {
    name: 'a secret in the line of the profile',
    text: file({}, {default: {a: aws({profile: SECRET})}}),
    deploys: 'profile [secret] of a',
    codes: ['SECRET_IN_SERVICE_FILE'],
  },
]

const REGIONS: readonly Case[] = [
  {
    name: 'the resolver decides before --region',
    text: file({region: 'eu-west-1'}, {default: {a: aws({region: 'us-west-2'})}}),
    world: world({regionOption: 'eu-north-1', envRegion: 'ap-south-1'}),
    deploys: 'chain of a',
    region: 'us-west-2',
    codes: [],
  },
  {
    name: 'then --region',
    text: file({region: 'eu-west-1'}, {default: {a: aws()}}),
    world: world({regionOption: 'eu-north-1', envRegion: 'ap-south-1'}),
    deploys: 'chain of a',
    region: 'eu-north-1',
    codes: [],
  },
  {
    name: 'then provider.region',
    text: file({region: 'eu-west-1'}),
    world: world({envRegion: 'ap-south-1'}),
    deploys: 'chain',
    region: 'eu-west-1',
    codes: [],
  },
  {
    name: 'then AWS_REGION',
    text: file({}),
    world: world({envRegion: 'ap-south-1'}),
    deploys: 'chain',
    region: 'ap-south-1',
    codes: [],
  },
  {
    name: 'the region of a resolver that does not deploy does not count',
    text: file({profile: 'p'}, {default: {a: aws({region: 'us-west-2'})}}, uses('a')),
    deploys: 'profile p',
    region: 'us-east-1',
    codes: ['RESOLVER_IGNORED'],
  },
  {name: 'a slip', text: file({region: 'us-east1'}), deploys: 'chain', codes: ['REGION_UNKNOWN']},
  {
    name: 'a region newer than this',
    text: file({region: 'eu-west-9'}),
    deploys: 'chain',
    codes: ['REGION_UNKNOWN'],
  },
  {name: 'an isolated one', text: file({region: 'us-iso-east-1'}), deploys: 'chain', codes: []},
  {name: 'a variable', text: file({region: "${opt:region, 'eu-west-1'}"}), deploys: 'chain', codes: []},
  {
    name: 'a slip in a resolver',
    text: file({}, {default: {a: aws({region: 'Ireland'})}}),
    deploys: 'chain of a',
    codes: ['REGION_UNKNOWN'],
  },
]

const AROUND: readonly Case[] = [
  {
    name: 'a profile that is here',
    text: file({profile: 'p'}),
    world: profiles({p: 'good'}),
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'a profile that is not here',
    text: file({profile: 'p'}),
    world: profiles({q: 'good'}),
    deploys: 'profile p',
    codes: ['PROFILE_NOT_HERE'],
  },
  {
    name: 'a profile of a resolver that is not here',
    text: file({}, {default: {a: aws({profile: 'p'})}}),
    world: profiles({}),
    deploys: 'profile p of a',
    codes: ['PROFILE_NOT_HERE'],
  },
  {
    name: 'a profile that has expired',
    text: file({profile: 'p'}),
    world: profiles({p: 'expired'}),
    deploys: 'profile p',
    codes: ['PROFILE_EXPIRED'],
  },
  {
    name: 'a profile that is broken',
    text: file({profile: 'p'}),
    world: profiles({p: 'broken'}),
    deploys: 'profile p',
    codes: ['PROFILE_BROKEN'],
  },
  {
    name: 'a profile in a variable',
    text: file({profile: '${env:P}'}),
    world: {...profiles({p: 'good'}), env: {P: 'p'}},
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'the Dashboard over provider.profile',
    text: file({profile: 'p'}, undefined, ORG),
    world: DASHBOARD,
    deploys: 'dashboard',
    codes: ['DASHBOARD_WINS'],
  },
  {
    name: 'the Dashboard over nothing',
    text: file({}, undefined, ORG),
    world: DASHBOARD,
    deploys: 'dashboard',
    codes: [],
  },
  {
    name: 'the Dashboard over keys',
    text: file({}, {default: {a: aws({accessKeyId: '${param:i}', secretAccessKey: '${param:s}'})}}, ORG),
    world: DASHBOARD,
    deploys: 'dashboard of a',
    codes: ['DASHBOARD_WINS'],
  },
  {
    name: 'the Dashboard over --aws-profile',
    text: file({}, undefined, ORG),
    world: {...DASHBOARD, awsProfileOption: 'o'},
    deploys: 'dashboard',
    codes: [],
  },
  {
    name: 'dashboard: false',
    text: file({}, {default: {a: aws({profile: 'p', dashboard: false})}}, ORG),
    world: DASHBOARD,
    deploys: 'profile p of a',
    codes: [],
  },
  {
    name: 'dashboard: "false" in quotes does not help',
    text: file({}, {default: {a: aws({profile: 'p', dashboard: 'false'})}}, ORG),
    world: DASHBOARD,
    deploys: 'dashboard of a',
    codes: ['DASHBOARD_NOT_FALSE', 'DASHBOARD_WINS'],
  },
  {
    name: 'org without app',
    text: file({profile: 'p'}, undefined, {org: 'acme'}),
    world: DASHBOARD,
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'not signed in',
    text: file({profile: 'p'}, undefined, ORG),
    world: world({dashboard: {signedIn: false}}),
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'an access key of the Dashboard in the environment',
    text: file({profile: 'p'}, undefined, ORG),
    world: world({env: {SERVERLESS_ACCESS_KEY: 'x'}, dashboard: {signedIn: false, hasProvider: true}}),
    deploys: 'dashboard',
    codes: ['DASHBOARD_WINS'],
  },
  {
    name: 'signed in, without a Provider',
    text: file({profile: 'p'}, undefined, ORG),
    world: world({dashboard: {signedIn: true, hasProvider: false}}),
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'signed in, and nobody knows of a Provider',
    text: file({profile: 'p'}, undefined, ORG),
    world: world({dashboard: {signedIn: true}}),
    deploys: 'profile p',
    codes: ['DASHBOARD_WINS'],
  },
]

const VARIABLES: readonly Case[] = [
  {name: 'provider in another file', text: file('${file(./p.yml)}'), deploys: 'unknown', codes: []},
  {
    name: 'provider.resolver in a variable',
    text: file({resolver: '${param:r}'}, {default: {a: aws(), b: aws()}}),
    deploys: 'unknown',
    codes: [],
  },
  {
    name: 'stages in another file',
    text: file({}, undefined, {stages: '${file(./s.yml)}'}),
    deploys: 'unknown',
    codes: [],
  },
  {
    name: 'stages in another file, with a profile',
    text: file({profile: 'p'}, undefined, {stages: '${file(./s.yml)}'}),
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'one resolver in another file, with a profile',
    text: file({profile: 'p'}, {default: {a: '${file(./a.yml)}'}}),
    deploys: 'profile p',
    codes: [],
  },
  {
    name: 'another resolver in another file',
    text: file({resolver: 'b'}, {default: {a: '${file(./a.yml)}', b: aws({profile: 'p'})}}),
    deploys: 'profile p of b',
    codes: [],
  },
  {
    name: 'the resolvers in another file',
    text: file({}, undefined, {stages: {default: {resolvers: '${file(./r.yml)}'}}}),
    deploys: 'unknown',
    codes: [],
  },
  {
    name: 'a wanted resolver that may be in another file',
    text: file({resolver: 'a'}, undefined, {stages: {default: {resolvers: '${file(./r.yml)}'}}}),
    deploys: 'unknown',
    codes: [],
  },
  {
    name: 'one resolver in another file',
    text: file({}, {default: {a: '${file(./a.yml)}'}}),
    deploys: 'unknown',
    codes: [],
  },
  {
    name: 'a type in a variable',
    text: file({}, {default: {a: {type: '${param:t}'}}}),
    deploys: 'error Resolver provider ${param:t} is not supported',
    codes: ['RESOLVER_TYPE_UNKNOWN'],
  },
]

function told(model: ServiceModel, stage: string, around: World): string {
  const {by, resolver, profile, keys, error} = explainStage(model, stage, around).deploys
  if (by === 'error') return `error ${error?.text ?? ''}`
  const what = [by, ...(profile ? [profile] : []), ...(keys ? [keys] : [])].join(' ')
  return resolver ? `${what} of ${resolver}` : what
}

describe.each([
  ['the basic rules', BASIC],
  ['provider.resolver', WANTED],
  ['definitions', DEFINITIONS],
  ['keys', KEYS],
  ['regions', REGIONS],
  ['what is around', AROUND],
  ['variables', VARIABLES],
])('%s', (_, cases) => {
  test.each(cases)('$name', ({text, stage = 'dev', world: around = world(), deploys, region, codes}) => {
    for (const kind of ['yml', 'json'] as const) {
      const model = readModel(parseText(text, kind, '/s/serverless.yml'))
      expect(told(model, stage, around)).toBe(deploys)
      if (region !== undefined) expect(explainStage(model, stage, around).deploys.region.value).toBe(region)
      const findings = checkModel(model, around)
      expect(findings.map(({code}) => code)).toEqual(codes)
      expect(JSON.stringify(findings)).not.toContain(SECRET)
    }
  })
})
