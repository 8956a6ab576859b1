import {say, type SafeText} from '../src/text/safe-text.js'
import type {Binding} from './keys.js'
import {cellsOf, type Line} from './line.js'

/** A key and what it does, as the footer shows them. */
export interface KeyHelp {
  readonly keys: SafeText
  readonly does: SafeText
}

export function helpOf(bindings: readonly Binding<string>[]): KeyHelp[] {
  return bindings.flatMap(({help}) => (help ? [help] : []))
}

/** The footer, in as many rows as it needs; an entry is never broken. */
export function keyHelpLines(entries: readonly KeyHelp[], width: number): Line[] {
  const rows: Line[] = []
  let row: Line = []
  let used = 0
  for (const {keys, does} of entries) {
    const size = cellsOf(keys) + 1 + cellsOf(does)
    if (used > 0 && used + 3 + size > width) {
      rows.push(row)
      row = []
      used = 0
    }
    const gap = used > 0 ? [{text: say` · `, tone: 'dim' as const}] : []
    row = [...row, ...gap, {text: keys, tone: 'strong'}, {text: say` ${does}`, tone: 'dim'}]
    used += size + (gap.length > 0 ? 3 : 0)
  }
  return row.length > 0 ? [...rows, row] : rows
}
