/** Whatever the file holds: nothing throws, and no secret in it comes to be a text. */
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {stringify} from 'yaml'
import {parseService, parseText} from '../../../src/service/document.js'
import {
  checkModel,
  checkText,
  explainStage,
  readCompose,
  readModel,
  resolverRows,
  stagesOf,
  type ServiceModel,
  type World,
} from '../../../src/service/resolvers/index.js'
import {runs, seed} from '../../support/proof.js'

const CANARY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzX9k2Lq0Aa'
const names = fc.constantFrom(
  'a',
  'b',
  'aws',
  'shared',
  '__proto__',
  'constructor',
  'toString',
  '${x}',
  ' ',
  '<<',
  'é🙂',
  'x`y',
)
const stageNames = fc.constantFrom('default', 'dev', 'prod', '__proto__', '1')

const text = fc.oneof(
  names,
  fc.constantFrom(
    'us-east-1',
    'nowhere',
    '',
    '${env:X}',
    "${env:X, 'y'}",
    '${',
    '${a:',
    '${a:b',
    '}',
    '\u001b[31m',
  ),
  fc.string({maxLength: 12}),
)
const value = fc.oneof(text, fc.constantFrom(null, true, false, 1, 0.5, [], {}, ['a'], {a: 'b'}))
/** Literal, as a fallback with and without quotes, or beside a variable. */
const secret = fc.constantFrom(
  CANARY,
  `\${env:X, '${CANARY}'}`,
  `\${env:X, "${CANARY}"}`,
  `\${env:X,${CANARY}}`,
  `${CANARY}\${env:X}`,
  `\${env:${CANARY}}`,
  ` ${CANARY} `,
)
const part = fc.oneof({weight: 2, arbitrary: secret}, {weight: 1, arbitrary: value})

const resolver = fc.oneof(
  {weight: 1, arbitrary: value},
  {
    weight: 6,
    arbitrary: fc.record(
      {
        type: fc.oneof({weight: 5, arbitrary: fc.constant('aws')}, {weight: 1, arbitrary: value}),
        profile: fc.oneof(value, fc.constant(CANARY)),
        region: fc.oneof(value, fc.constant(CANARY)),
        accessKeyId: part,
        secretAccessKey: part,
        sessionToken: part,
        dashboard: value,
        secretKey: part,
      },
      {requiredKeys: []},
    ),
  },
)
const service = fc.record(
  {
    service: value,
    org: value,
    app: value,
    params: value,
    provider: fc.oneof(
      value,
      fc.record(
        {profile: value, resolver: value, region: value, stage: value, name: value},
        {requiredKeys: []},
      ),
    ),
    stages: fc.oneof(
      value,
      fc.dictionary(
        stageNames,
        fc.oneof(
          {weight: 1, arbitrary: value},
          {weight: 6, arbitrary: fc.record({resolvers: fc.dictionary(names, resolver, {maxKeys: 3})})},
        ),
        {maxKeys: 3},
      ),
    ),
    custom: fc.array(fc.oneof(text, fc.constant('${shared:accountId}'), fc.constant('${aws:region}')), {
      maxLength: 3,
    }),
  },
  {requiredKeys: []},
)
const world: fc.Arbitrary<World> = fc
  .record({
    env: fc.constantFrom<World['env']>({}, {X: 'x', AWS_PROFILE: 'p'}, {SERVERLESS_ACCESS_KEY: 'k'}),
    profiles: fc.constantFrom(undefined, new Map([['a', {state: 'broken' as const}]])),
    dashboard: fc.constantFrom(undefined, {signedIn: true, hasProvider: true}, {signedIn: false}),
    awsProfileOption: fc.constantFrom(undefined, 'o'),
  })
  .map(({profiles, dashboard, awsProfileOption, env}): World => ({
    env,
    ...(profiles && {profiles}),
    ...(dashboard && {dashboard}),
    ...(awsProfileOption && {awsProfileOption}),
  }))

/** All that a screen or a report could show of it. */
function everything(model: ServiceModel, around: World): string {
  const stages = stagesOf(model, around)
  const verdicts = stages.map((stage) => {
    const {stage: _, resolves, ...rest} = explainStage(model, stage, around)
    return {...rest, resolves: resolves.map(({used: _used, ...each}) => each)}
  })
  // The name as the files have it is looked up, and never shown.
  const shown = (key: string, value: unknown) => (key === 'profileName' ? undefined : value)
  return JSON.stringify([verdicts, checkModel(model, around), resolverRows(model, around)], shown)
}

test('nothing throws and no secret is told', () => {
  fc.assert(
    fc.property(service, world, fc.boolean(), (data, around, isJson) => {
      const written = isJson ? JSON.stringify(data) : stringify(data)
      let model: ServiceModel
      try {
        model = readModel(parseText(written, isJson ? 'json' : 'yml', '/s/serverless.yml'))
      } catch (error) {
        // What the reader of the file refuses is no matter here.
        expect(String(error)).toContain('SERVICE_NOT_UNDERSTOOD')
        return
      }
      const told = everything(model, around)
      expect(told).not.toContain(CANARY)
      expect(told).not.toContain(CANARY.slice(0, 16))
      expect(told).not.toContain(CANARY.slice(-16))
      expect(told).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
    }),
    {numRuns: runs(800), seed},
  )
})

test('a literal secret is always found', () => {
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom('secretAccessKey', 'sessionToken'),
      stageNames,
      (written, key, stage) => {
        fc.pre(!written.includes('${env:wJ') && stage !== '__proto__')
        const data = {stages: {[stage]: {resolvers: {a: {type: 'aws', [key]: written}}}}}
        const model = readModel(parseText(JSON.stringify(data), 'json', '/s/serverless.json'))
        const codes = checkModel(model, {env: {}}).map(({code}) => code)
        expect(codes).toContain('SECRET_IN_SERVICE_FILE')
      },
    ),
    {numRuns: runs(100), seed},
  )
})

/** Fragments of YAML in any order: what a person half way through an edit has on disk. */
const fragments = fc.array(
  fc.constantFrom(
    ...[
      'stages:',
      '  default:',
      '    resolvers:',
      '      a:',
      '      b: *x',
      '        type: aws',
      '        <<: *x',
    ],
    ...[
      'x: &x',
      '  type: aws',
      'provider: &p',
      '  profile: ${self:a',
      '  resolver: a',
      'params:',
      '<<: *x',
      '  <<: [*x, *p]',
    ],
    ...[
      'custom: "${a:b}"',
      '? [a]',
      ': b',
      '- c',
      '!Ref d',
      '"${shared:a, ${b:c}, \'"',
      '  *x : e',
      `  secretAccessKey: ${CANARY}`,
    ],
  ),
  {maxLength: 12},
)

test('nothing throws for any file the reader accepts, and a finding has its line in the file', () => {
  let accepted = 0
  fc.assert(
    fc.property(fragments, world, (lines, around) => {
      const bytes = Buffer.from(lines.join('\n'))
      const {model, findings} = checkText(bytes, 'yml', '/s/serverless.yml', around)
      for (const {line} of findings)
        if (line !== undefined) expect(line >= 1 && line <= lines.length + 1).toBe(true)
      if (!model) return
      accepted++
      everything(model, around)
      readCompose(parseService(bytes, 'yml', '/s/serverless.yml'))
    }),
    {numRuns: runs(3000), seed},
  )
  // Else the property would be about nothing.
  expect(accepted).toBeGreaterThan(runs(3000) / 50)
})
