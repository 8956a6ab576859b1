/** What is read from a file, with its lines: merges, aliases, tags, variables, and the places a resolver is used. */
import {describe, expect, test} from '@jest/globals'
import {inspect} from 'node:util'
import {parseText} from '../../../src/service/document.js'
import {
  readCompose,
  readModel,
  resolverRows,
  stagesOf,
  type ProfileKnown,
} from '../../../src/service/resolvers/index.js'

const read = (text: string, kind: 'yml' | 'json' = 'yml') =>
  readModel(parseText(text, kind, '/s/serverless.yml'))

describe('reading', () => {
  test('each value with its line', () => {
    const model = read(`# ours
service: shop
org: acme
app: web
provider:
  name: aws

  profile: p # mine
  region: eu-west-1
  stage: prod
params: {}
stages:
  default:
    params: {a: 1}
    resolvers:
      one:
        type: aws
        profile: q
        region: us-west-2
        dashboard: false
        colour: red
`)
    expect(model).toMatchObject({
      service: {value: 'shop', line: 2},
      org: {value: 'acme', line: 3},
      app: {value: 'web', line: 4},
      provider: {
        line: 5,
        name: {value: 'aws', line: 6},
        profile: {value: 'p', line: 8},
        region: {value: 'eu-west-1', line: 9},
        stage: {value: 'prod', line: 10},
      },
      topParams: 11,
      stagesLine: 12,
      stages: [
        {
          name: 'default',
          line: 13,
          params: 14,
          resolvers: [
            {
              name: 'one',
              line: 16,
              stage: 'default',
              type: {value: 'aws', line: 17},
              profile: {value: 'q', line: 18},
              region: {value: 'us-west-2', line: 19},
              dashboard: {value: false, line: 20},
              others: [{name: 'colour', line: 21, isMap: false}],
            },
          ],
        },
      ],
    })
  })

  test('service.name, and a file with Windows line ends', () => {
    expect(read('service:\r\n  name: shop\r\nprovider: aws\r\n')).toMatchObject({
      service: {value: 'shop', line: 2},
      provider: {line: 3, name: {value: 'aws', line: 3}},
    })
  })

  test('the order of stages is that of the file', () => {
    const text = 'stages: {prod: {resolvers: {}}, default: {}, "1": ~, beta: {}}'
    expect(read(text).stages.map(({name}) => name)).toEqual(['prod', 'default', '1', 'beta'])
  })

  test('merged maps and aliases, with the line where it is written', () => {
    const model = read(`base: &base
  type: aws
  region: us-west-2
  profile: old
stages:
  default:
    resolvers: &all
      one:
        <<: *base
        profile: mine
      two: *base
      three:
        <<: [{dashboard: false}, *base]
  prod:
    resolvers: *all
`)
    const [first, second, third] = model.stages[0]?.resolvers ?? []
    expect(first).toMatchObject({
      type: {value: 'aws', line: 2},
      region: {line: 3},
      profile: {value: 'mine', line: 10},
    })
    expect(second).toMatchObject({line: 11, profile: {value: 'old', line: 4}})
    expect(third).toMatchObject({dashboard: {value: false, line: 13}, profile: {value: 'old'}})
    expect(model.stages[1]?.resolvers.map(({name, stage}) => [name, stage])).toEqual([
      ['one', 'prod'],
      ['two', 'prod'],
      ['three', 'prod'],
    ])
  })

  test('a map that merges itself, and a quoted <<, come to an end', () => {
    expect(read('stages: &s\n  <<: *s\n  dev: {}\n').stages.map(({name}) => name)).toEqual(['dev'])
    expect(read('stages:\n  "<<": {dev: {}}\n').stages.map(({name}) => name)).toEqual(['<<'])
    expect(read('{"stages": {"<<": {"dev": {}}}}', 'json').stages.map(({name}) => name)).toEqual(['<<'])
  })

  test('merges that double at each step take no time', () => {
    const steps = Array.from({length: 60}, (_, at) => `a${at + 1}: &a${at + 1}\n  <<: [*a${at}, *a${at}]\n`)
    const text = `a0: &a0 {dev: {resolvers: {x: {type: aws}}}}\n${steps.join('')}stages: *a60\n`
    expect(read(text).stages[0]?.resolvers[0]?.name).toBe('x')
  })

  test('a tag does not hide what it stands before', () => {
    expect(read('provider:\n  profile: !Sub mine\n').provider.profile).toEqual({value: 'mine', line: 2})
  })

  test('a literal secret is no text of the model; a variable is', () => {
    const model = read(`stages: {default: {resolvers: {a: {
  accessKeyId: "\${env:I}",
  secretAccessKey: a-very-long-secret,
  sessionToken: "\${env:T, 'another-long-secret'}"}}}}
`)
    const resolver = model.stages[0]?.resolvers[0]
    expect(resolver?.accessKeyId).toMatchObject({kind: 'variable', text: '${env:I}', line: 2, literals: []})
    expect(resolver?.secretAccessKey).toMatchObject({kind: 'literal', line: 3})
    expect(JSON.stringify(resolver?.secretAccessKey)).not.toContain('very-long')
    expect(inspect(resolver?.secretAccessKey)).not.toContain('very-long')
    expect(model.secrets.map((secret) => secret.reveal())).toEqual([
      'a-very-long-secret',
      'another-long-secret',
    ])
  })
})

