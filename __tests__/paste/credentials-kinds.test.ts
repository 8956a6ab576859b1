/** Pastes in which a wrong pair, half a value or something else than a key could be taken for one. */
import {readCredentials} from '../../src/paste/credentials-text.js'

const [ID1, ID2, ASIA] = ['AKIAQ7WERTYUIOPLKJH2', 'AKIAZXCVBNMASDFGHJK3', 'ASIAQ7WERTYUIOPLKJH2']
const [SECRET1, SECRET2] = [
  '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',
  'Qm9kZXJhbmdlTGVtb25IYXJib3VyU2VhZ3VsbDA1',
]
const TOKEN = 'IQoJb3JpZ2luX2VjE'.padEnd(180, 'aB3')

function pairs(text: string): readonly string[] {
  const reading = readCredentials(text)
  if (reading.kind !== 'complete') return [reading.kind]
  return reading.candidates.map(({key}) => `${key.accessKeyId} ${key.secretAccessKey.reveal()}`)
}
const BOTH = [`${ID1} ${SECRET1}`, `${ID2} ${SECRET2}`]

test.each<[string, string]>([
  [
    'names told apart by their end, IDs first',
    `access_key_id_alice = "${ID1}"\naccess_key_id_bob = "${ID2}"\nsecret_alice = "${SECRET1}"\nsecret_bob = "${SECRET2}"\n`,
  ],
  [
    'names told apart by their beginning, IDs first',
    `DEV_AWS_ACCESS_KEY_ID=${ID1}\nPROD_AWS_ACCESS_KEY_ID=${ID2}\nDEV_AWS_SECRET_ACCESS_KEY=${SECRET1}\nPROD_AWS_SECRET_ACCESS_KEY=${SECRET2}\n`,
  ],
  [
    'the same with the secrets the other way round',
    `dev.aws_access_key_id: ${ID1}\nprod.aws_access_key_id: ${ID2}\nprod.aws_secret_access_key: ${SECRET2}\ndev.aws_secret_access_key: ${SECRET1}\n`,
  ],
])('%s: each ID has its own secret', (_, text) => {
  expect([...pairs(text)].toSorted()).toEqual(BOTH)
})

test('IDs in a row with secrets behind them are not paired by chance', () => {
  const reading = readCredentials(`${ID1}\n${ID2}\n${SECRET2}\n${SECRET1}\n`)
  expect(reading).toMatchObject({kind: 'nothing'})
  expect(JSON.stringify(reading)).toContain('several key IDs')
})

test.each(['JWT_SECRET', 'SESSION_SECRET', 'STRIPE_API_KEY', 'django_secret_key', 'CLIENT_SECRET'])(
  'what is called %s is no secret of AWS',
  (name) => {
    expect(pairs(`AWS_ACCESS_KEY_ID=${ID1}\n${name}=${SECRET1}\n`)).toEqual(['key-id-only'])
    expect(pairs(`AWS_ACCESS_KEY_ID=${ID1}\n${name}=${SECRET2}\nAWS_SECRET_ACCESS_KEY=${SECRET1}\n`)).toEqual(
      [`${ID1} ${SECRET1}`],
    )
  },
)

test.each([
  'SECRET_KEY',
  'FLASK_SECRET_KEY',
  'minio.secret_key',
  'TOKEN_SECRET',
  'NEXTAUTH_SECRET',
  'consumerSecret',
  '"oauth_token_secret": "',
])('what is called %s is not taken in the place of the one with the full name', (name) => {
  const lines = [
    `AWS_ACCESS_KEY_ID=${ID1}`,
    name.endsWith('"') ? `${name}${SECRET2}"` : `${name}=${SECRET2}`,
    `AWS_SECRET_ACCESS_KEY=${SECRET1}`,
  ]
  for (const order of [lines, lines.toReversed(), [lines[1]!, lines[0]!, lines[2]!]])
    expect(pairs(order.join('\n'))).toEqual([`${ID1} ${SECRET1}`])
  if (name !== 'SECRET_KEY') expect(pairs(lines.slice(0, 2).join('\n'))).toEqual(['key-id-only'])
})

