/** What `--help` prints, from the table. Every line fits 80 columns. */
import {GENERAL_OPTIONS, OPTION_NAMES, type OptionName} from '../domain/option-names.js'
import {program} from '../text/program-name.js'
import type {Command} from './define-command.js'
import type {CommandName} from '../app/options.js'
import {COMMAND_NAMES, commandOf} from './index.js'
import {optionOf} from '../app/options.js'
import {PATH_WORDS} from './wizard.js'

const WIDTH = 80

/** @param name of a command; without it that of the program, with the list of all */
export function helpText(name?: string): string {
  // The paths of the wizard are words of its own line.
  return name === undefined || name in PATH_WORDS ? helpOfProgram() : helpOfCommand(name as CommandName)
}

function helpOfProgram(): string {
  const commands = COMMAND_NAMES.map((name) => [usageOf(name), commandOf(name).summary] as const)
  return lines(
    'serverless-setup: working, verified AWS credentials before your first\n"serverless deploy"',
    ['Usage', ...rows([[program(), commandOf('wizard').summary]])],
    ['Paths of the wizard', ...rows(Object.entries(PATH_WORDS))],
    ['Commands', ...rows(commands), `  What one of them takes: ${program()} COMMAND --help`],
    ['Options of the wizard', ...optionRows(commandOf('wizard'))],
    ['Options of every command', ...optionRows({options: GENERAL_OPTIONS})],
    [
      'A secret is never an option: every program on the machine can see options.',
      '',
      'Exit codes: 0 done, 1 failed, 2 a question has no answer or bad usage,\n130 left.',
    ],
  )
}

function helpOfCommand(name: CommandName): string {
  const command = commandOf(name)
  const {operand, summary, examples} = command
  return lines(
    `${program()} ${name}: ${summary}`.length <= WIDTH
      ? `${program()} ${name}: ${summary}`
      : `${program()} ${name}\n  ${summary}`,
    ['Usage', `  ${program()} ${usageOf(name)} [options]`],
    operand?.choices ? [operand.name, ...rows(Object.entries(operand.choices))] : [],
    command.options.length > 0 ? ['Options', ...optionRows(command)] : [],
    ['Options of every command', ...optionRows({options: GENERAL_OPTIONS})],
    ['Examples', ...examples.map((each) => `  ${program()} ${each}`.trimEnd())],
  )
}

/** `import FILE|-`, `sso [setup|login|…]`. */
export function usageOf(name: CommandName): string {
  const {operand} = commandOf(name)
  if (!operand) return name
  const {choices, isFile, isRequired} = operand
  const word = choices ? Object.keys(choices).join('|') : isFile ? `${operand.name}|-` : operand.name
  return `${name} ${isRequired ? word : `[${word}]`}`
}

/** `--region REGION` */
export function optionUse(name: OptionName): string {
  const option = optionOf(name)
  const short = option.short === undefined ? '' : `-${option.short}, `
  return `${short}--${name}${option.kind === 'text' ? ` ${option.choices?.join('|') ?? option.value}` : ''}`
}

function optionRows({options, help}: Pick<Command, 'options' | 'help'>): readonly string[] {
  const inOrder = OPTION_NAMES.filter((name) => options.includes(name))
  return rows(inOrder.map((name) => [optionUse(name), help?.[name] ?? optionOf(name).help]))
}

const COLUMN = 24

/** What is said of each stands beside it, or below it where it is long. */
function rows(entries: readonly (readonly [string, string])[]): readonly string[] {
  return entries.flatMap(([left, right]) => {
    const [first = '', ...rest] = wrapped(right, WIDTH - COLUMN)
    const below = rest.map((line) => ' '.repeat(COLUMN) + line)
    return left.length + 4 > COLUMN
      ? [`  ${left}`, ' '.repeat(COLUMN) + first, ...below]
      : [`  ${left}`.padEnd(COLUMN) + first, ...below]
  })
}

function wrapped(text: string, width: number): readonly string[] {
  const found: string[] = []
  for (const word of text.split(' ')) {
    const last = found.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      found[found.length - 1] = `${last} ${word}`
    else found.push(word)
  }
  return found
}

function lines(...parts: readonly (string | readonly string[])[]): string {
  const blocks = parts.map((part) => (typeof part === 'string' ? part : part.join('\n')))
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