describe('uses', () => {
  const uses = (text: string) =>
    read(`stages: {default: {resolvers: {shared: {type: aws}}}}\n${text}`).uses.map(
      ({resolver, key, kind, line}) => `${line} ${resolver} ${kind} ${key}`,
    )

  test.each([
    ['a: ${shared:accountId}', ['2 shared accountId accountId']],
    ['a: ${aws:region}', ['2 aws region region']],
    ['a: ${aws:partition}', ['2 aws partition partition']],
    [
      'a: x-${shared:accountId}-${aws:accountId}',
      ['2 shared accountId accountId', '2 aws accountId accountId'],
    ],
    ['a: ${shared:/path/to/it}', ['2 shared ssm /path/to/it']],
    ['a: ${shared:s3:bucket/key}', ['2 shared other s3:bucket/key']],
    ['a: "${env:X, shared:fallback}"', ['2 shared ssm fallback']],
    ['a: ${shared(eu-west-1):one}', ['2 shared ssm one']],
    ['a: ${param:${shared:inner}}', ['2 shared ssm inner']],
    ['a:\n  - b\n  - ["${shared:one}"]', ['4 shared ssm one']],
    ['a: |\n  one\n  two ${shared:late}\n', ['4 shared ssm late']],
    ['a: !Sub "${AWS::AccountId} ${other:x}"', []],
    ['a: "${env:X, \'shared:quoted\'}"', []],
    ['a: "${env:X, \'b, shared:quoted\'}"', []],
    ['a: ${shared:}', ['2 shared other ']],
    ['# ${shared:comment}', []],
    ['a: shared:accountId, shared:x', []],
    ['${shared:key}: 1', []],
  ])('%j', (text, expected) => {
    expect(uses(text)).toEqual(expected)
  })
})

describe('stages to judge', () => {
  test.each([
    ['service: a', undefined, ['dev']],
    ['stages: {default: {}, prod: {}}', undefined, ['dev', 'prod']],
    ['stages: {default: {}, prod: {}, dev: {}}', undefined, ['dev', 'prod']],
    ['stages: {prod: {}}', 'beta', ['beta', 'prod']],
    ['provider: {stage: beta}\nstages: {prod: {}}', undefined, ['beta', 'prod']],
    ['provider: {stage: beta}\nstages: {prod: {}}', 'prod', ['prod', 'beta']],
    ['provider: {stage: "${opt:stage, \'test\'}"}', undefined, ['test']],
    ['provider: {stage: "${env:STAGE}"}', undefined, ['${env:STAGE}']],
    ['stages: {default: {}}', 'default', ['default']],
  ])('%j with --stage %s', (text, wanted, expected) => {
    expect(stagesOf(read(text), {env: {}}, wanted)).toEqual(expected)
  })
})

test('rows for a table, a stage after the other', () => {
  const model = read(`provider: {name: aws, resolver: own}
stages:
  default:
    resolvers:
      shared: {type: aws, profile: a, dashboard: false}
      own: {type: aws, accessKeyId: AKIAZ7QDM4TJ2XK5RWPB, secretAccessKey: "\${env:S}", region: eu-west-1}
      safe: {type: vault}
  prod:
    resolvers:
      own: {type: aws, profile: b}
`)
  const profiles = new Map<string, ProfileKnown>([['a', {state: 'expired'}]])
  const rows = resolverRows(model, {env: {}, profiles, envRegion: 'eu-north-1'})
  expect(rows).toMatchObject([
    {
      stage: 'dev',
      resolver: 'shared',
      type: 'aws',
      profile: 'a',
      region: 'eu-north-1',
      dashboard: false,
      profileState: 'expired',
      isForDeploy: false,
      writtenIn: 'default',
      line: 5,
    },
    {
      stage: 'dev',
      resolver: 'own',
      keys: 'AKIA************RWPB',
      region: 'eu-west-1',
      dashboard: true,
      isForDeploy: true,
    },
    {stage: 'dev', resolver: 'safe', type: 'vault', dashboard: false, isForDeploy: false},
    {stage: 'prod', resolver: 'shared', profileState: 'expired'},
    {
      stage: 'prod',
      resolver: 'own',
      profile: 'b',
      profileState: 'missing',
      isForDeploy: true,
      writtenIn: 'prod',
      line: 10,
    },
    {stage: 'prod', resolver: 'safe'},
  ])
  expect(rows).toHaveLength(6)
})

test('the services of a project', () => {
  const text = `services:
  api:
    path: services/api
  web: {path: ./web, dependsOn: api}
  other:
    component: aws-cloudformation
`
  expect(readCompose(parseText(text, 'yml', '/s/serverless-compose.yml'))).toEqual({
    services: [
      {name: 'api', path: 'services/api', line: 2},
      {name: 'web', path: './web', line: 4},
    ],
  })
  expect(readCompose(parseText('a: 1', 'yml', '/s/serverless-compose.yml')).services).toEqual([])
})
