/** What was asked for on the command line, read by the table of commands and options. */
import {parseArgs} from 'node:util'
import {nearest} from '../text/edit-distance.js'
import {GENERAL_OPTIONS, OPTION_NAMES} from '../domain/option-names.js'
import {program} from '../text/program-name.js'
import {COMMAND_NAMES, commandOf} from './index.js'
import {
  optionOf,
  type CommandName,
  type Flags,
  type Given,
  type Options,
  type PathOption,
  type Texts,
  type UsageProblem,
} from '../app/options.js'
import {PATH_WORDS} from './wizard.js'

export function readArgs(argv: readonly string[]): Options | UsageProblem {
  const parsed = parsedBy(argv)
  if ('what' in parsed) return parsed
  const {words, given} = parsed
  const path = words[0] !== undefined && words[0] in PATH_WORDS ? words[0] : undefined
  const [word, ...operands] = path === undefined ? words : ['wizard', ...words.slice(1)]
  if (word !== undefined && path === undefined && !isCommand(word)) return noSuchCommand(word)
  const asked = (word ?? 'wizard') as CommandName
  const values = path === undefined ? given : {...given, path: given.path ?? path}
  const refused =
    (given.help || given.version ? undefined : refusedOperands(asked, operands)) ??
    refusedPath(path, values) ??
    refusedOptions(asked, values) ??
    refusedValues(values)
  if (refused) return refused
  const command = given.help ? 'help' : given.version ? 'version' : shortFor(asked, values)
  const keysFrom = asked === 'import' ? operands[0] : values['keys-from']
  return {
    ...(camelCased(values) as Flags & Omit<Texts, 'path'>),
    command,
    // `sso --help` is `help sso`.
    operands: given.help && asked !== 'help' ? (asked === 'wizard' ? [] : [asked]) : operands,
    given: values,
    ...(keysFrom === undefined && asked !== 'import'
      ? {path: values.path as PathOption}
      : {path: 'local', keysFrom: keysFrom as string}),
  }
}

/** `--path sso` is the command. */
function shortFor(command: CommandName, {path}: Given): CommandName {
  return command === 'wizard' && path === 'sso' ? 'sso' : command
}

function parsedBy(
  argv: readonly string[],
): {readonly words: readonly string[]; readonly given: Given} | UsageProblem {
  const options = Object.fromEntries(
    OPTION_NAMES.map((name) => {
      const {kind, short} = optionOf(name)
      const type = kind === 'text' ? ('string' as const) : ('boolean' as const)
      return [name, short === undefined ? {type} : {type, short}]
    }),
  )
  try {
    const {positionals, values} = parseArgs({args: [...argv], allowPositionals: true, options})
    return {words: positionals, given: trimmed(values as Given)}
  } catch (error) {
    return usageProblem(error, argv)
  }
}

function isCommand(word: string): word is CommandName {
  return (COMMAND_NAMES as readonly string[]).includes(word)
}

const didYouMean = (near: string | undefined) => (near === undefined ? '' : ` Did you mean ${near}?`)

function noSuchCommand(word: string): UsageProblem {
  const names = [...COMMAND_NAMES, ...Object.keys(PATH_WORDS)]
  const near = nearest(word, names)
  return {
    what: `There is no command of this name.${didYouMean(near)} The commands are: ${names.join(', ')}.`,
    example: `${program()} ${near ?? 'demo'}`,
  }
}

function refusedOperands(command: CommandName, operands: readonly string[]): UsageProblem | undefined {
  const {operand, examples} = commandOf(command)
  const [first] = operands
  const example = `${program()} ${examples.find((each) => each.includes(' ')) ?? command}`
  if (!operand) {
    if (first === undefined) return undefined
    return {what: `${command === 'wizard' ? 'A path' : command} takes no name after it.`, example}
  }
  const {choices, isRequired, isFile} = operand
  if (operands.length > 1 || (isRequired && first === undefined)) {
    const one = isFile ? 'one file, or - for standard input' : 'one word'
    return {
      what: `${command} takes ${choices ? `one of: ${Object.keys(choices).join(', ')}` : one}.`,
      example,
    }
  }
  const names: readonly string[] =
    command === 'help' ? [...COMMAND_NAMES, ...Object.keys(PATH_WORDS)] : Object.keys(choices ?? {})
  if (first === undefined || names.length === 0 || names.includes(first)) return undefined
  const near = nearest(first, names)
  return {
    what: `${command} takes one of: ${names.join(', ')}.${didYouMean(near)}`,
    example:
      near === undefined
        ? example
        : `${program()} ${examples.find((each) => each.startsWith(`${command} ${near}`)) ?? `${command} ${near}`}`,
  }
}

