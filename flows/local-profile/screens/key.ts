import type {AskStep, Offer, Panel} from '../../../src/engine/types.js'
import {describeCandidate, readCredentials} from '../../../src/paste/credentials-text.js'
import {maskKeyId} from '../../../src/text/mask.js'
import type {ValidationError} from '../../../src/domain/problem.js'
import {safe, type SafeText} from '../../../src/text/safe-text.js'
import {
  checkSecretAccessKey,
  checkSessionToken,
  parseAccessKeyId,
  withoutQuotes,
} from '../../../src/domain/validators.js'
import {select, work} from '../../ask.js'
import type {LocalProfilePorts} from '../ports.js'
import type {LocalProfileEvent, LocalProfileState} from '../state.js'
import {beginsAsPath, isWholeKey, pathOf, typedPath} from '../typed-path.js'
import {words} from '../words.js'

type E = LocalProfileEvent
type P = LocalProfilePorts

/** One field takes it all: an ID typed by hand, or a paste of anything that holds a key. */
export function key(state: LocalProfileState): AskStep<E, P> {
  const hint = state.method === 'cloudshell' ? words.key.hintCloudshell : words.key.hint
  return {
    kind: 'ask',
    id: 'key',
    question: {
      kind: 'paste',
      message: words.key.message,
      hint,
      // A path that led to nothing stays, to be mended.
      ...(state.problem && state.keyFile !== undefined ? {initial: state.keyFile} : {}),
      reveal: revealTyped,
      validate: checkPaste,
    },
    panels: [
      ...(state.problem ? [{kind: 'problem', problem: state.problem} as const] : []),
      ...(state.loneSecret ? [{kind: 'prose', lines: [words.key.secretRead]} as const] : []),
      ...(state.input.isPractice
        ? [{kind: 'prose', lines: [words.practiceHint], tone: 'warning'} as const]
        : []),
    ],
    ...(state.input.isPractice ? {offers: [practiceOffer(state)]} : {}),
    unattended: {option: '--keys-from FILE'},
    answer: (value) => ({type: 'pasted', text: value as string}),
    trail: state.input.isKeyGiven ? () => words.key.read : (value) => shownTyped(value as string),
  }
}

export function readingKeyFile({keyFile}: LocalProfileState) {
  return work<E, P>({
    id: 'reading-key-file',
    title: words.readingKeyFile,
    run: async (ports) => ({type: 'key-file', text: await ports.readKeyFile(keyFile ?? '')}),
    failed: (problem) => ({type: 'problem', problem}),
  })
}

export function secret(state: LocalProfileState): AskStep<E, P> {
  return {
    kind: 'ask',
    id: 'secret',
    question: {
      kind: 'secret',
      message: words.secret.message,
      hint: words.secret.hint,
      // The whole of a key that was copied takes the place of the ID that was given.
      validate: (text) => (isWholeKey(text) ? undefined : checkSecretAccessKey(withoutQuotes(text))),
    },
    panels: understoodId(state, words.secret.of),
    unattended: {option: '--keys-from FILE'},
    answer: (value) => ({type: 'secret', text: value as string}),
  }
}

export function token(state: LocalProfileState): AskStep<E, P> {
  return {
    kind: 'ask',
    id: 'token',
    question: {
      kind: 'secret',
      message: words.token.message,
      hint: words.token.hint,
      validate: (text) => checkSessionToken(withoutQuotes(text)),
    },
    panels: understoodId(state, words.token.of),
    unattended: {option: '--keys-from FILE'},
    answer: (value) => ({type: 'token', text: value as string}),
  }
}

export function candidate(state: LocalProfileState) {
  return select<E, P, string>({
    id: 'candidate',
    message: words.candidate.message,
    choices: state.candidates.map((one, index) => [String(index), {label: describeCandidate(one)}]),
    unattended: {option: '--keys-from FILE (with one key in it)'},
    answer: (id) => ({type: 'candidate', index: Number(id)}),
  })
}

/** So far as it is typed; what begins like one and goes on in small letters is none. */
const ID_SO_FAR = /^["']?(?:A[A-Z0-9]{0,23}|[Aa][KkSs][Ii][Aa][A-Za-z0-9]{0,20})["']?$/

/** An access key ID is no secret and is shown, and so is a path; whatever else is in the field may be one and is hidden. */
export function revealTyped(value: string): SafeText {
  const text = value.trim()
  if (ID_SO_FAR.test(text)) return safe(value)
  if ((typedPath(text) !== undefined || beginsAsPath(text)) && readCredentials(text).kind === 'nothing')
    return safe(value)
  return words.key.hidden(text.split(/\r\n|\n|\r/).length)
}

function checkPaste(value: string): ValidationError | undefined {
  const reading = readCredentials(value)
  return reading.kind === 'nothing' && pathOf(value) === undefined ? reading.complaint : undefined
}

/** Whose other half is asked for. */
function understoodId({keyId}: LocalProfileState, of: (keyId: SafeText) => SafeText): Panel[] {
  return keyId ? [{kind: 'prose', lines: [of(maskKeyId(keyId))], tone: 'dim'}] : []
}

function practiceOffer(state: LocalProfileState): Offer<P> {
  return {
    key: 'ctrl+t',
    label: words.typePracticeKey,
    run: async (ports) =>
      ports.practiceKey ? {fill: await ports.practiceKey(state.policy)} : {note: words.practiceHint},
  }
}

/** Seen while it is typed; then it is spelled as everywhere. */
function shownTyped(text: string): SafeText {
  const id = parseAccessKeyId(withoutQuotes(text))
  return id ? maskKeyId(id) : revealTyped(text)
}
