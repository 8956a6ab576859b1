import {statSync} from 'node:fs'
import hostPath, {type PlatformPath} from 'node:path'

/** The file of this name that a shell would find first; the folders that `isPassed` are not looked into. */
export function onPath(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  path: PlatformPath = hostPath,
  isPassed: (folder: string) => boolean = () => false,
): string | undefined {
  return (env['PATH'] ?? env['Path'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '' && !isPassed(folder))
    .map((folder) => path.join(folder, file))
    .find(exists)
}

/** A folder that may not be entered is passed over, as a shell does. */
function exists(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
