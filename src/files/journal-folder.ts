/** Where the journal of changes is. */
import {posix, win32} from 'node:path'

/** `$XDG_STATE_HOME/serverless-setup/undo`, by default under `~/.local/state`; on Windows under `%LOCALAPPDATA%`. */
export function journalFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform,
): string {
  const {isAbsolute, join} = platform === 'win32' ? win32 : posix
  const asked = [env['XDG_STATE_HOME'], platform === 'win32' ? env['LOCALAPPDATA'] : undefined]
  const usual = platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.local', 'state')
  const base = asked.find((path) => path && isAbsolute(path)) ?? usual
  return join(base, 'serverless-setup', 'undo')
}
