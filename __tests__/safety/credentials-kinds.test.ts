/** Pastes in which a wrong pair, half a value or something else than a key could be taken for one. */
import {readCredentials} from '../../src/safety/credentials-text.js'

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
  const time = (of: string) => {
    const startedAt = performance.now()
    readCredentials(of)
    return performance.now() - startedAt
  }
  time(text)
  const [short, long] = [time(text.slice(0, text.length / 4)), time(text)]
  // Four times the text: sixteen times the time would be the square of it.
  expect(long).toBeLessThan(Math.max(50, short * 12))
})
