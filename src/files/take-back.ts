/**
 * The reverse of what was written, applied to a file as it is now. Where nobody wrote since, it is the file from before,
 * byte for byte; else our own lines are looked for, and everything around them stays.
 */
import {isSound} from './sound.js'
import {linesOf} from './hunks.js'
import type {Written, WrittenHunk} from './journal.js'
import type {FileRole} from './plan.js'
import {below, hasSections, isHeader, placeOf, type Above} from './above.js'
import {digestOfLine, EMPTY, keyOf, shapeless} from './written.js'

/** A place where somebody else has changed lines of ours since. Lines are one character a byte. */
export interface Touched {
  /** What stands there now. */
  readonly theirs: readonly string[]
  /** What stood there before we wrote. */
  readonly old: readonly string[]
}

export interface TakenBack {
  readonly bytes: Buffer
  readonly touched: readonly Touched[]
  /** Some of what was written is nowhere to be found, nor what it replaced. */
  readonly isMissing: boolean
  /** Some cannot be taken back without harm to what somebody else has written beside it. */
  readonly isStuck: boolean
}

/** @param way with lines that somebody else has changed since: they stay, or what was there before takes their place */
export async function takeBack(
  current: Buffer,
  digestOfCurrent: string,
  written: Written,
  way: 'theirs' | 'old' = 'theirs',
): Promise<TakenBack> {
  // Only where the places that are kept are some of this file.
  const isWithin = written.hunks.every(({at, length}) => at + length <= current.length)
  if (digestOfCurrent === written.after && isWithin)
    return {bytes: exactly(current, written.hunks), touched: [], isMissing: false, isStuck: false}
  const file = new Lines(current, written.role)
  const found: Found[] = []
  let isMissing = false
  for (const hunk of written.hunks) {
    const place = file.find(hunk)
    if (place === 'missing') isMissing = true
    if (place === 'missing' || place === 'back') continue
    const {from, to, isOurs} = place
    const old = adapted(hunk.old, file.lineEnd)
    const between = {theirs: file.slice(from, to), old}
    // What keeps ours from being taken away may stand below it, in the same section.
    const whole = {theirs: file.slice(from, file.endOfSection(to)), old}
    found.push({
      start: file.start(from),
      end: file.start(to),
      old,
      between,
      whole,
      isOurs,
      header: hunk.header,
    })
  }
  const units = hasSections(written.role) ? bySection(found) : found.map((each) => [each])
  const wanted = way === 'old' ? units : units.filter((unit) => unit.every(({isOurs}) => isOurs))
  const sound = (await soundOnes(current, written.role, wanted)).flat()
  return {
    bytes: spliced(current, sound),
    touched: found
      .filter((each) => !each.isOurs || !sound.includes(each))
      .map((each) => (each.isOurs ? each.whole : each.between)),
    isMissing,
    isStuck: sound.length < wanted.flat().length,
  }
}

interface Found extends Splice {
  readonly between: Touched
  readonly whole: Touched
  readonly isOurs: boolean
  readonly header: string | undefined
}

/** What was written in one section belongs together: a part of an old key beside a part of another is no key. */
function bySection(found: readonly Found[]): readonly (readonly Found[])[] {
  const units = new Map<string | Found, Found[]>()
  for (const each of found) {
    const unit = units.get(each.header ?? each)
    if (unit) unit.push(each)
    else units.set(each.header ?? each, [each])
  }
  return [...units.values()]
}

/** All of them, or else those that do no harm one after the other. */
async function soundOnes(
  current: Buffer,
  role: FileRole,
  wanted: readonly (readonly Found[])[],
): Promise<readonly (readonly Found[])[]> {
  const isFine = async (some: readonly (readonly Found[])[]) => {
    const all = some.flat()
    return isSound(role, current, all, spliced(current, all))
  }
  if (wanted.length === 0 || (await isFine(wanted))) return wanted
  let sound: readonly (readonly Found[])[] = []
  for (const each of wanted) if (await isFine([...sound, each])) sound = [...sound, each]
  return sound
}

