import {homedir} from 'node:os'
import {join} from 'node:path'

/** `$XDG_CONFIG_HOME/serverless-setup/settings.ini`, by default under `~/.config`. A relative XDG path is to be ignored. */
export function settingsPath(env: Readonly<Record<string, string | undefined>>): string {
  const xdg = env['XDG_CONFIG_HOME']
  const base = xdg?.startsWith('/') ? xdg : join(env['HOME'] || env['USERPROFILE'] || homedir(), '.config')
  return join(base, 'serverless-setup', 'settings.ini')
}
