/** Keys without names around them: an ID and a secret in any order, separated by anything. */
import {isShapedLikeAccessKeyId, isShapedLikeSecret} from '../../domain/key-validators.js'
import {grouped, type Group, type Part} from './grouped.js'
import {isForeignSecret, isOfAnother, owner} from './others.js'
import type {RawKey} from './raw-key.js'

const RUN = /[A-Za-z0-9/+]+={0,2}/g
/** An ID and a secret with nothing, `/` or `+` between them, which are characters of a secret themselves. */
const GLUED =
  /^(?:((?:AKIA|ASIA)[A-Z0-9]{16})[/+]?([A-Za-z0-9/+]{40})|([A-Za-z0-9/+]{40})[/+]?((?:AKIA|ASIA)[A-Z0-9]{16}))$/
const MIN_TOKEN_LENGTH = 100
/** Of a section, or of a block of YAML or Markdown. */
const HEADER = /^[ \t]*\[[^\]\n]{1,300}\][ \t]*$/gm

interface Piece {
  readonly kind: 'id' | 'secret' | 'token'
  readonly value: string
  /** Whose it is by its name; empty where that does not say, or where it has none. */
  readonly of: string
  /** Where its line begins. */
  readonly line: number
  /** Where the header is that it stands under; before the first there is none. */
  readonly section: number
}

/** Every access key ID of the text with the secret and token that stand nearest to it. */
export function readBare(text: string): readonly RawKey[] {
  const pieces = piecesOf(text)
  const [at, ...others] = pieces.flatMap((piece, index) => (piece.kind === 'id' ? [index] : []))
  // Among several it is the order that tells, and where it does not nothing is paired.
  if (at === undefined || others.length > 0)
    return bySection(pieces).map(({id, secret, token}) => ({
      accessKeyId: id,
      ...(secret === undefined ? {} : {secretAccessKey: secret}),
      ...(token === undefined ? {} : {sessionToken: token}),
    }))
  // "secret, ID" is read that way round only where the text begins with a secret.
  const isSecretFirst = pieces.findIndex(({kind}) => kind === 'secret') < at
  const nearest = (kind: Piece['kind']): string | undefined => {
    const isOne = (each: Piece) => each.kind === kind && each.section === pieces[at]!.section
    const [ahead, behind] = [pieces.slice(0, at).findLast(isOne), pieces.slice(at + 1).find(isOne)]
    return (isSecretFirst ? (ahead ?? behind) : (behind ?? ahead))?.value
  }
  const [secret, token] = [nearest('secret'), nearest('token')]
  const key: RawKey = {
    accessKeyId: pieces[at]!.value,
    ...(secret === undefined ? {} : {secretAccessKey: secret}),
    ...(token === undefined ? {} : {sessionToken: token}),
  }
  return [withDamagedSecret(key, text)]
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const lineAt = lastBefore(text.matchAll(/\n/g))
  const sectionAt = lastBefore(text.matchAll(HEADER))
  for (const match of text.matchAll(RUN)) {
    const [run] = match
    const word = run.replace(/=+$/, '')
    const ahead = text.slice(Math.max(0, match.index - 80), match.index)
    const name = nameIn(ahead)
    if (isOfAnother(name)) continue
    if (isShapedLikeSecret(word) && (isForeignSecret(phraseIn(ahead)) || IN_ADDRESS.test(ahead))) continue
    const of = owner(name)
    const place = {of, line: lineAt(match.index), section: sectionAt(match.index)}
    if (isShapedLikeAccessKeyId(word)) pieces.push({kind: 'id', value: word, ...place})
    else if (isShapedLikeSecret(word)) pieces.push({kind: 'secret', value: word, ...place})
    else if (run.length >= MIN_TOKEN_LENGTH) pieces.push({kind: 'token', value: run, ...place})
    else if (word.length === 60 || word.length === 61)
      pieces.push(...unglue(word).map((each) => ({...each, ...place})))
  }
  const ids = pieces.filter(({kind}) => kind === 'id')
  const [owners, lines] = [new Set(ids.map(({of}) => of)), new Set(ids.map(({line}) => line))]
  // The names of commits are 40 characters too, but only 0-9 and a-f. What a line begins with is the name of all of it.
  return pieces.filter(
    ({kind, value, of, line}) =>
      kind === 'id' ||
      ((of === '' || owners.has(of) || lines.has(line)) && !(kind === 'secret' && /^[0-9a-f]+$/.test(value))),
  )
}

