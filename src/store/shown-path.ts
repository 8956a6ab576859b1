import {safe, type SafeText} from '../safety/safe-text.js'

/** A path as it is shown: under the home folder with `~`. */
export function shownPath(path: string, home: string): SafeText {
  return safe(isBelow(path, home) ? `~${path.slice(home.length)}` : path)
}

/** Whether a path leads into a folder. */
export function isBelow(path: string, folder: string): boolean {
  return folder !== '' && path.startsWith(folder) && /^[\\/]./.test(path.slice(folder.length))
}
