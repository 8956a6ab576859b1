/** A file with keys that stands where a repository would take it up. */
import {lstat, readFile} from 'node:fs/promises'
import {dirname, join, relative, sep} from 'node:path'
import type {Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {shell, type Shell} from '../text/shell.js'
import {ignoreLine} from './path-lines.js'

/** Larger than any list of patterns that somebody has written. */
const MAX_PATTERNS = 1024 * 1024

/**
 * The working tree above the file, where its patterns do not leave the file out; what one person ignores everywhere
 * (core.excludesFile) is not looked at. Source: gitignore(5), gitrepository-layout(5).
 */
export async function takenUpBy(path: string): Promise<string | undefined> {
  const folders: string[] = []
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.unshift(folder)
    if (await isThere(join(folder, '.git'))) return (await isIgnored(path, folders)) ? undefined : folder
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

export function versionControlWarning(path: string, tree: string, of: Shell = shell()): Problem {
  return {
    code: 'UNDER_VERSION_CONTROL',
    what: say`${path} stands in the Git repository ${tree}, which does not leave it out.`,
    why: say`Once it is committed, its history keeps the keys, and whoever gets the repository has them.`,
    // At the top, as the folder of the file may not be there yet.
    nextSteps: [
      say`Have Git leave it out: \`${ignoreLine(join(tree, '.gitignore'), `/${slashed(relative(tree, path))}`, of)}\``,
    ],
  }
}
