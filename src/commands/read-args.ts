import {parseArgs} from 'node:util'
import {program} from '../safety/program-name.js'

/** What was asked for on the command line. */
export interface Options {
  readonly command: CommandName
  /** What stands after the command. */
  readonly operands: readonly string[]
  readonly path?: PathOption
  readonly plain: boolean
  readonly json: boolean
  readonly noBrowser: boolean
  readonly profile?: string
  readonly region?: string
  readonly service?: string
  readonly stage?: string
  readonly yes: boolean
  readonly dryRun: boolean
  readonly keysFrom?: string
  readonly forget: boolean
  readonly list: boolean
  readonly debug: boolean
  /** Of the doctor. */
  readonly verify: boolean
  readonly fix: boolean
  readonly sso: SsoOptions
  readonly role: RoleOptions
}

/** What is asked when AWS SSO is set up, given beforehand. */
export interface SsoOptions {
  readonly startUrl?: string
  readonly ssoRegion?: string
  readonly session?: string
  readonly account?: string
  readonly role?: string
  readonly template?: string
  readonly way?: 'browser' | 'device'
}

/** What is asked on the way through the Serverless Dashboard, given beforehand. */
export interface RoleOptions {
  readonly org?: string
  readonly app?: string
  readonly provider?: string
  readonly templateName?: string
  readonly serviceName?: string
}

export type PathOption = 'role' | 'local' | 'skip' | 'sso'
export type CommandName =
  'wizard' | 'import' | 'undo' | 'demo' | 'doctor' | 'sso' | 'resolvers' | 'help' | 'version'

/** Bad usage: what is wrong, and how it is written right. */
export interface UsageProblem {
  readonly what: string
  readonly example: string
}

const COMMANDS: readonly string[] = ['doctor', 'resolvers', 'sso', 'import', 'undo', 'demo', 'help']
const PATHS: readonly string[] = ['role', 'local', 'skip', 'sso']
const DEMOS: readonly string[] = ['local', 'sso', 'role']
const RESOLVER_VERBS: readonly string[] = ['check', 'explain', 'edit']
const SSO_VERBS: readonly string[] = ['setup', 'login', 'logout', 'status', 'sync']

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
        list: {type: 'boolean', default: false},
        stage: {type: 'string'},
        verify: {type: 'boolean', default: false},
        fix: {type: 'boolean', default: false},
        'start-url': {type: 'string'},
        'sso-region': {type: 'string'},
        session: {type: 'string'},
        account: {type: 'string'},
        role: {type: 'string'},
        template: {type: 'string'},
        org: {type: 'string'},
        app: {type: 'string'},
        provider: {type: 'string'},
        'template-name': {type: 'string'},
        'service-name': {type: 'string'},
        browser: {type: 'boolean', default: false},
        'device-code': {type: 'boolean', default: false},
        debug: {type: 'boolean', default: false},
        help: {type: 'boolean', short: 'h', default: false},
        version: {type: 'boolean', short: 'v', default: false},
      },
    })
  } catch (error) {
    return usageProblem(error)
  }
  const {positionals} = parsed
  const values = trimmed(parsed.values)
  const [word, ...operands] = positionals
  if (word !== undefined && !COMMANDS.includes(word)) {
    return {
      what: `There is no command of this name. The commands are: ${COMMANDS.join(', ')}.`,
      example: `${program()} demo`,
    }
  }
  if (values.path !== undefined && !PATHS.includes(values.path)) {
    return {what: `--path takes one of: ${PATHS.join(', ')}.`, example: `${program()} --path local`}
  }
  if (word === 'import' && operands.length !== 1) {
    return {
      what: 'import takes one file, or - for standard input.',
      example: `${program()} import accessKeys.csv`,
    }
  }
  if (word === 'sso' && (operands.length > 1 || !SSO_VERBS.includes(operands[0] ?? 'setup'))) {
    return {what: `sso takes one of: ${SSO_VERBS.join(', ')}.`, example: `${program()} sso login`}
  }
  if (word === 'resolvers' && (operands.length > 1 || !RESOLVER_VERBS.includes(operands[0] ?? 'check'))) {
    return {
      what: `resolvers takes one of: ${RESOLVER_VERBS.join(', ')}.`,
      example: `${program()} resolvers check --stage prod`,
    }
  }
  if ((word === 'doctor' || word === 'undo') && operands.length > 0) {
    const example = word === 'undo' ? 'undo --list' : 'doctor --profile dev'
    return {what: `${word} takes no name.`, example: `${program()} ${example}`}
  }
  if (word === 'demo' && (operands.length > 1 || !DEMOS.includes(operands[0] ?? 'local'))) {
    return {what: `demo takes one of: ${DEMOS.join(', ')}.`, example: `${program()} demo sso`}
  }
  if (word === 'demo' && values.service !== undefined) {
    return {
      what: 'demo takes no --service: it has a folder of its own, so that nothing of yours is touched.',
      example: `${program()} demo role`,
    }
  }
  if (values.browser && values['device-code']) {
    return {
      what: '--browser and --device-code are two ways to sign in: give one.',
      example: `${program()} sso --device-code`,
    }
  }
  const keysFrom = word === 'import' ? operands[0] : values['keys-from']
  return {
    command: values.help ? 'help' : values.version ? 'version' : commandOf(word, values.path),
    operands,
    plain: values.plain,
    json: values.json,
    noBrowser: values['no-browser'],
    yes: values.yes,
    dryRun: values['dry-run'],
    forget: values.forget,
    list: values.list,
    debug: values.debug,
    verify: values.verify,
    fix: values.fix,
    sso: ssoOptions(values),
    role: roleOptions(values),
    ...(keysFrom !== undefined || word === 'import'
      ? {path: 'local'}
      : values.path === undefined
        ? {}
        : {path: values.path as PathOption}),
    ...(values.profile === undefined ? {} : {profile: values.profile}),
    ...(values.region === undefined ? {} : {region: values.region}),
    ...(values.service === undefined ? {} : {service: values.service}),
    ...(values.stage === undefined ? {} : {stage: values.stage}),
    ...(keysFrom === undefined ? {} : {keysFrom}),
  }
}

