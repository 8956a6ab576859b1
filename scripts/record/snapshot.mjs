/**
 * What stands on a terminal's screen: rows of runs `{text, column, cells, style}`, where a style is a string that is
 * the same for the same look, such as `bold,fg2`. Trailing blanks are left out.
 */
export function snapshot(emulator) {
  const {active} = emulator.buffer
  const rows = []
  for (let y = 0; y < emulator.rows; y++) rows.push(runsOf(active.getLine(active.baseY + y), emulator.cols))
  return rows
}

function runsOf(line, cols) {
  const runs = []
  for (let column = 0; column < cols; column++) {
    const cell = line?.getCell(column)
    // The right half of a wide character has no cells of its own.
    if (!cell || cell.getWidth() === 0) continue
    const style = styleOf(cell)
    const last = runs.at(-1)
    const text = cell.getChars() || ' '
    if (last && last.style === style) {
      last.text += text
      last.cells += cell.getWidth()
    } else runs.push({text, column, cells: cell.getWidth(), style})
  }
  while (runs.length > 0 && runs.at(-1).text.trim() === '' && !/bg|inverse|underline/.test(runs.at(-1).style))
    runs.pop()
  const last = runs.at(-1)
  if (last && !/bg|inverse|underline/.test(last.style)) {
    const trimmed = last.text.trimEnd()
    last.cells -= last.text.length - trimmed.length
    last.text = trimmed
  }
  return runs
}

function styleOf(cell) {
  const flags = [
    cell.isBold() && 'bold',
    cell.isDim() && 'dim',
    cell.isItalic() && 'italic',
    cell.isUnderline() && 'underline',
    cell.isInverse() && 'inverse',
    colour('fg', cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    colour('bg', cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
  ]
  return flags.filter(Boolean).join(',')
}

/** `fg2` is a colour of the palette, `fg#102030` one of its own. */
function colour(layer, isDefault, isRgb, value) {
  if (isDefault) return undefined
  return isRgb ? `${layer}#${value.toString(16).padStart(6, '0')}` : `${layer}${value}`
}