/** With the line ends of a file that has been given others since. */
function adapted(lines: readonly string[], lineEnd: string | undefined): readonly string[] {
  return lineEnd === undefined ? lines : lines.map((line) => line.replace(/\r?\n$/, lineEnd))
}

interface Splice {
  readonly start: number
  readonly end: number
  readonly old: readonly string[]
}

function exactly(current: Buffer, hunks: readonly WrittenHunk[]): Buffer {
  return spliced(
    current,
    hunks.map(({at, length, old}) => ({start: at, end: at + length, old})),
  )
}

/** Places that overlap are taken once: the first. */
function spliced(current: Buffer, splices: readonly Splice[]): Buffer {
  const pieces: Uint8Array[] = []
  let at = 0
  for (const {start, end, old} of splices.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue
    const text = old.join('')
    // What was the last line then may be none now.
    const isOpen = text !== '' && !text.endsWith('\n') && end < current.length
    pieces.push(current.subarray(at, start), Buffer.from(isOpen ? `${text}\n` : text, 'latin1'))
    at = end
  }
  return Buffer.concat([...pieces, current.subarray(at)])
}

interface Place {
  /** Numbers of lines, the second not included. */
  readonly from: number
  readonly to: number
  /** Our lines stand there as we wrote them. */
  readonly isOurs: boolean
}

class Lines {
  readonly #lines: readonly string[]
  readonly #digests: readonly string[]
  readonly #starts: readonly number[]
  /** By line, what stands above it; one more for the end. */
  readonly #above: readonly Above[]
  readonly #role: FileRole

  constructor(bytes: Buffer, role: FileRole) {
    this.#lines = linesOf(bytes, 0, bytes.length)
    this.#digests = this.#lines.map(digestOfLine)
    let at = 0
    this.#starts = [...this.#lines.map((line) => (at += line.length) - line.length), bytes.length]
    this.#role = role
    let above: Above = []
    this.#above = [above, ...this.#lines.map((line) => (above = below(role, above, line)))]
  }

