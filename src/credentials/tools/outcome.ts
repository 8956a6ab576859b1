/** What a tool's chain of credentials comes to, and what it passed over on the way. */
import {program} from '../../text/program-name.js'
import {say, type SafeText} from '../../text/safe-text.js'
import type {PathState} from '../snapshot.js'
import type {SourceId} from '../types.js'
import {word} from '../../text/shell.js'

export type Outcome = Found | Broken | None

export interface Found {
  readonly kind: 'found'
  readonly source: SourceId
  /** The profile it belongs to; absent outside the files. */
  readonly profile?: string
  readonly accessKeyId?: string
  /** The role that is taken on in the end. */
  readonly roleArn?: string
  /** For a role: what it is taken on with. */
  readonly base?: Found
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  /** What only AWS or the program itself can tell. */
  readonly caveat?: SafeText
  readonly passed: readonly Passed[]
}

/** The tool stops here with an error. */
export interface Broken {
  readonly kind: 'broken'
  readonly source?: SourceId
  readonly profile?: string
  /** What the tool itself says. */
  readonly words: SafeText
  readonly fix?: SafeText
  /** It shows only once credentials are needed; faults of the settings come before it. */
  readonly isLate?: boolean
  readonly passed: readonly Passed[]
}

/** The end of the chain. */
interface None {
  readonly kind: 'none'
  readonly words: SafeText
  readonly passed: readonly Passed[]
}

/** A source that is there, and that the tool goes past. */
export interface Passed {
  readonly source: SourceId
  readonly why: SafeText
  /** It was tried and gave nothing; else it was not asked at all. */
  readonly isBroken: boolean
  readonly fix?: SafeText
}

/** The credentials that the first of the roles is taken on with. */
export function firstOf(found: Found): Found {
  let first = found
  while (first.base) first = first.base
  return first
}

/** One step of a chain: an outcome that ends it, or nothing. */
export type Step = Found | Broken | undefined

export function found(source: SourceId, rest: Partial<Omit<Found, 'kind' | 'source'>> = {}): Found {
  return {kind: 'found', source, passed: [], ...rest}
}

export function broken(
  source: SourceId,
  words: SafeText,
  rest: {profile?: string; fix?: SafeText; isLate?: boolean} = {},
): Broken {
  return {kind: 'broken', source, words, passed: [], ...rest}
}

/** What Node says of a file that it cannot open. */
export function openFailed(file: string, state: PathState | undefined): SafeText {
  if (state === 'other') return say`EISDIR: illegal operation on a directory, read`
  return state === 'missing'
    ? say`ENOENT: no such file or directory, open '${file}'`
    : say`EACCES: permission denied, open '${file}'`
}

/** The same in Python's words. */
export function pythonOpenFailed(file: string, state: PathState | undefined): SafeText {
  if (state === 'other') return say`[Errno 21] Is a directory: '${file}'`
  return state === 'missing'
    ? say`[Errno 2] No such file or directory: '${file}'`
    : say`[Errno 13] Permission denied: '${file}'`
}

/** A session is signed in to by this program; the old form, without one, by the AWS CLI only. */
export const ssoLogin = (profile: string, session?: string): SafeText =>
  session === undefined
    ? say`\`aws sso login --profile ${word(profile)}\` with AWS CLI 2, or without it set the profile up anew: \`${program()} sso\``
    : say`\`${program()} sso login --session ${word(session)}\``
export const consoleLogin = (profile: string): SafeText =>
  say`\`aws login --profile ${word(profile)}\` with AWS CLI 2, or without it give the profile an access key: \`${program()} --path local --profile ${word(profile)}\``

/** Of a `credential_process`: nothing but blanks or a pair of quotes. */
export const NO_PROGRAM = /^\s*(?:""|'')?\s*$/

export function nameProgram(profile: string): SafeText {
  return say`Write the program to run behind credential_process of the profile ${profile}, or take the line out.`
}
