/** How something is told to be out of the way that stands where a file should. */
import {lstatSync, realpathSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import {say, type SafeText} from '../text/safe-text.js'
import {unsetVariables} from '../text/shell.js'
import {awsFiles, FILE_VARIABLES, setHome} from './locations.js'
import {asideLine, removeLine} from './path-lines.js'

/**
 * Where a variable names the path, the variable goes: what it leads to may be anything, the home folder too.
 * @param blocking what stands there: the path itself, or a part of it
 */
export function clearTheWay(path: string, blocking = path): SafeText {
  const named = Object.values(FILE_VARIABLES).filter((variable) => isNamedBy(process.env[variable], path))
  if (named.length > 0) return say`Take the variable away that names it: \`${unsetVariables(named)}\``
  // A device is no file that was put there by mistake: what leads there is the mistake.
  if (!isDevice(blocking)) return say`Put it aside: \`${asideLine(blocking)}\``
  const link = linkTo(blocking)
  return link === undefined ? setHome('HOME') : say`Take the link away: \`${removeLine(link)}\``
}

/** The link that leads there: the path itself, or one of the usual files. */
function linkTo(path: string): string | undefined {
  const {credentials, config} = awsFiles(process.env)
  return [path, credentials, config].find((each) => isLink(each) && real(each) === real(path))
}

function isLink(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false})?.isSymbolicLink() === true
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
