/** What the check says, word for word: where, why by the Framework's own error, and what to do. */
import {describe, expect, test} from '@jest/globals'
import {safe} from '../../../src/text/safe-text.js'
import {
  checkText,
  explainStage,
  stagesOf,
  type ServiceFinding,
  type World,
} from '../../../src/service/resolvers/index.js'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzX9k2Lq0Aa'
const ALONE: World = {env: {}}

const modelOf = (text: string) => checkText(Buffer.from(text), 'yml', '/s/serverless.yml', ALONE).model!

function check(text: string, world: World = ALONE): readonly ServiceFinding[] {
  return checkText(Buffer.from(text), 'yml', '/s/serverless.yml', world).findings
}

function finding(code: string, text: string, world: World = ALONE): ServiceFinding | undefined {
  return check(text, world).find((each) => each.code === code)
}

const resolver = (...lines: readonly string[]) =>
  `stages:\n  default:\n    resolvers:\n      acme:\n        type: aws\n${lines.map((line) => `        ${line}\n`).join('')}`

describe('errors of the Framework', () => {
  test('profile beside resolver', () => {
    expect(check(`provider:\n  profile: mine\n  resolver: acme\n${resolver()}`)).toEqual([
      {
        severity: 'error',
        code: 'RESOLVER_AND_PROFILE',
        line: 3,
        what: 'provider has both profile (line 2) and resolver (line 3).',
        why: 'The Framework stops with: The provider.profile and provider.resolver cannot be set at the same time',
        fix: 'Take one of them out: `profile: mine` or `resolver: acme`',
      },
    ])
  })

  test('several resolvers in one stage only: that stage is named', () => {
    const text = `${resolver()}  prod:\n    resolvers:\n      other: {type: aws}\n`
    expect(check(text)).toEqual([
      {
        severity: 'error',
        code: 'SEVERAL_RESOLVERS',
        line: 8,
        what: 'There is more than one resolver of AWS in the stage prod: acme, other.',
        why: 'The Framework stops with: Multiple resolvers with type "aws" found. Please specify the credential provider to use for deployment in the provider.resolver key.',
        fix: 'Say under provider which one deploys: `resolver: acme`',
        stage: 'prod',
      },
    ])
  })

  test('one name in default and in a stage', () => {
    const found = check(`${resolver()}  prod:\n    resolvers:\n      acme: {type: aws}\n`)
    expect(found[0]?.why).toMatch(/The same name in default and in the stage counts twice\.$/)
    expect(found[1]).toMatchObject({
      code: 'DUPLICATE_NAME',
      line: 8,
      stage: 'prod',
      what: 'The resolver acme is in default (line 4) and in the stage prod.',
      fix: 'Give one of them another name, such as `acme-prod:`',
    })
  })

  test('several in several stages, but not in all', () => {
    const more = ['beta', 'prod']
      .map((stage) => `  ${stage}:\n    resolvers:\n      o: {type: aws}\n`)
      .join('')
    const [only, ...rest] = check(resolver() + more)
    expect(only?.what).toBe('There is more than one resolver of AWS in the stages beta, prod: acme, o.')
    expect(only?.stage).toBeUndefined()
    expect(rest).toEqual([])
  })

  test('a resolver that is in no stage: none is named, and one that is there is offered', () => {
    const text = `provider: {resolver: amce}\n${resolver()}  prod: {}\n`
    expect(finding('UNKNOWN_RESOLVER', text)).toEqual({
      severity: 'error',
      code: 'UNKNOWN_RESOLVER',
      line: 1,
      what: 'provider.resolver names amce, which is not there.',
      why: 'The Framework stops with: Provider amce is not supported',
      fix: 'Name one that is there: `resolver: acme`',
    })
  })

  test('half a key', () => {
    expect(check(resolver('accessKeyId: "${param:id}"'))).toEqual([
      {
        severity: 'error',
        code: 'HALF_KEY_IN_RESOLVER',
        line: 6,
        what: 'The resolver acme has accessKeyId without secretAccessKey.',
        why: 'The Framework stops with: If you provide an access key ID or secret access key, you must provide both.',
        fix: 'Add the line `secretAccessKey: ${env:AWS_SECRET_ACCESS_KEY}` to the resolver, or take accessKeyId out.',
      },
    ])
  })

  test('AWS in capitals', () => {
    expect(check(resolver().replace('type: aws', 'type: AWS'))).toEqual([
      {
        severity: 'error',
        code: 'RESOLVER_TYPE_UNKNOWN',
        line: 5,
        what: 'The type of the resolver acme is AWS; it is written in small letters.',
        why: 'The Framework stops with: Resolver provider AWS is not supported',
        fix: 'Give it the line `type: aws`',
      },
    ])
  })

  test('params beside stages', () => {
    expect(check(`params: {}\n${resolver()}`)[0]).toMatchObject({
      code: 'PARAMS_WITH_STAGES',
      line: 1,
      why: 'The Framework stops with: "params" and "stages" cannot be used together in the top-level of serverless.yml.If you want to define params, use the "params" key in the "stages" block.',
    })
  })
})

