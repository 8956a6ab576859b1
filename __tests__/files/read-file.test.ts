/** A file compared with what it should be, piece by piece. */
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {readDiskFile} from '../../src/files/read-file.js'
import {testUnless} from '../aws-files/support/skip.js'

const MiB = 1024 * 1024
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-read-'))
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

test.each([0, 1, MiB - 1, MiB, MiB + 1, 2 * MiB])(
  'of %i bytes: as it is, whatever was expected',
  async (size) => {
    const path = join(folder, 'file')
    const bytes = Buffer.alloc(size, 'abc\n')
    writeFileSync(path, bytes)
    expect(bytes.equals((await readDiskFile(path, Buffer.from(bytes)))!.bytes)).toBe(true)
    if (size === 0) return
    // Another last byte is in the last piece.
    const other = Buffer.from(bytes)
    other[size - 1] = 0
    expect(bytes.equals((await readDiskFile(path, other))!.bytes)).toBe(true)
  },
)

const whyNoProc = existsSync('/proc/version') ? undefined : 'there is no /proc here'

testUnless(whyNoProc)('one that holds more than its size says is read to its end', async () => {
  // The system gives its size as 0, as that of a file that is written between the look at it and the reading.
  const found = await readDiskFile('/proc/version', new Uint8Array())
  expect(Buffer.from(found!.bytes).toString()).toContain('Linux')
})
