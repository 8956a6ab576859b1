/** Commands about a service: they name its folder, where one does not stand in it. */
import {dirname} from 'node:path'
import {program, wayTo} from '../text/program-name.js'
import {say, type SafeText} from '../text/safe-text.js'
import {word} from '../text/shell.js'

/** @param path of the file of the service */
export function resolversCommand(path: string, verb?: 'edit'): SafeText {
  const verbs = verb === undefined ? say`` : say` ${verb}`
  return say`${program()} resolvers${verbs}${inFolder(path)}`
}

/** @param path of the file of a service, or of another one beside it; none where it is not about one */
export function doctorCommand(path?: string, option?: '--verify'): SafeText {
  return say`${program()} doctor${option === undefined ? '' : ` ${option}`}${path === undefined ? '' : inFolder(path)}`
}

function inFolder(path: string): SafeText {
  const dir = dirname(path)
  const way = wayTo(dir)
  return way === '' ? say`` : say` --service ${word(way)}`
}
