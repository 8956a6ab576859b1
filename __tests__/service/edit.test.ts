/** Setting org and app: each row is a file as people write it, and the file it becomes. */
import {describe, expect, test} from '@jest/globals'
import {parseService, type TextKind} from '../../src/service/document.js'
import {setNames} from '../../src/service/change/set.js'

const ASKED = {org: 'acme', app: 'shop'}

function set(text: string, values: Record<string, string> = ASKED, kind: TextKind = 'yml'): string {
  const document = parseService(Buffer.from(text), kind, '/p/serverless.yml')
  return document.bom + setNames(document, values).text
}

function code(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as {problem?: {code: string}}).problem?.code
  }
}

describe('a line is added beside service', () => {
  test.each([
    [
      'after it',
      'service: a\nprovider:\n  name: aws\n',
      'service: a\norg: acme\napp: shop\nprovider:\n  name: aws\n',
    ],
    [
      'behind its comment',
      '# top\nservice: a # mine\n\nx: 1\n',
      '# top\nservice: a # mine\norg: acme\napp: shop\n\nx: 1\n',
    ],
    ['without a last line end', 'x: 1\nservice: a', 'x: 1\nservice: a\norg: acme\napp: shop'],
    [
      'with the line ends of the file',
      'service: a\r\nx: 1\r\n',
      'service: a\r\norg: acme\r\napp: shop\r\nx: 1\r\n',
    ],
    [
      'with a last line of CRLF without end',
      'x: 1\r\nservice: a',
      'x: 1\r\nservice: a\r\norg: acme\r\napp: shop',
    ],
    ['behind a byte order mark', '\ufeffservice: a\n', '\ufeffservice: a\norg: acme\napp: shop\n'],
    [
      'with the indentation of the file',
      '  service: a\n  x: 1\n',
      '  service: a\n  org: acme\n  app: shop\n  x: 1\n',
    ],
    ['after an anchor at it', 'service: &s a\nx: *s\n', 'service: &s a\norg: acme\napp: shop\nx: *s\n'],
    [
      'before it where it is a map',
      'x: 1\nservice:\n  name: a\ny: 2\n',
      'x: 1\norg: acme\napp: shop\nservice:\n  name: a\ny: 2\n',
    ],
    ['after it where it has no value', 'service:\nx: 1\n', 'service:\norg: acme\napp: shop\nx: 1\n'],
    ['at the top where there is none', '---\nx: 1\n', '---\norg: acme\napp: shop\nx: 1\n'],
    ['before the end of the document', 'service: a\n...\n', 'service: a\norg: acme\napp: shop\n...\n'],
    ['in front of it in braces', '{service: a, x: 1}\n', '{org: acme, app: shop, service: a, x: 1}\n'],
    ['in empty braces', '{}\n', '{org: acme, app: shop}\n'],
    [
      'where a merged map says something else',
      'b: &b {org: old}\n<<: *b\nservice: a\n',
      'b: &b {org: old}\n<<: *b\nservice: a\norg: acme\napp: shop\n',
    ],
  ])('%s', (_, before, after) => expect(set(before)).toBe(after))

  test('only one of them', () => {
    expect(set('app: shop\nservice: a\n')).toBe('app: shop\nservice: a\norg: acme\n')
  })
})

describe('a value is replaced where it stands', () => {
  test.each([
    ['plain', 'org: old', 'org: acme'],
    ['an anchor without a value', 'org: &o', 'org: &o acme'],
    ['with a comment', 'org:   old   # ours', 'org:   acme   # ours'],
    ['in double quotes', 'org: "old"', 'org: "acme"'],
    ['in single quotes', "org: 'old'", "org: 'acme'"],
    ['a variable', 'org: ${env:ORG, "x"}', 'org: acme'],
    ['none', 'org:', 'org: acme'],
    ['none, with a comment', 'org: # later', 'org: acme # later'],
    ['null', 'org: ~', 'org: acme'],
    ['with an anchor that nobody uses', 'org: &o old', 'org: &o acme'],
    ['an alias', 'x: &x old\norg: *x', 'x: &x old\norg: acme'],
    ['with a tag', 'org: !Ref old', 'org: acme'],
    ['a block text, with the blank line after it', 'org: |\n  old\n', 'org: acme\n'],
    ['over two lines', 'org: old\n  one', 'org: acme'],
    ['a quoted key', '"org": old', '"org": acme'],
    ['an explicit key', '? org\n: old', '? org\n: acme'],
  ])('%s', (_, before, after) => {
    expect(set(`app: shop\n${before}\nservice: a\n`)).toBe(`app: shop\n${after}\nservice: a\n`)
  })

  test('nothing is done where it says so already', () => {
    const text = 'service: a\norg: "acme"\napp: &x shop\n'
    expect(set(text)).toBe(text)
  })
})

