/** A file with keys that stands where a repository would take it up. */
import {lstat, readFile} from 'node:fs/promises'
import {dirname, join, relative, sep} from 'node:path'
import type {Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {shell, type Shell} from '../text/shell.js'
import {isTracked} from './git-index.js'
import {ignoreLine, untrackLine} from './path-lines.js'

/** Larger than any list of patterns that somebody has written. */
const MAX_PATTERNS = 1024 * 1024

export interface TakenUp {
  /** The working tree. */
  readonly tree: string
  /** Git keeps the file already, whatever its patterns say. */
  readonly isTracked: boolean
  /** No pattern leaves it out. */
  readonly isOpen: boolean
}

/**
 * The working tree above the file, where the file is kept or its patterns do not leave it out; what one person ignores
 * everywhere (core.excludesFile) is not looked at. Source: gitignore(5), gitrepository-layout(5).
 */
export async function takenUpBy(path: string): Promise<TakenUp | undefined> {
  const folders: string[] = []
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (await isThere(join(folder, '.git'))) {
      const [ignored, tracked] = await Promise.all([
        isIgnored(path, folders),
        isTracked(folder, slashed(relative(folder, path))),
      ])
      return ignored && !tracked ? undefined : {tree: folder, isTracked: tracked, isOpen: !ignored}
    }
    if (folder === dirname(folder)) return undefined
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/** @param folders from the working tree down to the file's; what the list of a lower one says counts more */
async function isIgnored(path: string, folders: readonly string[]): Promise<boolean> {
  const {default: ignore} = await import('ignore')
  const [tree = ''] = folders
  // As Git takes names by itself on each system.
  const all = ignore({ignorecase: process.platform !== 'linux'}).add(
    await patternsIn(join(tree, '.git', 'info', 'exclude')),
  )
  for (const folder of folders) {
    const below = slashed(relative(tree, folder))
    all.add((await patternsIn(join(folder, '.gitignore'))).map((pattern) => from(below, pattern)))
  }
  return all.ignores(slashed(relative(tree, path)))
}

const slashed = (path: string) => path.split(sep).join('/')

/** The pattern of a list in a lower folder, as it would stand in the list of the working tree. */
function from(folder: string, pattern: string): string {
  if (folder === '' || pattern.trim() === '' || pattern.startsWith('#')) return pattern
  const [, not = '', rest = ''] = /^(!?)(.*)$/.exec(pattern) ?? []
  const place = folder.replaceAll(/[*?[\]\\ ]/g, String.raw`\$&`)
  const isAnchored = /\/./.test(rest)
  return `${not}/${place}/${isAnchored ? rest.replace(/^\//, '') : `**/${rest}`}`
}

async function patternsIn(path: string): Promise<string[]> {
  try {
    const stats = await lstat(path)
    return stats.isFile() && stats.size <= MAX_PATTERNS ? (await readFile(path, 'utf8')).split(/\r?\n/) : []
  } catch {
    return []
  }
}

export function versionControlWarning(
  path: string,
  {tree, isTracked: tracked, isOpen}: TakenUp,
  of: Shell = shell(),
): Problem {
  // At the top, as the folder of the file may not be there yet.
  const ignore = ignoreLine(join(tree, '.gitignore'), `/${slashed(relative(tree, path))}`, of)
  return {
    code: 'UNDER_VERSION_CONTROL',
    what: tracked
      ? say`${path} is a file that the Git repository ${tree} keeps.`
      : say`${path} stands in the Git repository ${tree}, which does not leave it out.`,
    why: say`Once it is committed, its history keeps the keys, and whoever gets the repository has them.`,
    nextSteps: [
      ...(tracked
        ? [say`Have Git keep it no longer; the file stays: \`${untrackLine(tree, path, of)}\``]
        : []),
      ...(isOpen ? [say`Have Git leave it out: \`${ignore}\``] : []),
    ],
  }
}