  /** The one that all lines have. */
  get lineEnd(): string | undefined {
    const ends = new Set(this.#lines.map((line) => /\r?\n$/.exec(line)?.[0]))
    ends.delete(undefined)
    return ends.size === 1 ? [...ends][0] : undefined
  }

  start(line: number): number {
    return this.#starts[line]!
  }

  slice(from: number, to: number): readonly string[] {
    return this.#lines.slice(from, to)
  }

  /** Where the section ends that a line is in, without what is empty at its end. */
  endOfSection(line: number): number {
    if (!hasSections(this.#role)) return line
    let end = line
    while (end < this.#lines.length && !isHeader(this.#lines[end]!)) end++
    while (end > line && this.#lines[end - 1]!.trim() === '') end--
    return end
  }

  /** Where the lines of a write are now; `back` where nothing is to be done, as when it was taken back already. */
  find(hunk: WrittenHunk): Place | 'back' | 'missing' {
    const {now, under, old} = hunk
    const sign = now.findIndex((each) => each !== EMPTY)
    const runs = () => this.#runs(now, Math.max(0, sign), under[sign] || undefined)
    const whole = this.#best(now.length > 0 ? runs() : this.#gaps(hunk, 'both'), hunk)
    if (whole !== undefined) return {from: whole, to: whole + now.length, isOurs: true}
    const inner = this.#withoutBlanks(hunk)
    if (inner) return inner
    if (this.#isBack(hunk)) return 'back'
    const left = this.#left(hunk)
    if (left) return left
    if (old.length === 0) return this.#given(hunk) ?? (this.#hasSign(hunk) ? 'missing' : 'back')
    // What was only taken out stands in nobody's way when it comes back.
    const gap = now.length === 0 ? this.#best(this.#gaps(hunk, 'one'), hunk) : undefined
    if (gap !== undefined) return {from: gap, to: gap, isOurs: true}
    return this.#between(hunk)
  }

  /** What we put in, where only the empty line before or after it is gone. */
  #withoutBlanks(hunk: WrittenHunk): Place | undefined {
    const {now, under, old} = hunk
    const first = now.findIndex((each) => each !== EMPTY)
    const last = now.findLastIndex((each) => each !== EMPTY)
    if (old.length > 0 || first < 0 || last - first === now.length - 1) return undefined
    const lines = now.slice(first, last + 1)
    const from = this.#best(this.#runs(lines, 0, under[first] || undefined), {...hunk, now: lines})
    return from === undefined ? undefined : {from, to: from + lines.length, isOurs: true}
  }

  /** A key that we put in has another value now. */
  #given({now, under, keys = [], header}: WrittenHunk): Place | undefined {
    const lines = now.flatMap((_, index) => {
      const key = keys[index]
      if (!key || header === undefined) return []
      const line = this.#lines.findIndex(
        (text, at) => keyOf(text) === key && this.#isUnder(at, under[index] || undefined),
      )
      return line < 0 ? [] : [line]
    })
    const [first, last] = [Math.min(...lines), Math.max(...lines)]
    return lines.length === 0 || last - first > now.length + MAX_BETWEEN
      ? undefined
      : {from: first, to: last + 1, isOurs: false}
  }

  /** A line of ours is there in another shape, or where ours are not looked for. */
  #hasSign({signs = []}: WrittenHunk): boolean {
    const wanted = new Set(signs)
    return wanted.size > 0 && this.#lines.some((line) => wanted.has(shapeless(line)))
  }

  /** Where all of the lines stand, the one that is a sign of them under what it stood under. */
  #runs(lines: readonly string[], sign: number, place: string | undefined): readonly number[] {
    const found: number[] = []
    for (let at = this.#digests.indexOf(lines[0]!); at >= 0; at = this.#digests.indexOf(lines[0]!, at + 1))
      if (lines.every((each, index) => this.#digests[at + index] === each) && this.#isUnder(at + sign, place))
        found.push(at)
    return found
  }

  /** Between the lines that stood above and below what was taken out, or beside one of them. */
  #gaps(hunk: WrittenHunk, sides: 'both' | 'one'): readonly number[] {
    const {above, below} = hunk
    const found: number[] = []
    for (let at = 0; at <= this.#lines.length; at++) {
      const isBelow = below.length === 0 ? at === this.#lines.length : this.#digests[at] === below[0]
      const isAbove = above.length === 0 ? at === 0 : this.#digests[at - 1] === above.at(-1)
      const isThere = sides === 'both' ? isAbove && isBelow : isAbove || isBelow
      if (isThere && this.#wouldBeUnder(at, hunk)) found.push(at)
    }
    return found
  }

  /** A line is under what it stood under; without a place it may stand anywhere. */
  #isUnder(line: number, place: string | undefined): boolean {
    return place === undefined || this.#placeAt(line, this.#lines[line]!) === place
  }

  /** What was replaced would come to stand under what it stood under. */
  #wouldBeUnder(line: number, {old, header}: WrittenHunk): boolean {
    return header === undefined || this.#placeAt(line, old.find(isText) ?? '') === header
  }

  #placeAt(line: number, text: string): string | undefined {
    const place = placeOf(this.#role, this.#above[line]!, text)
    return place === undefined ? undefined : digestOfLine(place)
  }

  /** The one whose surroundings are most as they were, and the nearest of those that are alike. */
  #best(places: readonly number[], hunk: WrittenHunk): number | undefined {
    const away = (line: number) => Math.abs(this.#starts[line]! - hunk.at)
    const rated = places.map((at) => ({at, alike: this.#alike(at, hunk)}))
    return rated.toSorted((one, other) => other.alike - one.alike || away(one.at) - away(other.at))[0]?.at
  }

  #alike(at: number, {now, above, below}: WrittenHunk): number {
    let count = 0
    while (count < above.length && this.#digests[at - 1 - count] === above[above.length - 1 - count]) count++
    let under = 0
    while (under < below.length && this.#digests[at + now.length + under] === below[under]) under++
    return count + under
  }

  /** What was replaced stands there again, beside the lines that it stood beside. */
  #isBack(hunk: WrittenHunk): boolean {
    const {old, above, below, header} = hunk
    if (old.length === 0) return false
    return this.#runs(old.map(digestOfLine), Math.max(0, old.findIndex(isText)), header).some(
      (at) => this.#digests[at - 1] === above.at(-1) || this.#digests[at + old.length] === below[0],
    )
  }

  /** Lines of ours that are left, and what stands between them. */
  #left(hunk: WrittenHunk): Place | undefined {
    const {now, under, old, header} = hunk
    const oldDigests = new Set(old.map(digestOfLine))
    // A line that was there before as well, or an empty one, is no sign of ours.
    const isSign = (digest: string) => digest !== EMPTY && !oldDigests.has(digest)
    const ours = new Set(now.flatMap((digest, index) => (isSign(digest) ? [digest + under[index]] : [])))
    // A key of ours is one below another name, too; of other lines many sections have the same.
    const keys = new Set(header === undefined ? now.filter(isSign) : [])
    const lines = this.#digests.flatMap((digest, index) => {
      const text = this.#lines[index]!
      const isOurs =
        ours.has(digest + (this.#placeAt(index, text) ?? '')) || (keys.has(digest) && isKey(text))
      return isOurs ? [index] : []
    })
    const [first, last] = [lines[0], lines.at(-1)]
    // Far apart, they are lines of somebody else that read the same.
    if (first === undefined || last === undefined || last - first > now.length + MAX_BETWEEN) return undefined
    return {...this.#widened(hunk, first, last + 1), isOurs: false}
  }

  /** With the lines that stand where the others of ours stood, at both ends. */
  #widened({now, above, below, header}: WrittenHunk, first: number, end: number) {
    const isOwnSection = hasSections(this.#role) && header === undefined
    const isTheirs = (line: number, around: string | undefined) =>
      line >= 0 &&
      line < this.#lines.length &&
      this.#digests[line] !== around &&
      (!hasSections(this.#role) ||
        (isOwnSection ? !isHeader(this.#lines[line]!) : this.#isUnder(line, header)))
    let [from, to] = [first, end]
    while (to - from < now.length && isTheirs(to, below[0])) to++
    if (isOwnSection) from = this.#headerOf(from)
    const isBefore = (line: number) =>
      isTheirs(line, above.at(-1)) && (!isOwnSection || !isText(this.#lines[line]!))
    while (to - from < now.length && isBefore(from - 1)) from--
    return {from, to}
  }

  /** The header right above a line, with nothing of anybody's in between; or else the line. */
  #headerOf(line: number): number {
    for (let at = line; at >= 0; at--) {
      const text = this.#lines[at]!
      if (isHeader(text)) return at
      if (at < line && !/^\s*(?:[#;].*)?$/.test(text)) break
    }
    return line
  }

  /** What stands in their place now: between the lines around, or else nothing at the end of their section. */
  #between(hunk: WrittenHunk): Place | 'missing' {
    const {now, above, below, header} = hunk
    // At the top nothing stands above.
    for (let index = -1; index < this.#digests.length; index++) {
      const isAbove = above.length === 0 ? index < 0 : this.#digests[index] === above.at(-1)
      if (!isAbove || !this.#wouldBeUnder(index + 1, hunk)) continue
      const to = below.length === 0 ? this.#lines.length : this.#digests.indexOf(below[0]!, index + 1)
      if (to > index && to - index - 1 <= now.length + MAX_BETWEEN)
        return {from: index + 1, to, isOurs: false}
    }
    const end =
      header === undefined ? -1 : this.#above.findLastIndex((_, line) => this.#wouldBeUnder(line, hunk))
    return end < 0 ? 'missing' : {from: end, to: end, isOurs: false}
  }
}

const isText = (line: string): boolean => line.trim() !== ''
const isKey = (line: string): boolean => /^aws_(?:access_key_id|secret_access_key|session_token)\b/.test(line)

const MAX_BETWEEN = 20
