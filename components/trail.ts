import {cellsOf, line, wrapText, type Line} from './line.js'
import {say, type SafeText} from '../src/safety/safe-text.js'

/** One answered step: `✔ question answer`. */
export interface Answered {
  readonly question: SafeText
  readonly answer?: SafeText
}

export function trailLines(trail: readonly Answered[], width: number): Line[] {
  return trail.flatMap(({question, answer}): Line[] => {
    const asked: Line = [
      {text: say`✔ `, tone: 'good'},
      {text: question, tone: 'dim'},
    ]
    if (!answer)
      return wrapText(question, width - 2).map((text, index) =>
        index === 0 ? [asked[0]!, {text, tone: 'dim'}] : line(say`  ${text}`, 'dim'),
      )
    if (cellsOf(question) + cellsOf(answer) + 3 <= width) return [[...asked, {text: say` `}, {text: answer}]]
    return [
      ...wrapText(question, width - 2).map((text, index): Line => [
        index === 0 ? asked[0]! : {text: say`  `},
        {text, tone: 'dim'},
      ]),
      ...wrapText(answer, width - 4).map((text): Line => [{text: say`    `}, {text}]),
    ]
  })
}
