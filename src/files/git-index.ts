/** Whether Git keeps a file already: no list of patterns takes out what was added. Source: gitformat-index(5), versions 2 to 4. */
import {lstat, readFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'

/** Larger than the index of any repository that keys would stand in. */
const MAX_BYTES = 64 * 1024 * 1024
/** Times, device, owner and size, before the ID of the content. */
const FIXED = 40
const EXTENDED = 0x4000

/** @param name below the working tree, with `/`. What cannot be read counts as not kept. */
export async function isTracked(tree: string, name: string): Promise<boolean> {
  try {
    const folder = await gitFolder(tree)
    const path = join(folder, 'index')
    if ((await lstat(path)).size > MAX_BYTES) return false
    // A further working tree has its settings where the first has them.
    const common = await readFile(join(folder, 'commondir'), 'utf8').catch(() => '.')
    const [index, config] = await Promise.all([
      readFile(path),
      readFile(join(resolve(folder, common.trim()), 'config'), 'utf8').catch(() => ''),
    ])
    const idBytes = /^\s*objectformat\s*=\s*sha256/im.test(config) ? 32 : 20
    if (namesIn(index, idBytes).has(name)) return true
    const shared = await sharedIndex(folder, index, idBytes)
    return shared !== undefined && namesIn(shared, idBytes).has(name)
  } catch {
    return false
  }
}

/** In a further working tree `.git` is a file that names the folder. */
async function gitFolder(tree: string): Promise<string> {
  const path = join(tree, '.git')
  if ((await lstat(path)).isDirectory()) return path
  const named = /^gitdir: (.*)$/m.exec(await readFile(path, 'utf8'))?.[1]
  return resolve(tree, named ?? path)
}

/** A split index names the file with the rest of it; what was taken out of that since counts as kept. */
async function sharedIndex(folder: string, index: Buffer, idBytes: number): Promise<Buffer | undefined> {
  const at = index.indexOf('link', 12, 'latin1')
  if (at < 0) return undefined
  const id = index.toString('hex', at + 8, at + 8 + idBytes)
  return readFile(join(folder, `sharedindex.${id}`)).catch(() => undefined)
}

function namesIn(index: Buffer, idBytes: number): Set<string> {
  const names = new Set<string>()
  if (index.toString('latin1', 0, 4) !== 'DIRC') return names
  const [version, count] = [index.readUInt32BE(4), index.readUInt32BE(8)]
  let at = 12
  let last: Buffer = Buffer.alloc(0)
  for (let entry = 0; entry < count; entry++) {
    const start = at
    const flags = index.readUInt16BE(at + FIXED + idBytes)
    at += FIXED + idBytes + 2 + (flags & EXTENDED ? 2 : 0)
    if (version === 4) {
      // So many bytes of the name before are not in this one.
      const {value, next} = varint(index, at)
      const end = index.indexOf(0, next)
      last = Buffer.concat([last.subarray(0, last.length - value), index.subarray(next, end)])
      at = end + 1
    } else {
      const end = index.indexOf(0, at)
      last = index.subarray(at, end)
      // Padded with one to eight bytes of nothing.
      at = start + Math.floor((end - start + 8) / 8) * 8
    }
    names.add(last.toString('utf8'))
  }
  return names
}

/** As in offsets of a pack: each further byte counts one more than nothing. */
function varint(bytes: Buffer, from: number): {readonly value: number; readonly next: number} {
  let at = from
  let byte = bytes.readUInt8(at++)
  let value = byte & 0x7f
  while (byte & 0x80) {
    byte = bytes.readUInt8(at++)
    value = ((value + 1) << 7) | (byte & 0x7f)
  }
  return {value, next: at}
}
