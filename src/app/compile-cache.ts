/** What Node keeps of compiling this program, so that the next start is quicker. Node has it since 22.8; Node 20 has none. */
import {existsSync, lstatSync, mkdirSync, statSync} from 'node:fs'
import * as nodeModule from 'node:module'
import {homedir} from 'node:os'
import {dirname, posix, win32} from 'node:path'
import {ownFolder} from '../files/own-folder.js'
import type {Options} from './options.js'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Into a folder of the user's own, never one that others can write to: what stands there is run. A demo, a dry run and
 * the doctor leave nothing behind. A courtesy: where it cannot be, it is not.
 */
export function keepCompiled({command, dryRun}: Pick<Options, 'command' | 'dryRun'>, env: Env): void {
  // The types are those of Node 20.
  const {enableCompileCache} = nodeModule as {enableCompileCache?: (folder: string) => unknown}
  if (!enableCompileCache || command === 'demo' || command === 'doctor' || dryRun) return
  try {
    const folder = compileCacheFolder(env)
    if (isOwn(folder)) enableCompileCache(folder)
  } catch {
    // No home, or nothing that can be looked at.
  }
}

/** `$XDG_CACHE_HOME/serverless-setup/compiled`, by default under `~/.cache`; on Windows under `%LOCALAPPDATA%`. */
export function compileCacheFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const {join} = platform === 'win32' ? win32 : posix
  const home = env['HOME'] || env['USERPROFILE'] || homedir()
  if (!home) throw new Error('There is no home.')
  const named = {xdg: 'XDG_CACHE_HOME', windows: 'LOCALAPPDATA'}
  return join(ownFolder(env, home, platform, {named, usual: ['.cache']}), 'compiled')
}

/** Makes it, for this user alone. With `sudo` the home may be another user's: nothing is made there. */
function isOwn(folder: string): boolean {
  const user = process.geteuid?.()
  const missing: string[] = []
  let nearest = folder
  for (; !existsSync(nearest); nearest = dirname(nearest)) missing.unshift(nearest)
  const isWindows = process.platform === 'win32'
  if ((!isWindows && statSync(nearest).uid !== user) || !missing.every(canMake) || !canMake(folder))
    return false
  if (isWindows) return true
  const {uid, mode} = lstatSync(folder)
  return uid === user && (mode & 0o077) === 0
}

/** One level at a time: where a system says that the parent is not there, though it is, Node's own way never ends. */
function canMake(folder: string): boolean {
  try {
    if (!existsSync(folder)) mkdirSync(folder, {mode: 0o700})
    return lstatSync(folder).isDirectory()
  } catch {
    return false
  }
}
