/** Nothing that is pasted makes the reader fail, or gets past it unchecked; and every format reads back equal. */
import fc from 'fast-check'
import {
  type Candidate,
  type CredentialsReading,
  describeCandidate,
  describeReading,
  readCredentials,
} from '../../src/paste/credentials-text.js'
import {
  checkAccessKeyId,
  checkAccountId,
  checkProfileName,
  checkRegion,
  checkSecretAccessKey,
  checkSessionToken,
} from '../../src/domain/validators.js'
import {runs, seed} from '../support/proof.js'
import {anyKey} from './keys.js'
import {type Expected, formats, noise} from './paste-formats.js'

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined))

function plain({key, ...rest}: Candidate): object {
  return withoutUndefined({
    id: key.accessKeyId,
    secret: key.secretAccessKey.reveal(),
    token: key.sessionToken?.reveal(),
    ...rest,
  })
}

function keysOf(reading: CredentialsReading): readonly object[] | string {
  return reading.kind === 'complete'
    ? reading.candidates.map(plain)
    : `${reading.kind}: ${describeReading(reading)}`
}

test.each(Object.entries(formats))(
  '%s: what is written is read back, whatever stands around it',
  (_, format) => {
    fc.assert(
      fc.property(format, noise, ({text, keys}, disturb) => {
        expect(keysOf(readCredentials(disturb(text)))).toEqual(
          keys.map((key: Expected) => withoutUndefined(key)),
        )
      }),
      {numRuns: runs(300), seed},
    )
  },
)

const words = fc.constantFrom(
  'aws_access_key_id',
  'AWS_SECRET_ACCESS_KEY',
  'aws_session_token',
  'AccessKeyId',
  'SecretAccessKey',
  '"',
  "'",
  '=',
  ' = ',
  ':',
  '{',
  '}',
  '[',
  ']',
  '\n',
  '\r\n',
  ',',
  ';',
  'Access key ID,Secret access key\n',
  '[profile x]\n',
  '[__proto__]\n',
  '[constructor]\n',
  'region=',
  'profile=',
  'export ',
  '$Env:',
  '\u001b[0m',
  '\u0000',
  '\u202e',
  '\u2028',
  '__proto__',
  '{"AccessKeyId":',
  '"SecretAccessKey":',
  '"__proto__":{"a":1},',
  '\\',
  '\\u000a',
  '****************',
  '…',
  '%2F',
  '# ',
  '\ufeff',
  '\u200b',
  'EXAMPLE',
  '==',
)
const fragments = anyKey.chain(({id, secret, token}) =>
  fc
    .array(
      fc.oneof(
        {weight: 4, arbitrary: words},
        {weight: 2, arbitrary: fc.constantFrom(id, secret, token ?? secret, secret.slice(3), id.slice(2))},
        {weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 8})},
      ),
      {maxLength: 18},
    )
    .map((parts) => parts.join('')),
)
/** Real formats with pieces cut out, doubled and put in: most of what goes wrong is nearly right. */
const damaged = fc
  .tuple(
    fc.oneof(...Object.values(formats)),
    fc.array(fc.tuple(fc.double({min: 0, max: 1, noNaN: true}), fc.nat(12), words), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([{text}, wounds]) =>
    wounds.reduce((rest, [where, length, word]) => {
      const at = Math.floor(where * rest.length)
      return rest.slice(0, at) + word + rest.slice(at + length)
    }, text),
  )

function expectSound(reading: CredentialsReading): void {
  const complaints: unknown[] = []
  const values: string[] = []
  const check = (value: string | undefined, complain: (text: string) => unknown) => {
    if (value === undefined) return
    values.push(value)
    complaints.push(complain(value))
  }
  if (reading.kind === 'complete') {
    for (const {key, profileName, region, accountId, userName} of reading.candidates) {
      check(key.accessKeyId, checkAccessKeyId)
      check(key.secretAccessKey.reveal(), checkSecretAccessKey)
      check(key.sessionToken?.reveal(), checkSessionToken)
      check(profileName, checkProfileName)
      check(region, checkRegion)
      check(accountId, checkAccountId)
      check(userName, () => undefined)
      if (key.accessKeyId.startsWith('ASIA') !== (key.sessionToken !== undefined))
        complaints.push('token and kind of key disagree')
      values.push(describeCandidate({key}))
    }
    values.push(...reading.notes, reading.source)
  } else if (reading.kind === 'nothing') {
    values.push(reading.complaint.what, reading.complaint.example ?? '')
  } else if (reading.kind === 'secret-only') {
    check(reading.secret.reveal(), checkSecretAccessKey)
  } else {
    check(reading.accessKeyId, checkAccessKeyId)
    if (reading.kind === 'needs-token') check(reading.secret.reveal(), checkSecretAccessKey)
  }
  values.push(describeReading(reading))
  const strange = values.filter((value) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(value))
  if (complaints.some(Boolean) || strange.length > 0) throw new Error(JSON.stringify({complaints, strange}))
}

test('whatever is pasted, the reader does not fail and what it returns is valid', () => {
  fc.assert(
    fc.property(fc.oneof(fragments, damaged, fc.string({unit: 'binary', maxLength: 60})), (text) =>
      expectSound(readCredentials(text)),
    ),
    {numRuns: runs(50_000), seed},
  )
  expect(({} as Record<string, unknown>)['a']).toBeUndefined()
})

test('what is said about a paste holds no piece of a secret', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(formats)), ({text, keys}) => {
      const reading = readCredentials(text)
      const said = [
        describeReading(reading),
        JSON.stringify(reading),
        ...(reading.kind === 'complete' ? reading.candidates.map(describeCandidate) : []),
      ].join('\n')
      for (const {secret, token} of keys)
        for (const each of [secret, token ?? secret])
          for (let at = 0; at + 8 <= each.length; at += 4)
            if (said.includes(each.slice(at, at + 8))) throw new Error(said)
    }),
    {numRuns: runs(500), seed},
  )
})