/** Where the last of them is before a place; places are asked for in their order. */
function lastBefore(matches: Iterable<{readonly index: number}>): (place: number) => number {
  const places = [...matches].map(({index}) => index)
  let next = 0
  return (place) => {
    while ((places[next] ?? Infinity) < place) next++
    return places[next - 1] ?? -1
  }
}

/** The name that a value is given; a single word before a colon may as well be one of a sentence. */
function nameIn(before: string): string {
  const [, name = '', sign] = /([A-Za-z][\w.·-]*)["']?[ \t]*([=:])[ \t]*["']?$/.exec(before) ?? []
  return sign === '=' || /[_.·-]/.test(name) || isOfAnother(name) ? name : ''
}

/** The words before a value on its line, with or without a sign between. */
function phraseIn(before: string): string {
  return (
    /((?:[A-Za-z][\w.·-]*[ \t]+){0,2}[A-Za-z][\w.·-]*)["']?[ \t]*[=:]?[ \t]*["']?$/.exec(before)?.[1] ?? ''
  )
}

/** Behind the name of a user in the address of a database. */
const IN_ADDRESS = /:\/\/[^\s/@]*$/

function unglue(word: string): readonly Part[] {
  const [, firstId, lastSecret, firstSecret, lastId] = GLUED.exec(word) ?? []
  if (firstId && lastSecret)
    return [
      {kind: 'id', value: firstId},
      {kind: 'secret', value: lastSecret},
    ]
  if (firstSecret && lastId)
    return [
      {kind: 'secret', value: firstSecret},
      {kind: 'id', value: lastId},
    ]
  return []
}

/** Nothing is paired across a header. */
function bySection(pieces: readonly Piece[]): readonly Group[] {
  const sections = new Map<number, Piece[]>()
  for (const piece of pieces) {
    const own = sections.get(piece.section) ?? []
    own.push(piece)
    sections.set(piece.section, own)
  }
  return [...sections.values()].flatMap((each) => grouped(each) ?? [])
}

/** Beside one lone ID, a word that was plainly meant as its secret is reported as damaged, not passed over. */
function withDamagedSecret(key: RawKey, text: string): RawKey {
  if (key.secretAccessKey !== undefined) return key
  const at = text.indexOf(key.accessKeyId ?? '')
  const headers = [...text.matchAll(HEADER)].map(({index}) => index)
  const isApart = (index: number) =>
    headers.some((header) => header > Math.min(at, index) && header < Math.max(at, index))
  const meant = [...text.matchAll(/[^\s,;|"']+/g)].find(({0: word, index}) => {
    const ahead = text.slice(Math.max(0, index - 80), index)
    const name = nameIn(ahead)
    if (isForeignSecret(phraseIn(ahead))) return false
    if (isMeantAsSecret(word) && isApart(index)) return false
    return word !== key.accessKeyId && isMeantAsSecret(word) && !isOthers(name) && !isNamedOtherwise(word)
  })?.[0]
  return meant === undefined ? key : {...key, secretAccessKey: meant}
}

function isNamedOtherwise(word: string): boolean {
  const name = /^([^=:]+)[=:][^=:]/.exec(word)?.[1] ?? ''
  return isOthers(name)
}

const isOthers = (name: string): boolean => isOfAnother(name) || owner(name) !== ''

function isMeantAsSecret(word: string): boolean {
  if (/^[*•●]{4,}\w*$/.test(word)) return true
  const isMixed = /[a-z]/.test(word) && /[A-Z]/.test(word) && /^[A-Za-z0-9/+=%._…*•“”-]+$/.test(word)
  return isMixed && word.length >= 30 && word.length <= 60
}
