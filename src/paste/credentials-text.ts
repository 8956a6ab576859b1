/** Reads access keys out of whatever was typed or pasted. Runs in time linear in the text and never throws. */
import type {AccessKeyId} from '../domain/access-key.js'
import {readAssignments, withoutComments} from './formats/assignments.js'
import type {Assessment, Candidate} from './formats/assess.js'
import {assess} from './formats/assess.js'
import {readBare} from './formats/bare.js'
import {readCsv} from './formats/csv.js'
import {explainNothing} from './formats/explain-nothing.js'
import {withParents} from './formats/nested.js'
import {readJson} from './formats/json.js'
import {readOwned} from './formats/owned.js'
import type {RawKey} from './formats/raw-key.js'
import {tidy} from './formats/tidy.js'
import {parseSecretAccessKey, withoutQuotes} from '../domain/key-validators.js'
import type {ValidationError} from '../domain/problem.js'
import type {SafeText} from '../text/safe-text.js'
import {say} from '../text/safe-text.js'
import type {Secret} from '../text/secret.js'

export type {Candidate} from './formats/assess.js'
export {describeCandidate, describeReading} from './credentials-description.js'

/** Longest text that is looked at, in UTF-16 code units (1 MiB). Real ones have a few hundred. */
export const MAX_PASTE_LENGTH = 1_048_576
/** More keys than this are not listed. */
const MAX_CANDIDATES = 100

export type CredentialsReading =
  | CompleteReading
  /** An ID without its secret: the secret is to be asked for. */
  | {readonly kind: 'key-id-only'; readonly accessKeyId: AccessKeyId}
  /** A secret without its ID: the ID is to be asked for. */
  | {readonly kind: 'secret-only'; readonly secret: Secret}
  /** A temporary key (`ASIA…`) without its session token. */
  | {readonly kind: 'needs-token'; readonly accessKeyId: AccessKeyId; readonly secret: Secret}
  | {readonly kind: 'nothing'; readonly complaint: ValidationError}

interface CompleteReading {
  readonly kind: 'complete'
  /** At least one, in the order of the text, each ID with its secret once. */
  readonly candidates: readonly [Candidate, ...Candidate[]]
  /** What the text was taken for: `the console's CSV file`. */
  readonly source: SafeText
  /** What was left out or looked odd. */
  readonly notes: readonly SafeText[]
}

/** Every format is tried in turn, the strictest first; the first that yields a whole key decides. */
export function readCredentials(text: string): CredentialsReading {
  if (text.length > MAX_PASTE_LENGTH)
    return nothing(
      say`This is too long to look through (${text.length} characters). Paste only the access key.`,
    )
  const tidied = tidy(text)
  const failed: Assessment[] = []
  for (const {keys, source} of readings(tidied.text)) {
    const assessments = keys.map(assess)
    const complete = completeReading(assessments, source, tidied.notes)
    if (complete) return complete
    failed.push(...assessments)
  }
  return (
    incompleteReading(failed) ??
    loneSecret(tidied.text) ?? {kind: 'nothing', complaint: explainNothing(tidied.text)}
  )
}

function* readings(text: string): Generator<{keys: readonly RawKey[]; source: SafeText}> {
  yield readJson(text)
  yield {keys: readCsv(text) ?? [], source: say`the console's CSV file`}
  const nested = withParents(text)
  yield {keys: readOwned(nested), source: say`named values`}
  const assigned = readAssignments(nested)
  yield assigned
  // Halves that their names keep apart are not put together by where they stand.
  const hasLoneId = assigned.keys.some(({secretAccessKey}) => secretAccessKey === undefined)
  const hasLoneSecret = assigned.keys.some(({accessKeyId}) => accessKeyId === undefined)
  if (assigned.hasSections || (hasLoneId && hasLoneSecret)) return
  const bare = assigned.keys.length > 0 ? withoutComments(nested) : nested
  yield {keys: readBare(bare), source: say`the pasted text`}
}

function completeReading(
  assessments: readonly Assessment[],
  source: SafeText,
  tidyNotes: readonly SafeText[],
): CompleteReading | undefined {
  const byKey = new Map<string, Candidate>()
  const ids = new Set<string>()
  const notes = new Set<SafeText>(tidyNotes)
  for (const each of assessments) {
    if (each.kind !== 'complete') continue
    const {accessKeyId, secretAccessKey} = each.candidate.key
    const identity = `${accessKeyId} ${secretAccessKey.reveal()}`
    // The portal gives the same key three times; only one of the three names the profile.
    byKey.set(identity, {...each.candidate, ...byKey.get(identity)})
    ids.add(accessKeyId)
    each.notes.forEach((note) => notes.add(note))
  }
  const [first, ...others] = byKey.values()
  if (!first) return undefined
  const leftOut = assessments.filter(
    (each) => each.kind !== 'complete' && !('accessKeyId' in each && ids.has(each.accessKeyId)),
  )
  if (leftOut.length > 0) {
    const reason = leftOut.find((each) => each.kind === 'faulty')?.complaint.what
    const count = say`${leftOut.length} more could not be read whole and were left out.`
    notes.add(reason === undefined ? count : say`${count} ${reason}`)
  }
  if (others.length >= MAX_CANDIDATES)
    notes.add(say`Only the first ${MAX_CANDIDATES} keys are listed, of ${byKey.size}.`)
  return {
    kind: 'complete',
    candidates: [first, ...others.slice(0, MAX_CANDIDATES - 1)],
    source,
    notes: [...notes],
  }
}

/** What helps most to go on: a value to repair or to add, before an ID that stands alone. */
function incompleteReading(failed: readonly Assessment[]): CredentialsReading | undefined {
  const best = failed.find((each) => each.kind !== 'key-id-only') ?? failed[0]
  if (best === undefined || best.kind === 'complete') return undefined
  const has = (kind: Assessment['kind']) => failed.some((each) => each.kind === kind)
  if (has('key-id-only') && has('secret-only')) return nothing(APART)
  return best.kind === 'faulty' ? {kind: 'nothing', complaint: best.complaint} : best
}

const APART = say`An access key ID and a secret are here, but apart: nothing says that they belong together. Put both into one section, or one after the other.`

/** Names of commits have 40 characters too, and many other things have: a secret is of letters large and small. */
function loneSecret(text: string): CredentialsReading | undefined {
  const word = withoutQuotes(text)
  const isMixed = /[a-z]/.test(word) && /[A-Z]/.test(word)
  const secret = isMixed ? parseSecretAccessKey(word) : undefined
  return secret && {kind: 'secret-only', secret}
}

function nothing(what: SafeText): CredentialsReading {
  return {kind: 'nothing', complaint: {what}}
}
