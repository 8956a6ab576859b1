import {safe, type SafeText} from '../text/safe-text.js'
import {quotedFor, shell, type Shell} from '../text/shell.js'

/** A path as it is shown: under the home folder with `~`. */
export function shownPath(path: string, home: string): SafeText {
  return safe(isBelow(path, home) ? `~${path.slice(home.length)}` : path)
}

/** Whether a path leads into a folder. */
export function isBelow(path: string, folder: string): boolean {
  return folder !== '' && path.startsWith(folder) && /^[\\/]./.test(path.slice(folder.length))
}

/** A path as a word of a command for the person's shell. */
export function pathForShell(path: string, home: string, of: Shell = shell()): string {
  const text = shownPath(path, home)
  return /^[\w~./@:+-]+$/.test(text) ? text : quotedFor(of, path)
}
