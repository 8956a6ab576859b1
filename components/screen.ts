import type {Panel, Question} from '../src/engine/types.js'
import type {ValidationError} from '../src/domain/problem.js'
import {say, type SafeText} from '../src/text/safe-text.js'
import {text, type Area} from './area.js'
import {keyHelpLines, type KeyHelp} from './key-help.js'
import {EMPTY, cellsOf, line, widthOf, wrapText, type Line} from './line.js'
import {diffSummary, panelLines} from './panel-lines.js'
import {trailLines, type Answered} from './trail.js'
import {widgetArea, widgetHeight, type WidgetState} from './widget.js'
import {workArea, workLines} from './work.js'

/** Everything that stands on one screen. */
export interface ScreenProps {
  readonly columns: number
  readonly rows: number
  /** Words such as DEMO that must stand in every frame. */
  readonly badge?: SafeText
  readonly trail: readonly Answered[]
  readonly panels: readonly Panel[]
  /** First row of the panels that is shown, where they do not fit. */
  readonly scroll: number
  readonly question?: Question
  readonly widget?: WidgetState
  readonly work?: {readonly title: SafeText; readonly elapsedMs: number}
  readonly complaint?: ValidationError
  readonly note?: SafeText
  readonly help: readonly KeyHelp[]
}

/** Fewest rows of a list that can still be used. */
const MIN_WIDGET_ROWS = 5
/** In fewer rows than this a comparison tells nothing; one line sums it up, and it can still be scrolled to. */
const MIN_DIFF_ROWS = 3
/** Panels cut to fewer rows than this have one row for both counts of what is hidden. */
const MIN_COUNTED_ROWS = 4
/** Where panels get fewer rows than this, blank rows and most of the keys' help give way to them. */
const MIN_PANEL_ROWS = 3
/** Fewest rows of a list there. */
const MIN_TIGHT_WIDGET_ROWS = 3

export interface Layout {
  readonly width: number
  readonly trail: readonly Line[]
  readonly panels: readonly Line[]
  readonly hiddenAbove: number
  readonly hiddenBelow: number
  /** How the hidden rows are counted: above and below, in one row below, or not where there is no room. */
  readonly counts: 'both' | 'one' | 'none'
  /** The screen is so low that no row is blank. */
  readonly isTight: boolean
  /** Largest useful `scroll`. */
  readonly maxScroll: number
  readonly widgetRows: number
  readonly asked: readonly Line[]
  readonly said: readonly Line[]
  readonly help: readonly Line[]
}

/**
 * Shares the rows out so that the frame stays below the terminal's height: as tall as the terminal, Ink would
 * wipe the scrollback. The question comes first, then the panels (which scroll), then the newest of the trail.
 */
export function layoutOf(props: ScreenProps): Layout {
  const width = widthOf(props.columns)
  const {question} = props
  const asked = question
    ? [
        ...wrapText(question.message, width - 2).map((text, index): Line => [
          {text: index === 0 ? say`? ` : say`  `, tone: 'good'},
          {text, tone: 'strong'},
        ]),
        ...(question.hint
          ? wrapText(question.hint, width - 2).map((text) => line(say`  ${text}`, 'dim'))
          : []),
      ]
    : []
  const said = saidLines(props, width)
  const workRows = props.work
    ? workLines({...props.work, width, ...(props.note ? {note: props.note} : {})}).length
    : 0
  let all = panelLines(props.panels, width)
  const wanted = question ? widgetHeight(question, width) : workRows
  // Where nothing else needs the arrows, they scroll.
  const scrollHelp = {keys: question ? say`PgUp/PgDn` : say`↑↓`, does: say`scroll`}

  let isTight = false
  const share = (help: readonly Line[]) => {
    const header = isTight ? 1 : 2
    const gaps = isTight ? 0 : (all.length > 0 ? 1 : 0) + 1
    const free = Math.max(0, props.rows - 1 - header - asked.length - said.length - help.length - gaps)
    const fewest = isTight ? MIN_TIGHT_WIDGET_ROWS : MIN_WIDGET_ROWS
    const widgetRows = Math.min(wanted, free, Math.max(fewest, free - all.length))
    return {widgetRows, panelRows: Math.min(all.length, free - widgetRows), free}
  }
  let help = keyHelpLines(props.help, width)
  let {widgetRows, panelRows, free} = share(help)
  if (panelRows < all.length) {
    help = keyHelpLines([scrollHelp, ...props.help], width)
    ;({widgetRows, panelRows, free} = share(help))
  }
  if (panelRows < Math.min(all.length, MIN_PANEL_ROWS)) {
    isTight = true
    help = fewestKeys(panelRows < all.length ? [scrollHelp, ...props.help] : props.help, width)
    ;({widgetRows, panelRows, free} = share(help))
  }
  const summary = isTight || panelRows < MIN_DIFF_ROWS ? diffSummary(props.panels, width) : []
  if (summary.length > 0) {
    all = [...summary, ...all]
    ;({widgetRows, panelRows, free} = share(help))
    panelRows = Math.max(panelRows, Math.min(summary.length, free - 1))
    widgetRows = Math.min(widgetRows, free - panelRows)
  }

  const isCut = panelRows < all.length
  const counts = !isCut || panelRows < 2 ? 'none' : panelRows >= MIN_COUNTED_ROWS ? 'both' : 'one'
  // A count stands only where something is hidden; at both ends its row belongs to the panels.
  const oneCount = counts === 'none' ? 0 : 1
  const maxScroll = isCut ? all.length - panelRows + oneCount : 0
  const from = Math.min(props.scroll, maxScroll)
  const visible =
    counts === 'one'
      ? panelRows - 1
      : panelRows - (from > 0 ? oneCount : 0) - (from < maxScroll ? oneCount : 0)
  const trail = trailLines(props.trail, width)
  const trailRows = Math.max(0, free - widgetRows - panelRows - 1)
  return {
    width,
    trail: trailRows >= 1 ? trail.slice(-trailRows) : [],
    panels: all.slice(from, from + visible),
    hiddenAbove: from,
    hiddenBelow: all.length - from - visible,
    counts,
    isTight,
    maxScroll,
    widgetRows,
    asked,
    said,
    help,
  }
}

