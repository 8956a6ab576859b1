/** Setting org and app in files made at random: their lines change, and nothing else does, in bytes or in meaning. */
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {parseDocument, type CollectionTag, type ScalarTag} from 'yaml'
import {parseService} from '../../src/service/document.js'
import {setNames} from '../../src/service/change/set.js'
import {runs, seed} from '../support/proof.js'

type Key = 'org' | 'app'

/** A part of a file: the lines of one key at the top, or of comments and blanks. */
interface Part {
  readonly key?: Key
  readonly lines: readonly string[]
}

/** Makes the tag a part of the value, so that losing one is seen. */
const TAGS = ['Ref', 'Sub', 'GetAtt', 'Join', 'If'].flatMap((name): (ScalarTag | CollectionTag)[] => [
  {tag: `!${name}`, resolve: (text: string) => ({[name]: text})},
  {tag: `!${name}`, collection: 'seq', resolve: (list) => ({[name]: list.toJSON()})},
])

function read(text: string): Record<string, unknown> {
  const document = parseDocument(text.replace(/^\ufeff/, ''), {customTags: TAGS, merge: true})
  expect(document.errors).toEqual([])
  return document.toJS() as Record<string, unknown>
}

const comment = fc.constantFrom(
  '',
  '#',
  '# org: not this one',
  ' # app: nor this',
  '# "quoted" ${self:x} é漢🙂',
)
const trailing = fc.constantFrom('', ' ', ' # ours', '   #: {[')

const named = (key: Key): fc.Arbitrary<Part> =>
  fc
    .tuple(
      fc.constantFrom(key, `"${key}"`, `'${key}'`),
      fc.constantFrom(
        ...[
          ['old'],
          ['"old"'],
          ["'it''s'"],
          ['${env:ORG, "a b"}'],
          ['~'],
          ['42'],
          ['&unread old'],
          ['*shared'],
        ],
        ...[
          ['!Ref old'],
          ['!!str 12'],
          ['"a \\"b\\" \\u00e9"'],
          ['old', '  one'],
          ['|', '  old', '  # text'],
          ['>-', '    old x'],
        ],
        ...[
          ['|', '  old', ''],
          ['"a', '  b"'],
        ],
      ),
      trailing,
    )
    .map(([name, [first = '', ...rest], tail]) => ({
      key,
      lines: [`${name}: ${first}${rest.length === 0 ? tail : ''}`, ...rest],
    }))

const service = fc
  .oneof(
    fc
      .tuple(fc.constantFrom('a', '"b"', "'c'", '&s d', '${file(x.yml):name}', ''), trailing)
      .map(([value, tail]) => [`service: ${value}${tail}`]),
    fc.constantFrom(
      ['service:', '  name: a', '  # kept'],
      ['service: >', '  a', '  b'],
      ['"service": a'],
      ['service: a', '  b'],
    ),
  )
  .map((lines): Part => ({lines}))

