import fc from 'fast-check'
import type {FileKind} from '../../../src/files/locations.js'

/** Names that files are made of and that edits ask for, few enough to meet. */
const NAMES = ['default', 'dev', 'acme.prod', 'a-b/c%d@e:f+g'] as const
const KEYS = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'region',
  'output',
  'role_arn',
  'sso_session',
] as const

const name = fc.constantFrom(...NAMES)
const key = fc.constantFrom(...KEYS, 'credential_process', 'x')
const value = fc.constantFrom(
  'v',
  'AKIAIOSFODNN7EXAMPLE',
  'a=b==',
  'https://d.awsapps.com/start#/',
  '%(x)s',
  '"quoted"',
  'arn:aws:iam::1:role/R',
  'a;b',
  'ü',
  '1 2',
  'a\u2028b',
  'a\fb',
  'a\u0085b = c',
)
const blank = fc.constantFrom('', '', '', ' ', '\t')

const header = (kind: FileKind) =>
  name.map((each) => (kind === 'credentials' || each === 'default' ? `[${each}]` : `[profile ${each}]`))

const oddHeader = (kind: FileKind) =>
  fc.tuple(name, fc.nat(11)).map(([each, form]) => {
    const prefix = kind === 'config' ? 'profile ' : ''
    return [
      `[ ${prefix}${each} ]`,
      `[${prefix}${each}] # note`,
      `[${prefix}${each}]# note`,
      `[${prefix}${each}] ; see ]`,
      `  [${prefix}${each}]`,
      `[profile  ${each}]`,
      `[profile\t${each}]`,
      `[${prefix}"${each}"]`,
      `[sso-session ${each}]`,
      '[DEFAULT]',
      `[${prefix}${each} x]`,
      `[services ${each}]`,
    ][form]!
  })

const property = fc
  .tuple(key, fc.constantFrom(' = ', '=', ' =', '\t=\t'), value)
  .map(([k, equals, v]) => `${k}${equals}${v}`)

const line = (kind: FileKind, oddity: number) =>
  fc.oneof(
    {weight: 6, arbitrary: property},
    {weight: 3, arbitrary: header(kind)},
    {
      weight: 2,
      arbitrary: fc.constantFrom('# note', '; note', '  # indented note', '#aws_access_key_id = old', ''),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        's3 =\n  region = nested\n  aws_access_key_id = nested',
        'credential_process = a\n  --b c',
        's3 =\n\n    x = y',
      ),
    },
    {weight: oddity, arbitrary: oddHeader(kind)},
    {
      weight: oddity,
      arbitrary: fc.tuple(fc.constantFrom('  ', '\t', ' '), property).map(([indent, text]) => indent + text),
    },
    {
      weight: oddity,
      arbitrary: fc
        .tuple(property, fc.constantFrom(' # note', ' ;note', '\t# n'))
        .map(([text, note]) => text + note),
    },
    {weight: oddity, arbitrary: fc.tuple(key, value).map(([k, v]) => `${k.toUpperCase()} = ${v}`)},
    {weight: oddity, arbitrary: fc.tuple(key, value).map(([k, v]) => `${k} : ${v}`)},
    {weight: oddity, arbitrary: fc.tuple(key).map(([k]) => `${k} =`)},
    {
      weight: oddity,
      arbitrary: fc.constantFrom(
        '  continued',
        'not a key',
        '= x',
        '[',
        '[]',
        '[__proto__]',
        '\u00a0x = 1',
        'x\u000c= 2',
        '\u0085',
        '   ',
        'a\rb = 1',
      ),
    },
  )

const textOf = (
  lines: readonly string[],
  eols: readonly string[],
  hasLast: boolean,
  bom: boolean,
): Uint8Array => {
  const all = lines.flatMap((each) => each.split('\n'))
  const text = all
    .map((each, index) => each + (index === all.length - 1 && !hasLast ? '' : eols[index % eols.length]!))
    .join('')
  return Buffer.from((bom ? '\ufeff' : '') + text)
}

const eols = fc.oneof(
  {weight: 4, arbitrary: fc.constant(['\n'])},
  {weight: 2, arbitrary: fc.constant(['\r\n'])},
  {weight: 1, arbitrary: fc.constant(['\n', '\r\n', '\n'])},
)

/** Files with every oddity, most of which some reader refuses. */
export const oddFile = (kind: FileKind): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.array(line(kind, 1), {maxLength: 10}), eols, fc.boolean(), fc.integer({min: 0, max: 20}))
    .map(([lines, ends, hasLast, bom]) => textOf(lines, ends, hasLast, bom === 0))

/** A section as people have it: a header and different keys, with comments, blank lines and nested blocks. */
const section = (kind: FileKind) =>
  fc
    .tuple(
      fc.oneof({weight: 9, arbitrary: header(kind)}, {weight: 1, arbitrary: oddHeader(kind)}),
      fc.uniqueArray(
        fc.tuple(key, fc.constantFrom(' = ', '=', ' =', '\t=\t', ' : '), value, fc.integer({min: 0, max: 9})),
        {selector: ([k]) => k, maxLength: 5},
      ),
      fc.constantFrom(
        '',
        '',
        '# note',
        '\n# about the next\n',
        's3 =\n  region = nested\n\n  aws_access_key_id = nested',
        'y = a\n  --b c\n',
      ),
      fc.constantFrom('', '', '', '  ', '\t'),
      blank,
    )
    .map(([head, properties, extra, indent, gap]) => {
      const written = properties.map(([k, equals, v, form]) => {
        const spelled = form === 0 ? k.toUpperCase() : k
        return `${indent}${spelled}${equals}${v}${form === 1 ? ' # inline' : form === 2 ? '  ' : ''}`
      })
      const middle = extra === '' ? [] : extra.split('\n').map((each) => (each === '' ? '' : indent + each))
      const at = properties.length === 0 ? 0 : properties[0]![3] % (properties.length + 1)
      return [head, ...written.slice(0, at), ...middle, ...written.slice(at), gap]
    })

/** Files as they occur: rarely refused by a reader, written in every accepted way. */
export const wildFile = (kind: FileKind): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.uniqueArray(section(kind), {selector: ([head]) => head, maxLength: 4}),
      eols,
      fc.boolean(),
      fc.constantFrom('', '', '# my file\n\n', '\n'),
    )
    .map(([sections, ends, hasLast, top]) =>
      textOf([...top.split('\n').slice(0, -1), ...sections.flat()], ends, hasLast, false),
    )

export const fileKind = fc.constantFrom<FileKind>('credentials', 'config')

/** Values that may be written, with what often goes wrong in them. */
const writable = fc.oneof(
  fc.constantFrom(
    'AKIAQ7WERTYUIOPLKJH2',
    'FwoGZXIvYXdzEBY==',
    'a#b',
    'a;b',
    '#'.padStart(3, 'x'),
    'eu-west-1',
    '%(here)s',
    '"q"',
    '[x]',
    'a = b',
    'k: v',
    '\\n',
    '$HOME',
    'ünï',
  ),
  fc.string({unit: fc.constantFrom(...'abcXYZ019/+=._-:'), minLength: 1, maxLength: 60}),
)

export const asked = fc.tuple(
  fc.constantFrom(...NAMES, 'newcomer'),
  fc.dictionary(fc.constantFrom(...KEYS), writable, {minKeys: 1, maxKeys: 3, noNullPrototype: true}),
  fc.subarray([...KEYS, 'credential_process']),
)
