/** A secret does not survive in a log, in any encoding; what helps to find a fault does. */
import {gzipSync} from 'node:zlib'
import fc from 'fast-check'
import {redact} from '../../src/text/redaction.js'
import {Secret} from '../../src/text/secret.js'
import {runs, seed} from '../support/proof.js'
import {KEY, secretText, TOKEN, tokenText} from '../paste/keys.js'

const encodings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'URL-encoded': encodeURIComponent,
  'URL-encoded in small letters': (secret) =>
    encodeURIComponent(secret).toLowerCase().includes('%')
      ? secret.replaceAll('/', '%2f').replaceAll('+', '%2b')
      : secret,
  'URL-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'URL-encoded in every character': (secret) =>
    [...secret].map((each) => `%${each.charCodeAt(0).toString(16)}`).join(''),
  'in a URL query': (secret) => new URLSearchParams({a: secret}).toString(),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 behind a name': (secret) => Buffer.from(`AKIAZ3MSJV4WQ2XN7KTB:${secret}`).toString('base64'),
  'base64 behind another name': (secret) => Buffer.from(`user:${secret}:more`).toString('base64'),
  'base64 behind a third name': (secret) => Buffer.from(`ab${secret}`).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 in a URL': (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  JSON: (secret) => JSON.stringify({deep: {value: secret}}),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify({value: secret})),
  'JSON with escaped slashes': (secret) => JSON.stringify(secret).replaceAll('/', '\\/'),
  'JSON with Unicode escapes': (secret) => secret.replaceAll('/', '\\u002f').replaceAll('+', '\\u002B'),
  'JavaScript escapes': (secret) => secret.replaceAll('/', '\\x2F'),
  'XML entities': (secret) => secret.replaceAll('/', '&#x2F;').replaceAll('+', '&#43;'),
  'cut short': (secret) => secret.slice(0, 25),
  'cut at the front': (secret) => secret.slice(-20),
  'broken over two lines': (secret) => `${secret.slice(0, 20)}\n${secret.slice(20)}`,
}

/** Whether some reader of the log could get twelve characters of the secret back. */
function survives(secret: string, log: string): boolean {
  const decoders: ((text: string) => string)[] = [
    (text) => text,
    (text) => text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    (text) =>
      text.replace(/\\u00([0-9a-f]{2})|\\x([0-9a-f]{2})/gi, (_, u?: string, x?: string) =>
        String.fromCharCode(parseInt(u ?? x!, 16)),
      ),
    (text) => text.replaceAll('\\', ''),
    (text) =>
      text
        .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    ...[0, 1, 2, 3].map(
      (shift) => (text: string) =>
        [...text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)]
          .map(([run]) => Buffer.from(run.slice(shift), 'base64').toString('latin1'))
          .join(' '),
    ),
    (text) =>
      [...text.matchAll(/[0-9a-f]{8,}/gi)]
        .map(([run]) => Buffer.from(run, 'hex').toString('latin1'))
        .join(' '),
  ]
  const texts = new Set([log])
  for (let round = 0; round < 2; round++)
    for (const text of [...texts]) for (const decode of decoders) texts.add(decode(text))
  for (const text of texts)
    for (let at = 0; at + 12 <= secret.length; at++) if (text.includes(secret.slice(at, at + 12))) return true
  return false
}

test('the check itself finds each encoding in an unmasked log', () => {
  for (const encode of Object.values(encodings))
    expect(survives(KEY.secret, `before ${encode(KEY.secret)} after`)).toBe(true)
})

test.each(Object.entries(encodings))('a known secret does not survive %s', (_, encode) => {
  fc.assert(
    fc.property(
      secretText,
      fc.string({maxLength: 20}),
      fc.string({maxLength: 20}),
      (secret, before, after) => {
        const log = redact(`${before} ${encode(secret)} ${after}`, [new Secret(secret)])
        if (survives(secret, log)) throw new Error(log)
      },
    ),
    {numRuns: runs(40), seed},
  )
})

test('a known token and any known password do not survive either', () => {
  fc.assert(
    fc.property(tokenText, fc.string({unit: 'grapheme', minLength: 8, maxLength: 30}), (token, password) => {
      const log = redact(
        `t=${JSON.stringify(token)} ${encodeURIComponent(token)} p=<${password}> ${JSON.stringify({password})}`,
        [new Secret(token), new Secret(password)],
      )
      if (survives(token, log) || log.includes(`<${password}>`)) throw new Error(log)
    }),
    {numRuns: runs(200), seed},
  )
})