const block = (index: number): fc.Arbitrary<Part> =>
  fc
    .oneof(
      fc.constantFrom(
        ...[
          [
            'provider:',
            '  name: aws',
            '  org: inner',
            "  region: ${opt:region, 'us-east-1'}",
            '  app:',
            '    - x',
          ],
        ],
        ...[
          ['custom: {a: 1, org: [x, "y"], <<: *map}'],
          ['resources:', '  Outputs:', '    A: !GetAtt a.Arn'],
        ],
        ...[['list:', '- !Sub "${A}-x"', '- !Join ["-", [a, b]]', '-   - deep', '    - *shared']],
        ...[
          ['text: |', '  org: old', '', '  app: old', '  # no comment'],
          ['keep: |+', '  a', '', ''],
        ],
        ...[
          ['merged:', '  <<: [*map, {z: 1}]', '  own: "x\\ty"'],
          ['when: 2024-01-01'],
          ['n: 0o17'],
          ['e: 1e3'],
        ],
        ...[['nothing:'], ['? odd', ': - 1', '  - 2'], ['tabbed: a\t# b'], ['"k é": \'漢 🙂\'']],
      ),
      fc
        .jsonValue({maxDepth: 3})
        .map((value) => [
          `data: ${JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, '')}`,
        ]),
    )
    // Every key at the top once.
    .map(([first = '', ...rest]): Part => ({
      lines: [first.replace(/^((?:\? )?"?)(\w)/, `$1z${index}$2`), ...rest],
    }))

const file = fc
  .record({
    org: fc.option(named('org'), {nil: undefined}),
    app: fc.option(named('app'), {nil: undefined}),
    service: fc.option(service, {nil: undefined, freq: 8}),
    blocks: fc.tuple(block(1), block(2), block(3)),
    comments: fc.array(comment, {maxLength: 3}),
    order: fc.array(fc.nat(), {minLength: 9, maxLength: 9}),
    indent: fc.constantFrom('', '', '', '  '),
    newline: fc.constantFrom('\n', '\n', '\r\n'),
    hasLastLineEnd: fc.boolean(),
    hasBom: fc.boolean(),
    head: fc.constantFrom<string[]>([], [], ['---'], ['# top', '', '--- # start'], ['%YAML 1.2', '---']),
    foot: fc.constantFrom<string[]>([], [], ['# end'], ['...']),
  })
  .map(({order, indent, newline, ...from}) => {
    const shared: Part[] = [{lines: ['shared: &shared text']}, {lines: ['map: &map', '  m: 1']}]
    const loose: Part[] = [
      from.org,
      from.app,
      from.service,
      ...from.blocks,
      ...from.comments.map((line) => ({lines: [line]})),
    ].filter((part) => part !== undefined)
    const keyed = loose.map((part, index) => [order[index]!, part] as const)
    const parts = [...shared, ...keyed.toSorted(([one], [other]) => one - other).map(([, part]) => part)]
    const indented = parts.map((part) => ({...part, lines: part.lines.map((line) => indent + line)}))
    const all: Part[] = [{lines: from.head}, ...indented, {lines: from.foot}]
    const text =
      (from.hasBom ? '\ufeff' : '') +
      all.flatMap(({lines}) => lines).join(newline) +
      (from.hasLastLineEnd ? newline : '')
    return {text, parts: all, newline, indent}
  })

const name = fc.oneof(
  fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/),
  fc.constantFrom('true', 'null', '1e3', '007', 'y', 'no', '0x1f', '2024-01-01', '1-2'),
)

test('only the lines of org and app change, and all else reads as before', () => {
  fc.assert(
    fc.property(file, name, name, ({text, parts, newline, indent}, org, app) => {
      const document = parseService(Buffer.from(text), 'yml', '/p/serverless.yml')
      const after = document.bom + setNames(document, {org, app}).text

      expect(read(after)).toEqual({...read(text), org, app})

      const isAsked = new RegExp(`^\ufeff?${indent}["']?(?:org|app)["']? *:`)
      const kept = parts.flatMap(({key, lines}) => (key ? [] : lines))
      // Blank lines at the end of a replaced block text stay in the file.
      const others = linesOf(after, newline).filter((line) => !isAsked.test(line))
      expect(others.filter((line) => line.trim() !== '')).toEqual(kept.filter((line) => line.trim() !== ''))
      expect(others.filter((line) => !/[^ ]/.test(line)).length).toBe(
        linesOf(text, newline).filter((line) => !/[^ ]/.test(line)).length,
      )
      expect(linesOf(after, newline).filter((line) => isAsked.test(line))).toHaveLength(2)
      expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'))
      if (newline === '\r\n') expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      else expect(after).not.toContain('\r')
      expect(after.endsWith(newline)).toBe(text.endsWith(newline))

      // What was set stays as it is when it is asked for again.
      const again = parseService(Buffer.from(after), 'yml', '/p/serverless.yml')
      expect(again.bom + setNames(again, {org, app}).text).toBe(after)
    }),
    {numRuns: runs(3_000), seed},
  )
}, 120_000)

test('a comment behind a value stays behind the new one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('old', '"old"', "'old'", '*a', '!Ref x', '&b old', ''),
      trailing,
      name,
      (value, tail, org) => {
        const text = `a: &a x\norg: ${value}${tail}\nservice: s\n`
        const document = parseService(Buffer.from(text), 'yml', '/p/serverless.yml')
        const line = setNames(document, {org}).text.split('\n')[1]!
        expect(line.endsWith(tail.trim())).toBe(true)
      },
    ),
    {numRuns: runs(300), seed},
  )
})

test('JSON keeps its layout, its other keys and its line ends', () => {
  const layout = fc.constantFrom<string | number>(0, 1, 2, 4, '\t')
  const rest = fc.dictionary(
    fc.string().filter((key) => !/^(?:org|app|service|__proto__|[0-9]+)$/.test(key)),
    fc.jsonValue(),
    {
      maxKeys: 4,
    },
  )
  fc.assert(
    fc.property(
      rest,
      layout,
      fc.subarray(['org', 'app', 'service']),
      fc.boolean(),
      name,
      name,
      (data, space, keys, isWindows, org, app) => {
        const whole = {...data, ...Object.fromEntries(keys.map((key) => [key, 'old']))}
        const lines = (value: unknown) => {
          const text = JSON.stringify(value, null, space)
          return isWindows ? text.replaceAll('\n', '\r\n') : text
        }
        const text = lines(whole)
        const document = parseService(Buffer.from(text), 'json', '/p/serverless.json')
        const after = setNames(document, {org, app}).text
        expect(JSON.parse(after)).toEqual({...JSON.parse(text), org, app})
        // The layout of a whole map with keys in it is the one that JSON.stringify would give in the same order.
        if (Object.keys(whole).length > 0) expect(after).toBe(lines(JSON.parse(after)))
      },
    ),
    {numRuns: runs(1_500), seed},
  )
})

test('any text at all is either set and read back, or refused', () => {
  const text = fc.oneof(
    fc
      .array(
        fc.constantFrom(
          ...[
            'service',
            'org',
            'app',
            ':',
            ' ',
            '\n',
            '  ',
            '- ',
            '&a',
            '*a',
            '"',
            "'",
            '{',
            '}',
            '[',
            ']',
            ',',
            '#',
            '|',
            '>',
            '? ',
            '!Ref ',
            '<<',
            '---',
            '...',
            '\t',
            'x',
          ],
        ),
      )
      .map((bits) => bits.join('')),
    fc.string({unit: 'binary'}),
  )
  fc.assert(
    fc.property(text, (before) => {
      let after: string
      try {
        const document = parseService(Buffer.from(before), 'yml', '/p/serverless.yml')
        after = document.bom + setNames(document, {org: 'acme', app: '42'}).text
      } catch (error) {
        expect((error as {problem?: {code: string}}).problem?.code).toMatch(/^SERVICE_/)
        return
      }
      const then = parseDocument(after.replace(/^\ufeff/, ''), {merge: true, logLevel: 'silent'})
      expect([then.get('org'), then.get('app')]).toEqual(['acme', '42'])
    }),
    {numRuns: runs(3_000), seed},
  )
}, 60_000)

function linesOf(text: string, newline: string): string[] {
  const lines = text.replace(/^\ufeff/, '').split(newline)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