function commandOf(word: string | undefined, path: string | undefined): CommandName {
  if (word === undefined && path === 'sso') return 'sso'
  return (word as CommandName | undefined) ?? 'wizard'
}

/** Blanks around a value come from a copy or a line end, and belong to no name. */
function trimmed<T extends object>(values: T): T {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.trim() : (value as unknown),
  ])
  return Object.fromEntries(entries) as T
}

function roleOptions(values: Values): RoleOptions {
  const texts = Object.entries({
    org: values['org'],
    app: values['app'],
    provider: values['provider'],
    templateName: values['template-name'],
    serviceName: values['service-name'],
  }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(texts) as RoleOptions
}

type Values = Readonly<Record<string, string | boolean | undefined>>

function ssoOptions(values: Values): SsoOptions {
  const texts = Object.entries({
    startUrl: values['start-url'],
    ssoRegion: values['sso-region'],
    session: values['session'],
    // As the console shows it: 1234-5678-9012.
    account: typeof values['account'] === 'string' ? values['account'].replace(/[\s-]/g, '') : undefined,
    role: values['role'],
    template: values['template'],
    way: values['browser'] ? 'browser' : values['device-code'] ? 'device' : undefined,
  }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(texts) as SsoOptions
}

/** What Node says of a bad option, in our words; a value, which may be a secret, is never repeated. */
function usageProblem(error: unknown): UsageProblem {
  const text = String((error as {message?: unknown}).message ?? error)
  const option = /'(?:-\w, )?(--?[\w-]+)/.exec(text)?.[1] ?? ''
  if (/Unknown option/.test(text))
    return {what: `There is no option ${option}.`, example: `${program()} --help`}
  if (/is ambiguous/.test(text))
    return {
      what: `${option} needs a value, and what follows begins with a dash.`,
      example: `${program()} ${option}=VALUE`,
    }
  if (/argument missing/.test(text))
    return {what: `${option} needs a value.`, example: `${program()} ${option} VALUE`}
  if (/does not take an argument/.test(text))
    return {what: `${option} takes no value.`, example: `${program()} ${option}`}
  return {what: `${text.split(/\. |\n/)[0] ?? text}.`, example: `${program()} --help`}
}
