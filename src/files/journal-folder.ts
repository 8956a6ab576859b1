/** Where the journal of changes is. */
import {posix, win32} from 'node:path'
import {ownFolder} from './own-folder.js'

/** `$XDG_STATE_HOME/serverless-setup/undo`, by default under `~/.local/state`; on Windows under `%LOCALAPPDATA%`. */
export function journalFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform,
): string {
  const {join} = platform === 'win32' ? win32 : posix
  const named = {xdg: 'XDG_STATE_HOME', windows: 'LOCALAPPDATA'}
  const usual = platform === 'win32' ? ['AppData', 'Local'] : ['.local', 'state']
  return join(ownFolder(env, home, platform, {named, usual}), 'undo')
}
