/**
 * The options of the command line: what each takes, how it is checked, what the help says of it, and which questions it
 * answers. Which command takes which stands in the commands.
 */
import type {Answer} from '../engine/types.js'
import type {OptionName} from '../domain/option-names.js'
import type {ValidationError} from '../domain/problem.js'
import {templateNamed} from '../service/template-list.js'

/** What was given, by name. */
export type Given = Readonly<Partial<Record<OptionName, string | boolean>>>

interface Described {
  /** For the help, in one sentence. */
  readonly help: string
  readonly short?: string
  /** The questions that it answers, by the ID of their step. */
  readonly answers?: Readonly<Record<string, (value: string, given: Given) => Answer | undefined>>
}

export interface TextOption extends Described {
  readonly kind: 'text'
  /** What stands for the value in the help: `REGION`. */
  readonly value: string
  /** The only values there are. */
  readonly choices?: readonly string[]
  /** For completion in a shell. */
  readonly isFile?: true
  readonly isFolder?: true
  /** Whether a value can be an answer, whatever is on this machine. Loaded when one is given. */
  readonly check?: () => Promise<(value: string) => ValidationError | undefined>
}

interface Flag extends Described {
  readonly kind: 'flag'
}

export type Option = TextOption | Flag

const itself = (value: string) => value
const yes = () => 'yes'

const checkRegion = async () => (await import('../domain/validators.js')).checkRegion

/** A name that is only unwise is taken: it may be that of a profile which is there, and the question refuses any other. */
const checkName = async () => {
  const {checkProfileName, parseProfileName} = await import('../domain/validators.js')
  return (name: string) => (parseProfileName(name) === undefined ? checkProfileName(name) : undefined)
}

/** Where two options answer the same question, the later one here counts. */
const OPTIONS = {
  path: {
    kind: 'text',
    value: 'PATH',
    choices: ['role', 'local', 'skip', 'sso'],
    help: 'goes straight to "Create AWS IAM Role", "Save AWS Credentials in a Local Profile", "Skip & Set Later (AWS SSO, ENV Vars)" or the set-up of AWS SSO; the word alone does the same',
  },
  profile: {
    kind: 'text',
    value: 'NAME',
    help: 'the profile to write (default: default)',
    check: checkName,
    answers: {
      profile: itself,
      'sso-profile': itself,
      'resolvers-source': itself,
      'resolvers-profile': itself,
    },
  },
  region: {
    kind: 'text',
    value: 'REGION',
    help: 'its region, such as eu-west-1',
    check: checkRegion,
    answers: {region: itself, 'resolvers-region': itself},
  },
  'keys-from': {
    kind: 'text',
    value: 'FILE',
    isFile: true,
    help: 'reads the access key from a file, or with - from standard input',
  },
  service: {
    kind: 'text',
    value: 'DIR',
    isFolder: true,
    help: 'the folder of the service (default: this folder)',
  },
  stage: {
    kind: 'text',
    value: 'NAME',
    help: 'this stage of the service only',
    answers: {'resolvers-stage': itself, 'resolvers-explain': itself},
  },
  verify: {kind: 'flag', help: 'asks AWS whom the credentials of every profile belong to'},
  fix: {kind: 'flag', help: 'fixes what can be fixed safely, each change shown first'},
  resolver: {
    kind: 'text',
    value: 'NAME',
    help: 'the resolver that is to be used',
    answers: {'resolvers-use': itself, 'resolvers-off': itself},
  },
  session: {
    kind: 'text',
    value: 'NAME',
    help: 'the name of the session',
    check: checkName,
    answers: {'sso-session': itself, 'sso-session-name': itself, 'sso-logout': (name) => [name]},
  },
  'start-url': {
    kind: 'text',
    value: 'URL',
    help: 'where to sign in: the AWS access portal',
    check: async () => (await import('../domain/sso-start-url.js')).checkStartUrl,
    answers: {'sso-start-url': itself, 'sso-session': () => 'new session'},
  },
  'sso-region': {
    kind: 'text',
    value: 'REGION',
    help: 'the region of that portal',
    check: checkRegion,
    answers: {'sso-region': itself},
  },
  role: {
    kind: 'text',
    value: 'NAME',
    help: 'the role (permission set) that becomes a profile',
    answers: {'sso-role': itself, 'sso-shared-role': itself, 'sso-extent': () => 'role'},
  },
  template: {
    kind: 'text',
    value: 'TEXT',
    help: 'the names of several profiles, such as {account}-{role}',
    // Whether it tells the names apart is seen once they are known.
    check: async () => {
      const {checkNameTemplate} = await import('../domain/sso-names.js')
      return (text: string) => checkNameTemplate(text, [])
    },
    answers: {'sso-template': itself, 'sso-extent': () => 'role'},
  },
  account: {
    kind: 'text',
    value: 'ID',
    help: 'the account that becomes a profile',
    check: async () => (await import('../domain/validators.js')).checkAccountId,
    answers: {'sso-account': itself, 'sso-extent': () => 'one'},
  },
  browser: {kind: 'flag', help: 'signs in in the browser of this machine'},
  'device-code': {kind: 'flag', help: 'signs in with a code, in a browser anywhere'},
  org: {kind: 'text', value: 'NAME', help: 'the organisation at the Dashboard', answers: {org: itself}},
  app: {
    kind: 'text',
    value: 'NAME',
    help: 'the app at the Dashboard',
    check: async () => (await import('../domain/names.js')).checkAppName,
    answers: {app: itself, 'app-name': itself},
  },
  provider: {
    kind: 'text',
    value: 'ALIAS',
    help: 'the Provider at the Dashboard that is to deploy',
    answers: {provider: itself},
  },
  'template-name': {
    kind: 'text',
    value: 'NAME',
    help: 'the template of a new service, where there is none',
    check: async () => (await import('../service/template-list.js')).checkTemplateName,
    answers: {template: (name) => templateNamed(name)?.id},
  },
  'service-name': {
    kind: 'text',
    value: 'NAME',
    help: 'the name of a new service, where there is none',
    check: async () => (await import('../domain/names.js')).checkServiceName,
    answers: {'service-name': itself},
  },
  list: {kind: 'flag', help: 'tells what can be taken back'},
  forget: {kind: 'flag', help: 'deletes what is kept for it, with the keys that were replaced'},
  yes: {
    kind: 'flag',
    short: 'y',
    help: 'answers every confirmation with yes',
    answers: {
      plan: yes,
      replace: yes,
      'sso-plan': yes,
      'service-plan': yes,
      'org-app-plan': yes,
      'create-role': yes,
      'resolvers-plan': yes,
      undo: yes,
    },
  },
  'dry-run': {kind: 'flag', help: 'shows what would be written, writes nothing'},
  json: {kind: 'flag', help: 'one JSON object a line, in and out'},
  plain: {kind: 'flag', help: 'simple prompts, without redrawing'},
  'no-browser': {kind: 'flag', help: 'never opens a browser'},
  debug: {kind: 'flag', help: 'on an unexpected error, tells where it happened, without secrets'},
  help: {kind: 'flag', short: 'h', help: 'tells this, and ends'},
  version: {kind: 'flag', short: 'v', help: 'tells the version, and ends'},
} as const satisfies Readonly<Record<OptionName, Option>>