describe('secrets in the file', () => {
  const literal = resolver('accessKeyId: AKIAZ7QDM4TJ2XK5RWPB', `secretAccessKey: ${SECRET}`)

  test('the finding names the line and never the secret', () => {
    expect(check(literal)).toEqual([
      {
        severity: 'error',
        code: 'SECRET_IN_SERVICE_FILE',
        line: 7,
        what: 'A secret stands in the file, as secretAccessKey.',
        why: 'Everyone who can read the repository, now or later, can use the key it belongs to.',
        fix: 'Deactivate the key in the console of AWS and make another, then write `secretAccessKey: ${env:AWS_SECRET_ACCESS_KEY}` here.',
      },
      expect.objectContaining({severity: 'warning', code: 'KEY_ID_IN_SERVICE_FILE', line: 6}),
    ])
  })

  test('a short word is a secret too, and stays readable where it is a name', () => {
    const text = `provider: {resolver: test}\n${resolver('accessKeyId: test', 'secretAccessKey: test')}`
    expect(finding('SECRET_IN_SERVICE_FILE', text)?.line).toBe(8)
    expect(finding('UNKNOWN_RESOLVER', text)?.what).toContain('names test,')
  })

  test.each([
    ['a name that repeats the secret', `provider: {resolver: ${SECRET}}\n${literal}`],
    [
      'a profile that repeats one of another shape',
      resolver(
        'secretAccessKey: "${param:s}"',
        'sessionToken: a-long-secret-of-words',
        'profile: a-long-secret-of-words',
      ),
    ],
    ['a profile that repeats it', `${literal}        profile: ${SECRET}\n`],
    ['a slip of a key', resolver(`secretAcessKey: ${SECRET}`)],
  ])('%s', (_, text) => {
    const found = check(text)
    expect(found.map(({code}) => code)).toContain('SECRET_IN_SERVICE_FILE')
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${SECRET}|a-long-secret`))
  })
})

describe('what is around', () => {
  test('a profile that is not here is an error where it deploys, and a warning where it only reads', () => {
    const world: World = {env: {}, profiles: new Map()}
    const deploying = finding('PROFILE_NOT_HERE', resolver('profile: mine'), world)
    expect(deploying).toEqual({
      severity: 'error',
      code: 'PROFILE_NOT_HERE',
      line: 6,
      what: 'There is no profile mine on this machine.',
      why: 'The file names it, and a deploy that asks for it finds no credentials.',
      fix: 'Set it up: `serverless-setup --path local --profile mine`',
    })
    const odd = finding('PROFILE_NOT_HERE', resolver("profile: 'my team'"), world)
    expect(odd?.fix).toMatch(/without blanks and signs, `profile: my-profile`.*--profile my-profile`$/)
    const reading = finding('PROFILE_NOT_HERE', `provider: {profile: p}\n${resolver('profile: mine')}`, {
      ...world,
      profiles: new Map([['p', {state: 'good'}]]),
    })
    expect(reading).toMatchObject({severity: 'warning', line: 7})
  })

  test('a profile that is not here is a warning where the chain of AWS finds something after it', () => {
    const inPlaceOf = (name: string) => (name === 'mine' ? safe('role ci') : undefined)
    const world: World = {env: {}, profiles: new Map(), inPlaceOf}
    expect(finding('PROFILE_NOT_HERE', 'provider: {profile: mine}', world)).toMatchObject({
      severity: 'warning',
      why: 'The file names it. A deploy goes on with what the chain of AWS finds next: role ci.',
    })
  })

  test('a profile that --aws-profile takes the place of is no error', () => {
    const world: World = {env: {}, profiles: new Map(), awsProfileOption: 'o'}
    expect(finding('PROFILE_NOT_HERE', 'provider: {profile: mine}', world)?.severity).toBe('warning')
  })

  test('provider.profile beside resolvers: a note for one, a warning for what the guide forbids', () => {
    const one = `provider: {profile: p}\n${resolver()}`
    expect(finding('RESOLVER_IGNORED', one)?.severity).toBe('note')
    expect(finding('RESOLVER_IGNORED', `${one}      other: {type: aws}\n`)).toMatchObject({
      severity: 'warning',
      line: 1,
      why: 'The guide promises an error for more than one resolver without provider.resolver; the Framework gives none, and takes the profile.',
    })
  })

  test('an option that is none: a role is set up in a profile', () => {
    expect(finding('RESOLVER_KEY_UNKNOWN', resolver('roleArn: r'))?.fix).toBe(
      'A role is assumed by a profile only: set it up there, then write `profile: my-profile`',
    )
    expect(finding('RESOLVER_KEY_UNKNOWN', resolver('colour: red'))?.fix).toContain(
      'Use one of these: `profile`',
    )
  })

  test('a name that a shell would take for more is not put into a command', () => {
    const world: World = {env: {}, profiles: new Map()}
    expect(finding('PROFILE_NOT_HERE', resolver('profile: "x; rm -rf ~ `id`"'), world)?.fix).toBe(
      'Give it a name without blanks and signs, `profile: my-profile`, and set that up: `serverless-setup --path local --profile my-profile`',
    )
  })

  test('a variable of the environment is named once, at its first line', () => {
    const text = resolver(
      'accessKeyId: "${env:KEY}"',
      'secretAccessKey: "${env:KEY}"',
      'profile: "${env:P, \'p\'}"',
    )
    expect(check(text).filter(({code}) => code === 'ENV_NOT_SET')).toEqual([
      {
        severity: 'warning',
        code: 'ENV_NOT_SET',
        line: 6,
        what: 'The environment variable KEY is not set in this shell.',
        why: 'The file reads a value from it and has no other in its place, so a run from this shell stops.',
        fix: 'Set it where you deploy from: `export KEY=...`',
      },
    ])
  })

  test('the Dashboard wins for sure, or maybe', () => {
    const text = `org: acme\napp: shop\n${resolver('profile: mine')}`
    expect(
      finding('DASHBOARD_WINS', text, {...ALONE, dashboard: {signedIn: true, hasProvider: true}}),
    ).toEqual({
      severity: 'warning',
      code: 'DASHBOARD_WINS',
      line: 6,
      what: 'A Provider of the Dashboard wins over the profile of the resolver acme.',
      why: 'org and app are set (line 1), and who is signed in gets its credentials, without a word.',
      fix: 'To keep it away, use a resolver with the line `dashboard: false`',
    })
    expect(finding('DASHBOARD_WINS', text)).toMatchObject({
      severity: 'note',
      what: 'If the Dashboard has a Provider for this service, it wins over the profile of the resolver acme.',
    })
    expect(finding('DASHBOARD_WINS', `${text}        dashboard: "\${param:d}"\n`)).toBeUndefined()
  })

  test('a region with a slip is put right', () => {
    expect(finding('REGION_UNKNOWN', resolver('region: us-west2'))).toMatchObject({
      severity: 'error',
      line: 6,
      what: 'The region of the resolver acme is us-west2, which is not one of the known ones.',
      fix: 'Did you mean `region: us-west-2`?',
    })
  })

  test('an unused resolver of a stage', () => {
    const text = `provider: {resolver: acme}\n${resolver()}  prod:\n    resolvers:\n      spare: {type: aws}\n`
    expect(check(text)).toEqual([
      {
        severity: 'note',
        code: 'RESOLVER_UNUSED',
        line: 9,
        what: 'Nothing uses the resolver spare.',
        why: 'It deploys no stage, and no variable such as `${spare:accountId}` reads with it.',
        fix: 'Take it out, or deploy with it: `resolver: spare`',
        stage: 'prod',
      },
    ])
  })
})

