/** What undo leaves: who took the profiles of a session back is signed in all the same. */
import {existsSync} from 'node:fs'
import {decode} from '../files/bytes.js'
import {removeLine} from '../files/path-lines.js'
import type {PlannedFile} from '../files/plan.js'
import {shownPath} from '../files/shown-path.js'
import type {Problem} from '../safety/problem.js'
import {program} from '../safety/program-name.js'
import {say} from '../safety/safe-text.js'
import {word} from '../safety/shell.js'
import {parseDocument} from '../store/document.js'
import {tokenPath} from '../store/sso-cache.js'

/** Of the sessions that would stand in no file any more, those whose sign-in is in the cache. */
export function signedInStill(files: readonly PlannedFile[], home: string): readonly Problem[] {
  return files.flatMap(({role, before, after}) => {
    if (role !== 'config') return []
    const left = sessionsIn(after)
    return sessionsIn(before)
      .filter((name) => !left.includes(name) && existsSync(tokenPath(home, {name, startUrl: ''})))
      .map((name) => stays(name, tokenPath(home, {name, startUrl: ''}), home))
  })
}

function sessionsIn(bytes: Uint8Array): readonly string[] {
  return parseDocument(bytes, 'config').sections.flatMap(({type, name}) =>
    type === 'sso-session' ? [decode(name)] : [],
  )
}

function stays(name: string, path: string, home: string): Problem {
  return {
    code: 'SIGN_IN_STAYS',
    what: say`The sign-in to the session ${name} stays, in ${shownPath(path, home)}: it is no line of a file that is taken back.`,
    why: say`Whoever has it gets credentials until it ends.`,
    nextSteps: [
      say`To end it at AWS as well, before this: \`${program()} sso logout --session ${word(name)}\`.`,
      say`To delete it here: \`${removeLine(path)}\`.`,
    ],
  }
}