test.each([
  `access_key = ${ID1}\nsecret_key = ${SECRET1}`,
  `PROD_ACCESS_KEY=${ID1}\nPROD_SECRET_KEY=${SECRET1}`,
  `acme_key=${ID1}\nacme_secret=${SECRET1}`,
  `alice: ${ID1}\nalice: ${SECRET1}`,
])('names that say whose both are: %s', (text) => {
  expect(pairs(text)).toEqual([`${ID1} ${SECRET1}`])
})

test.each([
  [`{"key":"${ID1}","secret":"abcdefghij\\/klmnopqrstuvwxyzABCDEFGHIJ+12"}`],
  [`{"access_key":"${ID1}","secret_key":"abcdefghij\\/klmnopqrstuvwxyzABCDEFGHIJ+12"}`],
])('an escaped slash of JSON is a slash: %s', (text) => {
  expect(pairs(text)).toEqual([`${ID1} abcdefghij/klmnopqrstuvwxyzABCDEFGHIJ+12`])
})

test.each(['', 'export ', 'aws_'])(
  'a session token that was broken over lines is whole again (%s)',
  (before) => {
    const wrapped = [TOKEN.slice(0, 60), TOKEN.slice(60, 120), TOKEN.slice(120)].join('\n')
    const text = `${before}AWS_ACCESS_KEY_ID=${ASIA}\n${before}AWS_SECRET_ACCESS_KEY=${SECRET1}\n${before}AWS_SESSION_TOKEN=${wrapped}\n`
    const reading = readCredentials(text.replaceAll('aws_AWS', 'AWS'))
    expect(reading.kind === 'complete' && reading.candidates[0].key.sessionToken?.reveal()).toBe(TOKEN)
  },
)

test('a token is not joined with a key below it', () => {
  const reading = readCredentials(`AWS_SESSION_TOKEN=${TOKEN}\n${ASIA}\n${SECRET1}\n`)
  expect(reading.kind === 'complete' && reading.candidates[0].key.sessionToken?.reveal()).toBe(TOKEN)
})

test('a secret that was copied while it was hidden is told as that', () => {
  const reading = readCredentials(`Access key\tSecret access key\n${ID1}\t***************Show\n`)
  expect(reading).toMatchObject({kind: 'nothing', complaint: {what: expect.stringContaining('hidden')}})
})

test('an address in Amazon S3 is told as that', () => {
  expect(JSON.stringify(readCredentials('s3://bucket/keys.csv'))).toContain('Amazon S3')
})

test.each([
  `${'A'.repeat(60)}_`.repeat(4_000),
  `AWS_SESSION_TOKEN=${`${'a'.repeat(60)}\n`.repeat(4_000)}`,
  'secret_'.repeat(30_000),
  'aws_access_key_id'.repeat(10_000),
])('long texts take no longer than they are long (%#)', (text) => {
  const once = (of: string) => {
    const startedAt = performance.now()
    readCredentials(of)
    return performance.now() - startedAt
  }
  // The machine may be at something else meanwhile.
  const time = (of: string) => Math.min(once(of), once(of), once(of))
  const [short, long] = [time(text.slice(0, text.length / 4)), time(text)]
  // Four times the text: sixteen times the time would be the square of it.
  expect(long).toBeLessThan(Math.max(50, short * 12))
})

