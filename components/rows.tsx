import {Text} from 'ink'
import type {Tone} from '../src/engine/types.js'
import type {Line} from './line.js'

const STYLE: Record<Tone, {color?: string; bold?: boolean; dimColor?: boolean}> = {
  plain: {},
  dim: {dimColor: true},
  strong: {bold: true},
  good: {color: 'green'},
  warning: {color: 'yellow'},
  bad: {color: 'red'},
}

function Row({spans}: {readonly spans: Line}) {
  return (
    <Text wrap="truncate-end">
      {spans.length === 0
        ? ' '
        : spans.map((span, index) => (
            <Text key={index} {...STYLE[span.tone ?? 'plain']}>
              {span.text}
            </Text>
          ))}
    </Text>
  )
}

export function Rows({lines}: {readonly lines: readonly Line[]}) {
  return lines.map((spans, index) => <Row key={index} spans={spans} />)
}
