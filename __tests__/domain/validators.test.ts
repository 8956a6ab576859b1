/** What is refused, in which words, and that no complaint repeats what was typed. */
import fc from 'fast-check'
import type {ValidationError} from '../../src/domain/problem.js'
import {findRegion, partitionOfRegion, REGIONS} from '../../src/domain/regions.js'
import type {RegionName} from '../../src/domain/access-key.js'
import {
  checkAccessKeyId,
  checkAccountId,
  checkProfileName,
  checkRegion,
  checkSecretAccessKey,
  checkSessionToken,
  doubtAboutAccessKeyId,
  isTemporary,
  parseAccessKeyId,
  parseAccountId,
  parseProfileName,
  parseRegion,
  parseSecretAccessKey,
  parseSessionToken,
} from '../../src/domain/validators.js'
import {runs, seed} from '../support/proof.js'
import {accountText, idText, KEY, profileText, secretText, TOKEN, tokenText} from '../paste/keys.js'

const {id, secret} = KEY

describe('an access key ID', () => {
  test.each([id, `ASIA${id.slice(4)}`, `  ${id}\n`, 'AKIA0189ABCDEFGHIJKL'])('%j is taken', (text) => {
    expect(checkAccessKeyId(text)).toBeUndefined()
    expect(parseAccessKeyId(text)).toBe(text.trim())
  })

  test.each([
    ['', 'An access key ID is needed.'],
    [
      'AROA' + id.slice(4),
      'This is the ID of a role (it begins with AROA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      'AIDA' + id.slice(4) + 'X',
      'This is the ID of an IAM user (it begins with AIDA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      'AIPA' + id.slice(4),
      'This is the ID of an EC2 instance profile (it begins with AIPA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      'ABIA' + id.slice(4),
      'This is the ID of an STS service bearer token (it begins with ABIA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      'ACCA' + id.slice(4),
      'This is the ID of a credential for one service (it begins with ACCA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      'ASCA' + id.slice(4),
      'This is the ID of a certificate (it begins with ASCA), not an access key ID, which begins with AKIA or ASIA.',
    ],
    [
      id.toLowerCase(),
      'An access key ID is all capitals; this has small letters. Copy it again, do not retype it.',
    ],
    [secret, 'This looks like the secret access key; the ID comes first, and is 20 characters long.'],
    [
      'AKIAIOSFODNN7EXAMPLE',
      'This access key ID is the example of the AWS documentation. Copy your own from the console.',
    ],
    [
      'AKIAI44QH8DHBEXAMPLE',
      'This access key ID is the example of the AWS documentation. Copy your own from the console.',
    ],
    [id.slice(0, 19), 'An access key ID has 20 characters; this has 19, one too few.'],
    [id + 'Q', 'An access key ID has 20 characters; this has 21, one too many.'],
    [id.slice(0, 19) + '-', 'An access key ID holds only capital letters and digits.'],
    ['123456789012', 'This looks like an account ID. The access key ID begins with AKIA or ASIA.'],
    [
      'arn:aws:iam::123456789012:user/bob',
      'This is an ARN, the full name of something in AWS, not an access key ID.',
    ],
    ['hunter2', 'An access key ID begins with AKIA (or ASIA, when it is temporary); this does not.'],
    [
      '****************7KTB',
      'This was copied while it was hidden. Choose "Show" in the console first. Copy the access key ID again.',
    ],
    [
      'AKIA…7KTB',
      'This was cut short: three dots stand for the part that is missing. Copy the access key ID again.',
    ],
    [
      `“${id}”`,
      'There are curved quotation marks in it, which a document or chat put there. Copy the access key ID again.',
    ],
    [`"${id}"`, 'There are quotation marks in it. Leave them out. Copy the access key ID again.'],
    [
      `${id.slice(0, 9)} ${id.slice(9)}`,
      'There is a blank or line end inside it. Copy the access key ID again.',
    ],
    [
      `${id.slice(0, 9)}\u200b${id.slice(9)}`,
      'There is an invisible character in it. Copy the access key ID again.',
    ],
  ])('%j is refused', (text, what) => {
    expect(checkAccessKeyId(text)).toEqual({what, example: 'AKIA followed by 16 capital letters and digits'})
    expect(parseAccessKeyId(text)).toBeUndefined()
  })

  test('ASIA is temporary, AKIA is not', () => {
    expect(isTemporary(parseAccessKeyId(id)!)).toBe(false)
    expect(isTemporary(parseAccessKeyId(`ASIA${id.slice(4)}`)!)).toBe(true)
  })

  test('digits AWS does not use are doubted, since a retyped O or I looks so', () => {
    expect(doubtAboutAccessKeyId(parseAccessKeyId(id)!)).toBeUndefined()
    expect(doubtAboutAccessKeyId(parseAccessKeyId('AKIA0189ABCDEFGHIJKL')!)).toMatch(/no 0, 1, 8 or 9/)
  })
})

