/** What a change of a profile would do to the two files, line by line, before anything is written. */
import {dirname} from 'node:path'
import {stat} from 'node:fs/promises'
import type {AccessKey, ProfileName, RegionName} from '../domain/access-key.js'
import {Failure, type Problem} from '../domain/problem.js'
import {say} from '../text/safe-text.js'
import type {Plan, PlannedFile} from '../files/plan.js'
import {diffOf} from '../files/diff.js'
import {readDiskFile} from '../files/read-file.js'
import {parseDocument, type AwsDocument} from './document.js'
import {refuseIfNotUnderstood} from './diagnose.js'
import {editProfile, type ProfileChange} from './edit.js'
import {
  changeOfConfig,
  changeOfCredentials,
  isDouble,
  keysIn,
  methodWarnings,
  regionWarnings,
  valuesIn,
} from './key-change.js'
import {overKey} from './over-key.js'
import type {AwsFiles, FileKind} from '../files/locations.js'
import {resolveTarget} from '../files/resolve.js'
import {applySplices} from './splice.js'
import {failure} from '../files/trouble.js'
import {unsetVariables} from '../text/shell.js'
import {clearTheWay} from '../files/way-clear.js'
import {privateLine} from '../files/path-lines.js'
import {takenUpBy, versionControlWarning} from '../files/version-control.js'

export interface RequestedChange {
  readonly profile: ProfileName
  readonly key?: AccessKey
  readonly region?: RegionName
}

/** Both files as they are now. */
export interface OpenFile {
  readonly path: string
  readonly realPath: string
  readonly role: FileKind
  readonly exists: boolean
  readonly mode: number
  readonly document: AwsDocument
  /** Why nothing is written to it. */
  readonly fault?: Problem
  readonly isHardLinked?: true
}

/** Private to the user, for files that are made anew. */
const NEW_FILE_MODE = 0o600

/**
 * Reads both files and works out the change: keys go to credentials, the region to config. What another sign-in
 * method left in the profile goes out of both, as it could win over the new key. Writes nothing.
 * Throws a `Failure` where a file cannot be read, is not understood, or the change would not be read back.
 */
export async function planProfile(change: RequestedChange, files: AwsFiles): Promise<Plan> {
  const [credentials, config] = await Promise.all([openFile(files, 'credentials'), openFile(files, 'config')])
  refuseSameFile(credentials, config)
  for (const {document} of [credentials, config]) refuseIfNotUnderstood(document)
  const values = valuesIn([config, credentials], change.profile)
  const over = change.key ? overKey(values, change.profile) : []
  const beating = over.flatMap(({keys}) => keys)
  const changes = [
    changeOfCredentials(change, credentials.document, beating),
    changeOfConfig(change, config.document, credentials.document, beating),
  ] as const
  const planned = await Promise.all([
    planFile(credentials, change.profile, changes[0]),
    planConfig(config, change.profile, changes[1]),
  ])
  const changed = planned.filter((file) => file !== undefined)
  return {
    profile: change.profile,
    purpose: 'change',
    files: changed,
    ...journalOf(files),
    nothingToDo: changed.length === 0,
    warnings: [
      ...methodWarnings(change.profile, over),
      ...regionWarnings(config, change),
      ...(planned[0] ? modeWarnings(credentials) : []),
      ...(planned[0] ? await treeWarnings(credentials.realPath) : []),
      // The key that is replaced is kept there.
      ...(planned[0]?.exists && files.journal !== undefined ? await treeWarnings(files.journal) : []),
      ...[credentials, config].filter((_, index) => planned[index]).flatMap(linkWarnings),
    ],
  }
}

/** Where a change of these files is kept. */
export function journalOf({journal}: AwsFiles): Pick<Plan, 'journal'> {
  return journal === undefined ? {} : {journal}
}

