/** Repairs that `--fix` may make, as plans of the store: shown line by line first, saved and undone as any other change. */
import {chmod, stat} from 'node:fs/promises'
import {program} from '../text/program-name.js'
import {say} from '../text/safe-text.js'
import {decode, encode} from '../files/bytes.js'
import {refuseIfNotUnderstood} from '../aws-files/diagnose.js'
import {isUtf16} from '../aws-files/diagnose-fatal.js'
import type {AwsDocument, Section} from '../aws-files/document.js'
import {editProfile} from '../aws-files/edit.js'
import type {AwsFiles} from '../files/locations.js'
import type {Plan} from '../files/plan.js'
import {journalOf, openFile, plannedFile} from '../aws-files/plan-profile.js'
import {applySplices, type Splice} from '../aws-files/splice.js'
import {failure, toFailure} from '../files/trouble.js'
import type {Mend} from './types.js'

export type FileMend = Exclude<Mend, {kind: 'chmod'}>

/**
 * What the repair would change. Writes nothing. Throws a `Failure` where the file is no longer what the finding was
 * made from, or where the result would not be read as it is meant.
 */
export async function planMend(mend: FileMend, files: AwsFiles): Promise<Plan> {
  const file = await openFile(files, mend.role)
  const splices = splicesOf(mend, file.document)
  const after = applySplices(file.document, splices)
  if (mend.kind !== 'remove-keys' && mend.kind !== 'rewrite-keys') refuseWorse(file.document, after)
  const changed = splices.length === 0 ? [] : [await plannedFile(file, after.toBytes())]
  return {
    profile: 'profile' in mend ? mend.profile : '',
    purpose: 'change',
    files: changed,
    ...journalOf(files),
    nothingToDo: changed.length === 0,
    warnings: [],
  }
}

/** Permission bits of a file or folder. Throws a `Failure`. */
export async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode & 0o777
  } catch (error) {
    throw toFailure(error, path)
  }
}

/** Takes rights away as the finding says, and never gives any. Throws a `Failure`. */
export async function mendMode({path, mode}: Extract<Mend, {kind: 'chmod'}>): Promise<void> {
  const now = await modeOf(path)
  try {
    if ((now & mode) !== now) await chmod(path, now & mode)
  } catch (error) {
    throw toFailure(error, path)
  }
}

function splicesOf(mend: FileMend, document: AwsDocument): readonly Splice[] {
  switch (mend.kind) {
    case 'remove-keys':
      return editProfile(document, mend.profile, {remove: mend.keys})
    case 'rewrite-keys':
      return editProfile(document, mend.profile, {set: valuesOf(document, mend.profile, mend.keys)})
    case 'header':
      return headerSplices(mend, document)
    case 'to-utf8':
      return isUtf16(document)
        ? [{start: 0, end: document.bytes.length, text: encode(fromUtf16(document))}]
        : []
    case 'strip-bom':
      return document.text.startsWith('\xef\xbb\xbf') ? [{start: 0, end: 3, text: ''}] : []
    case 'merge-sections':
      return mergeSplices(document, mend.header)
  }
}

/** Without its mark. */
function fromUtf16({bytes}: AwsDocument): string {
  return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
}

function valuesOf(document: AwsDocument, profile: string, keys: readonly string[]): Map<string, string> {
  const section = document.section(profile)
  const properties = section ? document.properties(section) : []
  return new Map(
    properties
      .filter(({name}) => keys.includes(name))
      .map(({name, plainValue}) => [name, decode(plainValue)]),
  )
}

/** Only the brackets and what is in them; a comment behind them moves to a line of its own below. */
function headerSplices(
  {line, from, to}: Extract<FileMend, {kind: 'header'}>,
  document: AwsDocument,
): readonly Splice[] {
  const text = encode(from)
  // Another repair of the same run may have taken lines away above it.
  const farness = ({start}: Section) => Math.abs(document.lineAt(start) - line)
  const [section] = document.sections
    .filter((each) => headerLine(document, each) === text)
    .toSorted((one, other) => farness(one) - farness(other))
  if (!section) throw changed()
  return [{start: section.start, end: section.start + text.length, text: encode(to)}]
}

/** The header's line without its line break. */
function headerLine({text}: AwsDocument, {start, bodyStart}: Section): string {
  return text.slice(start, bodyStart).replace(/[\r\n]+$/, '')
}

/** The later sections' lines go under the first one; a key that is in two of them is for a person to choose. */
function mergeSplices(document: AwsDocument, header: string): readonly Splice[] {
  const same = document.sections.filter(({inner}) => inner === encode(header))
  const [first, ...later] = same
  if (!first || later.length === 0) return []
  const names = same.flatMap((section) => document.properties(section).map(({name}) => name))
  if (new Set(names).size < names.length)
    throw failure(
      'KEYS_IN_BOTH_SECTIONS',
      say`Two sections [${header}] hold the same key. Nothing was changed.`,
      say`Which of the two is right cannot be told from the file.`,
      say`Delete the line that is out of date, then try again.`,
    )
  const {text} = document
  const isOpen = first.end > 0 && text[first.end - 1] !== '\n'
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const at = endOfKeys(document, first)
  const moved = later.map((section) => text.slice(section.bodyStart, section.end).replace(/[\r\n]+$/, ''))
  const body = moved.filter((lines) => lines !== '').map((lines) => lines + eol)
  return [
    {start: at, end: at, text: (isOpen ? eol : '') + body.join('')},
    ...later.map(({start, end}) => ({start, end, text: ''})),
  ]
}

function endOfKeys(document: AwsDocument, section: Section): number {
  const last = document.properties(section).at(-1)
  return last ? (last.continuation.at(-1)?.end ?? last.lineEnd) : section.bodyStart
}

/** A repair must leave fewer faults, or at least no other ones. */
function refuseWorse(before: AwsDocument, after: AwsDocument): void {
  const codes = (document: AwsDocument) => document.fatals.map(({code}) => code)
  if (codes(after).length > codes(before).length) refuseIfNotUnderstood(after)
}

function changed() {
  return failure(
    'FILE_CHANGED',
    say`The file is no longer as it was when it was looked at. Nothing was changed.`,
    say`Another program wrote it in the meantime.`,
    say`Look again: \`${program()} doctor\``,
  )
}
