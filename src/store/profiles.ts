/** Which profiles there are on this machine and what kind they are. Secrets leave only through `readKeys`. */
import type {AccessKey, ProfileName} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {Secret} from '../safety/secret.js'
import {parseAccessKeyId} from '../safety/validators.js'
import {decode} from './bytes.js'
import {problemsIn, type FileProblem} from './diagnose.js'
import {readNow} from './read-now.js'
import {parseDocument, type AwsDocument} from './document.js'
import type {AwsFiles, FileKind} from './locations.js'
import {toFailure} from './trouble.js'

export type ProfileKind =
  'static' | 'temporary' | 'role' | 'sso' | 'process' | 'web-identity' | 'login' | 'partial' | 'empty'

export interface ProfileSurvey {
  readonly profiles: readonly ProfileSummary[]
  readonly files: readonly FileState[]
}

export interface ProfileSummary {
  readonly name: string
  /** More than one: tools differ about which of them counts. */
  readonly kinds: readonly ProfileKind[]
  readonly accessKeyId?: string
  readonly region?: string
  readonly hasSessionToken: boolean
  /** The sections it is made of; the credentials file first. */
  readonly where: readonly {readonly file: string; readonly line: number}[]
}

export interface FileState {
  readonly path: string
  readonly role: FileKind
  readonly exists: boolean
  /** Permission bits. */
  readonly mode?: number
  readonly isReadable: boolean
  readonly problems: readonly FileProblem[]
  /** Why it could not be read. */
  readonly failure?: Problem
}

/** Reads both files. Never throws: a file that cannot be read is told in `files`. */
export async function surveyProfiles(files: AwsFiles): Promise<ProfileSurvey> {
  const read = await Promise.all([readState(files, 'credentials'), readState(files, 'config')])
  const found = new Map<string, Found>()
  for (const {document, state} of read) if (document) collect(document, state.path, found)
  return {
    profiles: [...found].map(([name, each]) => summarise(name, each)),
    files: read.map(({state}) => state),
  }
}

/** The access key that stands in the two files for the profile, or `undefined` where it is not complete. */
export async function readKeys(files: AwsFiles, profile: ProfileName): Promise<AccessKey | undefined> {
  const values = new Map<string, string>()
  for (const role of ['config', 'credentials'] as const) {
    const file = readNow(files[role])
    if (!file) continue
    const document = parseDocument(file.bytes, role)
    const section = document.section(profile)
    for (const {name, plainValue} of section ? document.properties(section) : [])
      values.set(name, decode(plainValue))
  }
  const accessKeyId = parseAccessKeyId(values.get('aws_access_key_id') ?? '')
  const secret = values.get('aws_secret_access_key')
  const token = values.get('aws_session_token') || values.get('aws_security_token')
  if (!accessKeyId || !secret) return undefined
  return {
    accessKeyId,
    secretAccessKey: new Secret(secret),
    ...(token ? {sessionToken: new Secret(token)} : {}),
  }
}

interface Found {
  readonly values: Map<string, string>
  readonly where: {file: string; line: number}[]
}

async function readState(
  files: AwsFiles,
  role: FileKind,
): Promise<{state: FileState; document?: AwsDocument}> {
  const path = files[role]
  try {
    // What is empty is not waited for: nothing is written here.
    const file = readNow(path)
    if (!file) return {state: {path, role, exists: false, isReadable: true, problems: []}}
    const document = parseDocument(file.bytes, role)
    return {
      document,
      state: {path, role, exists: true, mode: file.mode, isReadable: true, problems: problemsIn(document)},
    }
  } catch (error) {
    const reason = error instanceof Failure ? error : toFailure(error, path)
    return {state: {path, role, exists: true, isReadable: false, problems: [], failure: reason.problem}}
  }
}

/** The credentials file is read first, and of a key in both files that one counts. */
function collect(document: AwsDocument, file: string, found: Map<string, Found>): void {
  for (const section of document.sections) {
    const line = document.lineAt(section.start)
    if (section.type !== 'profile') continue
    const name = decode(section.name)
    const each = found.get(name) ?? {values: new Map<string, string>(), where: []}
    found.set(name, each)
    const isFirst = each.where.every((place) => place.file === file)
    each.where.push({file, line})
    for (const {name: key, plainValue} of document.properties(section))
      if (isFirst || !each.values.has(key)) each.values.set(key, decode(plainValue))
  }
}

function summarise(name: string, {values, where}: Found): ProfileSummary {
  const accessKeyId = values.get('aws_access_key_id')
  const region = values.get('region')
  return {
    name,
    kinds: kindsOf(values),
    hasSessionToken: hasToken(values),
    where,
    ...(accessKeyId ? {accessKeyId} : {}),
    ...(region ? {region} : {}),
  }
}

function kindsOf(values: ReadonlyMap<string, string>): readonly ProfileKind[] {
  const has = (...names: string[]) => names.some((name) => Boolean(values.get(name)))
  const [hasId, hasSecret] = [has('aws_access_key_id'), has('aws_secret_access_key')]
  const isTemporary = hasToken(values) || Boolean(values.get('aws_access_key_id')?.startsWith('ASIA'))
  const kinds: readonly (readonly [ProfileKind, boolean])[] = [
    ['web-identity', has('web_identity_token_file')],
    ['role', has('role_arn') && !has('web_identity_token_file')],
    ['temporary', hasId && hasSecret && isTemporary],
    ['static', hasId && hasSecret && !isTemporary],
    ['partial', hasId !== hasSecret],
    ['process', has('credential_process')],
    ['sso', has('sso_session', 'sso_start_url', 'sso_account_id')],
    ['login', has('login_session')],
  ]
  const found = kinds.filter(([, is]) => is).map(([kind]) => kind)
  return found.length === 0 ? ['empty'] : found
}

function hasToken(values: ReadonlyMap<string, string>): boolean {
  return Boolean(values.get('aws_session_token') || values.get('aws_security_token'))
}