export async function openFile(files: AwsFiles, role: FileKind): Promise<OpenFile> {
  const path = files[role]
  const realPath = await resolveTarget(path)
  const found = await readDiskFile(realPath)
  return {
    path,
    realPath,
    role,
    exists: found !== undefined,
    mode: found?.mode ?? NEW_FILE_MODE,
    ...(found?.isHardLinked ? {isHardLinked: true} : {}),
    document: parseDocument(found?.bytes ?? new Uint8Array(), role),
    ...faultOf(files.faults?.[role] ?? (found?.isNowhere ? nowhereFault(path) : undefined)),
  }
}

function faultOf(fault: Problem | undefined): Pick<OpenFile, 'fault'> {
  return fault ? {fault} : {}
}

function nowhereFault(path: string): Problem {
  return {
    code: 'NOT_A_FILE',
    what: say`${path} is a device, where nothing can be kept.`,
    why: say`It reads as an empty file, and what is written to it is gone.`,
    nextSteps: [clearTheWay(path)],
  }
}

/** Throws a `Failure` for a file that is not written to. */
export function refuseUnclear({fault}: OpenFile): void {
  if (fault) throw new Failure({...fault, what: say`${fault.what} Nothing was changed.`})
}

export async function plannedFile(
  file: OpenFile,
  after: Uint8Array,
  isDeleted = false,
): Promise<PlannedFile> {
  refuseUnclear(file)
  const {document, fault: _, isHardLinked: __, ...rest} = file
  const before = document.toBytes()
  const hasDir = await stat(dirname(file.realPath)).then(
    () => true,
    () => false,
  )
  return {...rest, willCreateDir: !hasDir, isDeleted, before, after, diff: diffOf(before, after)}
}

async function planFile(
  file: OpenFile,
  profile: string,
  change: ProfileChange,
): Promise<PlannedFile | undefined> {
  const splices = editProfile(file.document, profile, change)
  if (splices.length === 0) return undefined
  const set = change.set ?? {}
  const there = valuesIn([file], profile)
  const removed = [...new Set(change.remove)].filter((name) => there.has(name) && !(name in set))
  const planned = await plannedFile(file, applySplices(file.document, splices).toBytes())
  return removed.length === 0 ? planned : {...planned, removed}
}

/** Two sections that tools disagree about are no reason not to save a key, where nothing has to change in them. */
async function planConfig(
  file: OpenFile,
  profile: string,
  change: ProfileChange,
): Promise<PlannedFile | undefined> {
  if (!isDouble(file, profile)) return planFile(file, profile, change)
  const removed = new Set(change.remove)
  const isTouched = keysIn(file, profile).some(({name}) => removed.has(name))
  return isTouched ? planFile(file, profile, change) : undefined
}

/** One file for both roles would need a header that both understand, and there is none but `[default]`. */
export function refuseSameFile(credentials: OpenFile, config: OpenFile): void {
  if (credentials.realPath !== config.realPath) return
  throw failure(
    'SAME_FILE',
    say`The credentials file and the config file are the same file: ${credentials.realPath}. Nothing was changed.`,
    say`Both are named by AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, or by a symbolic link.`,
    say`Use the usual two files: \`${unsetVariables(['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'])}\``,
  )
}

/** Looked for where the file is in the end: a link into a repository of settings is common. */
async function treeWarnings(path: string): Promise<readonly Problem[]> {
  const found = await takenUpBy(path)
  return found === undefined ? [] : [versionControlWarning(path, found)]
}

function linkWarnings({path, isHardLinked}: OpenFile): readonly Problem[] {
  if (!isHardLinked) return []
  return [
    {
      code: 'HARD_LINK',
      what: say`${path} has other names (hard links), which keep what it says now.`,
      why: say`A file is saved by putting a new one in its place, so that a crash leaves it whole.`,
      nextSteps: [say`To have one file under both names, make a symbolic link of the other afterwards.`],
    },
  ]
}

function modeWarnings({exists, mode, path}: OpenFile): readonly Problem[] {
  if (!exists || (mode & 0o077) === 0 || process.platform === 'win32') return []
  return [
    {
      code: 'CREDENTIALS_READABLE',
      what: say`Other users of this machine may read ${path} (mode ${mode.toString(8)}).`,
      why: say`Whoever reads it has the keys in it.`,
      nextSteps: [say`Make it private: \`${privateLine(path)}\``],
    },
  ]
}
