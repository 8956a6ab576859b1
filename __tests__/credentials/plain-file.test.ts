/** A file that is taken for plain reads the same to every reader; else it would hide a difference. */
import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import {readPlainFile} from '../../src/credentials/plain-file.js'
import {botocoreView, javascriptView, type Sections, type View} from '../../src/credentials/views.js'
import {problemsIn} from '../../src/aws-files/diagnose.js'
import {parseDocument} from '../../src/aws-files/document.js'
import type {FileKind} from '../../src/files/locations.js'
import {runs, seed} from '../support/proof.js'

const LINES = [
  '[default]',
  '[dev]',
  '[profile dev]',
  '[profile a.b]',
  '[sso-session corp]',
  '[services local]',
  '[profile default]',
  '[ dev ]',
  '[dev] # x',
  '[DEFAULT]',
  '[__proto__]',
  '[constructor]',
  '[profile]',
  '[]',
  '[dev',
  'region = eu-west-1',
  'region=eu-west-1',
  'region = ',
  'Region = x',
  'region : x',
  'a=b=c',
  'a = b # c',
  'a = b#c',
  'a = #b',
  'a = ; b',
  'x',
  '= y',
  '  indented = 1',
  '\ttab = 1',
  '# comment',
  '; comment',
  ' # indented comment',
  '',
  '   ',
  's3 =',
  'url = http://x:1/',
  'a b = c',
  'aws_session_token = abc==',
  'é = 1',
  'v = é',
  'v = \u00a0x',
  'a = [b]',
  'k\u000b = 1',
  '__proto__ = 1',
  'a.b = c',
  'a-b = c',
  '[ profile dev]',
  '[profile  dev]',
  '[dev]]',
  'end = x ]',
]

const PLAIN = ['[dev]', '[profile dev]', '[other]', 'region = eu-west-1', 'output=json', '# comment', '']

const lines = fc.oneof(
  {weight: 5, arbitrary: fc.constantFrom(...PLAIN)},
  {weight: 1, arbitrary: fc.constantFrom(...LINES)},
)

const texts = fc
  .tuple(
    fc.array(lines, {maxLength: 6}),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', ' \n'),
    fc.boolean(),
  )
  .map(([lines, eol, hasEnd]) => lines.join(eol) + (hasEnd ? eol : ''))

function plain(sections: Sections): object {
  return Object.fromEntries([...sections].map(([name, values]) => [name, Object.fromEntries(values)]))
}

function views(text: string, kind: FileKind): View[] {
  const empty = {document: parseDocument(new Uint8Array(), 'config')}
  const file = {document: parseDocument(Buffer.from(text), kind)}
  const files = kind === 'config' ? {config: file, credentials: empty} : {config: empty, credentials: file}
  return [javascriptView({...files, env: {}}), botocoreView({...files, env: {}})]
}

test.each(['credentials', 'config'] as const)('%s', (kind) => {
  let count = 0
  fc.assert(
    fc.property(texts, (text) => {
      const read = readPlainFile(Buffer.from(text).toString('latin1'), kind)
      if (!read) return
      if (read.profiles.size > 0) count++
      for (const view of views(text, kind)) {
        expect(view.refused).toBeUndefined()
        expect(plain(view.profiles)).toEqual(plain(read.profiles))
        expect(plain(view.ssoSessions)).toEqual(plain(read.ssoSessions))
        expect(plain(view.services)).toEqual(plain(read.services))
      }
      const document = parseDocument(Buffer.from(text), kind)
      expect(problemsIn(document)).toEqual([])
      for (const [name, values] of read.profiles) {
        const section = document.section(name)!
        expect(read.lineOf(name)).toBe(document.lineAt(section.start))
        for (const key of values.keys()) {
          const property = document.properties(section).find((each) => each.name === key)!
          expect(read.lineOfKey(name, [key])).toBe(document.lineAt(property.start))
        }
      }
    }),
    {numRuns: runs(4_000), seed},
  )
  expect(count).toBeGreaterThan(40)
})

test('most files are plain', () => {
  const text =
    '# me\n[default]\naws_access_key_id = AKIA\naws_secret_access_key = a/b+c==\n\n[dev]\r\nregion=eu-west-1\r\n'
  expect(readPlainFile(text, 'credentials')).toBeDefined()
  expect(
    readPlainFile(
      '[profile dev]\nregion = x\n[sso-session s]\nsso_start_url = https://x/start#/\n',
      'config',
    ),
  ).toBeDefined()
})
