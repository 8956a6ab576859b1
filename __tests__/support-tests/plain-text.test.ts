import {expect, test} from '@jest/globals'
import fc from 'fast-check'
import stringWidth from 'string-width'
import ours, {isPlain} from '../../scripts/build/plain-text.mjs'
import {runs, seed} from '../support/proof.js'

const units = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code))
const plain = units.filter((unit) => isPlain(unit))
const real = new Intl.Segmenter()

test('every plain unit is one cell wide and keeps to itself, also next to others', () => {
  expect(plain.length).toBeGreaterThan(900)
  expect(plain.filter((unit) => stringWidth(unit) !== 1)).toEqual([])
  expect(plain.filter((unit) => [...real.segment(`${unit}${unit}a${unit}`)].length !== 4)).toEqual([])
})

test('what the wizard draws is plain', () => {
  expect(isPlain('❯ Save ✓ ✗ ↑↓ move · ─│╭╮╰╯ … – ⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ é ü')).toBe(true)
})

test('what is wide, combines or controls is not plain', () => {
  for (const text of ['漢', '👍', '©️', 'e\u0301', '\u200D', '\u00AD', '\t', '\n', '\u001B', '한']) {
    expect([text, isPlain(text)]).toEqual([text, false])
  }
})

const anyUnit = fc.oneof(
  fc.constantFrom(...plain),
  fc.constantFrom('\u001B', '\r', '\n', '👩‍💻', '\u0301', '🇨🇭', '漢', '\uFE0F', '#\uFE0F\u20E3'),
)
const texts = fc.oneof(
  fc.array(fc.constantFrom(...plain, '\u001B'), {maxLength: 40}).map((parts) => parts.join('')),
  fc.array(anyUnit, {maxLength: 20}).map((parts) => parts.join('')),
  fc.string({unit: 'binary', maxLength: 20}),
)

test('a plain text is as wide as it is long, with and without styles', () => {
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(isPlain(text))
      expect(ours(text)).toBe(stringWidth(text))
      const styled = `\u001B[1m${text}\u001B[22m\u001B[38;5;208m${text}\u001B[0m`
      expect(ours(styled)).toBe(stringWidth(styled))
    }),
    {numRuns: runs(2_000), seed},
  )
})
