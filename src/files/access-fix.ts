/** What keeps this user from a file, and the commands that show it and open it: to the owner or to a new one. */
import {accessSync, constants, lstatSync, type Stats} from 'node:fs'
import {homedir} from 'node:os'
import {dirname} from 'node:path'
import {say, type SafeText} from '../text/safe-text.js'
import {shell, type Shell} from '../text/shell.js'
import {lookLine} from './path-lines.js'
import {pathForShell} from './shown-path.js'

/** Two steps: a look at what is in the way, and the command that makes way. What is named in them exists. */
export function accessFix(
  path: string,
  of: Shell = shell(),
  platform: NodeJS.Platform = process.platform,
): readonly SafeText[] {
  const {at, stats} = blockerOf(path)
  const name = pathForShell(at, homedir(), of)
  if (platform === 'win32' && (of === 'powershell' || of === 'cmd')) {
    const me = of === 'cmd' ? '%USERNAME%' : '${env:USERNAME}'
    return [
      say`See who may use it: \`icacls ${name}\``,
      say`Open it to you: \`icacls ${name} /grant "${me}:F"\``,
    ]
  }
  const isOwn = stats?.uid === process.geteuid?.()
  const open = say`chmod u+rw${stats?.isDirectory() ? 'x' : ''} ${name}`
  return [
    say`See whose it is: \`${lookLine(at, of)}\``,
    isOwn
      ? say`Open it to yourself: \`${open}\``
      : say`Make it yours: \`sudo chown ${of === 'powershell' ? '$(id -un)' : '"$(id -un)"'} ${name} && ${open}\``,
  ]
}

/** The nearest that can be seen and is closed: the file, or else the folder that it is in or would be made in. */
function blockerOf(path: string): {readonly at: string; readonly stats?: Stats} {
  for (let at = path; ; at = dirname(at)) {
    const stats = statsOf(at)
    const isOpen = stats?.isFile() === true && mayUse(at)
    if ((stats && !isOpen) || at === dirname(at)) return {at, ...(stats ? {stats} : {})}
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}
