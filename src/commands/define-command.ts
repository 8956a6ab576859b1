/** A command of the command line as an object: what it takes, what the help says of it, and what it does. */
import type {Begun} from '../app/first-screen.js'
import type {OpenScreen} from '../frontends/open-screen.js'
import type {OptionName} from '../domain/option-names.js'
import type {Options} from '../app/options.js'

export interface Command {
  /** In one line, for the list of commands. */
  readonly summary: string
  /** What stands after its name. */
  readonly operand?: Operand
  /** What it takes beside what every command takes. */
  readonly options: readonly OptionName[]
  /** What an option is for here, where that is another than elsewhere. */
  readonly help?: Readonly<Partial<Record<OptionName, string>>>
  /** How it is typed, without the name of the program. */
  readonly examples: readonly string[]
  /** Tells of the program alone: neither a folder nor a home is needed. */
  readonly isAboutItself?: true
  /** Runs without a screen of the wizard; `undefined` where it needs one. Returns the exit code. */
  readonly runEarly?: (options: Options) => Promise<number> | undefined
  /** Returns the exit code. */
  readonly run: (
    options: Options,
    screen: OpenScreen | undefined,
    begun: Begun | undefined,
  ) => Promise<number>
}

interface Operand {
  /** `FILE`, or what stands for one of the choices. */
  readonly name: string
  readonly isRequired?: true
  /** The only ones there are, each with what it is for. */
  readonly choices?: Readonly<Record<string, string>>
  readonly isFile?: true
}

/** Gives the object its type, and keeps its names. */
export const defineCommand = (command: Command): Command => command