/** One row of keys: how to scroll and how to leave before all others, in their order. */
function fewestKeys(help: readonly KeyHelp[], width: number): Line[] {
  const isFit = (some: readonly KeyHelp[]) => keyHelpLines(some, width).length <= 1
  const byNeed = [...help.slice(0, 1), ...help.slice(1).toReversed()]
  const kept = byNeed.reduce<readonly KeyHelp[]>(
    (some, next) => (isFit([...some, next]) ? [...some, next] : some),
    [],
  )
  return keyHelpLines(
    help.filter((entry) => kept.includes(entry)),
    width,
  )
}

/** What is said back about the answer: a complaint with an example of right, or a note. */
function saidLines({complaint, note, work, widget}: ScreenProps, width: number): Line[] {
  const complaints: Line[] = complaint
    ? [
        ...wrapText(complaint.what, width - 2).map((text, index): Line => [
          {text: index === 0 ? say`! ` : say`  `, tone: 'warning'},
          {text, tone: 'warning'},
        ]),
        ...(complaint.example
          ? wrapText(say`Example: ${complaint.example}`, width - 2).map((text) => line(say`  ${text}`, 'dim'))
          : []),
        ...(widget?.kind === 'field' && widget.state.value !== ''
          ? [line(say`  Ctrl+U clears it.`, 'dim')]
          : []),
      ]
    : []
  const notes = note && !work ? wrapText(note, width - 2).map((text) => line(say`  ${text}`, 'good')) : []
  return [...complaints, ...notes]
}

/** The first row of every frame. */
export function headerLine(badge: SafeText | undefined, width: number): Line {
  const mark: Line = badge ? [{text: say`[${badge}] `, tone: 'warning'}] : []
  const name: Line = [...mark, {text: say`serverless-setup`, tone: 'strong'}]
  const purpose = say`  AWS credentials for your first deploy`
  const used = name.reduce((sum, {text}) => sum + cellsOf(text), 0)
  return used + cellsOf(purpose) <= width ? [...name, {text: purpose, tone: 'dim'}] : name
}

/** The whole frame, from the first row to the last. */
export function screenAreas(props: ScreenProps): Area[] {
  const layout = layoutOf(props)
  const {width} = layout
  const {hiddenAbove, hiddenBelow, counts} = layout
  const blank = layout.isTight ? [] : [EMPTY]
  const count = (sign: SafeText, hidden: number) =>
    counts === 'both' && hidden > 0 ? [line(say`${sign} ${hidden} more lines`, 'dim')] : []
  const bothCounts = [
    ...(hiddenAbove > 0 ? [say`▲ ${hiddenAbove}`] : []),
    ...(hiddenBelow > 0 ? [say`▼ ${hiddenBelow}`] : []),
  ]
  return [
    text([
      headerLine(props.badge, width),
      ...layout.trail,
      ...blank,
      ...count(say`▲`, hiddenAbove),
      ...layout.panels,
      ...count(say`▼`, hiddenBelow),
      ...(counts === 'one' ? [line(say`${bothCounts.join(' ')} more lines`, 'dim')] : []),
      ...(layout.panels.length > 0 ? blank : []),
      ...layout.asked,
    ]),
    ...(props.question && props.widget
      ? [widgetArea(props.question, props.widget, width, layout.widgetRows)]
      : []),
    ...(props.work ? [workArea({...props.work, ...(props.note ? {note: props.note} : {}), width})] : []),
    text([...layout.said, ...blank, ...layout.help]),
  ]
}
