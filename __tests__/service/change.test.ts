/** Changes anywhere in the file: each row is a file as people write it, and the file it becomes. */
import {describe, expect, test} from '@jest/globals'
import {removeIn, setIn} from '../../src/service/change/set.js'
import {parseService, type ServiceDocument, type TextKind} from '../../src/service/document.js'
import {
  addResolver,
  dashboardOff,
  profileToResolver,
  useProfile,
  useResolver,
} from '../../src/service/resolver-edit.js'

function changed(
  text: string,
  change: (document: ServiceDocument) => ServiceDocument,
  kind: TextKind = 'yml',
): string {
  const document = parseService(Buffer.from(text), kind, '/p/serverless.yml')
  const after = change(document)
  return after.bom + after.text
}

function code(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as {problem?: {code: string}}).problem?.code
  }
}

const acme = (document: ServiceDocument) =>
  addResolver(document, {stage: 'prod', name: 'acme', profile: 'prod', region: 'eu-west-1'})

describe('a resolver is added', () => {
  test.each([
    [
      'at the end, where there are no stages',
      'service: a\nprovider:\n  name: aws\n',
      'service: a\nprovider:\n  name: aws\nstages:\n  prod:\n    resolvers:\n      acme:\n        type: aws\n        profile: prod\n        region: eu-west-1\n',
    ],
    [
      'beside another one, in the indentation of the file, before the comments of what follows',
      'service: a\nstages:\n    prod:\n        resolvers:\n            other: # ours\n                type: aws # yes\n\n# functions\nfunctions: {}\n',
      'service: a\nstages:\n    prod:\n        resolvers:\n            other: # ours\n                type: aws # yes\n            acme:\n                type: aws\n                profile: prod\n                region: eu-west-1\n\n# functions\nfunctions: {}\n',
    ],
    [
      'under a key that has nothing yet',
      'stages:\n  prod: # later\nx: 1\n',
      'stages:\n  prod: # later\n    resolvers:\n      acme:\n        type: aws\n        profile: prod\n        region: eu-west-1\nx: 1\n',
    ],
    [
      'with CRLF and without a last line end',
      'stages:\r\n  dev: {}',
      'stages:\r\n  dev: {}\r\n  prod:\r\n    resolvers:\r\n      acme:\r\n        type: aws\r\n        profile: prod\r\n        region: eu-west-1',
    ],
    [
      'between braces',
      'stages: {prod: {resolvers: {}}, dev: {}}\n',
      'stages: {prod: {resolvers: {acme: {type: aws, profile: prod, region: eu-west-1}}}, dev: {}}\n',
    ],
    [
      'after a text over several lines',
      'stages:\n  prod:\n    note: |\n      one\n      two\nx: 1\n',
      'stages:\n  prod:\n    note: |\n      one\n      two\n    resolvers:\n      acme:\n        type: aws\n        profile: prod\n        region: eu-west-1\nx: 1\n',
    ],
    [
      'after a list',
      'stages:\n  prod:\n    list:\n      - a: 1\n        b: 2\n      - c # last\n',
      'stages:\n  prod:\n    list:\n      - a: 1\n        b: 2\n      - c # last\n    resolvers:\n      acme:\n        type: aws\n        profile: prod\n        region: eu-west-1\n',
    ],
  ])('%s', (_, before, after) => {
    expect(changed(before, acme)).toBe(after)
  })

  test('in JSON, laid out as the file is', () => {
    const before = '{\n  "service": "a",\n  "stages": {\n    "dev": {}\n  }\n}\n'
    expect(changed(before, acme, 'json')).toBe(`{
  "service": "a",
  "stages": {
    "dev": {},
    "prod": {
      "resolvers": {
        "acme": {
          "type": "aws",
          "profile": "prod",
          "region": "eu-west-1"
        }
      }
    }
  }
}
`)
  })

  test('with variables for the keys, in quotes, and a name that a reader would take for a word', () => {
    const keys = {accessKeyIdVariable: 'KEY_ID', secretAccessKeyVariable: 'KEY'}
    const after = changed('service: a\n', (document) =>
      addResolver(document, {stage: 'on', name: 'no', keys, dashboard: false}),
    )
    expect(after).toBe(
      "service: a\nstages:\n  'on':\n    resolvers:\n      'no':\n        type: aws\n        accessKeyId: '${env:KEY_ID}'\n        secretAccessKey: '${env:KEY}'\n        dashboard: false\n",
    )
  })

  test('one that is there is never overwritten', () => {
    expect(code(() => changed('stages: {prod: {resolvers: {acme: {type: aws}}}}\n', acme))).toBe(
      'RESOLVER_EXISTS',
    )
  })

  test('nothing is put into what others use under its name', () => {
    const shared = 'x: &r\n  one: {type: aws}\nstages:\n  prod:\n    resolvers: *r\n'
    expect(code(() => changed(shared, acme))).toBe('SERVICE_EDIT_NOT_READ_BACK')
    const source = 'stages:\n  prod: &p\n    a: 1\n  dev: *p\n'
    expect(code(() => changed(source, acme))).toBe('SERVICE_EDIT_NOT_READ_BACK')
    expect(code(() => changed('stages:\n  prod: text\n', acme))).toBe('SERVICE_EDIT_NOT_READ_BACK')
    expect(code(() => changed('stages:\n  - prod\n', acme))).toBe('SERVICE_EDIT_NOT_READ_BACK')
  })
})