export const optionOf = (name: OptionName): Option => OPTIONS[name]

/** The answers that the options give beforehand, by question. */
export function answersOf(given: Given): Map<string, Answer> {
  const answers = new Map<string, Answer>()
  for (const [name, {answers: questions}] of Object.entries<Option>(OPTIONS)) {
    const value = given[name as OptionName]
    if (value === undefined || value === false) continue
    for (const [id, toAnswer] of Object.entries(questions ?? {})) {
      const answer = toAnswer(String(value), given)
      if (answer !== undefined) answers.set(id, answer)
    }
  }
  return answers
}

type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name
type Table = typeof OPTIONS
type NamesOf<Kind> = {[Name in OptionName]: Table[Name]['kind'] extends Kind ? Name : never}[OptionName]

/** Each option by its name in camel case: `keysFrom`. A text is absent where it was not given. */
export type Flags = {readonly [Name in NamesOf<'flag'> as CamelCase<Name>]: boolean}
export type Texts = {readonly [Name in NamesOf<'text'> as CamelCase<Name>]?: string}

export interface Options extends Flags, Omit<Texts, 'path'> {
  readonly command: CommandName
  /** What stands after the command. */
  readonly operands: readonly string[]
  readonly path?: PathOption
  /** As they were given. */
  readonly given: Given
}

/** `wizard` is what runs without a word. */
export type CommandName =
  'wizard' | 'doctor' | 'resolvers' | 'sso' | 'import' | 'undo' | 'demo' | 'completion' | 'help' | 'version'

export type PathOption = 'role' | 'local' | 'skip' | 'sso'

/** Bad usage: what is wrong, and how it is written right. */
export interface UsageProblem {
  readonly what: string
  readonly example: string
}

/** An option whose value is no answer to its question. */
export interface RefusedOption {
  /** As it is typed: `--region`. */
  readonly option: string
  readonly complaint: ValidationError
}
