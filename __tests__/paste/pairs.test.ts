/** Several whole keys in one paste, in any form and order: each ID has its own secret and token, or none. */
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {readCredentials} from '../../src/paste/credentials-text.js'
import {runs, seed} from '../support/proof.js'

interface Known {
  readonly id: string
  readonly secret: string
  readonly token?: string
}

const long = (index: number): Known => ({
  id: `AKIA${'ABCDEFGH'.charAt(index).repeat(16)}`,
  secret: `${index}aB3xQ9zz${'aB3xQ9zz'.repeat(4)}`.slice(0, 40).padEnd(40, 'k'),
})
const temporary = (index: number): Known => ({
  ...long(index),
  id: `ASIA${'ABCDEFGH'.charAt(index).repeat(16)}`,
  token: `IQoJb3JpZ2luX2VjE${index}${'aZ3/bQ9+'.repeat(40)}`,
})

const NAMES = {
  ini: {id: 'aws_access_key_id', secret: 'aws_secret_access_key', token: 'aws_session_token'},
  shell: {id: 'AWS_ACCESS_KEY_ID', secret: 'AWS_SECRET_ACCESS_KEY', token: 'AWS_SESSION_TOKEN'},
  json: {id: 'AccessKeyId', secret: 'SecretAccessKey', token: 'SessionToken'},
  short: {id: 'id', secret: 'secret', token: 'token'},
  label: {id: 'Access key ID', secret: 'Secret access key', token: 'Session token'},
} as const
type Names = (typeof NAMES)[keyof typeof NAMES]
type Block = readonly [owner: string, values: readonly (readonly [name: string, value: string])[]]

const each = (blocks: readonly Block[], between: string, of: (block: Block) => string) =>
  blocks.map(of).join(between)
const inLines =
  (sign: string, before = '') =>
  (values: Block[1]) =>
    values.map(([name, value]) => `${before}${name}${sign}${value}`).join('\n')

const FORMS: Readonly<Record<string, (blocks: readonly Block[]) => string>> = {
  sections: (blocks) => each(blocks, '\n\n', ([owner, values]) => `[${owner}]\n${inLines(' = ')(values)}`),
  yaml: (blocks) => each(blocks, '\n', ([owner, values]) => `${owner}:\n${inLines(': ', '  ')(values)}`),
  list: (blocks) =>
    each(blocks, '\n', ([owner, values]) => `- name: ${owner}\n${inLines(': ', '  ')(values)}`),
  json: (blocks) =>
    JSON.stringify(
      Object.fromEntries(blocks.map(([owner, values]) => [owner, Object.fromEntries(values)])),
      null,
      2,
    ),
  lines: (blocks) => each(blocks, '\n', ([, values]) => JSON.stringify(Object.fromEntries(values))),
  exports: (blocks) =>
    each(blocks, '\n\n', ([owner, values]) => `# ${owner}\n${inLines('=', 'export ')(values)}`),
  'one after the other': (blocks) => each(blocks, '\n\n', ([, values]) => inLines('=')(values)),
  headed: (blocks) =>
    each(blocks, '\n\n', ([owner, values]) => `## ${owner}\n${inLines(': ', '- ')(values)}`),
  'one line each': (blocks) =>
    each(
      blocks,
      '\n',
      ([owner, values]) => `${owner}: ${values.map(([name, value]) => `${name}=${value}`).join(' ')}`,
    ),
  'values alone': (blocks) =>
    each(blocks, '\n', ([owner, values]) => `${owner}: ${values.map(([, value]) => value).join(' ')}`),
  'aws configure set': (blocks) =>
    each(blocks, '\n', ([owner, values]) =>
      values.map(([name, value]) => `aws configure set ${name} ${value} --profile ${owner}`).join('\n'),
    ),
  terraform: (blocks) =>
    each(
      blocks,
      '\n',
      ([owner, values]) => `provider "aws" {\n  alias = "${owner}"\n${inLines(' = ', '  ')(values)}\n}`,
    ),
}

