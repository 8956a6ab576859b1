/** The pass over a file takes four bytes at a time: what it finds does not depend on where the file stands in memory. */
import fc from 'fast-check'
import {scan} from '../../src/aws-files/scan.js'
import {runs, seed} from '../support/proof.js'

const PIECE = fc.constantFrom(
  ...[
    '[a]\n',
    '[profile b]\r\n',
    '[a',
    ']\n',
    'x = 1\n',
    'y=\n',
    '  z = 2\n',
    '# c\n',
    '\n',
    '\r',
    '\t',
    'k',
    'ä',
  ],
  ...['\u0000', '\u000B', '\u001F', ' ', '\u007F'],
)
const FILE = fc.array(PIECE, {maxLength: 20}).map((pieces) => Buffer.from(pieces.join('')))

function found(bytes: Buffer) {
  const {headers, odd, fatals, hasControls} = scan(bytes, 'config', () => bytes.toString('latin1'))
  const inners = Array.from({length: headers.count}, (_, index) => [
    headers.startAt(index),
    headers.innerAt(index),
  ])
  return {inners, odd, fatals, hasControls}
}

test('from every offset the same is found, and control characters wherever they are', () => {
  fc.assert(
    fc.property(FILE, (bytes) => {
      const expected = found(Buffer.from(bytes))
      for (const offset of [1, 2, 3]) {
        const room = Buffer.alloc(bytes.length + 8, '[')
        bytes.copy(room, offset)
        expect(found(room.subarray(offset, offset + bytes.length))).toEqual(expected)
      }
      // Lines that begin with a comment sign or continue a value count as well.
      expect(expected.hasControls).toBe(/[\0-\u0008\u000B\u000C\u000E-\u001F]/.test(bytes.toString('latin1')))
    }),
    {numRuns: runs(500), seed},
  )
})

test('a header that is not closed is one fault: the keys below it repeat nothing of the section above', () => {
  const {fatals} = found(Buffer.from('[default]\nregion = a\n[profile half\nregion = b\n'))
  expect(fatals.map(({code}) => code)).toEqual(['UNCLOSED_HEADER'])
})
