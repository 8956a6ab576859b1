/** What is said of pastes that hold no whole key, or more than one. */
import {
  type CredentialsReading,
  describeCandidate,
  describeReading,
  MAX_PASTE_LENGTH,
  readCredentials,
} from '../../src/paste/credentials-text.js'
import {maskKeyId} from '../../src/text/mask.js'
import {parseAccessKeyId} from '../../src/domain/validators.js'
import {KEY, TOKEN} from './keys.js'

const {id, secret} = KEY
const asia = `ASIA${id.slice(4)}`
const lines = (key: string, value: string) =>
  `export AWS_ACCESS_KEY_ID=${key}\nexport AWS_SECRET_ACCESS_KEY=${value}\n`

function complete(text: string): CredentialsReading & {kind: 'complete'} {
  const reading = readCredentials(text)
  if (reading.kind !== 'complete') throw new Error(describeReading(reading))
  return reading
}

describe('a part of a key', () => {
  test('an ID alone asks for the secret', () => {
    expect(readCredentials(` ${id}\n`)).toEqual({kind: 'key-id-only', accessKeyId: id})
    expect(readCredentials(`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=\n`)).toEqual({
      kind: 'key-id-only',
      accessKeyId: id,
    })
    expect(describeReading(readCredentials(id))).toBe('access key AKIA************7KTB, secret still missing')
  })

  test('a temporary key without its token asks for the token', () => {
    const reading = readCredentials(lines(asia, secret))
    expect(reading).toMatchObject({kind: 'needs-token', accessKeyId: asia})
    expect(reading.kind === 'needs-token' && reading.secret.reveal()).toBe(secret)
    expect(describeReading(reading)).toBe(
      'access key ASIA************7KTB, secret (40 characters, hidden), session token still missing',
    )
  })
})