describe('a file that cannot be read', () => {
  test('a key that stands twice, with its line', () => {
    expect(check('provider:\n  profile: a\n  region: eu-west-1\n  profile: b\n')).toEqual([
      {
        severity: 'error',
        code: 'SERVICE_NOT_UNDERSTOOD',
        line: 4,
        what: 'The file cannot be read: line 4 is not right.',
        why: 'A key stands there that its map has already.',
        fix: 'Take one of the two out, then look again: `serverless print`',
      },
    ])
  })

  test.each([
    ['a tab', 'a:\n\tb: 1\n'],
    ['a quote that does not end', 'a: "b\n'],
    ['an alias without an anchor', 'a: *b\n'],
  ])('%s', (_, text) => {
    const [only] = check(text)
    expect(only).toMatchObject({code: 'SERVICE_NOT_UNDERSTOOD', severity: 'error'})
    expect(only?.line).toBeGreaterThan(0)
  })

  test('nothing in it', () => {
    const [only] = check('# nothing\n')
    expect(only).toMatchObject({code: 'SERVICE_NOT_UNDERSTOOD', what: 'The file cannot be read.'})
    expect(only?.line).toBeUndefined()
  })
})

describe('secrets in other parts of the file', () => {
  const inEnvironment = (line: string) => `provider:\n  environment:\n    ${line}\n`

  test.each([
    ['of a function', `functions:\n  f:\n    environment: {AWS_SECRET_ACCESS_KEY: ${SECRET}}\n`],
    ['of the provider', inEnvironment(`SHOP_SECRET_ACCESS_KEY: "${SECRET}"`)],
    ['as a fallback', inEnvironment(`AWS_SECRET_ACCESS_KEY: "\${env:S, '${SECRET}'}"`)],
    ['in camel case', `custom:\n  keys:\n    secretAccessKey: ${SECRET}\n`],
    ['a session token', `custom:\n  keys:\n    AWS_SESSION_TOKEN: ${'IQoJb3JpZ2lu'.repeat(12)}\n`],
  ])('%s', (_, text) => {
    const found = check(text)
    expect(found).toMatchObject([{code: 'SECRET_IN_SERVICE_FILE', severity: 'error', line: 3}])
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${SECRET}|IQoJ`))
  })

  test.each([
    ['a variable', inEnvironment('AWS_SECRET_ACCESS_KEY: "${env:AWS_SECRET_ACCESS_KEY}"')],
    ['a stand-in', inEnvironment('AWS_SECRET_ACCESS_KEY: put-yours-here')],
    ['a name of another thing', inEnvironment(`COMMIT: ${SECRET}`)],
    ['a map', inEnvironment('AWS_SECRET_ACCESS_KEY: {Ref: Key}')],
  ])('%s is none', (_, text) => {
    expect(check(text).filter(({code}) => code !== 'ENV_NOT_SET')).toEqual([])
  })

  test('one that another line repeats is masked there', () => {
    const token = 'a-token-of-words-'.repeat(8)
    const text = `custom: {AWS_SESSION_TOKEN: ${token}}\nprovider: {resolver: ${token}}\n`
    expect(check(text).map(({code}) => code)).toEqual(['SECRET_IN_SERVICE_FILE', 'UNKNOWN_RESOLVER'])
    expect(JSON.stringify(check(text))).not.toContain('a-token-of-words')
  })

  test('one in a resolver is told once', () => {
    const text = resolver('accessKeyId: "${param:i}"', `secretAccessKey: ${SECRET}`)
    expect(check(text)).toHaveLength(1)
  })
})

test('a secret in the line of a profile is found in both lines', () => {
  const text = resolver(
    'accessKeyId: "${param:i}"',
    'secretAccessKey: a-long-secret-of-words',
    'profile: a-long-secret-of-words',
  )
  const lines = check(text).filter(({code}) => code === 'SECRET_IN_SERVICE_FILE')
  expect(lines.map(({line}) => line)).toEqual([7, 8])
})

test('errors come first, then each by its line', () => {
  const text = `provider: {region: nowhere-1}\n${resolver('colour: red', 'region: us-west2')}`
  expect(check(text).map(({severity, line}) => `${severity} ${line}`)).toEqual([
    'error 1',
    'error 8',
    'warning 7',
  ])
})

describe('a stage that is not that of a plain deploy is reached by its option', () => {
  const STAGES = 'stages:\n  dev:\n    params: {a: 1}\n  prod:\n    params: {a: 1}\n'
  const deploys = (text: string, world: World = ALONE) => {
    const model = modelOf(text)
    return stagesOf(model, world).map((stage) => {
      const {by, profileName, resolver} = explainStage(model, stage, world).deploys
      return `${stage} ${by} ${profileName ?? ''}${resolver ? ` of ${resolver}` : ''}`
    })
  }

  test.each(['${opt:stage, "dev"}', "${opt:stage, 'dev'}", '${sls:stage}', '${opt:stage, sls:stage}'])(
    'profile: %s',
    (value) => {
      const text = `provider:\n  name: aws\n  profile: ${value.includes('"') ? `'${value}'` : value}\n${STAGES}`
      expect(deploys(text)).toEqual(['dev profile dev', 'prod profile prod'])
      const only = (name: string) => ({...ALONE, profiles: new Map([[name, {state: 'good' as const}]])})
      expect(check(text, only('dev')).map(({code, stage}) => [code, stage])).toEqual([
        ['PROFILE_NOT_HERE', 'prod'],
      ])
      expect(check(text, only('prod')).map(({code, stage}) => [code, stage])).toEqual([
        ['PROFILE_NOT_HERE', undefined],
      ])
    },
  )

  test.each(['${opt:stage, "dev"}', '${sls:stage}'])('resolver: %s', (value) => {
    const each = (name: string) =>
      `  ${name}:\n    resolvers:\n      ${name}:\n        type: aws\n        profile: p-${name}\n`
    const text = `provider:\n  name: aws\n  resolver: '${value}'\nstages:\n${each('dev')}${each('prod')}`
    expect(deploys(text)).toEqual(['dev profile p-dev of dev', 'prod profile p-prod of prod'])
    expect(check(text)).toEqual([])
    // No resolver is told to be of no use, nor another one to be named for all stages.
    const ofAll = `provider:\n  name: aws\n  resolver: '${value}'\nstages:\n  default:\n    resolvers:\n      dev: {type: aws}\n      prod: {type: aws}\n`
    expect(check(ofAll)).toEqual([])
    const found = checkText(Buffer.from(ofAll), 'yml', '/s/serverless.yml', ALONE, 'qa').findings
    expect(found.map(({code}) => code)).toEqual(['UNKNOWN_RESOLVER'])
    expect(found[0]?.fix).not.toContain('`resolver:')
  })
})

