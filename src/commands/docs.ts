/** What the README and docs/commands.md say of the commands, made from the table. */
import {GENERAL_OPTIONS, OPTION_NAMES, type OptionName} from '../domain/option-names.js'
import type {Command} from './define-command.js'
import {optionUse, usageOf} from './help-text.js'
import {COMMAND_NAMES, commandOf} from './index.js'
import {optionOf} from '../app/options.js'
import {PATH_WORDS} from './wizard.js'

const PROGRAM = 'serverless-setup'

/** The table of the README. */
export function readmeTable(): string {
  return table('command', [
    [`\`${PROGRAM}\``, commandOf('wizard').summary],
    ...COMMAND_NAMES.map((name) => [`\`${PROGRAM} ${usageOf(name)}\``, commandOf(name).summary] as const),
  ])
}

/** docs/commands.md */
export function commandsPage(): string {
  const parts = [
    '# Commands and options',
    'This page is made from the table of commands (`src/commands`), as the help and the completion are: `npm run docs`.',
    readmeTable(),
    '## The wizard',
    `A path can be named as a word: ${Object.entries(PATH_WORDS)
      .map(([word, what]) => `\`${PROGRAM} ${word}\` (${what})`)
      .join(', ')}.`,
    options(commandOf('wizard')),
    ...COMMAND_NAMES.flatMap((name) => section(name, commandOf(name))),
    '## Options of every command',
    options({options: GENERAL_OPTIONS}),
    'A secret is never an option: every program on the machine can see options.',
  ]
  return `${parts.join('\n\n')}\n`
}

function section(name: string, command: Command): readonly string[] {
  const {summary, operand, examples} = command
  return [
    `## ${name}`,
    `${summary[0]!.toUpperCase()}${summary.slice(1)}.`,
    ...(operand?.choices
      ? [
          table(
            operand.name,
            Object.entries(operand.choices).map(([word, what]) => [`\`${word}\``, code(what)]),
          ),
        ]
      : []),
    ...(command.options.length > 0 ? [options(command)] : []),
    `\`\`\`sh\n${examples.map((each) => `${PROGRAM} ${each}`).join('\n')}\n\`\`\``,
  ]
}

/** A command among the words is shown as one. */
const code = (what: string) => (what.includes(PROGRAM) ? `\`${what}\`` : what)

function options({options: names, help}: Pick<Command, 'options' | 'help'>): string {
  const inOrder = OPTION_NAMES.filter((name) => (names as readonly OptionName[]).includes(name))
  return table(
    'option',
    inOrder.map((name) => [`\`${optionUse(name)}\``, help?.[name] ?? optionOf(name).help]),
  )
}

/** As prettier sets it. A bar is a column even between backticks. */
function table(head: string, rows: readonly (readonly [string, string])[]): string {
  const cells = [[head, ''] as const, ...rows].map((row) => row.map((text) => text.replaceAll('|', '\\|')))
  const widths = [0, 1].map((column) => Math.max(3, ...cells.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`
  const [first, ...rest] = cells
  return [
    line(first!),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...rest.map(line),
  ].join('\n')
}