describe('the provider', () => {
  test.each([
    [
      'names a resolver',
      'provider:\n  name: aws # yes\n',
      'provider:\n  name: aws # yes\n  resolver: acme\n',
    ],
    [
      'in its short form is opened',
      'provider: aws # cloud\nx: 1\n',
      'provider:\n  name: aws # cloud\n  resolver: acme\nx: 1\n',
    ],
    [
      'loses its profile',
      'provider:\n  name: aws\n  profile: old # mine\n  region: x\n',
      'provider:\n  name: aws\n  # mine\n  region: x\n  resolver: acme\n',
    ],
    [
      'has another one replaced',
      "provider: {name: aws, resolver: 'b'}\n",
      "provider: {name: aws, resolver: 'acme'}\n",
    ],
    [
      'in JSON',
      '{"provider": {"name": "aws", "profile": "p"}}',
      '{"provider": {"name": "aws", "resolver": "acme"}}',
    ],
  ])('%s', (name, before, after) => {
    expect(
      changed(before, (document) => useResolver(document, 'acme'), name === 'in JSON' ? 'json' : 'yml'),
    ).toBe(after)
  })

  test('goes from a profile to a resolver, and its region stays', () => {
    expect(
      changed('service: a\nprovider:\n  name: aws\n  profile: old\n  region: eu-west-1\n', (document) =>
        profileToResolver(document, {stage: 'default', name: 'main'}),
      ),
    ).toBe(
      'service: a\nprovider:\n  name: aws\n  region: eu-west-1\n  resolver: main\nstages:\n  default:\n    resolvers:\n      main:\n        type: aws\n        profile: old\n        region: eu-west-1\n',
    )
  })

  test('goes back to a profile', () => {
    expect(changed('provider:\n  name: aws\n  resolver: a\n', (document) => useProfile(document, 'x'))).toBe(
      'provider:\n  name: aws\n  profile: x\n',
    )
  })

  test.each([
    [
      'on its line',
      'provider:\n  name: aws\n  profile: old  # ask Ada\r\n  stage: x\n',
      'provider:\n  name: aws\n  # ask Ada\r\n  stage: x\n  resolver: a\n',
    ],
    [
      'as the last line',
      'provider:\n  name: aws\n  profile: "o#ld" # ask',
      'provider:\n  name: aws\n  resolver: a\n  # ask',
    ],
    [
      'between braces',
      'provider: {\n  profile: old, # ask\n  name: aws\n}\n',
      'provider: {\n  # ask\n  name: aws,\n  resolver: a\n}\n',
    ],
  ])('a comment behind what is taken out stays, %s', (_, before, after) => {
    expect(changed(before, (document) => useResolver(document, 'a'))).toBe(after)
  })

  test.each([
    [
      'provider: {\n  name: aws, # the cloud\n  stage: dev # mine\n}\n',
      'provider: {\n  name: aws, # the cloud\n  stage: dev, # mine\n  profile: work\n}\n',
    ],
    [
      'provider:\n  {\n    name: aws,\n    stage: dev, # s\n  }\n',
      'provider:\n  {\n    name: aws,\n    stage: dev, # s\n    profile: work,\n  }\n',
    ],
    ['provider: {name: aws # cloud\n}\n', 'provider: {name: aws, # cloud\n           profile: work\n}\n'],
  ])('a comment between braces stays with what it is about: %j', (before, after) => {
    expect(changed(before, (document) => setIn(document, ['provider', 'profile'], 'work'))).toBe(after)
  })

  test('a profile that comes from a merged map cannot be taken out of it', () => {
    const merged = 'base: &b\n  profile: p\nprovider:\n  <<: *b\n  name: aws\n  profile: q\n'
    expect(code(() => changed(merged, (document) => useResolver(document, 'a')))).toBe(
      'SERVICE_EDIT_NOT_READ_BACK',
    )
  })
})

test.each([
  ['a merge key', 'x: &p\n  name: aws\n  profile: work\nprovider:\n  <<: *p\n'],
  ['a merge key beside others', 'x: &p\n  profile: work\nprovider:\n  name: aws\n  <<: *p\n'],
  ['an alias', 'x: &p\n  name: aws\n  profile: work\nprovider: *p\n'],
])('a profile that comes by %s is not moved, as it would stay where it is', (_what, text) => {
  expect(code(() => changed(text, (document) => useResolver(document, 'a')))).toMatch(
    /SERVICE_KEY_MERGED|NOT_READ_BACK/,
  )
  const move = () =>
    changed(text, (document) => profileToResolver(document, {stage: 'default', name: 'main'}))
  expect(code(move)).toMatch(/SERVICE_KEY_MERGED|NOT_READ_BACK/)
})

test('the Dashboard is switched off in a resolver', () => {
  expect(
    changed(
      'stages:\n  prod:\n    resolvers:\n      a:\n        type: aws\n        dashboard: true # why\n',
      (document) => dashboardOff(document, 'prod', 'a'),
    ),
  ).toBe('stages:\n  prod:\n    resolvers:\n      a:\n        type: aws\n        dashboard: false # why\n')
})

test('what is so already is left alone, byte for byte', () => {
  const text = 'provider:\n  resolver:   "a"   # x\n'
  expect(changed(text, (document) => setIn(document, ['provider', 'resolver'], 'a'))).toBe(text)
  expect(changed(text, (document) => removeIn(document, ['provider', 'profile']))).toBe(text)
})

test('a map that comes merged into its place is not hidden by one of our own', () => {
  const text =
    'x: &x\n  default:\n    params:\n      a: 1\nservice: a\nprovider:\n  name: aws\nstages:\n  <<: *x # c1\n  prod: {}\n'
  const add = (stage: string) => () =>
    changed(text, (document) => addResolver(document, {stage, name: 'main', profile: 'dev'}))
  expect(code(add('default'))).toBe('SERVICE_KEY_MERGED')
  // Where nothing is merged, it is as ever.
  expect(add('prod')()).toContain('prod: {')
  expect(add('prod')()).toContain('<<: *x # c1')
})