describe('keys that variables hold are judged by the values that these have here', () => {
  const text = `provider:\n  name: aws\nstages:\n  dev:\n    resolvers:\n      r:\n        type: aws\n        accessKeyId: \${env:I}\n        secretAccessKey: \${env:S}\n`
  const ID = 'AKIAQ7WERTYUIOPLKJH2'
  const judged = (env: Record<string, string>) => {
    const world = {...ALONE, env}
    const {by, fault, error} = explainStage(modelOf(text), 'dev', world).deploys
    return [by, fault !== undefined || error !== undefined, check(text, world).map(({code}) => code)]
  }

  test.each<[string, Record<string, string>]>([
    ['a quotation mark round it', {I: `"${ID}"`, S: SECRET}],
    ['a placeholder', {I: '<ID>', S: 'changeme'}],
    ['a temporary key without its token', {I: ID.replace('AKIA', 'ASIA'), S: SECRET}],
    ['a secret that is none', {I: ID, S: 'short'}],
    ['both swapped', {I: SECRET, S: ID}],
  ])('%s', (_, env) => {
    expect(judged(env)).toEqual(['keys', true, ['KEY_MALFORMED']])
    expect(JSON.stringify(check(text, {...ALONE, env}))).not.toContain(SECRET)
  })

  test('an empty half is none, and two of them are no key', () => {
    expect(judged({I: ID, S: ''})).toEqual(['error', true, ['HALF_KEY_IN_RESOLVER']])
    expect(judged({I: '', S: ''})).toEqual(['chain', false, []])
    expect(judged({I: ID, S: SECRET})).toEqual(['keys', false, []])
    expect(judged({I: 'test', S: 'test', AWS_ENDPOINT_URL: 'http://localhost:4566'})).toEqual([
      'keys',
      false,
      [],
    ])
  })
})

