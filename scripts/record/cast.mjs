const ESC = '\u001B'
const FLAGS = {bold: '1', dim: '2', italic: '3', underline: '4', inverse: '7'}

/** Frames as a recording of asciinema, version 2: https://docs.asciinema.org/manual/asciicast/v2/ */
export function castOf(frames, {title, cols, rows}) {
  const header = {version: 2, width: cols, height: rows, title, env: {TERM: 'xterm-256color'}}
  const lines = [JSON.stringify(header)]
  let atMs = 0
  for (const frame of frames) {
    const screen = frame.rows.map(ansiRow).join('\r\n').trimEnd()
    lines.push(JSON.stringify([atMs / 1000, 'o', `${ESC}[?25l${ESC}[H${ESC}[2J${screen}`]))
    atMs += frame.holdMs
  }
  // Without a last event players would cut the last screen short.
  lines.push(JSON.stringify([atMs / 1000, 'o', `\r\n${ESC}[?25h`]))
  return `${lines.join('\n')}\n`
}

function ansiRow(runs) {
  let column = 0
  return runs
    .map((run) => {
      const gap = ' '.repeat(run.column - column)
      column = run.column + run.cells
      const codes = run.style === '' ? [] : run.style.split(',').map(code)
      return gap + (codes.length === 0 ? run.text : `${ESC}[${codes.join(';')}m${run.text}${ESC}[0m`)
    })
    .join('')
}

function code(word) {
  if (word in FLAGS) return FLAGS[word]
  const layer = word.startsWith('fg') ? 38 : 48
  const value = word.slice(2)
  if (!value.startsWith('#')) return `${layer};5;${value}`
  return `${layer};2;${[1, 3, 5].map((from) => Number.parseInt(value.slice(from, from + 2), 16)).join(';')}`
}
