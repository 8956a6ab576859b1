/** The places where readers differ, by name: what each makes of them, what we say, and what an edit does. */
import {parse, stringify} from 'ini'
import {Failure} from '../../src/domain/problem.js'
import {problemsIn} from '../../src/aws-files/diagnose.js'
import {parseDocument} from '../../src/aws-files/document.js'
import {removeProfile} from '../../src/aws-files/edit.js'
import type {FileKind} from '../../src/files/locations.js'
import {Botocore, whyNoBotocore} from './support/botocore.js'
import {readWithSdk} from './support/javascript.js'
import {changed} from './support/changed.js'
import {testUnless} from './support/skip.js'

const botocore = new Botocore()
afterAll(() => botocore.close())

const open = (text: string, kind: FileKind = 'credentials') => parseDocument(Buffer.from(text), kind)
const codes = (text: string, kind?: FileKind) =>
  problemsIn(open(text, kind)).map(({code, line, severity}) => `${severity} ${line} ${code}`)
const codeOf = (work: () => unknown) => {
  try {
    work()
    return 'done'
  } catch (error) {
    if (error instanceof Failure) return error.problem.code
    throw error
  }
}

interface Case {
  readonly name: string
  readonly text: string
  readonly kind?: FileKind
  /** Value of `a` in the profile `p`; `refused`: the whole file. */
  readonly cli: string | undefined
  readonly js: string | undefined
  readonly says: readonly string[]
  /** What setting `b` in the profile ends with. */
  readonly edit: string
}

