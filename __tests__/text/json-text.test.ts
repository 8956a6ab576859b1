/** JSON that does nothing to a terminal, and loses nothing. */
import fc from 'fast-check'
import {jsonText} from '../../src/text/json-text.js'
import {runs, seed} from '../support/proof.js'

test('what is invisible or drives a terminal is escaped, and reads back as it was', () => {
  const odd = fc.constantFrom(
    '\u001b',
    '\u009b',
    '\u007f',
    '\u200b',
    '\u202e',
    '\u2028',
    '\u2066',
    '\ufeff',
    '\u{e0041}',
    'ü',
    '日',
  )
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.array(odd).map((parts) => parts.join('')),
        fc.string({unit: 'binary'}),
      ),
      (data) => {
        const text = jsonText(data)
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        expect(JSON.parse(text)).toEqual({...data})
      },
    ),
    {numRuns: runs(1_000), seed},
  )
  expect(jsonText({name: 'ü日'})).toBe('{"name":"ü日"}')
})
