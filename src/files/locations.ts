/** Where the AWS files are. Source: the SDKs' shared-file specification; agrees with botocore and the JavaScript SDK. */
import {homedir as systemHome, userInfo} from 'node:os'
import {posix, win32} from 'node:path'
import {Failure, type Problem} from '../domain/problem.js'
import {say, type SafeText} from '../text/safe-text.js'
import {setVariable} from '../text/shell.js'
import {journalFolder} from './journal-folder.js'
import {knownHome} from './home.js'
import {pathFault} from './path-fault.js'

export type FileKind = 'credentials' | 'config'

export interface AwsFiles {
  readonly home: string
  readonly credentials: string
  readonly config: string
  /** Where it is kept what a change replaces. */
  readonly journal?: string
  /** Why a file that a variable names is not written to. */
  readonly faults?: Readonly<Partial<Record<FileKind, Problem>>>
}

export const FILE_VARIABLES = {
  credentials: 'AWS_SHARED_CREDENTIALS_FILE',
  config: 'AWS_CONFIG_FILE',
} as const

type Env = Readonly<Record<string, string | undefined>>

/** Paths of both files, whether or not they exist. An environment variable that is empty counts as not set. */
export function awsFiles(
  env: Env,
  platform: NodeJS.Platform = process.platform,
  homedir: () => string = systemHome,
): AwsFiles {
  const {join} = platform === 'win32' ? win32 : posix
  const home = homeOf(env, platform, homedir)
  const place = (override: string | undefined, name: string) =>
    override ? expandHome(override, home, join) : join(home, '.aws', name)
  const faultOf = (kind: FileKind) => {
    const value = env[FILE_VARIABLES[kind]]
    return value ? pathFault(FILE_VARIABLES[kind], value, {home, platform}) : undefined
  }
  const [credentials, config] = [faultOf('credentials'), faultOf('config')]
  const faults = {...(credentials ? {credentials} : {}), ...(config ? {config} : {})}
  return {
    home,
    credentials: place(env['AWS_SHARED_CREDENTIALS_FILE'], 'credentials'),
    config: place(env['AWS_CONFIG_FILE'], 'config'),
    journal: journalFolder(env, home, platform),
    ...(credentials || config ? {faults} : {}),
  }
}

function homeOf(env: Env, platform: NodeJS.Platform, homedir: () => string): string {
  if (env['HOME']) return absolute('HOME', env['HOME'], platform)
  if (platform === 'win32') {
    if (env['USERPROFILE']) return absolute('USERPROFILE', env['USERPROFILE'], platform)
    if (env['HOMEPATH']) return `${env['HOMEDRIVE'] ?? 'C:'}${env['HOMEPATH']}`
  }
  const found = knownHome(homedir)
  if (found) return found
  const isEmpty = env['HOME'] === ''
  throw new Failure({
    code: 'NO_HOME',
    what: say`Your home folder is not known, and AWS keeps its files there.`,
    why: isEmpty
      ? say`HOME is set to nothing: to some tools that is the folder that one stands in, to others the root.`
      : say`HOME is not set, and this system does not know the user.`,
    nextSteps: [setHome('HOME')],
  })
}

/** A home that depends on the folder one stands in: what was saved there would not be found from another. */
function absolute(variable: string, value: string, platform: NodeJS.Platform): string {
  const {isAbsolute} = platform === 'win32' ? win32 : posix
  if (isAbsolute(value)) return value
  const isText = /^~|\$|%/.test(value)
  throw new Failure({
    code: 'NO_HOME',
    what: say`${variable} holds ${value}, which is no home folder: AWS keeps its files below it.`,
    why: isText
      ? say`It was to be replaced by a shell and was not, as between single quotes: tools take it for the name of a folder here.`
      : say`It is a relative path: it means another folder in each one that you stand in.`,
    nextSteps: [setHome(variable)],
  })
}

export function setHome(variable: string): SafeText {
  const home = knownHome(() => userInfo().homedir) || '/path/to/home'
  return say`Set it, then try again: \`${setVariable(variable, home)}\``
}

/** `~` and `~/…` only: `~name` would need the user database, and only botocore looks there. */
function expandHome(path: string, home: string, join: (...parts: string[]) => string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path
}