test.each([
  'provider: ${file(./p.yml)}\n',
  'provider:\n  name: aws\nstages: ${file(./s.yml)}\n',
  'provider:\n  name: aws\nstages:\n  default:\n    resolvers: ${file(./r.yml)}\n',
  'provider:\n  name: aws\nstages:\n  default:\n    resolvers:\n      a: ${file(./a.yml)}\n',
])('what is not read here may name a region: none is told for it (%#)', (text) => {
  for (const env of [{}, {AWS_REGION: 'eu-west-1'}]) {
    const {by, region} = explainStage(modelOf(text), 'dev', {env}).deploys
    expect([by, region.isOpen]).toEqual(['unknown', true])
    expect(region.value).not.toMatch(/[a-z]{2}-[a-z]+-\d/)
  }
})

describe('a file for an older version of the Framework', () => {
  test.each(['"3"', '3', "'^3.38.0'", '3.x', '~2.72.0'])('frameworkVersion: %s', (version) => {
    expect(finding('FRAMEWORK_OLDER', `frameworkVersion: ${version}\nprovider: {name: aws}\n`)).toMatchObject(
      {
        severity: 'note',
        line: 1,
        fix: "To have version 4: `frameworkVersion: '4'`",
      },
    )
  })
  test.each(['"4"', '^4.41.0', '">=3.0.0 <5"', '"*"', '${file(v.yml)}'])('not %s', (version) => {
    expect(check(`frameworkVersion: ${version}\nprovider: {name: aws}\n`)).toEqual([])
  })
})