const ORDERS = [
  ['id', 'secret', 'token'],
  ['secret', 'id', 'token'],
  ['token', 'secret', 'id'],
  ['id', 'token', 'secret'],
] as const

function blocksOf(
  keys: readonly Known[],
  names: Names,
  orders: readonly (typeof ORDERS)[number][],
  owners: readonly string[],
) {
  return keys.map((key, index): Block => [
    owners[index]!,
    orders[index]!.flatMap((kind) => (key[kind] === undefined ? [] : [[names[kind], key[kind]] as const])),
  ])
}

/** IDs that were given another's secret or token. */
function wrong(text: string, keys: readonly Known[]): readonly string[] {
  const reading = readCredentials(text)
  if (reading.kind !== 'complete') return []
  return reading.candidates.flatMap(({key: {accessKeyId, secretAccessKey, sessionToken}}) => {
    const own = keys.find(({id}) => id === accessKeyId)
    const isOwn = own?.secret === secretAccessKey.reveal()
    return isOwn && (!sessionToken || sessionToken.reveal() === own.token) ? [] : [accessKeyId]
  })
}

const OWNERS = ['dev', 'prod-eu', 'alice', 'x.1', '123']

test.each(Object.keys(FORMS))('%s', (form) => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({min: 0, max: 7}), {minLength: 1, maxLength: 4}),
      fc.array(fc.boolean(), {minLength: 4, maxLength: 4}),
      fc.constantFrom(...Object.values(NAMES)),
      fc.array(fc.constantFrom(...ORDERS), {minLength: 4, maxLength: 4}),
      fc.shuffledSubarray(OWNERS, {minLength: 4}),
      (indices, temporaries, names, orders, owners) => {
        const keys = indices.map((index, at) => (temporaries[at] ? temporary(index) : long(index)))
        expect(wrong(FORMS[form]!(blocksOf(keys, names, orders, owners)), keys)).toEqual([])
      },
    ),
    {numRuns: runs(300), seed},
  )
})

test.each(Object.keys(FORMS))('%s: all in the usual order are found', (form) => {
  const keys = [long(0), temporary(1), long(2)]
  const orders = keys.map(() => ORDERS[0])
  const reading = readCredentials(FORMS[form]!(blocksOf(keys, NAMES.shell, orders, OWNERS)))
  expect(reading).toMatchObject({kind: 'complete'})
  expect(reading.kind === 'complete' && reading.candidates.map(({key}) => key.accessKeyId)).toEqual(
    keys.map(({id}) => id),
  )
})

const [A, B] = [long(0), long(1)]

test.each([
  ['a name before the secret is one of the line', `prod-eu: ${A.secret} ${A.id}\ndev: ${B.secret} ${B.id}\n`],
  [
    'halves of two profiles',
    `aws configure set aws_access_key_id ${A.id} --profile a\naws configure set aws_secret_access_key ${B.secret} --profile b\n`,
  ],
  [
    'halves of two profiles by their path',
    `aws configure set profile.a.aws_access_key_id ${A.id}\naws configure set profile.b.aws_secret_access_key ${B.secret}\n`,
  ],
  ['halves in two sections', `[dev]\nid = ${A.id}\n[prod]\nsecret = ${B.secret}\n`],
  [
    'a secret alone before a whole key',
    `AWS_SECRET_ACCESS_KEY=${A.secret}\n\nAWS_ACCESS_KEY_ID=${B.id}\nAWS_SECRET_ACCESS_KEY=${B.secret}\n`,
  ],
])('%s', (_, text) => {
  expect(wrong(text, [A, B])).toEqual([])
})

