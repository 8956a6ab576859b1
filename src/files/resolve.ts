/** Where a path leads, link by link. Written by hand because a dangling link has to be followed too: its target is created. */
import {lstat, readlink} from 'node:fs/promises'
import {basename, dirname, join, parse, resolve} from 'node:path'
import {errorCode, toFailure} from './trouble.js'

const MAX_LINKS = 40

/** The real path of a file that may not exist yet. Throws a `Failure` for a loop of links. */
export async function resolveTarget(path: string): Promise<string> {
  return follow(resolve(path), {left: MAX_LINKS}, path)
}

async function follow(path: string, links: {left: number}, asked: string): Promise<string> {
  if (path === parse(path).root) return path
  const parent = await follow(dirname(path), links, asked)
  const place = join(parent, basename(path))
  const link = await readLink(place, asked)
  if (link === undefined) return place
  if (--links.left < 0) throw toFailure(Object.assign(new Error('too many links'), {code: 'ELOOP'}), asked)
  return follow(resolve(parent, link), links, asked)
}

async function readLink(path: string, asked: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw toFailure(error, asked)
  }
}
