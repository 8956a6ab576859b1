import {homedir} from 'node:os'
import {posix, win32} from 'node:path'
import {knownHome} from './home.js'

/**
 * `$XDG_CONFIG_HOME/serverless-setup/settings.ini`, by default under `~/.config`; on Windows under `%APPDATA%`. A
 * relative path in these variables is to be ignored.
 */
export function settingsPath(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const {isAbsolute, join} = platform === 'win32' ? win32 : posix
  // Without a home no command that writes gets this far.
  const home = env['HOME'] || env['USERPROFILE'] || knownHome(homedir) || '/'
  const asked = [env['XDG_CONFIG_HOME'], platform === 'win32' ? env['APPDATA'] : undefined]
  const base = asked.find((path) => path !== undefined && isAbsolute(path)) ?? join(home, '.config')
  return join(base, 'serverless-setup', 'settings.ini')
}