describe('a secret access key', () => {
  test.each([secret, ` ${secret}\r\n`, 'a'.repeat(40), '+/'.repeat(20)])(
    'taken, white space aside',
    (text) => {
      expect(checkSecretAccessKey(text)).toBeUndefined()
      expect(parseSecretAccessKey(text)?.reveal()).toBe(text.trim())
    },
  )

  test.each([
    ['empty', '', 'A secret access key is needed.'],
    [
      'the ID',
      id,
      'This is the access key ID. The secret access key is the longer one beside it, with 40 characters.',
    ],
    [
      'the example',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'This secret access key is the example of the AWS documentation. Copy your own from the console.',
    ],
    [
      'another example',
      `${secret.slice(0, 33)}EXAMPLE`,
      'This secret access key is the example of the AWS documentation. Copy your own from the console.',
    ],
    [
      '39 characters',
      secret.slice(1),
      'A secret access key has 40 characters; this has 39, one too few. A double click often stops at / or +.',
    ],
    ['41 characters', secret + 'x', 'A secret access key has 40 characters; this has 41, one too many.'],
    [
      'a blank inside',
      `${secret.slice(0, 20)} ${secret.slice(20)}`,
      'There is a blank or line end inside it. Copy the secret access key again.',
    ],
    [
      'a line end inside',
      `${secret.slice(0, 20)}\n${secret.slice(20)}`,
      'There is a blank or line end inside it. Copy the secret access key again.',
    ],
    [
      'quotation marks',
      `"${secret}"`,
      'There are quotation marks in it. Leave them out. Copy the secret access key again.',
    ],
    [
      'curved quotation marks',
      `“${secret}”`,
      'There are curved quotation marks in it, which a document or chat put there. Copy the secret access key again.',
    ],
    [
      'URL encoding',
      encodeURIComponent(secret),
      'This secret access key is URL-encoded (%2F stands for /, %2B for +). Copy it from where it was shown first.',
    ],
    ['= at the end', `${secret}=`, 'A secret access key does not end in =. Leave the = out.'],
    [
      'URL-safe base64',
      secret.replace('/', '_').replace('+', '-'),
      'A secret access key holds / and +, never - or _. Something on the way has replaced them.',
    ],
    [
      'three dots',
      `${secret.slice(0, 10)}…`,
      'This was cut short: three dots stand for the part that is missing. Copy the secret access key again.',
    ],
    [
      'bullets',
      '••••••••••••••••',
      'This was copied while it was hidden. Choose "Show" in the console first. Copy the secret access key again.',
    ],
    [
      'asterisks',
      '*'.repeat(40),
      'This was copied while it was hidden. Choose "Show" in the console first. Copy the secret access key again.',
    ],
    [
      'a zero-width blank',
      `${secret}\u200b`,
      'There is an invisible character in it. Copy the secret access key again.',
    ],
    [
      'a session token',
      TOKEN,
      `This looks like a session token (${TOKEN.length} characters). The secret access key has 40.`,
    ],
    [
      'another character',
      `${secret.slice(0, 39)}ä`,
      'A secret access key holds only letters (a to z), digits, / and +; something else is in this one.',
    ],
  ])('with %s is refused', (_, text, what) => {
    expect(checkSecretAccessKey(text)).toEqual({what, example: '40 letters, digits, / and +'})
    expect(parseSecretAccessKey(text)).toBeUndefined()
  })
})

describe('a session token', () => {
  test('taken, white space aside', () => {
    expect(checkSessionToken(` ${TOKEN}\n`)).toBeUndefined()
    expect(parseSessionToken(` ${TOKEN}\n`)?.reveal()).toBe(TOKEN)
  })

  test.each([
    ['empty', '', 'A session token is needed.'],
    ['the ID', id, 'This is the access key ID. The session token is the longest of the three.'],
    [
      'the secret',
      secret,
      'This looks like the secret access key. The session token is the longest of the three.',
    ],
    ['cut', 'IQoJb3JpZ2lu', 'A session token has several hundred characters; this has 12.'],
    [
      'three dots',
      `${TOKEN.slice(0, 90)}...`,
      'This was cut short: three dots stand for the part that is missing. Copy the session token again.',
    ],
    [
      'a line end inside',
      `${TOKEN.slice(0, 90)}\n${TOKEN.slice(90)}`,
      'There is a blank or line end inside it. Copy the session token again.',
    ],
    [
      'URL encoding',
      encodeURIComponent(TOKEN),
      'This session token is URL-encoded (%2F stands for /). Copy it from where it was shown first.',
    ],
    [
      'another character',
      `${TOKEN.slice(0, 90)}!`,
      'A session token holds only letters (a to z), digits, / + - _ and up to two = at the end.',
    ],
    [
      'the example',
      `AQoDYXdzEPT${'/'.repeat(60)}wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW`,
      'This session token is the example of the AWS documentation.',
    ],
    ['a book', 'A'.repeat(20_000), 'A session token has at most 16384 characters; this has 20000.'],
  ])('%s is refused', (_, text, what) => {
    expect(checkSessionToken(text)?.what).toBe(what)
    expect(parseSessionToken(text)).toBeUndefined()
  })
})

