/** Values below others, as in YAML, JSON and HCL: their names are read with those that they stand below. */

/** Stands between the name of a block and the names in it. Nothing else has it. */
const BELOW = '·'

const BLOCK =
  /^[ \t]*(?:- )?["']?([A-Za-z][\w.-]{0,60})["']?((?:[ \t]+"[\w.-]{0,60}"){0,2})[ \t]*(?:[:=][ \t]*[{(]?|[{])[ \t]*$/
const NAMED = /^([ \t]*["']?)(?=[A-Za-z][\w.-]{0,60}["']?[ \t]*[:=])/
/** A block within a line. */
const FOLDED = /[\w"'][ \t]*[:=]?[ \t]*\{[^\n]*[:=]/
const MAX_LENGTH = 300
/** A longer line is data, not somebody's notes. */
const MAX_FOLDED = 20_000
const MAX_DEPTH = 12

/** The same text, with `jwt·secret: x` for a `secret: x` below `jwt:`. Linear in the length of the text. */
export function withParents(text: string): string {
  const blocks: {readonly indent: number; readonly name: string}[] = []
  const lines = text
    .split('\n')
    .flatMap((line) => (line.length <= MAX_FOLDED && FOLDED.test(line) ? unfolded(line) : [line]))
  return lines
    .map((line) => {
      if (line.trim() === '') return line
      const indent = /^[ \t]*/.exec(line)![0].length
      while (blocks.length > 0 && blocks.at(-1)!.indent >= indent) blocks.pop()
      const within = blocks.length > MAX_DEPTH ? '' : blocks.map(({name}) => name + BELOW).join('')
      const [, name, labels = ''] = (line.length <= MAX_LENGTH && BLOCK.exec(line)) || []
      if (name !== undefined) blocks.push({indent, name: name + labels.replace(/[ \t]*"([\w.-]*)"/g, '-$1')})
      return within === '' ? line : line.replace(NAMED, `$1${within}`)
    })
    .join('\n')
}

/** A line with blocks in it, as it would stand on several lines. Braces within quotation marks are none. */
function unfolded(line: string): string[] {
  const lines: string[] = []
  const base = /^[ \t]*/.exec(line)![0]
  let [depth, quote, current] = [0, '', '']
  const end = () => {
    if (current.trim() !== '') lines.push(base + ' '.repeat(Math.min(depth, MAX_DEPTH)) + current.trim())
    current = ''
  }
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!
    if (quote !== '') {
      if (character === '\\') current += line[at++]
      else if (character === quote) quote = ''
      current += line[at] ?? ''
      continue
    }
    if (character === '"' || character === "'") quote = character
    if (character === '}') {
      end()
      depth = Math.max(0, depth - 1)
    }
    current += character
    if (character === ',' && depth > 0) end()
    if (character === '{') {
      end()
      depth++
    }
  }
  end()
  return lines
}