const SHORT_FORMS = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
]
  .concat(['Join', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub', 'Transform', 'Ours'])
  .map((name) => `!${name}`)

test.each(SHORT_FORMS)('%s stays as it is before a text, a list and a map', (tag) => {
  const rest = `a: ${tag} b.c\nd: ${tag} [e, ${tag} f]\ng: ${tag}\n  - h\ni: ${tag} {j: k}\nl: ${tag}\n  m: n\n`
  expect(set(`service: a\n${rest}`)).toBe(`service: a\norg: acme\napp: shop\n${rest}`)
})

describe('a name that reads as something else is quoted', () => {
  test.each(['123', '1e3', 'true', 'null', 'y', 'on', '0x1f', '2024-01-01', '012', '1-2'])('%s', (name) => {
    expect(set('service: a\n', {app: name})).toBe(`service: a\napp: '${name}'\n`)
  })
})

describe('JSON', () => {
  test.each([
    ['{"service":"a","x":[1]}', '{"org":"acme","app":"shop","service":"a","x":[1]}'],
    ['{ "service": "a" }\n', '{ "org": "acme", "app": "shop", "service": "a" }\n'],
    [
      '{\n  "x": 1,\n  "service": "a"\n}\n',
      '{\n  "x": 1,\n  "org": "acme",\n  "app": "shop",\n  "service": "a"\n}\n',
    ],
    ['{\r\n\t"service": "a"\r\n}', '{\r\n\t"org": "acme",\r\n\t"app": "shop",\r\n\t"service": "a"\r\n}'],
    ['{"org": "old", "service": "a", "app" : null}', '{"org": "acme", "service": "a", "app" : "shop"}'],
    ['{}', '{"org": "acme", "app": "shop"}'],
    ['\ufeff{"service": "a"}', '\ufeff{"org": "acme", "app": "shop", "service": "a"}'],
  ])('%s', (before, after) => expect(set(before, ASKED, 'json')).toBe(after))

  test('YAML is no JSON', () => {
    expect(code(() => set('{service: a}', ASKED, 'json'))).toBe('SERVICE_NOT_UNDERSTOOD')
  })
})

describe('refused', () => {
  test.each([
    ['SERVICE_EDIT_NOT_READ_BACK', 'an alias reads the value', 'org: &o old\nservice: *o\n'],
    ['SERVICE_EDIT_NOT_READ_BACK', 'an anchor without a value that is read', 'org: &o\nx: *o\nservice: a\n'],
    ['SERVICE_EDIT_NOT_READ_BACK', 'the key alone, in the explicit way', '? org\nservice: a\n'],
    ['SERVICE_EDIT_NOT_READ_BACK', 'an anchor at a key would go to another', '{&k service: a}\n'],
    ['SERVICE_KEY_NOT_TEXT', 'a map', 'service: a\norg:\n  name: x\n'],
    ['SERVICE_KEY_NOT_TEXT', 'a list', 'service: a\napp: [x]\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'a key twice', 'service: a\nservice: b\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'tabs', 'service: a\nprovider:\n\tname: aws\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'an open bracket', 'service: [a\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'an unknown alias', 'service: *a\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'two documents', 'service: a\n---\nservice: b\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'a list', '- service\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'nothing', '# later\n'],
    ['SERVICE_NOT_UNDERSTOOD', 'a carriage return alone', 'service: a\rx: 1\n'],
  ])('%s: %s', (expected, _, text) => expect(code(() => set(text))).toBe(expected))

  test('the words of an error repeat nothing of the file', () => {
    const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY'
    for (const [text, kind] of [
      [`service: a\nkey: [${secret}\n`, 'yml'],
      [`{"key": ${secret}}`, 'json'],
    ] as const) {
      let words = ''
      try {
        set(text, ASKED, kind)
      } catch (error) {
        words = JSON.stringify((error as {problem: unknown}).problem)
      }
      expect(words).toContain('SERVICE_NOT_UNDERSTOOD')
      expect(words).not.toContain(secret.slice(0, 12))
    }
  })

  test('aliases that multiply are not followed', () => {
    const levels = Array.from({length: 30}, (_, n) => `k${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`)
    const bomb = `service: a\nk0: &a0 x\n${levels.join('\n')}\n`
    expect(set(bomb)).toBe(bomb.replace('service: a\n', 'service: a\norg: acme\napp: shop\n'))
  })
})
