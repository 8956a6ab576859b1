/** Where a path leads, link by link. Written by hand because a dangling link has to be followed too: its target is created. */
import {lstat, readlink, stat} from 'node:fs/promises'
import {basename, dirname, join, parse, resolve} from 'node:path'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {removeLine} from './path-lines.js'
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
  if (link.endsWith('/') && !(await isFolder(resolve(parent, link))))
    throw new Failure(leadsToFolder(place, link))
  if (--links.left < 0) throw toFailure(Object.assign(new Error('too many links'), {code: 'ELOOP'}), asked)
  return follow(resolve(parent, link), links, asked)
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** A system that opens it wants a folder there, and makes no file. */
function leadsToFolder(path: string, link: string): Problem {
  return {
    code: 'LINK_TO_FOLDER',
    what: say`${path} is a link to ${link}, and the slash at its end says that a folder is there. Nothing was changed.`,
    why: say`There is none, and no tool can make a file of that name.`,
    nextSteps: [say`Take the link away; what it led to stays: \`${removeLine(path)}\``],
  }
}

async function readLink(path: string, asked: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw toFailure(error, asked)
  }
}
