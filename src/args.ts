import {parseArgs} from 'node:util'

/** What was asked for on the command line. */
export interface Options {
  readonly command: CommandName
  /** What stands after the command. */
  readonly operands: readonly string[]
  readonly path?: 'local'
  readonly plain: boolean
  readonly json: boolean
  readonly noBrowser: boolean
  readonly profile?: string
  readonly region?: string
  readonly service?: string
  readonly yes: boolean
  readonly dryRun: boolean
  readonly keysFrom?: string
  readonly forget: boolean
  readonly debug: boolean
}

export type CommandName = 'wizard' | 'import' | 'undo' | 'demo' | 'help' | 'version'

/** Bad usage: what is wrong, and how it is written right. */
export interface UsageProblem {
  readonly what: string
  readonly example: string
}

const COMMANDS: readonly string[] = ['import', 'undo', 'demo']
const PATHS: readonly string[] = ['local']

export const HELP = `serverless-setup: working, verified AWS credentials before your first "serverless deploy"

Usage
  serverless-setup [options]              the wizard
  serverless-setup import FILE|- [options]
                                          a key from a CSV, JSON, INI or export file
  serverless-setup undo [options]         puts back the AWS files as they were before the last write;
                                          with --forget, deletes the version kept for it
  serverless-setup demo                   the wizard on a built-in practice AWS, in a temporary home

Options
  --path local         goes straight to "Save AWS Credentials in a Local Profile"
  --profile NAME       the profile to write (default: default)
  --region REGION      its region, such as eu-west-1
  --keys-from FILE|-   reads the access key from a file or from standard input
  --yes                answers every confirmation with yes
  --dry-run            shows what would be written, writes nothing
  --json               one JSON object a line, in and out
  --plain              simple prompts, without redrawing
  --no-browser         never opens a browser
  --service DIR        the folder of the service (default: this folder)
  --debug              on an unexpected error, tells where it happened, without secrets
  --help, --version

A secret is never an option: options can be seen by every program on the machine.

Exit codes: 0 done, 1 failed, 2 a question has no answer or bad usage, 130 left.
`

export function readArgs(argv: readonly string[]): Options | UsageProblem {
  let parsed
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        path: {type: 'string'},
        plain: {type: 'boolean', default: false},
        json: {type: 'boolean', default: false},
        'no-browser': {type: 'boolean', default: false},
        profile: {type: 'string'},
        region: {type: 'string'},
        service: {type: 'string'},
        yes: {type: 'boolean', short: 'y', default: false},
        'dry-run': {type: 'boolean', default: false},
        'keys-from': {type: 'string'},
        forget: {type: 'boolean', default: false},
        debug: {type: 'boolean', default: false},
        help: {type: 'boolean', short: 'h', default: false},
        version: {type: 'boolean', short: 'v', default: false},
      },
    })
  } catch (error) {
    return {what: firstSentence(error), example: 'serverless-setup --help'}
  }
  const {values, positionals} = parsed
  const [word, ...operands] = positionals
  if (word !== undefined && !COMMANDS.includes(word)) {
    return {
      what: `There is no command of this name. The commands are: ${COMMANDS.join(', ')}.`,
      example: 'serverless-setup demo',
    }
  }
  if (values.path !== undefined && !PATHS.includes(values.path)) {
    return {what: `--path takes one of: ${PATHS.join(', ')}.`, example: 'serverless-setup --path local'}
  }
  if (word === 'import' && operands.length !== 1) {
    return {
      what: 'import takes one file, or - for standard input.',
      example: 'serverless-setup import accessKeys.csv',
    }
  }
  const keysFrom = word === 'import' ? operands[0] : values['keys-from']
  return {
    command: values.help
      ? 'help'
      : values.version
        ? 'version'
        : ((word as CommandName | undefined) ?? 'wizard'),
    operands,
    plain: values.plain,
    json: values.json,
    noBrowser: values['no-browser'],
    yes: values.yes,
    dryRun: values['dry-run'],
    forget: values.forget,
    debug: values.debug,
    ...(values.path || keysFrom !== undefined || word === 'import' ? {path: 'local'} : {}),
    ...(values.profile === undefined ? {} : {profile: values.profile}),
    ...(values.region === undefined ? {} : {region: values.region}),
    ...(values.service === undefined ? {} : {service: values.service}),
    ...(keysFrom === undefined ? {} : {keysFrom}),
  }
}

/** Node's own words about a bad option, which may quote the command line: only the first sentence is kept. */
function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return `${text.split(/\. |\n/)[0] ?? text}.`
}