describe('a profile name', () => {
  test.each(['default', 'acme-dev', 'a', '123456789012_Admin', 'me@example.com', 'a/b.c%d:e+f', ' padded '])(
    '%j is taken',
    (text) => {
      expect(checkProfileName(text)).toBeUndefined()
      expect(parseProfileName(text)).toBe(text.trim())
    },
  )

  test.each([
    ['', 'A profile needs a name.', 'default'],
    ['   ', 'A profile needs a name.', 'default'],
    [
      'my profile',
      'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.',
      'my-profile',
    ],
    ['naïve', 'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.', 'naive'],
    [
      'müller',
      'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.',
      'muller',
    ],
    [
      'Straße 1',
      'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.',
      'Strasse-1',
    ],
    ['a]\n[b', 'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.', 'a-b'],
    [
      '__proto__ x\u0000',
      'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.',
      '__proto__-x',
    ],
    ['é', 'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.', 'e'],
    [
      '日本',
      'A profile name can hold letters (a to z), digits and - / . % @ _ : + and no blanks.',
      'acme-dev',
    ],
    ['[acme]', 'Give the name alone, without the brackets it has in the file.', 'acme-dev'],
    ['DEFAULT', 'DEFAULT in capitals leaks into every other profile of the AWS CLI.', 'default'],
    ['__proto__', 'The AWS SDK for JavaScript cannot read a profile called __proto__.', 'acme-dev'],
    ['constructor', 'The AWS SDK for JavaScript cannot read a profile called constructor.', 'acme-dev'],
    ['x'.repeat(129), 'A profile name has at most 128 characters; this has 129.', 'acme-dev'],
    [id, 'This looks like part of an access key. The name of a profile is yours to choose.', 'acme-dev'],
    [secret, 'This looks like part of an access key. The name of a profile is yours to choose.', 'acme-dev'],
  ])('%j is refused', (text, what, example) => {
    expect(checkProfileName(text)).toEqual({what, example})
    expect(parseProfileName(text)).toBeUndefined()
  })

  const nearDefault = 'This is almost default, the profile that is used when none is named, but not the same.'
  test.each([
    ['Default', nearDefault, 'default'],
    ['dEFAULT', nearDefault, 'default'],
    ['defualt', nearDefault, 'default'],
    ['defaut', nearDefault, 'default'],
    ['defaults', nearDefault, 'default'],
    ['-prod', 'A name that begins with - is taken for an option on a command line.', 'prod'],
    ['--', 'A name that begins with - is taken for an option on a command line.', 'acme-dev'],
    ['../x', 'Some tools make a file name of it, and .. leads out of their folder.', 'acme-dev'],
    [
      `my-${id}`,
      'This looks like part of an access key. The name of a profile is yours to choose.',
      'acme-dev',
    ],
  ])('%j is not good for a new profile, and can be read where it is one', (text, what, example) => {
    expect(checkProfileName(text)).toEqual({what, example})
    expect(parseProfileName(text)).toBe(text)
  })

  test.each(['default2', 'default-old', 'defender', 'a.b', 'a-'])(
    '%j is not mistaken for default',
    (text) => {
      expect(checkProfileName(text)).toBeUndefined()
    },
  )

  test('the example of a complaint is itself a valid name', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 30}), (text) => {
        const complaint = checkProfileName(text)
        if (complaint) expect(checkProfileName(complaint.example!)).toBeUndefined()
        else expect(text.trim()).toMatch(/^[A-Za-z0-9\-/.%@_:+]+$/)
      }),
      {numRuns: runs(5_000), seed},
    )
  })
})

