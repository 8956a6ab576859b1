/** How something is told to be out of the way that stands where a file should. */
import {realpathSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import {say, type SafeText} from '../safety/safe-text.js'
import {unsetVariables} from '../safety/shell.js'
import {FILE_VARIABLES, setHome} from './locations.js'
import {asideLine} from './path-lines.js'

/**
 * Where a variable names the path, the variable goes: what it leads to may be anything, the home folder too.
 * @param blocking what stands there: the path itself, or a part of it
 */
export function clearTheWay(path: string, blocking = path): SafeText {
  const named = Object.values(FILE_VARIABLES).filter((variable) => isNamedBy(process.env[variable], path))
  if (named.length > 0) return say`Take the variable away that names it: \`${unsetVariables(named)}\``
  // A device is no file that was put there by mistake: what leads there is the mistake.
  return isDevice(blocking) ? setHome('HOME') : say`Put it aside: \`${asideLine(blocking)}\``
}

function isDevice(path: string): boolean {
  try {
    const stats = statSync(path)
    return stats.isCharacterDevice() || stats.isBlockDevice()
  } catch {
    return false
  }
}

function isNamedBy(value: string | undefined, path: string): boolean {
  if (!value) return false
  const named = value.replace(/^~(?=[/\\]|$)/, () => homedir())
  return named === path || real(named) === real(path)
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
