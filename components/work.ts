import {say, type SafeText} from '../src/text/safe-text.js'
import type {Area} from './area.js'
import {cellsOf, wrapText, type Line} from './line.js'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

interface WorkProps {
  readonly title: SafeText
  readonly note?: SafeText
  /** Milliseconds since the work began. */
  readonly elapsedMs: number
  readonly width: number
}

export function workLines({title, note, elapsedMs, width}: WorkProps): Line[] {
  const frame = FRAMES[Math.floor(elapsedMs / 100) % FRAMES.length] ?? '⠋'
  const seconds = Math.floor(elapsedMs / 1000)
  const elapsed = seconds > 0 ? say` ${seconds} s` : say``
  const titles = wrapText(title, width - 2 - cellsOf(elapsed))
  return [
    ...titles.map((text, index): Line => [
      {text: index === 0 ? say`${frame} ` : say`  `, tone: 'good'},
      {text},
      ...(index === titles.length - 1 ? [{text: elapsed, tone: 'dim' as const}] : []),
    ]),
    ...(note ? wrapText(note, width - 2).map((text): Line => [{text: say`  `}, {text, tone: 'dim'}]) : []),
  ]
}

export function workArea(work: WorkProps): Area {
  return {aria: {role: 'progressbar', state: {busy: true}}, parts: [{lines: workLines(work)}]}
}
