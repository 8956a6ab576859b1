/** The difference of two versions of a file in lines fit to be shown. */
import {say, type SafeText} from '../text/safe-text.js'
import {changedPart, differenceOf, linesOf as wholeLinesOf} from './hunks.js'
import {maskLine} from './mask.js'

/** The same shape that panels draw; the store knows no front end. */
export interface DiffLine {
  readonly sign: '+' | '-' | ' ' | '@'
  readonly text: SafeText
}

const CONTEXT_LINES = 3
/** Beyond this many changed lines only the number of the rest is told. */
const MAX_LINES = 200

/** Changed lines with three lines around them. Secrets are masked in all of them. */
export function diffOf(before: Uint8Array, after: Uint8Array): readonly DiffLine[] {
  const part = changedPart(before, after)
  if (!part) return []
  const {old, now, head, oldEnd, nowEnd} = part
  const oldLines = linesOf(old, head, oldEnd)
  const newLines = linesOf(now, head, nowEnd)
  const above = linesAbove(old, head)
  const below = linesBelow(old, oldEnd)
  const changes = match(oldLines, newLines)
  const owners = ownersOf(old, head)
  const owned = withOwners(
    [...above.map((line) => entry(' ', line)), ...changes, ...below.map((line) => entry(' ', line))],
    owners,
  )
  return withHunks(owned.map(({sign, line, owner}) => ({sign, text: maskLine(line, owner)})))
}

interface Entry {
  readonly sign: '+' | '-' | ' '
  readonly line: string
}

const entry = (sign: Entry['sign'], line: string): Entry => ({sign, line})

/** Without their line ends: a difference of these alone shows nothing. */
function linesOf(bytes: Buffer, from: number, to: number): string[] {
  return wholeLinesOf(bytes, from, to).map((line) => line.replace(/\r?\n?$/, ''))
}

function linesAbove(bytes: Buffer, offset: number): string[] {
  let from = offset
  for (let count = 0; count < CONTEXT_LINES && from > 0; count++)
    from = from < 2 ? 0 : bytes.lastIndexOf(10, from - 2) + 1
  return linesOf(bytes, from, offset)
}

function linesBelow(bytes: Buffer, offset: number): string[] {
  let to = offset
  for (let count = 0; count < CONTEXT_LINES && to < bytes.length; count++) {
    const newline = bytes.indexOf(10, to)
    to = newline < 0 ? bytes.length : newline + 1
  }
  return linesOf(bytes, offset, to)
}

function match(old: readonly string[], now: readonly string[]): readonly Entry[] {
  const parts = differenceOf([...old], [...now])
  if (!parts) return [...old.map((line) => entry('-', line)), ...now.map((line) => entry('+', line))]
  return parts.flatMap(({added, removed, value}) =>
    value.map((line) => entry(added ? '+' : removed ? '-' : ' ', line)),
  )
}

/** The key whose value the first shown line may continue. */
function ownersOf(bytes: Buffer, offset: number): string | undefined {
  const lines = linesOf(bytes, Math.max(0, offset - 65_536), offset)
  const context = Math.min(CONTEXT_LINES, lines.length)
  return lines
    .slice(0, lines.length - context)
    .reduce<string | undefined>((owner, line) => ownerAfter(line, owner), undefined)
}

/** An indented line continues the key above it; which key, decides whether it is a secret. */
function ownerAfter(line: string, owner: string | undefined): string | undefined {
  if (/^[ \t]*([#;]|$)/.test(line)) return owner
  if (line.startsWith('[')) return undefined
  const key = /^[ \t]*([^=:]*?)[ \t]*[=:]/.exec(line)?.[1]
  return /^[ \t]/.test(line) ? (owner ?? key) : key
}

function withOwners(
  entries: readonly Entry[],
  first: string | undefined,
): readonly (Entry & {owner?: string})[] {
  let owner = first
  return entries.map((each) => {
    const isContinuing = /^[ \t]+[^ \t#;]/.test(each.line) && owner !== undefined
    const shown = isContinuing ? {...each, owner: owner!} : each
    owner = ownerAfter(each.line, owner)
    return shown
  })
}

/** Long stretches without a change fall out, and so does what is beyond the limit. */
function withHunks(lines: readonly DiffLine[]): readonly DiffLine[] {
  const changed = lines.flatMap(({sign}, index) => (sign === ' ' ? [] : [index]))
  const isNear = (index: number) => changed.some((at) => Math.abs(at - index) <= CONTEXT_LINES)
  const kept: DiffLine[] = []
  for (const [index, line] of lines.entries()) {
    if (kept.length >= MAX_LINES) {
      kept.push({sign: '@', text: say`… and ${lines.length - index} more lines`})
      break
    }
    if (isNear(index)) kept.push(line)
    else if (kept.at(-1)?.sign !== '@') kept.push({sign: '@', text: say`…`})
  }
  return kept.filter(({sign}, index) => sign !== '@' || (index > 0 && index < kept.length))
}
