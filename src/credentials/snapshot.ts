/** All that decides which credentials are used here, read once. What follows is worked out of this value alone. */
import {accessSync, constants, existsSync, readFileSync, realpathSync, statSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {Failure, type Problem} from '../domain/problem.js'
import {readNow} from '../files/read-now.js'
import {parseDocument, type AwsDocument} from '../aws-files/document.js'
import {awsFiles, type AwsFiles, type FileKind} from '../files/locations.js'
import {toFailure} from '../files/trouble.js'
import {copyOf} from '../files/whole-copy.js'
import {profilesByMethod} from './by-method.js'
import {
  loginCacheFolder,
  readLoginCache,
  readSsoCache,
  type Cache,
  type CachedLogin,
  type CachedSsoToken,
} from './caches.js'
import {onPath} from '../text/on-path.js'
import {readPlainFile, type PlainFile} from './plain-file.js'
import {readViews, type View} from './views.js'

export type Env = Readonly<Record<string, string | undefined>>
/** A token file has to be a file, and a program no folder. */
export type PathState = 'readable' | 'missing' | 'unreadable' | 'other'

export interface Snapshot {
  readonly env: Env
  readonly home: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly isWindows: boolean
  readonly paths: AwsFiles
  readonly credentials: SeenFile
  readonly config: SeenFile
  /** Both files as the SDK for JavaScript, and as botocore and the AWS CLI take them. */
  readonly javascript: View
  readonly botocore: View
  readonly ssoTokens: Cache<CachedSsoToken>
  readonly logins: Cache<CachedLogin>
  /** State of token files and of programs that are named with their full path. */
  readonly named: ReadonlyMap<string, PathState>
  /** The machine is one of Amazon EC2, as far as can be told without asking the network. */
  readonly isEc2: boolean
  /** IDs of keys that AWS takes, whatever is said here of their end. */
  readonly accepted?: ReadonlySet<string>
  /** What of the environment no terminal has: by the name of the variable, the file that a run takes it from. */
  readonly added?: ReadonlyMap<string, {readonly path: string}>
}

export interface SeenFile {
  readonly role: FileKind
  readonly path: string
  readonly exists: boolean
  readonly document: AwsDocument
  /** Where nothing in it could be read in two ways. */
  readonly plain?: PlainFile
  /** Permission bits of the file, and of its folder. */
  readonly mode?: number
  readonly folderMode?: number
  /** Why it could not be read. */
  readonly failure?: Problem
  /** It may be incomplete, and a whole copy stands beside it. */
  readonly brokenOff?: Problem
}

export interface Given {
  readonly env: Env
  readonly now?: number
  readonly platform?: NodeJS.Platform
  readonly isEc2?: boolean
}

/** Reads files only, never the network. Never throws: what cannot be read is told in the value. */
export async function readSnapshot(given: Given): Promise<Snapshot> {
  const {platform = process.platform} = given
  // Each look into the environment of the process asks the system, and thousands are taken. Windows knows names in any case.
  const env = platform === 'win32' ? given.env : {...given.env}
  const paths = awsFiles(env, platform)
  const {home} = paths
  const [credentials, config] = await Promise.all([see(paths, 'credentials'), see(paths, 'config')])
  const {javascript, botocore} = readViews({credentials, config, env})
  return {
    env,
    home,
    now: given.now ?? Date.now(),
    isWindows: platform === 'win32',
    paths,
    credentials,
    config,
    javascript,
    botocore,
    ssoTokens: readSsoCache(join(home, '.aws', 'sso', 'cache')),
    logins: readLoginCache(loginCacheFolder(env, home)),
    named: namedPaths(
      {env, home, isWindows: platform === 'win32'},
      javascript === botocore ? [javascript] : [javascript, botocore],
    ),
    isEc2: given.isEc2 ?? looksLikeEc2(platform),
  }
}

async function see(paths: AwsFiles, role: FileKind): Promise<SeenFile> {
  const path = paths[role]
  const folder = modeOf(dirname(path))
  const common = {role, path, ...(folder === undefined ? {} : {folderMode: folder})}
  try {
    // What is empty is not waited for: nothing is written here.
    const file = readNow(path)
    const broken = await brokenOff(file ? realpathSync(path) : path, paths)
    const document = parseDocument(file?.bytes ?? new Uint8Array(), role)
    const plain = readPlainFile(document.text, role)
    return {
      ...common,
      exists: file !== undefined,
      document,
      ...(plain ? {plain} : {}),
      ...(file ? {mode: file.mode} : {}),
      ...(broken ? {brokenOff: broken} : {}),
    }
  } catch (error) {
    const {problem} = error instanceof Failure ? error : toFailure(error, path)
    const mode = modeOf(path)
    return {
      ...common,
      exists: true,
      document: parseDocument(new Uint8Array(), role),
      failure: problem,
      ...(mode === undefined ? {} : {mode}),
    }
  }
}

/** Looked for at each start, and there next to never. */
async function brokenOff(realPath: string, {journal}: AwsFiles): Promise<Problem | undefined> {
  if (!existsSync(copyOf(realPath))) return undefined
  const overwrite = await import('../files/overwrite.js')
  return overwrite.brokenOff(realPath, journal)
}

function modeOf(path: string): number | undefined {
  try {
    return statSync(path).mode & 0o777
  } catch {
    return undefined
  }
}

function namedPaths(
  {env, home, isWindows}: Pick<Snapshot, 'env' | 'home' | 'isWindows'>,
  views: readonly View[],
): ReadonlyMap<string, PathState> {
  const found = new Map<string, PathState>()
  const note = (path: string | undefined, how: number) => {
    if (path && !found.has(path)) found.set(path, stateOf(path, how))
  }
  const noteProgram = (program: string | undefined) => {
    if (program === undefined || found.has(program)) return
    if (/[/\\]/.test(program)) note(program, constants.X_OK)
    // Windows adds endings of its own to a name.
    else if (!isWindows) found.set(program, onPath(program, env) === undefined ? 'missing' : 'readable')
  }
  note(env['AWS_WEB_IDENTITY_TOKEN_FILE'], constants.R_OK)
  note(env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'], constants.R_OK)
  note(env['AWS_CA_BUNDLE'], constants.R_OK)
  for (const {profiles} of views) {
    for (const data of profiles.values()) note(data.get('ca_bundle'), constants.R_OK)
    const {names} = profilesByMethod(profiles)
    for (const name of names['web-identity'])
      note(profiles.get(name)?.get('web_identity_token_file'), constants.R_OK)
    for (const name of names.process)
      noteProgram(programOf(profiles.get(name)?.get('credential_process'), home))
  }
  return found
}

function stateOf(path: string, how: number): PathState {
  try {
    accessSync(path, how)
    const stats = statSync(path)
    const isFit = how === constants.X_OK ? !stats.isDirectory() : stats.isFile()
    return isFit ? 'readable' : 'other'
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    return isMissing ? 'missing' : 'unreadable'
  }
}

/** What a shell does itself is no program that could be missing. */
const OF_SHELL =
  /^(?:eval|exec|command|if|for|while|until|case|cd|set|export|source|trap|unset|read|type|time|builtin|nohup)$/

/**
 * The program of a `credential_process`: a path, from the folder one stands in where it is a relative one, or a name that is
 * looked for on the PATH. `undefined` where a shell would make something else of it.
 */
export function programOf(command: string | undefined, home: string): string | undefined {
  if (command === undefined) return undefined
  if (!programs.has(command)) {
    const [, double, single, bare = ''] =
      /^\s*(?:"([^"\\$`]*)"|'([^']*)'|([^\s"'\\]+))(?=\s|$)/.exec(command) ?? []
    const word = double ?? single ?? (/^[\w./~@%+:,-]+$/.test(bare) ? bare : '')
    const isName = !/[/\\]/.test(word)
    const isKnown = isName ? /^[A-Za-z][\w.+-]*$/.test(word) && !OF_SHELL.test(word) : !/^~[^/]/.test(word)
    programs.set(command, isKnown ? word : undefined)
  }
  return programs.get(command)?.replace(/^~(?=\/)/, () => home)
}

/** By the command: many profiles have the same one. */
const programs = new Map<string, string | undefined>()

/** Source: "Detect whether a host is an EC2 instance", Amazon EC2 user guide. */
function looksLikeEc2(platform: NodeJS.Platform): boolean {
  if (platform !== 'linux') return false
  try {
    return readFileSync('/sys/class/dmi/id/sys_vendor', 'utf8').startsWith('Amazon EC2')
  } catch {
    return false
  }
}