describe('a region', () => {
  test.each([
    ...REGIONS.map((region) => region.id),
    'us-east-3',
    'xx-north-1',
    ' eu-west-1 ',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
  ])('%j is taken', (text) => {
    expect(checkRegion(text)).toBeUndefined()
    expect(parseRegion(text)).toBe(text.trim())
  })

  test.each([
    ['', 'A region is needed.', 'us-east-1'],
    [
      'us-east1',
      'AWS has no region of this name. Did you mean us-east-1, US East (N. Virginia)?',
      'us-east-1',
    ],
    ['eu-wset-1', 'AWS has no region of this name. Did you mean eu-west-1, Europe (Ireland)?', 'eu-west-1'],
    ['EU-WEST-1', 'AWS has no region of this name. Did you mean eu-west-1, Europe (Ireland)?', 'eu-west-1'],
    [
      'frankfurt',
      'AWS has no region of this name. Did you mean eu-central-1, Europe (Frankfurt)?',
      'eu-central-1',
    ],
    [
      'Sao Paulo',
      'AWS has no region of this name. Did you mean sa-east-1, South America (São Paulo)?',
      'sa-east-1',
    ],
    [
      'eu-west-1a',
      'eu-west-1a is an availability zone. The region is its name without the last letter.',
      'eu-west-1',
    ],
    ['aws-global', 'Give a region with a place, not the global one.', 'us-east-1'],
    ['the moon', 'AWS has no region of this name.', 'us-east-1'],
    [secret, 'This looks like part of an access key, not like a region.', 'us-east-1'],
  ])('%j is refused', (text, what, example) => {
    expect(checkRegion(text)).toEqual({what, example})
    expect(parseRegion(text)).toBeUndefined()
  })

  test('the list begins with the likeliest, and each stands in it once', () => {
    expect(REGIONS.slice(0, 4).map((region) => region.id)).toEqual([
      'us-east-1',
      'eu-west-1',
      'us-west-2',
      'eu-central-1',
    ])
    expect(new Set(REGIONS.map((region) => region.id)).size).toBe(REGIONS.length)
    expect(findRegion('eu-south-2')).toMatchObject({
      id: 'eu-south-2',
      name: 'Europe (Spain)',
      partition: 'aws',
      isOptIn: true,
    })
    expect(findRegion('xx-north-1')).toBeUndefined()
  })

  test('each belongs to its partition', () => {
    for (const {id: name, partition} of REGIONS) expect(partitionOfRegion(name)).toBe(partition)
    expect(partitionOfRegion('us-gov-north-1' as RegionName)).toBe('aws-us-gov')
  })
})

describe('an account ID', () => {
  test.each([
    ['123456789012', '123456789012'],
    ['000000000001', '000000000001'],
    [' 1234-5678-9012 ', '123456789012'],
    ['1234 5678 9012', '123456789012'],
  ])('%j is taken', (text, account) => {
    expect(checkAccountId(text)).toBeUndefined()
    expect(parseAccountId(text)).toBe(account)
  })

  test.each([
    ['', 'An account ID is needed.'],
    ['12345678901', 'An account ID has 12 digits; this has 11.'],
    ['my-alias', 'An account ID is made of 12 digits only.'],
    ['１２３４５６７８９０１２', 'An account ID is made of 12 digits only.'],
    [secret, 'This looks like part of an access key. An account ID is 12 digits.'],
  ])('%j is refused', (text, what) => {
    expect(checkAccountId(text)?.what).toBe(what)
    expect(parseAccountId(text)).toBeUndefined()
  })
})

test('valid values of every kind pass', () => {
  fc.assert(
    fc.property(
      idText('AKIA'),
      idText('ASIA'),
      secretText,
      tokenText,
      accountText,
      profileText,
      (akia, asia, key, token, account, profile) => {
        const complaints = [
          checkAccessKeyId(akia),
          checkAccessKeyId(asia),
          checkSecretAccessKey(key),
          checkSessionToken(token),
          checkAccountId(account),
          checkProfileName(profile),
        ]
        expect(complaints.filter(Boolean)).toEqual([])
      },
    ),
    {numRuns: runs(2_000), seed},
  )
})

test('no complaint repeats a secret, whole or damaged, whichever field it was typed into', () => {
  const damagedSecret = fc
    .tuple(secretText, fc.nat(39), fc.constantFrom('', ' ', '"', '%2F', '…', '=', '****', '\u200b', '-'))
    .map(([text, at, damage]) => text.slice(0, at) + damage + text.slice(at))
  const checks: ((text: string) => ValidationError | undefined)[] = [
    checkAccessKeyId,
    checkSecretAccessKey,
    checkSessionToken,
    checkProfileName,
    checkRegion,
    checkAccountId,
  ]
  fc.assert(
    fc.property(damagedSecret, (text) => {
      for (const check of checks) {
        const words = JSON.stringify(check(text) ?? '')
        for (let at = 0; at + 8 <= text.length; at++)
          if (words.includes(text.slice(at, at + 8))) throw new Error(`${check.name}: ${words}`)
      }
    }),
    {numRuns: runs(1_000), seed},
  )
})
