/** Names and values from outside cannot put a section, a key or a prototype into the files, and no secret is shown. */
import fc from 'fast-check'
import {Failure} from '../../src/domain/problem.js'
import {diffOf} from '../../src/files/diff.js'
import {parseDocument} from '../../src/aws-files/document.js'
import {readAsBotocore} from '../../src/aws-files/readers/botocore.js'
import {maskLine} from '../../src/files/mask.js'
import {changed, readProfiles} from '../aws-files/support/changed.js'
import {runs, seed} from '../support/proof.js'
import {fileKind} from '../aws-files/support/generate.js'
import {readWithSdk} from '../aws-files/support/javascript.js'

const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    '\r',
    '\r\n',
    '\u2028',
    '\u0085',
    '\0',
    '\u000b',
    '\ufeff',
    '[',
    ']',
    '=',
    ':',
    '#',
    ';',
    ' ',
    '\t',
    '"',
    "'",
    '\\',
    '%(x)s',
    '${X}',
    '__proto__',
    'constructor',
    'DEFAULT',
    'default',
    'profile ',
    'aws_access_key_id',
    'credential_process',
    '\u00a0',
    '\ud800',
  ),
  fc.string({maxLength: 6}),
  fc.string({unit: 'binary', maxLength: 4}),
)
const hostile = fc.array(piece, {minLength: 1, maxLength: 6}).map((pieces) => pieces.join(''))

test('50,000 hostile names and values are refused, or come back as they are from three readers', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(
      fileKind,
      fc.oneof(fc.constant('p'), hostile),
      fc.oneof(fc.constant('region'), hostile),
      hostile,
      async (kind, name, key, value) => {
        const before = kind === 'config' ? '[profile q]\nx = 1\n' : '[q]\nx = 1\n'
        let after
        try {
          after = changed(parseDocument(Buffer.from(before), kind), name, {set: {[key]: value}})
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          // A value may be a secret: the words never hold it.
          if (value.length > 5 && !`${key} ${name}`.toLowerCase().includes(value.toLowerCase()))
            expect(JSON.stringify(error.problem)).not.toContain(JSON.stringify(value).slice(1, -1))
          return
        }
        accepted++
        const wanted = {q: {x: '1'}, [name]: {...(name === 'q' ? {x: '1'} : {}), [key.toLowerCase()]: value}}
        const text = Buffer.from(after.toBytes()).toString('utf8')
        const python = readAsBotocore(text, kind)
        if ('error' in python) throw new Error(`refused: ${text}`)
        expect(toObject(python.profiles)).toEqual(wanted)
        expect(await readWithSdk(after.toBytes(), kind)).toEqual(wanted)
        const spec = kind === 'config' ? readProfiles(text, '') : readProfiles('', text)
        expect(toObject(spec.profiles)).toEqual(wanted)
        // A profile of its own, or a line more in the one that is there.
        expect(text.split('\n')).toHaveLength(name === 'q' ? 4 : 6)
      },
    ),
    {numRuns: runs(50_000), seed},
  )
  expect(accepted).toBeGreaterThan(500)
  expect(({} as Record<string, unknown>)['region']).toBeUndefined()
}, 120_000)

const toObject = (profiles: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
  Object.fromEntries([...profiles].map(([name, each]) => [name, Object.fromEntries(each)]))

describe('a difference shows no secret', () => {
  const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/'
  const secret = fc
    .string({unit: fc.constantFrom(...alphabet), minLength: 40, maxLength: 40})
    .filter((each) => /[a-z]/.test(each) && /[A-Z]/.test(each))
  const places: readonly ((text: string) => string)[] = [
    (text) => `aws_secret_access_key = ${text}`,
    (text) => `AWS_SECRET_ACCESS_KEY:${text}`,
    (text) => `  aws_session_token=${text}`,
    (text) => `# aws_secret_access_key = ${text}`,
    (text) => `; old: ${text} (do not use)`,
    (text) => `aws_session_token =\n  ${text}\n  ${text}`,
    (text) => `credential_process = tool --secret-key ${text}`,
    (text) => `my_password = ${text.slice(0, 9)}\nclient_secret = ${text.slice(9)}`,
    (text) => `region = ${text}`,
    (text) => text,
  ]

  test('in removed, added and neighbouring lines, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(secret, fc.constantFrom(...places)), {minLength: 1, maxLength: 6}),
        fc.nat(5),
        fc.nat(5),
        (lines, drop, add) => {
          const old = lines.map(([text, place]) => place(text)).join('\n')
          const before = Buffer.from(`[p]\n${old}\nx = 1\n`)
          const now = [...lines.filter((_, index) => index !== drop), lines[add % lines.length]!]
            .map(([text, place]) => place(text))
            .join('\n')
          const after = Buffer.from(`[p]\n${now}\nx = 2\n`)
          const shown = diffOf(before, after)
            .map(({text}) => text)
            .join('\n')
          for (const [text] of lines) {
            expect(shown).not.toContain(text)
            expect(shown).not.toContain(text.slice(0, 9))
            expect(shown).not.toContain(text.slice(9))
          }
        },
      ),
      {numRuns: runs(2_000), seed},
    )
  })

  test.each([
    ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_access_key_id = AKIA************MPLE'],
    ['aws_access_key_id=AKIAIOSFODNN7EXAMPLE # mine', 'aws_access_key_id=AKIA************MPLE # mine'],
    ['# AKIAIOSFODNN7EXAMPLE is old', '# AKIA************MPLE is old'],
    ['role_arn = arn:aws:iam::123456789012:role/Admin', 'role_arn = arn:aws:iam::123456789012:role/Admin'],
    ['web_identity_token_file = /var/run/token', 'web_identity_token_file = /var/run/token'],
    [
      'sso_start_url = https://d-123.awsapps.com/start#/',
      'sso_start_url = https://d-123.awsapps.com/start#/',
    ],
    ['\u001b[31mx = 1', '\ufffd[31mx = 1'],
  ])('%j is shown as %j', (line, shown) => expect(maskLine(Buffer.from(line).toString('latin1'))).toBe(shown))

  test('shows changed lines with three around them', () => {
    const lines = Array.from({length: 30}, (_, index) => `k${index} = v`)
    const changed = lines.with(5, 'k5 = w').with(25, 'k25 = w')
    const diff = diffOf(Buffer.from(lines.join('\n')), Buffer.from(changed.join('\n')))
    expect(diff.filter(({sign}) => sign === '@')).toHaveLength(1)
    expect(diff.map(({sign}) => sign).join('')).toBe('   -+   @   -+   ')
  })
})

test('a line of a hundred megabytes is shown up to a blank before its end, without a part of a secret', () => {
  expect(maskLine(`x = ${'y'.repeat(100_000_000)}`)).toBe('x = …')
  const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12'
  for (let length = 16_384 - 45; length < 16_384; length++)
    expect(maskLine(`# ${' '.repeat(length)}${secret} ${'z'.repeat(20_000)}`)).not.toMatch(/wJal/)
})