/** A path that is named twice, or a key for one that saves none. */
function refusedPath(word: string | undefined, given: Given): UsageProblem | undefined {
  if (word !== undefined && given.path !== undefined && given.path !== word)
    return {
      what: `Two paths are named: ${word}, and --path ${given.path}. Give one.`,
      example: `${program()} ${word}`,
    }
  if (given['keys-from'] === undefined || given.path === undefined || given.path === 'local') return undefined
  return {
    what: `--keys-from gives a key for a local profile, and the path ${given.path} saves none.`,
    example: `${program()} local --keys-from key.csv`,
  }
}

/** An option that this command would pass over was meant for something. */
function refusedOptions(command: CommandName, given: Given): UsageProblem | undefined {
  const taken: readonly string[] = [...GENERAL_OPTIONS, ...commandOf(command).options]
  const other = OPTION_NAMES.find((name) => given[name] !== undefined && !taken.includes(name))
  if (other === undefined) return undefined
  const takers = COMMAND_NAMES.filter((name) => commandOf(name).options.includes(other))
  const here = commandOf('wizard').options.includes(other) ? ['the wizard', ...takers] : takers
  return {
    what: `${command === 'wizard' ? 'The wizard' : command} takes no --${other}: that is of ${here.join(', ')}.`,
    example: `${program()} ${command === 'wizard' ? '' : `${command} `}--help`,
  }
}

function refusedValues(given: Given): UsageProblem | undefined {
  for (const name of OPTION_NAMES) {
    const option = optionOf(name)
    const value = given[name]
    if (option.kind !== 'text' || !option.choices || typeof value !== 'string') continue
    if (option.choices.includes(value)) continue
    const near = nearest(value, option.choices)
    return {
      what: `--${name} takes one of: ${option.choices.join(', ')}.${didYouMean(near)}`,
      example: `${program()} --${name} ${near ?? 'local'}`,
    }
  }
  if (given.list && given.forget)
    return {
      what: '--list tells what is kept, and --forget deletes it: give one.',
      example: `${program()} undo --list`,
    }
  if (given.browser && given['device-code'])
    return {
      what: '--browser and --device-code are two ways to sign in: give one.',
      example: `${program()} sso --device-code`,
    }
  return undefined
}

/** Blanks around a value come from a copy or a line end, and belong to no name. The console shows an account as 1234-5678-9012. */
function trimmed(values: Given): Given {
  const entries = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value] as const
    return [name, name === 'account' ? value.replace(/[\s-]/g, '') : value.trim()] as const
  })
  return Object.fromEntries(entries) as Given
}

function camelCased(given: Given): Record<string, string | boolean> {
  return Object.fromEntries(
    OPTION_NAMES.flatMap((name) => {
      const value = given[name] ?? (optionOf(name).kind === 'flag' ? false : undefined)
      const camel = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
      return value === undefined ? [] : [[camel, value] as const]
    }),
  )
}

/** What Node says of a bad option, in our words; a value, which may be a secret, is never repeated. */
function usageProblem(error: unknown, argv: readonly string[]): UsageProblem {
  const text = String((error as {message?: unknown}).message ?? error)
  const option = /'(?:-\w, )?(--?[\w-]+)/.exec(text)?.[1] ?? ''
  const command = argv.find((word) => isCommand(word) || word in PATH_WORDS)
  const started = command === undefined ? program() : `${program()} ${command}`
  if (/Unknown option/.test(text)) {
    const near = option.startsWith('--') ? nearest(option.slice(2), OPTION_NAMES) : undefined
    return {
      what: `There is no option ${option}.${didYouMean(near && `--${near}`)}`,
      example: `${started} --help`,
    }
  }
  if (/is ambiguous/.test(text))
    return {
      what: `${option} needs a value, and what follows begins with a dash.`,
      example: `${started} ${option}=VALUE`,
    }
  if (/argument missing/.test(text))
    return {what: `${option} needs a value.`, example: `${started} ${option} VALUE`}
  if (/does not take an argument/.test(text))
    return {what: `${option} takes no value.`, example: `${started} ${option}`}
  return {what: `${text.split(/\. |\n/)[0] ?? text}.`, example: `${started} --help`}
}
