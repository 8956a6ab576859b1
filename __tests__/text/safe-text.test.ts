/** Text from outside cannot drive the terminal. */
import xterm from '@xterm/headless'
import fc from 'fast-check'
import {safe, say} from '../../src/text/safe-text.js'
import {runs, seed} from '../support/proof.js'

/** Written apart from the code under test: categories by Unicode, zero-width and bidi by number. */
function offender(text: string): string | undefined {
  for (const character of text) {
    const code = character.codePointAt(0)!
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f)
    const isSeparator = code === 0x2028 || code === 0x2029
    const isBidi = code === 0x61c || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
    const isZeroWidth =
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x2060 && code <= 0x2064) ||
      code === 0xfeff ||
      code === 0xad
    const isTag = code >= 0xe0000 && code <= 0xe0fff
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    if (
      isControl ||
      isSeparator ||
      isBidi ||
      isZeroWidth ||
      isTag ||
      isSurrogate ||
      /\p{Cf}/u.test(character)
    )
      return `U+${code.toString(16)}`
  }
  return undefined
}

const codeUnits = fc
  .array(
    fc.oneof(
      fc.integer({min: 0, max: 0xffff}),
      fc.integer({min: 0, max: 0xff}),
      fc.integer({min: 0x2000, max: 0x20ff}),
    ),
    {maxLength: 30},
  )
  .map((codes) => String.fromCharCode(...codes))
const astral = fc
  .array(fc.integer({min: 0xe0000, max: 0xe0fff}), {maxLength: 4})
  .map((codes) => String.fromCodePoint(...codes))
const attacks = fc.constantFrom(
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b[2J',
  '\u001b[10;10H',
  '\u009b31m',
  '\u001b]52;c;aGk=\u0007',
  '\u001b]8;;https://evil.example\u0007',
  '\u001b[6n',
  '\u001b[c',
  '\u001bP+q\u001b\\',
  '\u001b[?1049h',
  '\u0008\u0008',
  '\r',
  '\n',
  '\u202e',
  '\u2066',
  '\u200d',
  '\u000e',
  '\u0007',
  '\ud83d',
  '\udc00',
  '\u0085',
  '\u001b[8m',
  '\u009d0;t\u009c',
)
const hostile = fc
  .array(fc.oneof(codeUnits, attacks, astral, fc.string({unit: 'binary', maxLength: 10})), {maxLength: 4})
  .map((parts) => parts.join(''))

test('nothing that drives a terminal survives safe and say', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const drawn of [safe(text), say`<${text}>`]) {
        const found = offender(drawn)
        if (found) throw new Error(`${found} in ${JSON.stringify(drawn)}`)
      }
    }),
    {numRuns: runs(100_000), seed},
  )
})

test('a real terminal shows the text on one line and is otherwise left alone', async () => {
  const terminal = new xterm.Terminal({cols: 400, rows: 5, allowProposedApi: true})
  const events: string[] = []
  terminal.onTitleChange((title) => events.push(`title ${title}`))
  terminal.onBell(() => events.push('bell'))
  terminal.onData((data) => events.push(`answer ${data}`))
  terminal.onLineFeed(() => events.push('line feed'))
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve))
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      terminal.reset()
      await write(`a${safe(text)}`)
      const {cursorY, type, getLine, getNullCell} = withThis(terminal.buffer.active)
      const cell = getLine(0)?.getCell(0, getNullCell())
      expect({events, cursorY, type}).toEqual({events: [], cursorY: 0, type: 'normal'})
      expect(cell?.getChars()).toMatch(/^a/)
      for (let column = 0; column < 20; column++) {
        const each = getLine(0)?.getCell(column)
        expect([each?.isFgDefault(), each?.isBgDefault(), each?.isInvisible()]).toEqual([true, true, 0])
      }
    }),
    {numRuns: runs(300), seed},
  )
})

function withThis(buffer: xterm.IBuffer) {
  return {
    cursorY: buffer.cursorY,
    type: buffer.type,
    getLine: (line: number) => buffer.getLine(line),
    getNullCell: () => buffer.getNullCell(),
  }
}

test('readable text stays as it is', () => {
  for (const text of ['São Paulo', 'naïve', '日本語', '😀', 'a b', '~/.aws/credentials', 'שלום'])
    expect(safe(text)).toBe(text)
})

test('a line end becomes a blank, an escape a mark that something was there', () => {
  expect(safe('a\r\nb\tc')).toBe('a b c')
  expect(safe('\u001b[31mred')).toBe('\ufffd[31mred')
})

test('a very long text is cut', () => {
  expect(safe('x'.repeat(10_000))).toHaveLength(2_001)
})

test('our own words stay, what is put into them is cleaned', () => {
  expect(say`one\n${'two\n'}`).toBe('one\ntwo ')
})

test('values that cannot be made into text do not throw', () => {
  expect(safe(Object.create(null))).toBe('(unprintable)')
  expect(safe(undefined)).toBe('undefined')
  expect(safe(Symbol('s'))).toBe('Symbol(s)')
})