describe('which secret belongs to which ID is never guessed', () => {
  const [i, s] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
  test.each<[string, string]>([
    ['IDs in a row', `${i}=${ID1}\n${i}=${ID2}\n${s}=${SECRET1}\n${s}=${SECRET2}\n`],
    ['secrets in a row', `${s}=${SECRET1}\n${s}=${SECRET2}\n${i}=${ID1}\n${i}=${ID2}\n`],
    ['an ID and the secret of another', `DEV_${i}=${ID1}\nPROD_${s}=${SECRET2}\n`],
    ['halves in comments', `# ${i}=${ID1}\n${s}=${SECRET1}\n${i}=${ID2}\n# ${s}=${SECRET2}\n`],
    [
      'halves below two headers',
      `[a]\naws_access_key_id = ${ID1}\n[b]\naws_secret_access_key = ${SECRET2}\n`,
    ],
    ['halves of two blocks', `dev:\n  access_key_id: ${ID1}\nprod:\n  secret_access_key: ${SECRET2}\n`],
  ])('%s', (_, text) => {
    const [found, ...more] = pairs(text)
    expect(more).toEqual([])
    expect(['key-id-only', 'secret-only', 'nothing']).toContain(found)
  })

  test.each<[string, string, readonly string[]]>([
    ['the one that is whole', `DEV_${i}=${ID1}\nPROD_${i}=${ID2}\nDEV_${s}=${SECRET1}\n`, BOTH.slice(0, 1)],
    ['one after the other', `${i}=${ID1}\n${s}=${SECRET1}\n${i}=${ID2}\n${s}=${SECRET2}\n`, BOTH],
    ['secrets first', `${s}=${SECRET1}\n${i}=${ID1}\n${s}=${SECRET2}\n${i}=${ID2}\n`, BOTH],
    ['an old secret in a comment', `${i}=${ID1}\n# ${s}=${SECRET2}\n${s}=${SECRET1}\n`, BOTH.slice(0, 1)],
    [
      'an old key in comments',
      `# ${i}=${ID2}\n# ${s}=${SECRET2}\n${i}=${ID1}\n${s}=${SECRET1}\n`,
      BOTH.slice(0, 1),
    ],
    [
      'blocks of YAML',
      `dev:\n  aws_access_key_id: ${ID1}\n  aws_secret_access_key: ${SECRET1}\nprod:\n  aws_secret_access_key: ${SECRET2}\n  aws_access_key_id: ${ID2}\n`,
      BOTH,
    ],
    [
      'the environment of a container',
      `services:\n  web:\n    environment:\n      ${i}: ${ID1}\n      ${s}: ${SECRET1}\n`,
      BOTH.slice(0, 1),
    ],
    ['labels', `AWS Access Key ID: ${ID1}\nAWS Secret Access Key: ${SECRET1}\n`, BOTH.slice(0, 1)],
  ])('%s: what belongs together is', (_, text, wanted) => {
    expect([...pairs(text)].toSorted()).toEqual(wanted)
  })
})

test.each([
  `aws:\n  access_key_id: ${ID1}\njwt:\n  secret: ${SECRET1}\n`,
  `aws:\n  access_key_id: ${ID1}\njwt:\n  secret_key: ${SECRET1}\n`,
  `{"accessKeyId":"${ID1}","jwtSecret":"${SECRET1}"}`,
  `{"aws":{"accessKeyId":"${ID1}"},"jwtSecretKey":"${SECRET1}"}`,
  `id: ${ID1}\npassword: ${SECRET1}\n`,
  `${ID1}\nConsole password: ${SECRET1}\n`,
  `${ID1}\ntoken: ${SECRET1}\n`,
  `${ID1}\ngithub: ${SECRET1}\n`,
  `${ID1}\nStripe key: ${SECRET1}\n`,
  `${ID1}\nDATABASE_URL=postgres://u:${SECRET1}@host/db\n`,
  `Access Key ID: ${ID1}\nJWT Secret Key: ${SECRET1}\n`,
  `Access Key ID: ${ID1}\nTOTP Secret Key: ${SECRET1}\n`,
  `AWS_ACCESS_KEY_ID=${ID1}\nR2_SECRET_ACCESS_KEY=${SECRET1}\n`,
  `AWS_ACCESS_KEY_ID=${ID1}\nSPACES_SECRET_ACCESS_KEY=${SECRET1}\n`,
  `[aws]\naccess_key=${ID1}\n[jwt]\nsecret_key=${SECRET1}\n`,
  `${ID1}\ncommit 0123456789abcdef0123456789abcdef01234567\n`,
])('%s: the secret is of something else', (text) => {
  expect(pairs(text)).toEqual(['key-id-only'])
})