describe('no key', () => {
  test.each([
    ['nothing', '', 'An access key ID is needed.'],
    ['blanks', ' \n ', 'An access key ID is needed.'],
    ['a sentence', 'where do I find it', 'There is no access key in this text.'],
    [
      'the ID of a role',
      'AROAZ3MSJV4WQ2XN7KTB',
      'This is the ID of a role (it begins with AROA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      'the example of the documentation',
      lines('AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
      'This access key ID is the example of the AWS documentation. Copy your own from the console.',
    ],
    [
      'an SSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END',
      'This is a private key, as SSH uses it. An access key is two short texts: an ID and a secret.',
    ],
    [
      'the sign-in file of a user',
      'User name,Password,Console sign-in URL\nbob,pw,https://x',
      'This is the password to the console, not an access key. Create an access key under "Security credentials".',
    ],
    [
      'the first line of the CSV file',
      'Access key ID,Secret access key\n',
      'Here is the heading of an access key, but not the key below it. Copy the line after it too.',
    ],
    [
      'an error message',
      'An error occurred (NoSuchEntity) when calling',
      'This is an error message, there is no access key in it.',
    ],
    [
      'CloudShell where the user has two keys',
      'An error occurred (LimitExceeded) when calling the CreateAccessKey operation: Cannot exceed quota for AccessKeysPerUser: 2\n[cloudshell-user@ip-10-2-3-4 ~]$ ',
      'The user has two access keys already, the most there can be. In the IAM console open the user, delete one under "Security credentials", and run the command again.',
    ],
    [
      'CloudShell where a limit is reached',
      'An error occurred (LimitExceeded) when calling the AttachUserPolicy operation: Cannot exceed quota for PoliciesPerUser: 10',
      'A limit of the account is reached: AWS said LimitExceeded, and made no access key.',
    ],
    [
      'CloudShell of someone who may not make users',
      'An error occurred (AccessDenied) when calling the CreateUser operation: User: arn:aws:sts::123456789012:assumed-role/Dev/bob is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/serverless-framework because no identity-based policy allows the iam:CreateUser action',
      'AWS did not allow it. Sign in to the console as an administrator of the account, and run the command again.',
    ],
    [
      'the command instead of its output',
      'aws iam create-access-key --user-name serverless-framework',
      'This is the command itself. Run it in CloudShell, and paste what it prints.',
    ],
    [
      'what aws configure list shows',
      'access_key     ****************7KTB shared-credentials-file\nsecret_key     ****************iNbC',
      'This was copied while it was hidden. Choose "Show" in the console first. Copy the access key ID again.',
    ],
    [
      'a hidden secret',
      `Access key\n${id}\nSecret access key\n***************\nShow`,
      'This was copied while it was hidden. Choose "Show" in the console first. Copy the secret access key again.',
    ],
    [
      'a secret that lost a character',
      `${id}\n${secret.slice(1)}`,
      'A secret access key has 40 characters; this has 39, one too few. A double click often stops at / or +.',
    ],
    [
      'a secret with a blank',
      `aws_access_key_id = ${id}\naws_secret_access_key = ${secret.slice(0, 9)} ${secret.slice(9)}`,
      'There is a blank or line end inside it. Copy the secret access key again.',
    ],
    [
      'a URL-encoded secret',
      lines(id, encodeURIComponent(secret)),
      'This secret access key is URL-encoded (%2F stands for /, %2B for +). Copy it from where it was shown first.',
    ],
    [
      'a token that was cut short',
      `${lines(asia, secret)}export AWS_SESSION_TOKEN=IQoJb3...`,
      'This was cut short: three dots stand for the part that is missing. Copy the session token again.',
    ],
    [
      'a commented key',
      `#aws_access_key_id=\n`,
      'An access key ID begins with AKIA (or ASIA, when it is temporary); this does not.',
    ],
    [
      'a name without a value',
      'aws_access_key_id =\n= x',
      'An access key is named here, but there is no value with the name.',
    ],
  ])('%s: says what it is instead', (_, text, what) => {
    const reading = readCredentials(text)
    expect({kind: reading.kind, what: describeReading(reading)}).toEqual({kind: 'nothing', what})
  })

  test.each([
    ['alone', secret],
    ['in quotes', `"${secret}"`],
    ['with its name', `SecretAccessKey: ${secret}`],
  ])('the secret %s: is kept, and the ID is what is missing', (_, text) => {
    const reading = readCredentials(text)
    expect(reading.kind).toBe('secret-only')
    expect(describeReading(reading)).toBe('secret (40 characters, hidden), access key ID still missing')
  })

  test.each([['0123456789abcdef0123456789abcdef01234567'], ['a'.repeat(40)]])(
    'forty characters that are no secret: %s',
    (text) => expect(readCredentials(text).kind).toBe('nothing'),
  )

  test('a paste over the limit is not looked through', () => {
    const reading = readCredentials(`${lines(id, secret)}${' '.repeat(MAX_PASTE_LENGTH)}`)
    expect(describeReading(reading)).toMatch(
      /^This is too long to look through \(1048\d{3} characters\)\. Paste only the access key\.$/,
    )
  })
})

describe('a whole key', () => {
  test.each([
    ['shell variables', lines(id, secret)],
    ['PowerShell variables', `$Env:AWS_ACCESS_KEY_ID="${id}"\n$Env:AWS_SECRET_ACCESS_KEY="${secret}"`],
    ['Windows variables', `setx AWS_ACCESS_KEY_ID ${id}\nsetx AWS_SECRET_ACCESS_KEY ${secret}`],
    ['a credentials file', `[a]\naws_access_key_id=${id}\naws_secret_access_key=${secret}`],
    ["the console's CSV file", `Access key ID,Secret access key\n${id},${secret}`],
    [
      'the output of aws iam create-access-key',
      JSON.stringify({AccessKey: {AccessKeyId: id, SecretAccessKey: secret, Status: 'Active'}}),
    ],
    [
      'the output of a credential process',
      JSON.stringify({Version: 1, AccessKeyId: id, SecretAccessKey: secret}),
    ],
    [
      'temporary credentials as JSON',
      JSON.stringify({AccessKeyId: asia, SecretAccessKey: secret, SessionToken: TOKEN, Expiration: 'x'}),
    ],
    [
      'the AWS access portal',
      `[123456789012_Admin]\naws_access_key_id=${asia}\naws_secret_access_key=${secret}\naws_session_token=${TOKEN}`,
    ],
    ['named values', `Access key ID: ${id}\nSecret access key: ${secret}`],
    ['the pasted text', `${id} ${secret}`],
  ])('from %s is known to come from there', (source, text) => {
    expect(complete(text).source).toBe(source)
  })

  test.each([
    JSON.stringify({
      AccessKeyId: asia,
      SecretAccessKey: secret,
      SessionToken: TOKEN,
      Expiration: '2026-03-01T12:00:00+00:00',
    }),
    `[a]\naws_access_key_id=${asia}\naws_secret_access_key=${secret}\naws_session_token=${TOKEN}\nx_security_token_expires = 2026-03-01T12:00:00Z`,
    `${lines(asia, secret)}export AWS_SESSION_TOKEN=${TOKEN}\nexport AWS_CREDENTIAL_EXPIRATION=2026-03-01T12:00:00Z`,
  ])('is known to end where that stands beside it, %#', (text) => {
    expect(complete(text).candidates[0].key.expiresAt).toBe(Date.parse('2026-03-01T12:00:00Z'))
  })

  test('is described without one character of the secret', () => {
    expect(describeReading(complete(lines(id, secret)))).toBe(
      'access key AKIA************7KTB, secret (40 characters, hidden), no session token',
    )
    const temporary = complete(`${lines(asia, secret)}export AWS_SESSION_TOKEN=${TOKEN}`)
    expect(describeReading(temporary)).toBe(
      `access key ASIA************7KTB, secret (40 characters, hidden), session token (${TOKEN.length} characters, hidden)`,
    )
    expect(maskKeyId(parseAccessKeyId(id)!)).toBe('AKIA************7KTB')
  })

  test('quotation marks in a CSV field are doubled', () => {
    const text = `User name,Access key ID,Secret access key\n"a ""b"", c",${id},${secret}`
    expect(complete(text).candidates[0].userName).toBe('a "b", c')
  })

  test('a candidate is described by all that is known of it', () => {
    const [candidate] = complete(
      `[123456789012_Admin]\naws_access_key_id=${asia}\naws_secret_access_key=${secret}\naws_session_token=${TOKEN}\nregion=eu-west-1`,
    ).candidates
    expect(describeCandidate(candidate)).toBe(
      'ASIA************7KTB, temporary, profile 123456789012_Admin, account 123456789012, region eu-west-1',
    )
  })
})

describe('more than one', () => {
  const other = `AKIA${[...id.slice(4)].reverse().join('')}`

  test('all are offered, and what is broken is left out with a note', () => {
    const reading = complete(
      `[a]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\n[b]\naws_access_key_id=${other}\naws_secret_access_key=short\n[c]\naws_access_key_id=${other}\naws_secret_access_key=${secret}`,
    )
    expect(reading.candidates.map(({profileName}) => profileName)).toEqual(['a', 'c'])
    expect(describeReading(reading)).toBe('2 access keys from a credentials file')
    expect(reading.notes).toEqual([
      '1 more could not be read whole and were left out. A secret access key has 40 characters; this has 5, 35 too few. A double click often stops at / or +.',
    ])
  })

  test('of a name given twice in one section the last counts', () => {
    const {candidates} = complete(
      `[a]\naws_access_key_id=${other}\nAWS_ACCESS_KEY_ID=${id}\naws_secret_access_key=${secret}`,
    )
    expect(candidates.map(({key}) => key.accessKeyId)).toEqual([id])
  })

  test('a hundred at most', () => {
    const many = Array.from({length: 130}, (_, index) =>
      lines(`AKIA${String(index).padStart(16, 'A')}`, secret),
    ).join('')
    expect(complete(many).candidates).toHaveLength(100)
    expect(complete(many).notes).toContain('Only the first 100 keys are listed, of 130.')
  })
})

describe('notes', () => {
  test.each([
    [
      'invisible characters',
      `${id}\u200b ${secret}`,
      'Invisible characters in the pasted text were left out.',
    ],
    ['odd blanks', `${id}\u00a0${secret}`, 'Unusual blanks in the pasted text were read as plain ones.'],
    [
      'a token that was broken over lines',
      `${lines(asia, secret)}export AWS_SESSION_TOKEN="${TOKEN.slice(0, 80)}\n${TOKEN.slice(80, 160)}\n${TOKEN.slice(160)}"`,
      'Line ends inside a value were left out.',
    ],
    [
      'a token beside a long-lived key',
      `${lines(id, secret)}export AWS_SESSION_TOKEN=${TOKEN}`,
      'A session token stood beside a long-lived key, which needs none; it was left out.',
    ],
    [
      'a profile name that reads as code',
      `[__proto__]\naws_access_key_id=${id}\naws_secret_access_key=${secret}`,
      'The profile name beside the key cannot be used and was left out.',
    ],
    [
      'a region nobody knows',
      `${lines(id, secret)}AWS_REGION=atlantis`,
      'The region beside the key is not known and was left out.',
    ],
    [
      'digits AWS does not use',
      lines('AKIA0189ABCDEFGHIJKL', secret),
      'AWS uses no 0, 1, 8 or 9 in access key IDs. If this one was retyped, look at O, I and B again.',
    ],
  ])('%s', (_, text, note) => {
    expect(complete(text).notes).toEqual([note])
  })

  test('a token that was broken over lines is whole again', () => {
    const text = `${lines(asia, secret)}export AWS_SESSION_TOKEN="${TOKEN.slice(0, 80)}\n${TOKEN.slice(80)}"`
    expect(complete(text).candidates[0].key.sessionToken?.reveal()).toBe(TOKEN)
  })

  test('the name of a commit beside a key is not taken for its secret', () => {
    const commit = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'
    expect(
      complete(`commit ${commit}\n${id}\n${commit}\n${secret}`).candidates[0].key.secretAccessKey.reveal(),
    ).toBe(secret)
  })
})

describe('time', () => {
  const full = (text: string) =>
    text.repeat(Math.ceil(MAX_PASTE_LENGTH / text.length)).slice(0, MAX_PASTE_LENGTH)
  test.each([
    'A',
    '{',
    '{"',
    '[ ',
    '["',
    '"',
    ' ',
    '\n',
    '* ',
    'a/',
    '\u001b[',
    '\u001b]',
    '\u001b ',
    '\u009b0',
    'region ',
    'aws_secret_access_key = ',
    'aws_access_key_id [',
    `"${id}\n`,
    `${id} `,
    `${id}\n${secret}\n`,
    '\r',
    '\u200b',
    '{"AccessKeyId":"x"}',
    'Access key ID,Secret access key\n"",',
  ])('the time for a megabyte of %j grows with its length alone', (text) => {
    const paste = full(text)
    const msOf = (length: number) => {
      const start = performance.now()
      readCredentials(paste.slice(0, length))
      return performance.now() - start
    }
    const eighth = Math.min(msOf(paste.length / 8), msOf(paste.length / 8))
    // Eight times the text: about eight times the time, where a quadratic reading takes 64 times.
    // The machine may be at something else meanwhile.
    const whole = Math.min(msOf(paste.length), msOf(paste.length))
    expect(whole / Math.max(eighth, 5)).toBeLessThan(32)
  })
})

test('an ID in one section and a secret in another are told to be apart, and neither to be missing', () => {
  const reading = readCredentials(
    '[a]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH2\n[b]\naws_secret_access_key = sEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr3tsEcr\n',
  )
  expect(reading).toMatchObject({kind: 'nothing', complaint: {what: expect.stringContaining('but apart')}})
})
