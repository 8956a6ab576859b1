/** What can go wrong with the file of a service, in words. */
import {Failure} from '../domain/problem.js'
import {program} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'

/** The file cannot be read as what its name says. `line` counts from 1. */
export function notUnderstood(path: string, why: SafeText, line?: number): Failure {
  const place = line === undefined ? say`` : say`, line ${line}`
  return new Failure({
    code: 'SERVICE_NOT_UNDERSTOOD',
    what: say`${path}${place} cannot be read. Nothing was changed.`,
    why,
    nextSteps: [say`See what the Serverless Framework says of it: \`serverless print\``],
  })
}

/** A service written as a program: only running it would tell what it says. */
export function isCode(path: string): Failure {
  return new Failure({
    code: 'SERVICE_IS_CODE',
    what: say`${path} is a program, so it cannot be read or changed here. Nothing was changed.`,
    why: say`What it says is known only when it is run, and this wizard runs no code of yours.`,
    nextSteps: [say`Put org and app into the exported object yourself: \`org: 'my-org', app: 'my-app'\``],
  })
}

/** A service of another cloud: nothing that is set up here is for it. @param provider as the file names it */
export function isOfOtherCloud(path: string, provider: SafeText): Failure {
  return new Failure({
    code: 'SERVICE_NOT_AWS',
    what: say`${path} deploys to ${provider}, not to AWS.`,
    why: say`It uses no credentials of AWS, and none are written into it.`,
    nextSteps: [say`Name the folder of a service of AWS: \`${program()} --service path/to/service\``],
  })
}

export function keyIsNotText(path: string, key: string, line: number): Failure {
  return new Failure({
    code: 'SERVICE_KEY_NOT_TEXT',
    what: say`${path}, line ${line}: ${key} holds a list or a map, not a name. Nothing was changed.`,
    why: say`Replacing it would take away what stands in it.`,
    nextSteps: [say`Take ${key} out of the file, then try again: \`${program()}\``],
  })
}

export function notReadBack(path: string, keys: readonly string[]): Failure {
  return new Failure({
    code: 'SERVICE_EDIT_NOT_READ_BACK',
    what: say`${path} cannot be changed safely. Nothing was changed.`,
    why: say`With ${keys.join(' and ')} set, the file would not read as wanted, or something else in it would read differently.`,
    nextSteps: [
      say`Set ${keys.join(' and ')} in the file yourself, each on a line like \`${keys[0] ?? 'org'}: my-name\``,
    ],
  })
}

export function comesMerged(
  path: string,
  key: string,
  line: number,
  fate: 'removed' | 'hidden' = 'removed',
): Failure {
  return new Failure({
    code: 'SERVICE_KEY_MERGED',
    what: say`${path}: ${key} comes from line ${line} by an alias or a merge key. Nothing was changed.`,
    why:
      fate === 'hidden'
        ? say`What stands there would count here no more, once ${key} is written out with something else in it.`
        : say`What stands there may count in other places too, and is not taken away from here.`,
    nextSteps: [say`Write what it should be out where it counts, or change line ${line} yourself.`],
  })
}