test('the token of something else does not make a temporary key whole', () => {
  const text = `AWS_ACCESS_KEY_ID=${ASIA}\nAWS_SECRET_ACCESS_KEY=${SECRET1}\nAPP_SESSION_TOKEN=${TOKEN}\n`
  expect(readCredentials(text).kind).toBe('needs-token')
})

test('a region belongs to the key that it stands with, and one of something else to none', () => {
  const regions = (text: string) => {
    const reading = readCredentials(text)
    return reading.kind === 'complete' ? reading.candidates.map(({region}) => region) : reading.kind
  }
  const key = (id: string, secret: string) => `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`
  expect(regions(`${key(ID1!, SECRET1!)}COGNITO_REGION=us-east-2\n`)).toEqual([undefined])
  expect(regions(`${key(ID1!, SECRET1!)}AWS_DEFAULT_REGION=us-east-2\n`)).toEqual(['us-east-2'])
  expect(
    regions(`AWS_REGION=us-east-2\n${key(ID1!, SECRET1!)}\nAWS_REGION=eu-central-1\n${key(ID2!, SECRET2!)}`),
  ).toEqual(['us-east-2', 'eu-central-1'])
})

test.each([
  ['indented', '\n  '],
  ['quoted as in mail', '\n> '],
])('a token that was broken over lines and is %s is put together', (_, between) => {
  const [one, two] = [TOKEN.slice(0, 76), TOKEN.slice(76)]
  const reading = readCredentials(
    `aws_access_key_id = ${ASIA}\naws_secret_access_key = ${SECRET1}\naws_session_token = ${one}${between}${two}\n`,
  )
  expect(reading.kind).toBe('complete')
  if (reading.kind === 'complete') expect(reading.candidates[0].key.sessionToken?.reveal()).toBe(TOKEN)
})

test.each([
  `[github]\naws_access_key_id = ${ID1}\naws_secret_access_key = ${SECRET1}\n`,
  `{\n  "AppSettings": {\n    "AWSAccessKey": "${ID1}",\n    "AWSSecretKey": "${SECRET1}"\n  }\n}\n`,
  `{\n  "AppSettings": {\n    "Aws": {\n      "AccessKey": "${ID1}",\n      "SecretKey": "${SECRET1}"\n    }\n  }\n}\n`,
  `ApiSettings:\n  AccessKey: ${ID1}\n  SecretKey: ${SECRET1}\n`,
  `env:\n  AWS_ACCESS_KEY_ID: ${ID1}\n  AWS_REGION: eu-west-1\nsecret:\n  AWS_SECRET_ACCESS_KEY: ${SECRET1}\n`,
  `data:\n  accessKeyId: ${ID1}\nstringData:\n  secretAccessKey: ${SECRET1}\n`,
  `REACT_APP_AWS_ACCESS_KEY_ID=${ID1}\nREACT_APP_AWS_SECRET_ACCESS_KEY=${SECRET1}\n`,
  `{"Jwt":{"SecretKey":"${SECRET2}"},"AWS":{"AccessKey":"${ID1}","SecretKey":"${SECRET1}"}}`,
  `provider "aws" {\n  access_key = "${ID1}"\n  secret_key = "${SECRET1}"\n}\nprovider "scaleway" {\n  secret_key = "${SECRET2}"\n}\n`,
  `aws: {accessKeyId: '${ID1}', secretAccessKey: '${SECRET1}'}, jwt: {secretKey: '${SECRET2}'}`,
])('%s: the key is read', (text) => {
  expect(pairs(text)).toEqual([`${ID1} ${SECRET1}`])
})

test.each([
  `{"AWS":{"AccessKey":"${ID1}"},"JwtSettings":{"SecretKey":"${SECRET1}"}}`,
  `aws: { accessKeyId: ${ID1} }\nstripe: { secretKey: ${SECRET1} }\n`,
  `provider "aws" {\n  access_key = "${ID1}"\n}\nprovider "scaleway" {\n  secret_key = "${SECRET1}"\n}\n`,
])('%s: the secret in another block is of something else', (text) => {
  expect(pairs(text)).toEqual(['key-id-only'])
})
