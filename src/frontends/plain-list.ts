import {cellsOf, line, wrapText, type Line} from '../../components/line.js'
import {matching} from '../../components/select.js'
import type {Choice} from '../engine/types.js'
import type {ValidationError} from '../domain/problem.js'
import {safe, say, type SafeText} from '../text/safe-text.js'

/** A key that can be answered in place of a number. */
interface ListKey {
  readonly key: string
  readonly label: SafeText
}

export interface List {
  readonly choices: readonly Choice[]
  readonly keys: readonly ListKey[]
  /** Several numbers are an answer. */
  readonly isMany?: boolean
}

/** Longer lists are searched, and printed whole only when asked for. */
const LONGEST_PRINTED = 20

/** What an answer to a numbered list means. `numbers` count from 1. */
export type ListAnswer =
  | {readonly kind: 'chosen'; readonly numbers: readonly number[]}
  | {readonly kind: 'key'; readonly key: string}
  | {readonly kind: 'narrowed'; readonly numbers: readonly number[]}
  | {readonly kind: 'wrong'; readonly complaint: ValidationError}

export function readListAnswer(text: string, {choices, keys, isMany = false}: List): ListAnswer {
  const key = keys.find((each) => each.key === text.toLowerCase())
  if (key) return {kind: 'key', key: key.key}
  const all = choices.map((_, index) => index + 1)
  if (text === '?') return {kind: 'narrowed', numbers: all}
  if (isMany && /^all$/i.test(text)) return {kind: 'chosen', numbers: all}
  if (isMany && /^none$/i.test(text)) return {kind: 'chosen', numbers: []}
  const numbers = numbersOf(text, isMany)
  if (numbers?.every((number) => all.includes(number))) return {kind: 'chosen', numbers}
  const exact = choices.findIndex(({id}) => id === text)
  if (exact >= 0) return {kind: 'chosen', numbers: [exact + 1]}
  const found = text === '' ? [] : matching({choices}, text).map((choice) => choices.indexOf(choice) + 1)
  if (found.length > 0 && !numbers) return {kind: 'narrowed', numbers: found}
  const what = numbers ? say`There are ${choices.length} choices.` : say`No choice matches this.`
  return {
    kind: 'wrong',
    complaint: {
      what,
      example: isMany ? say`1,3 or 2-4 or all` : say`1, or a part of a name`,
    },
  }
}

/** `3`; where several are an answer also `1,3` and `2-5`. */
function numbersOf(text: string, isMany: boolean): readonly number[] | undefined {
  if (!isMany) return /^\d{1,6}\.?$/.test(text) ? [Number.parseInt(text, 10)] : undefined
  const parts = text.split(/[\s,]+/).filter(Boolean)
  if (parts.length === 0 || !parts.every((part) => /^\d{1,6}(?:-\d{1,6})?$/.test(part))) return undefined
  return parts.flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number)
    // The end may lie far behind the last choice: one number too many is enough to say so.
    return Array.from({length: Math.min(Math.max(to - from, 0), 10_000) + 1}, (_, index) => from + index)
  })
}

/** A list as it is first shown, with the choice or choices that Enter takes. */
export function firstLines(list: List, initial: readonly number[], width: number): Line[] {
  const {choices} = list
  if (choices.length <= LONGEST_PRINTED)
    return [...choiceRows(list, undefined, width), ...keyRows(list, width)]
  const words = say`${choices.length} choices. Type part of a name to search, or ? to see all.`
  const shown = initial.slice(0, LONGEST_PRINTED)
  return [
    ...wrapText(words, width).map((text) => line(text, 'dim')),
    ...choiceRows(list, shown, width),
    ...keyRows(list, width),
  ]
}

/** The numbered choices, or those of them with these numbers, each with its hint. */
export function choiceRows({choices}: List, numbers: readonly number[] | undefined, width: number): Line[] {
  const shown = numbers ?? choices.map((_, index) => index + 1)
  const column = 2 + String(choices.length).length + 2
  return shown.flatMap((number) => {
    const choice = choices[number - 1]
    if (!choice) return []
    return [
      ...rowsOf(safe(`${number}. `.padStart(column)), choice.label, width),
      ...(choice.hint
        ? wrapText(choice.hint, width - column - 2).map((text) =>
            line(safe(' '.repeat(column + 2) + text), 'dim'),
          )
        : []),
    ]
  })
}

function keyRows({choices, keys}: List, width: number): Line[] {
  const column = 2 + String(choices.length).length + 2
  return keys.flatMap(({key, label}) =>
    rowsOf(safe(`${keyName(key)}. `.padStart(column)), sentence(label), width),
  )
}

function rowsOf(marker: SafeText, label: SafeText, width: number): Line[] {
  const indent = cellsOf(marker)
  return wrapText(label, width - indent).map((text, index) => [
    {text: index === 0 ? marker : safe(' '.repeat(indent))},
    {text},
  ])
}

/** A key as it is written on the keyboard. */
export function keyName(key: string): SafeText {
  return key.startsWith('ctrl+') ? say`Ctrl+${key.slice(5).toUpperCase()}` : safe(key)
}

export function sentence(text: SafeText): SafeText {
  return safe(text.charAt(0).toUpperCase() + text.slice(1))
}
