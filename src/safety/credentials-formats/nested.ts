/** Values below others, as in YAML and in JSON over several lines: their names are read with those that they stand below. */

/** Stands between the name of a block and the names in it. Nothing else has it. */
export const BELOW = '·'

const BLOCK = /^([ \t]*)(?:- )?["']?([A-Za-z][\w.-]{0,60})["']?[ \t]*(?:[:=][ \t]*[{(]?|[{])[ \t]*$/
const NAMED = /^([ \t]*["']?)(?=[A-Za-z][\w.-]{0,60}["']?[ \t]*[:=])/
const MAX_LENGTH = 300

/** The same text, with `jwt·secret: x` for a `secret: x` below `jwt:`. Linear in the length of the text. */
export function withParents(text: string): string {
  const blocks: {readonly indent: number; readonly name: string}[] = []
  return text
    .split('\n')
    .map((line) => {
      if (line.trim() === '' || line.length > MAX_LENGTH * 20) return line
      const indent = /^[ \t]*/.exec(line)![0].length
      while (blocks.length > 0 && blocks.at(-1)!.indent >= indent) blocks.pop()
      const within = blocks.map(({name}) => name + BELOW).join('')
      const [, , name] = (line.length <= MAX_LENGTH && BLOCK.exec(line)) || []
      if (name !== undefined) blocks.push({indent, name})
      return within === '' ? line : line.replace(NAMED, `$1${within}`)
    })
    .join('\n')
}