test.each([
  [
    'a section and then a line of words',
    `[alice]\naws_access_key_id = ${A.id}\naws_secret_access_key = ${A.secret}\n\nprod: access key ${B.id} / secret key ${B.secret}\n`,
  ],
  [
    'a section and then labels',
    `[alice]\naws_access_key_id = ${A.id}\naws_secret_access_key = ${A.secret}\n\naccess key: ${B.id}\nsecret key: ${B.secret}\n`,
  ],
  [
    'a section and then the same names',
    `[alice]\naws_access_key_id = ${A.id}\naws_secret_access_key = ${A.secret}\n\naws_access_key_id = ${B.id}\naws_secret_access_key = ${B.secret}\n`,
  ],
  [
    'short labels and then full names',
    `Old key:\naccess key: ${A.id}\nsecret key: ${A.secret}\n\nNew key:\nAWS_ACCESS_KEY_ID=${B.id}\nAWS_SECRET_ACCESS_KEY=${B.secret}\n`,
  ],
])('two forms in one paste, both keys are read: %s', (_, text) => {
  const reading = readCredentials(text)
  expect(wrong(text, [A, B])).toEqual([])
  expect(reading.kind === 'complete' && reading.candidates.map(({key}) => key.accessKeyId)).toEqual([
    A.id,
    B.id,
  ])
})

test('a token is never that of the key in a section above', () => {
  const [one, two] = [temporary(0), temporary(1)]
  const text = `[dev]\naws_access_key_id = ${one.id}\naws_secret_access_key = ${one.secret}\naws_session_token = ${one.token}\n\nprovider "aws" { access_key="${two.id}" secret_key="${two.secret}" token="${two.token}" }\n`
  expect(wrong(text, [one, two])).toEqual([])
})

test('the name of a token may have an owner behind it', () => {
  const {id, secret, token} = temporary(0)
  const reading = readCredentials(
    `AWS_ACCESS_KEY_ID_DEV=${id}\nAWS_SECRET_ACCESS_KEY_DEV=${secret}\nAWS_SESSION_TOKEN_DEV=${token}\n`,
  )
  expect(reading.kind === 'complete' && reading.candidates[0].key.sessionToken?.reveal()).toBe(token)
})

test('one on a line with a name before it is a whole key', () => {
  expect(readCredentials(`prod-eu: ${A.secret} ${A.id}\n`)).toMatchObject({kind: 'complete'})
})

test('a token that could be of either of two keys is given to none', () => {
  const [one, two] = [temporary(0), temporary(1)]
  const text = `${one.id} ${one.secret}\n${two.id} ${two.secret}\n${one.token}\n${two.token}\n`
  expect(wrong(text, [one, two])).toEqual([])
})

test.each([
  [
    'indented in JSON',
    (value: string) =>
      `{"AccessKeyId": "${temporary(0).id}", "SecretAccessKey": "${A.secret}",\n  "SessionToken": "${value.slice(0, 60)}\n      ${value.slice(60, 120)}\n      ${value.slice(120)}"}`,
  ],
  [
    'by the backtick of PowerShell',
    (value: string) =>
      `$env:AWS_ACCESS_KEY_ID="${temporary(0).id}"\n$env:AWS_SECRET_ACCESS_KEY="${A.secret}"\n$env:AWS_SESSION_TOKEN="${value.slice(0, 60)}\`\n${value.slice(60)}"`,
  ],
  [
    'by the backslash of a shell',
    (value: string) =>
      `export AWS_ACCESS_KEY_ID=${temporary(0).id}\nexport AWS_SECRET_ACCESS_KEY=${A.secret}\nexport AWS_SESSION_TOKEN=${value.slice(0, 60)}\\\n${value.slice(60)}\n`,
  ],
])('a token that is wrapped %s is read whole', (_, text) => {
  const {token = ''} = temporary(0)
  const reading = readCredentials(text(token))
  expect(reading.kind === 'complete' && reading.candidates[0].key.sessionToken?.reveal()).toBe(token)
})

test('JSON as a text in JSON is read with its escapes, in both layers', () => {
  const secret = `+${A.secret.slice(2)}/`
  const inner = JSON.stringify({AccessKeyId: A.id, SecretAccessKey: secret}).replace('+', '\\u002b')
  const reading = readCredentials(JSON.stringify({Name: 'x', SecretString: inner}))
  expect(reading.kind === 'complete' && reading.candidates[0].key.secretAccessKey.reveal()).toBe(secret)
})
