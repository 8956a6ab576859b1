import {homedir} from 'node:os'
import {posix, win32} from 'node:path'
import {knownHome} from './home.js'
import {ownFolder} from './own-folder.js'

/**
 * `$XDG_CONFIG_HOME/serverless-setup/settings.ini`, by default under `~/.config`; on Windows under `%APPDATA%`. A
 * relative path in these variables is to be ignored.
 */
export function settingsPath(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const {join} = platform === 'win32' ? win32 : posix
  // Without a home no command that writes gets this far.
  const home = env['HOME'] || env['USERPROFILE'] || knownHome(homedir) || '/'
  const named = {xdg: 'XDG_CONFIG_HOME', windows: 'APPDATA'}
  return join(ownFolder(env, home, platform, {named, usual: ['.config']}), 'settings.ini')
}
