/** Reading a file that is to be written: another tool may be in the middle of writing it. */
import {open, stat, type FileHandle} from 'node:fs/promises'
import {diskFile, isNowhere, nowhere, READING, refuseLarge, refuseOther, type DiskFile} from './read-now.js'
import {errorCode, toFailure} from './trouble.js'

export type {DiskFile} from './read-now.js'

/** How long a tool that truncates a file first (`aws configure`) may need to fill it again. */
const SETTLE_MS = 100
const SETTLE_TRIES = 3

/**
 * The file, or `undefined` when there is none. Empty, or the beginning only of `expected`: another tool may be
 * writing it, so it is read again a moment later before it is believed.
 */
export async function readDiskFile(path: string, expected?: Uint8Array): Promise<DiskFile | undefined> {
  for (let attempt = 1; ; attempt++) {
    const file = await readOnce(path, expected)
    if (!file || file.isNowhere || attempt > SETTLE_TRIES || !isSuspicious(file.bytes, expected)) return file
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  }
}

function isSuspicious(bytes: Uint8Array, expected: Uint8Array | undefined): boolean {
  if (expected === undefined) return bytes.length === 0
  return bytes.length < expected.length && Buffer.compare(bytes, expected.subarray(0, bytes.length)) === 0
}

async function readOnce(path: string, expected?: Uint8Array): Promise<DiskFile | undefined> {
  let handle: FileHandle | undefined
  try {
    const before = await stat(path)
    if (isNowhere(before)) return nowhere(before)
    refuseOther(path, before)
    handle = await open(path, READING)
    const stats = await handle.stat()
    refuseLarge(path, stats)
    const isAsExpected = expected !== undefined && (await holds(handle, expected, stats.size))
    return diskFile(isAsExpected ? expected : await handle.readFile(), stats)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw toFailure(error, path)
  } finally {
    await handle?.close()
  }
}

/**
 * The beginning of an ordinary file, as UTF-8; `undefined` for whatever else stands there, and where it cannot be read. For
 * small files under names that anything may have been put at: a pipe is not waited for, and nothing fills the memory.
 */
export async function readBeginning(path: string, maxBytes = CHUNK): Promise<string | undefined> {
  let handle: FileHandle | undefined
  try {
    if (!(await stat(path)).isFile()) return undefined
    handle = await open(path, READING)
    const {size} = await handle.stat()
    const bytes = Buffer.alloc(Math.min(size, maxBytes))
    const {bytesRead} = await handle.read(bytes, 0, bytes.length, 0)
    return bytes.toString('utf8', 0, bytesRead)
  } catch {
    return undefined
  } finally {
    await handle?.close()
  }
}

const CHUNK = 1024 * 1024

/** Compared piece by piece: a second copy of a large file would cost more than the reading. */
async function holds(handle: FileHandle, expected: Uint8Array, size: number): Promise<boolean> {
  if (size !== expected.length) return false
  // One byte more than there should be shows that the file goes on.
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size + 1))
  for (let at = 0; ;) {
    const {bytesRead} = await handle.read(chunk, 0, chunk.length, at)
    if (bytesRead === 0) return at === size
    if (at + bytesRead > size) return false
    if (chunk.compare(expected, at, at + bytesRead, 0, bytesRead) !== 0) return false
    at += bytesRead
  }
}
