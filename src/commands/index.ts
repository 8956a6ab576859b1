/** The table of the commands. Help, completion, docs/commands.md and the reading of arguments come from it. */
import {completion} from './completion.js'
import type {CommandName} from '../app/options.js'
import type {Command} from './define-command.js'
import {demo} from './demo.js'
import {doctor} from './doctor.js'
import {help} from './help.js'
import {importKey} from './import.js'
import {resolvers} from './resolvers.js'
import {sso} from './sso.js'
import {undo} from './undo.js'
import {version} from './version.js'
import {wizard} from './wizard.js'

/** In the order of the help. */
const COMMANDS = {
  wizard,
  doctor,
  resolvers,
  sso,
  import: importKey,
  undo,
  demo,
  completion,
  help,
  version,
} satisfies Readonly<Record<CommandName, Command>>

export const commandOf = (name: CommandName): Command => COMMANDS[name]

/** The words that a command line may begin with. */
export const COMMAND_NAMES = Object.keys(COMMANDS).filter(
  (name) => name !== 'wizard',
) as readonly CommandName[]
