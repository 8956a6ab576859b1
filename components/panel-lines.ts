import type {DiffLine, Mark, Panel, Tone, Verdict} from '../src/engine/types.js'
import type {Problem} from '../src/domain/problem.js'
import {safe, say, type SafeText} from '../src/text/safe-text.js'
import {commandRows} from './command-rows.js'
import {EMPTY, cellsOf, headOf, line, wrapText, type Line} from './line.js'

/**
 * Panels as rows of at most `width` cells: the same rows stand in the Ink and in the plain front end.
 *
 * @param flowing cells of an address: none too many where rows are only printed, and the terminal may break them itself
 */
export function panelLines(panels: readonly Panel[], width: number, flowing = width): Line[] {
  return panels.flatMap((panel, index) => {
    const lines = linesOf(panel, width, flowing)
    const isTight = index === 0 || panels[index - 1]?.kind === 'heading'
    return isTight ? lines : [EMPTY, ...lines]
  })
}

function linesOf(panel: Panel, width: number, flowing: number): Line[] {
  switch (panel.kind) {
    case 'heading':
      return wrapText(panel.text, width).map((text) => line(text, 'strong'))
    case 'prose':
      return panel.lines.flatMap((text) => wrapText(text, width).map((row) => line(row, panel.tone)))
    case 'steps':
      return panel.items.flatMap((item, index) => numbered(item, (panel.start ?? 1) + index, width))
    case 'link':
      return [
        ...(panel.label ? wrapText(panel.label, width).map((text) => line(text, 'dim')) : []),
        ...urlLines(panel.url, flowing),
      ]
    case 'code':
      return [
        ...(panel.label ? wrapText(panel.label, width).map((text) => line(text, 'dim')) : []),
        ...panel.lines.flatMap((text) => {
          const rows = panel.runsIn ? commandRows(text, width, panel.runsIn) : undefined
          return (rows ?? chunks(text, width)).map((row) => line(row, 'strong'))
        }),
      ]
    case 'verdicts':
      return verdictLines(panel.rows, width)
    case 'diff':
      return [
        ...wrapText(panel.path, width).map((text) => line(text, 'strong')),
        ...(panel.note ? wrapText(panel.note, width).map((text) => line(text, 'dim')) : []),
        ...panel.lines.map((row) => diffLine(row, width)),
      ]
    case 'problem':
      return problemLines(panel.problem, width)
  }
}

function numbered(item: SafeText, number: number, width: number): Line[] {
  const marker = `${number}. `
  return wrapText(item, width - marker.length).map((text, index): Line => [
    {text: safe(index === 0 ? marker : ' '.repeat(marker.length)), tone: 'dim'},
    {text},
  ])
}

/** A URL stands alone from the first column and is cut only at the edge, so that a terminal still opens or copies it. */
function urlLines(url: SafeText, width: number): Line[] {
  return (width === Infinity ? [url] : chunks(url, width)).map((row) => line(row, 'strong'))
}

function chunks(text: SafeText, width: number): SafeText[] {
  const rows: SafeText[] = []
  let rest: string = text
  do {
    const head = headOf(rest, width)
    rows.push(safe(head))
    rest = rest.slice(head.length)
  } while (rest !== '')
  return rows
}

const MARKS: Record<Mark, {readonly sign: SafeText; readonly tone: Tone}> = {
  good: {sign: say`✔ `, tone: 'good'},
  warning: {sign: say`! `, tone: 'warning'},
  bad: {sign: say`✖ `, tone: 'bad'},
  unknown: {sign: say`? `, tone: 'dim'},
  fact: {sign: say`  `, tone: 'plain'},
}

/** Marks, labels and values in columns; where the screen is narrow the values stand under their labels. */
function verdictLines(rows: readonly Verdict[], width: number): Line[] {
  const widest = Math.max(24, Math.floor(width * 0.4))
  const labelWidth = Math.min(widest, Math.max(0, ...rows.map(({label}) => cellsOf(label))))
  return rows.flatMap((row): Line[] => {
    const {sign, tone} = MARKS[row.mark]
    const note = row.note
      ? wrapText(row.note, width - 4).map((text): Line => [{text: say`    `}, {text, tone: 'dim'}])
      : []
    if (!row.value) {
      const labels = wrapText(row.label, width - 2)
      return [
        ...labels.map((text, index): Line => [{text: index === 0 ? sign : say`  `, tone}, {text}]),
        ...note,
      ]
    }
    const padded = safe(row.label.padEnd(labelWidth + row.label.length - cellsOf(row.label)))
    const indent = 2 + Math.max(labelWidth, cellsOf(row.label)) + 2
    const values = wrapText(row.value, Math.max(12, width - indent))
    const isNarrow = width - indent < 20
    if (isNarrow) {
      const under = wrapText(row.value, width - 4).map((text): Line => [{text: say`    `}, {text}])
      return [
        [
          {text: sign, tone},
          {text: row.label, tone: 'dim'},
        ],
        ...under,
        ...note,
      ]
    }
    return [
      ...values.map((text, index): Line =>
        index === 0
          ? [{text: sign, tone}, {text: padded, tone: 'dim'}, {text: say`  `}, {text}]
          : [{text: safe(' '.repeat(indent))}, {text}],
      ),
      ...note,
    ]
  })
}

/** All comparisons in one row or two: each file by its name, with the numbers of new and of gone lines. */
export function diffSummary(panels: readonly Panel[], width: number): Line[] {
  const files = panels.flatMap((panel) => {
    if (panel.kind !== 'diff') return []
    const count = (sign: DiffLine['sign']) => panel.lines.filter((row) => row.sign === sign).length
    const gone = count('-') > 0 ? say` -${count('-')}` : say``
    return [say`${panel.path.replace(/^.*[\\/]/, '')} +${count('+')}${gone}`]
  })
  return files.length === 0 ? [] : wrapText(say`Writes ${files.join(', ')}`, width).map((text) => line(text))
}

const SIGNS: Record<DiffLine['sign'], Tone> = {'+': 'good', '-': 'bad', ' ': 'dim', '@': 'dim'}

function diffLine(row: DiffLine, width: number): Line {
  const text = row.sign === '@' ? say`  ${row.text}` : say`${row.sign} ${row.text}`
  return line(safe(cellsOf(text) > width ? `${headOf(text, width - 1)}…` : text), SIGNS[row.sign])
}

function problemLines(problem: Problem, width: number): Line[] {
  const next = problem.nextSteps.flatMap((step) =>
    wrapText(step, width - 2).map((text, index): Line => [
      {text: index === 0 ? say`→ ` : say`  `, tone: 'good'},
      {text},
    ]),
  )
  return [
    ...wrapText(problem.what, width - 2).map((text, index): Line => [
      {text: index === 0 ? say`✖ ` : say`  `, tone: 'bad'},
      {text, tone: 'strong'},
    ]),
    ...wrapText(problem.why, width - 2).map((text): Line => [{text: say`  `}, {text}]),
    ...next,
    [{text: say`  ${problem.code}`, tone: 'dim'}],
  ]
}