const {id, secret} = KEY
test.each([
  ['a line of a credentials file', `aws_secret_access_key = ${secret}`],
  ['a shell variable', `AWS_SECRET_ACCESS_KEY='${secret}'`],
  ['JSON', `{"SecretAccessKey": "${secret}"}`],
  ['JSON in a string', `"{\\"SecretAccessKey\\":\\"${secret}\\"}"`],
  ['XML', `<SecretAccessKey>${secret}</SecretAccessKey>`],
  ['an object', `{ secretAccessKey: '${secret}' }`],
  ['nothing beside it', `${id} ${secret}`],
  ['a sentence', `the key (${secret}) did not work`],
])('an unknown secret is masked by its shape or name: %s', (_, text) => {
  expect(redact(text)).not.toContain(secret.slice(0, 12))
  expect(redact(text)).toContain('[secret]')
})

test.each([
  ['aws_session_token = abc123', 'aws_session_token = [secret]'],
  ['x-amz-security-token: abc123', 'x-amz-security-token: [secret]'],
  ['GET /?X-Amz-Security-Token=abc%2F1&X-Amz-Date=1', 'GET /?X-Amz-Security-Token=[secret]&X-Amz-Date=1'],
  ['Authorization: Bearer abc.def', 'Authorization: [secret]'],
  [
    '"authorization":"AWS4-HMAC-SHA256 Credential=A/b, Signature=0f","host":"sts"',
    '"authorization":"[secret]","host":"sts"',
  ],
  ['curl -H "Authorization: Basic dTpw" https://x', 'curl -H "Authorization: [secret]" https://x'],
  ['sent bearer abcdefghij', 'sent bearer [secret]'],
  ['Set-Cookie: sid=1; Path=/', 'Set-Cookie: [secret]'],
  ['password=hunter2 user=bob', 'password=[secret] user=bob'],
  [
    '{"refreshToken":"r-1","clientSecret":"c-1","clientId":"i-1"}',
    '{"refreshToken":"[secret]","clientSecret":"[secret]","clientId":"i-1"}',
  ],
  ['SERVERLESS_ACCESS_KEY=abcdef', 'SERVERLESS_ACCESS_KEY=[secret]'],
  ['https://user:pass@example.com/x', 'https://[secret]@example.com/x'],
  ['-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\nnext', '[secret]\nnext'],
  ['id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc end', 'id [secret] end'],
])('%j becomes %j', (text, redacted) => {
  expect(redact(text)).toBe(redacted)
})

test('a session token is known by its beginning, any long base64 by its length', () => {
  expect(redact(`got ${TOKEN} here`)).toBe('got [secret] here')
  expect(
    redact(
      `got ${gzipSync(TOKEN.repeat(3) + id)
        .toString('hex')
        .repeat(4)} here`,
    ),
  ).toBe('got [secret] here')
})

test.each([
  'Error: connect ECONNREFUSED 127.0.0.1:443',
  '    at readFile (/home/me/project/node_modules/some-package/dist/index.js:10:5)',
  'commit da39a3ee5e6b4b0d3255bfef95601890afd80709',
  `access key ${id} of arn:aws:iam::123456789012:user/bob`,
  'aws_secret_access_key is missing in profile acme',
  'GET https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity 403 InvalidClientTokenId',
  'The security token included in the request is invalid.',
])('%j stays readable', (text) => {
  expect(redact(text, [new Secret(secret)])).toBe(text)
})

test('redacting twice changes nothing more', () => {
  const once = redact(`Authorization: x\naws_secret_access_key=${secret}\n{"SessionToken":"${TOKEN}"}`)
  expect(redact(once)).toBe(once)
})

test('a megabyte is redacted in linear time', () => {
  for (const piece of [
    'a',
    'A1b/',
    'authorization: ',
    '"',
    ' ',
    '://',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    'secret_access_key',
    '\\',
    '%',
    '&#',
    secret.slice(0, 39),
    'password= ',
  ]) {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
    const start = performance.now()
    redact(text, [new Secret(secret), new Secret(TOKEN)])
    expect([piece, performance.now() - start < 3_000]).toEqual([piece, true])
  }
})
