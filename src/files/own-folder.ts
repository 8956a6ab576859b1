/** Folders of this program's own. */
import {posix, win32} from 'node:path'

export interface OwnFolder {
  /** Variables that name the folder above it, the first one that is set counting. */
  readonly named: {readonly xdg: string; readonly windows: string}
  /** The usual folder above it, from the home on. */
  readonly usual: readonly string[]
}

/** A relative path in the variables is to be ignored. Source: XDG Base Directory Specification. */
export function ownFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform,
  {named: {xdg, windows}, usual}: OwnFolder,
): string {
  const {isAbsolute, join} = platform === 'win32' ? win32 : posix
  const asked = [env[xdg], platform === 'win32' ? env[windows] : undefined]
  const base = asked.find((path) => path !== undefined && isAbsolute(path)) ?? join(home, ...usual)
  return join(base, 'serverless-setup')
}
