/** Lines for the person's own shell that look at a path or move it. What they name is a path of this machine. */
import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname} from 'node:path'
import {say, type SafeText} from '../text/safe-text.js'
import {shell, type Shell} from '../text/shell.js'
import {pathForShell} from './shown-path.js'

type Lines = Readonly<Record<Shell, (path: string) => string>>

function line(lines: Lines, path: string, of: Shell): SafeText {
  return say`${lines[of](pathForShell(path, homedir(), of))}`
}

const posix = (of: (path: string) => string) => ({posix: of, fish: of})

/** Shows what stands there, and whose it is. */
export function lookLine(path: string, of: Shell = shell()): SafeText {
  return line(
    {
      ...posix((at) => `ls -ld ${at}`),
      powershell: (at) => `Get-Item -Force ${at}`,
      cmd: (at) => `dir /a ${at}`,
    },
    path,
    of,
  )
}

/** Shows what is free on the disk of a path, which need not be there yet. */
export function roomLine(path: string, of: Shell = shell()): SafeText {
  return line(
    {
      ...posix((at) => `df -h ${at}`),
      powershell: (at) => `(Get-Item -Force ${at}).PSDrive`,
      // It ends with the bytes that are free.
      cmd: (at) => `dir /a ${at}`,
    },
    nearest(path),
    of,
  )
}

function nearest(path: string): string {
  let at = path
  while (!existsSync(at) && at !== dirname(at)) at = dirname(at)
  return at
}

/** What stands there is kept, under another name. */
export function asideLine(path: string, of: Shell = shell()): SafeText {
  const aside = pathForShell(`${path}.aside`, homedir(), of)
  return line(
    {
      ...posix((at) => `mv ${at} ${aside}`),
      powershell: (at) => `Move-Item ${at} ${aside}`,
      cmd: (at) => `move ${at} ${aside}`,
    },
    path,
    of,
  )
}

/** What stands in the one is written into the other, which stays the same file. */
export function copyLine(from: string, to: string, of: Shell = shell()): SafeText {
  const target = pathForShell(to, homedir(), of)
  return line(
    {
      ...posix((at) => `cat ${at} > ${target}`),
      powershell: (at) => `Copy-Item ${at} ${target}`,
      cmd: (at) => `copy ${at} ${target}`,
    },
    from,
    of,
  )
}

/** One more pattern in a list of what a repository leaves out. @param pattern the name of a file in the same folder */
export function ignoreLine(list: string, pattern: string, of: Shell = shell()): SafeText {
  const name = pathForShell(pattern, homedir(), of)
  return line(
    {
      ...posix((at) => `echo ${name} >> ${at}`),
      powershell: (at) => `Add-Content ${at} ${name}`,
      cmd: (at) => `echo ${name}>> ${at}`,
    },
    list,
    of,
  )
}

/** A file of a repository is no longer kept by Git from the next commit on. @param tree its working tree */
export function untrackLine(tree: string, path: string, of: Shell = shell()): SafeText {
  const file = pathForShell(path, homedir(), of)
  const git = (at: string) => `git -C ${at} rm --cached -- ${file}`
  return line({...posix(git), powershell: git, cmd: git}, tree, of)
}

/** A link or a lock: nothing that anybody has written is in it. */
export function removeLine(path: string, of: Shell = shell()): SafeText {
  return line(
    {
      ...posix((at) => `rm ${at}`),
      powershell: (at) => `Remove-Item ${at}`,
      cmd: (at) => `del ${at}`,
    },
    path,
    of,
  )
}

/** Nobody else may read or change it. @param mode of POSIX */
export function privateLine(
  path: string,
  mode = 0o600,
  of: Shell = shell(),
  platform: NodeJS.Platform = process.platform,
): SafeText {
  const chmod = (at: string) => `chmod ${mode.toString(8)} ${at}`
  // PowerShell runs on other systems as well.
  if (platform !== 'win32' && of === 'powershell')
    return line({...posix(chmod), powershell: chmod, cmd: chmod}, path, of)
  return line(
    {
      ...posix(chmod),
      powershell: (at) => `icacls ${at} /inheritance:r /grant:r "\${env:USERNAME}:F"`,
      cmd: (at) => `icacls ${at} /inheritance:r /grant:r "%USERNAME%:F"`,
    },
    path,
    of,
  )
}
