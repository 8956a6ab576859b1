import type {Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import {accessFix} from '../files/access-fix.js'
import type {AwsFiles, FileKind} from '../files/locations.js'
import {shownPath} from '../files/shown-path.js'

/** The words for a file that this user may not read. */
export function unreadable(files: AwsFiles, role: FileKind): Problem {
  const path = shownPath(files[role], files.home)
  return {
    code: 'FILE_UNREADABLE',
    what: say`Your ${role} file cannot be read: ${path}`,
    why: say`The file or its folder belongs to someone else, or is closed to you (EACCES).`,
    nextSteps: accessFix(files[role]),
  }
}