const cases: readonly Case[] = [
  {name: 'as all write it', text: '[p]\na = 1\n', cli: '1', js: '1', says: [], edit: 'done'},
  {
    name: 'blanks in the header',
    text: '[ p ]\na = 1\n',
    cli: undefined,
    js: undefined,
    says: ['warning 1 HEADER_NOT_READ'],
    edit: 'EDIT_NOT_READ_BACK',
  },
  {
    name: 'a byte order mark',
    text: '\ufeff[p]\na = 1\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 1 BYTE_ORDER_MARK'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'an inline comment',
    text: '[p]\na=1 # c\n',
    cli: '1 # c',
    js: '1',
    says: ['warning 2 INLINE_COMMENT'],
    edit: 'done',
  },
  {name: 'a colon', text: '[p]\na : 1\n', cli: '1', js: undefined, says: ['warning 2 COLON'], edit: 'done'},
  {
    name: 'a section twice',
    text: '[p]\na = 1\n[p]\nb = 1\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 3 DUPLICATE_SECTION'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'a key twice',
    text: '[p]\na = 1\nA = 2\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 3 DUPLICATE_KEY'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'a line before the first section',
    text: 'x = 1\n[p]\na = 1\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 1 BEFORE_FIRST_SECTION'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'a line that is no key',
    text: '[p]\na = 1\nhello\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 3 NO_EQUALS'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'brackets in the comment of a header',
    text: '[p] ; see [1]\na = 1\n',
    cli: undefined,
    js: '1',
    says: ['warning 1 HEADER_NOT_READ'],
    edit: 'EDIT_NOT_READ_BACK',
  },
  {
    name: 'a comment that touches the header',
    text: '[p]# c\na = 1\n',
    cli: '1',
    js: undefined,
    says: ['warning 1 HEADER_NOT_READ'],
    edit: 'EDIT_NOT_READ_BACK',
  },
  {name: 'a comment behind the header', text: '[p] # c\na = 1\n', cli: '1', js: '1', says: [], edit: 'done'},
  {
    name: 'a lone carriage return',
    text: '[p]\na = 1\rb = 2\n',
    cli: '1',
    js: '1\rb = 2',
    says: ['fatal 2 LONE_CARRIAGE_RETURN'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: '__proto__',
    text: '[p]\na = 1\n[__proto__]\n',
    cli: '1',
    js: undefined,
    says: ['fatal 3 PROTO_SECTION'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'DEFAULT in capitals',
    text: '[DEFAULT]\na = 9\n[p]\nx = 1\n',
    cli: '9',
    js: undefined,
    says: ['warning 1 DEFAULT_IN_CAPITALS'],
    edit: 'done',
  },
  {
    name: 'a continued value',
    text: '[p]\na = 1\n  --x\n',
    cli: '1\n--x',
    js: '1',
    says: ['warning 2 CONTINUED_VALUE'],
    edit: 'done',
  },
  {
    name: 'an indented section',
    text: '[p]\n  a = 1\n  c = 2\n',
    cli: '1',
    js: '1',
    says: ['warning 2 INDENTED_KEY', 'warning 3 INDENTED_KEY'],
    edit: 'done',
  },
  {
    name: 'a nested block',
    text: '[p]\na = 1\ns3 =\n  b = nested\n',
    cli: '1',
    js: '1',
    says: [],
    edit: 'done',
  },
  {
    name: 'a block whose line is no key',
    text: '[p]\na = 1\ns3 =\n  nested\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 4 NESTED_WITHOUT_EQUALS'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'a line separator inside a value, which ends no line',
    text: '[p]\na = 1\u20282\n',
    cli: '1\u20282',
    js: '1\u20282',
    says: ['warning 2 NOT_ASCII'],
    edit: 'done',
  },
  ...[
    ['a line separator', '\u2028'],
    ['a form feed', '\f'],
    ['a next line', '\u0085'],
  ].map(([what, character]): Case => ({
    name: `${what} inside a block, which ends a line there`,
    text: `[p]\na = 1\ns3 =\n  b = 1${character}c\n`,
    cli: 'refused',
    js: '1',
    says: ['fatal 1 UNUSUAL_WHITE_SPACE', ...(character === '\f' ? [] : ['warning 3 NOT_ASCII'])],
    edit: 'FILE_NOT_UNDERSTOOD',
  })),
  {
    name: 'a next line inside a block, between two keys',
    text: '[p]\na = 1\ns3 =\n  b = 1\u0085c = 2\n',
    cli: '1',
    js: '1',
    says: ['warning 3 NOT_ASCII'],
    edit: 'done',
  },
  {
    name: 'a header that is not closed',
    text: '[p]\na = 1\n[q\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 3 UNCLOSED_HEADER'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'bytes that are not UTF-8',
    text: '[p]\na = 1\n# \xff\n',
    cli: 'refused',
    js: '1',
    says: ['fatal 3 NOT_UTF8'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'a name with a blank',
    text: '[p]\na = 1\n[a b]\nx = 1\n',
    cli: '1',
    js: '1',
    says: ['warning 3 HEADER_NOT_READ'],
    edit: 'done',
  },
  {
    name: 'a header that continues a value',
    text: '[q]\nx = 1\n  [p]\na = 1\n',
    cli: undefined,
    js: '1',
    says: ['warning 2 CONTINUED_VALUE', 'fatal 3 SWALLOWED_HEADER'],
    edit: 'FILE_NOT_UNDERSTOOD',
  },
  {
    name: 'a prefix in the credentials file',
    text: '[profile p]\na = 1\n',
    cli: undefined,
    js: undefined,
    says: ['warning 1 PREFIX_IN_CREDENTIALS'],
    edit: 'done',
  },
  {
    name: 'no prefix in the config file',
    kind: 'config',
    text: '[p]\na = 1\n',
    cli: undefined,
    js: undefined,
    says: ['warning 1 NOT_A_PROFILE'],
    edit: 'done',
  },
  {
    name: 'a tab in the header',
    kind: 'config',
    text: '[profile\tp]\na = 1\n',
    cli: '1',
    js: '1',
    says: ['warning 1 HEADER_UNUSUAL'],
    edit: 'done',
  },
  {
    name: 'two blanks in the header',
    kind: 'config',
    text: '[profile  p]\na = 1\n',
    cli: '1',
    js: undefined,
    says: ['warning 1 HEADER_NOT_READ'],
    edit: 'EDIT_NOT_READ_BACK',
  },
  {
    name: 'a quoted name',
    kind: 'config',
    text: '[profile "p"]\na = 1\n',
    cli: '1',
    js: '1',
    says: ['warning 1 HEADER_UNUSUAL'],
    edit: 'done',
  },
]

const bytesOf = (text: string) => (text.includes('\xff') ? Buffer.from(text, 'latin1') : Buffer.from(text))

describe('a file with', () => {
  testUnless(whyNoBotocore()).each(cases.map((each) => [each.name, each] as const))(
    '%s',
    async (_, {text, kind = 'credentials', cli, js, says, edit}) => {
      const bytes = bytesOf(text)
      const document = parseDocument(bytes, kind)
      const [reading] = await botocore.read([[kind, bytes]])
      expect('error' in reading! ? 'refused' : reading!.profiles['p']?.['a']).toBe(cli)
      expect((await readWithSdk(bytes, kind))['p']?.['a']).toBe(js)
      const problems = problemsIn(document)
      expect(problems.map(({code, line, severity}) => `${severity} ${line} ${code}`)).toEqual(says)
      for (const {what, hurts, mend} of problems)
        for (const words of [what, hurts, mend]) expect(words.length).toBeGreaterThan(2)
      expect(codeOf(() => changed(document, 'p', {set: {b: 'new'}}))).toBe(edit)
    },
  )

  test('both spellings of the default profile is told, and which to edit is left to the person', () => {
    const both = '[default]\nregion = a\n[profile default]\nregion = b\n'
    expect(codes(both, 'config')).toContain('warning 3 DEFAULT_TWICE')
    expect(codeOf(() => changed(open(both, 'config'), 'default', {set: {region: 'c'}}))).toBe('PROFILE_TWICE')
    expect(
      changed(open('[profile default]\nregion = b\n', 'config'), 'default', {set: {region: 'c'}}).text,
    ).toBe('[profile default]\nregion = c\n')
  })

  test('a header that not every tool finds is no place where a value is there already', () => {
    const document = open('[ profile default ]\nregion = eu-west-1\n', 'config')
    expect(codeOf(() => changed(document, 'default', {set: {region: 'eu-west-1'}}))).not.toBe('done')
  })

  test('a token that leaks from [DEFAULT] is not left to win over a new key', () => {
    const document = open('[DEFAULT]\naws_session_token = t\n[p]\naws_access_key_id = a\n')
    expect(codeOf(() => changed(document, 'p', {set: {aws_access_key_id: 'b'}}))).toBe('done')
  })
})

describe('an edit keeps', () => {
  const set = (text: string, values: Record<string, string>, kind: FileKind = 'credentials') =>
    changed(open(text, kind), 'p', {set: values}).text

  test.each<[string, string, Record<string, string>, string]>([
    [
      'the line ends around it',
      '[p]\r\na = 1\r\n\r\n[q]\nx = 1\n',
      {a: '2', b: '3'},
      '[p]\r\na = 2\r\nb = 3\r\n\r\n[q]\nx = 1\n',
    ],
    ['the style around =', '[p]\na=1\n', {a: '2'}, '[p]\na=2\n'],
    ['an open last line', '[p]\na = 1', {a: '2'}, '[p]\na = 2'],
    [
      'the order, closing the last line only to write after it',
      '[p]\na = 1',
      {b: '2'},
      '[p]\na = 1\nb = 2\n',
    ],
    ['an inline comment, above the line', '[p]\na = 1 # why\n', {a: '2'}, '[p]\n# why\na = 2\n'],
    ['nested blocks', '[p]\ns3 =\n  a = nested\n', {a: '2'}, '[p]\ns3 =\n  a = nested\na = 2\n'],
    [
      'the indentation of the section',
      '[p]\n  x = 1\n  y = 2\n',
      {a: '2'},
      '[p]\n  x = 1\n  y = 2\n  a = 2\n',
    ],
    [
      'comments of the next section',
      '[p]\nx = 1\n\n# about q\n[q]\n',
      {a: '2'},
      '[p]\nx = 1\na = 2\n\n# about q\n[q]\n',
    ],
    ['nothing of a continued value', '[p]\na = 1\n  --x\nb = 2\n', {a: '3'}, '[p]\na = 3\nb = 2\n'],
    ['small letters for a key in capitals', '[p]\nA = 1\n', {a: '1'}, '[p]\na = 1\n'],
    ['an equals sign where a colon was', '[p]\na: 1\n', {a: '2'}, '[p]\na = 2\n'],
    ['a new section apart from the others', '[q]\nx = 1\n', {a: '2'}, '[q]\nx = 1\n\n[p]\na = 2\n'],
    [
      'bytes it does not know',
      '[q]\nx = ü\n',
      {a: '2'},
      Buffer.from('[q]\nx = ü\n\n[p]\na = 2\n').toString('latin1'),
    ],
  ])('%s', (_, before, values, after) => expect(set(before, values)).toBe(after))

  test('neighbours and their comments when a profile is removed', () => {
    const text = '# top\n[a]\nx = 1\n\n# about p\n[p]\n# in p\nx = 2\n\n# about q\n[q]\nx = 3\n'
    expect(removeProfile(open(text), 'p').text).toBe(
      '# top\n[a]\nx = 1\n\n# about p\n\n# about q\n[q]\nx = 3\n',
    )
    expect(removeProfile(open(text), 'none').text).toBe(text)
  })
})

describe('npm ini, as the negative control', () => {
  // The same questions, asked of an editor that is known to be wrong for these files: the harness has to notice.
  const withIni = (text: string) => {
    const table = parse(text)
    ;((table['p'] ??= {}) as Record<string, string>)['b'] = 'new'
    return Buffer.from(stringify(table, {whitespace: true}))
  }

  testUnless(whyNoBotocore()).each([
    ['a token that ends in ==', '[p]\na = Fwo==\n'],
    ['a name with a dot', '[acme.prod]\na = 1\n[p]\na = 1\n'],
    ['a start URL with #', '[p]\na = https://d.awsapps.com/start #/\n'],
    ['a nested block', '[p]\na = 1\ns3 =\n  region = x\n'],
    ['a comment', '# mine\n[p]\na = 1\n'],
  ])('is caught at %s, where our edit holds', async (_, text) => {
    const ours = changed(open(text), 'p', {set: {b: 'new'}}).toBytes()
    expect(await isHarmless(text, ours)).toBe(true)
    expect(await isHarmless(text, withIni(text))).toBe(false)
  })

  async function isHarmless(before: string, after: Uint8Array): Promise<boolean> {
    const [old, now] = await botocore.read([
      ['credentials', Buffer.from(before)],
      ['credentials', after],
    ])
    if ('error' in old! || 'error' in now!) return false
    const {b, ...rest} = now!.profiles['p'] ?? {}
    const same = JSON.stringify({...now!.profiles, p: rest}) === JSON.stringify(old!.profiles)
    const lines = Buffer.from(after).toString().split('\n')
    return same && b === 'new' && before.split('\n').every((line) => lines.includes(line))
  }
})
