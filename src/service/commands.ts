/** Commands about a service: they name its folder, where one does not stand in it. */
import {dirname, relative} from 'node:path'
import {currentFolder, program} from '../safety/program-name.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {word} from '../safety/shell.js'

/** @param path of the file of the service */
export function resolversCommand(path: string, verb?: 'edit'): SafeText {
  const dir = dirname(path)
  const way = relative(currentFolder() ?? dir, dir)
  const verbs = verb === undefined ? say`` : say` ${verb}`
  return say`${program()} resolvers${verbs}${way === '' ? '' : say` --service ${word(way)}`}`
}
