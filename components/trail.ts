import {cellsOf, line, wrapText, type Line, type Span} from './line.js'
import {say, type SafeText} from '../src/text/safe-text.js'

/** One answered step: `✔ question answer`, or `✖` where the answer did not hold. */
export interface Answered {
  readonly question: SafeText
  readonly answer?: SafeText
  readonly isRefused?: boolean
}

export function trailLines(trail: readonly Answered[], width: number): Line[] {
  return trail.flatMap(({question, answer, isRefused}): Line[] => {
    const mark: Span = isRefused ? {text: say`✖ `, tone: 'bad'} : {text: say`✔ `, tone: 'good'}
    if (!answer)
      return wrapText(question, width - 2).map((text, index) =>
        index === 0 ? [mark, {text, tone: 'dim'}] : line(say`  ${text}`, 'dim'),
      )
    if (cellsOf(question) + cellsOf(answer) + 3 <= width)
      return [[mark, {text: question, tone: 'dim'}, {text: say` `}, {text: answer}]]
    return [
      ...wrapText(question, width - 2).map((text, index): Line => [
        index === 0 ? mark : {text: say`  `},
        {text, tone: 'dim'},
      ]),
      ...wrapText(answer, width - 4).map((text): Line => [{text: say`    `}, {text}]),
    ]
  })
}
