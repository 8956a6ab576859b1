const CELL = {width: 8.4, height: 18}
const PADDING = 16
const BAR = 30
const FOREGROUND = '#d7dae0'
const BACKGROUND = '#1b1e24'
const PALETTE = [
  '#3b4048',
  '#ff7b85',
  '#8ccf7e',
  '#e5c07b',
  '#6cb6ff',
  '#d2a8ff',
  '#56d4dd',
  '#d7dae0',
  '#7d8590',
  '#ff9aa2',
  '#a8e09a',
  '#f0d399',
  '#91cbff',
  '#e2c5ff',
  '#7ee2e8',
  '#ffffff',
]

/**
 * Frames as one animated picture: no scripts, no fonts or images from elsewhere. Rows that come back are drawn once.
 * A viewer without CSS animation, and a person who asked for less motion, sees the last frame.
 */
export function svgOf(frames, {title, cols, rows}) {
  const width = Math.ceil(cols * CELL.width + 2 * PADDING)
  const height = rows * CELL.height + 2 * PADDING + BAR
  const totalMs = frames.reduce((sum, {holdMs}) => sum + holdMs, 0)
  const defined = new Map()
  const groups = frames.map((frame, index) => {
    const uses = frame.rows.flatMap((runs, y) => {
      if (runs.length === 0) return []
      const key = runs.map(textOf).join('')
      if (!defined.has(key)) defined.set(key, `r${defined.size}`)
      return [`<use href="#${defined.get(key)}" y="${y * CELL.height}"/>`]
    })
    return `<g class="f" id="f${index}">${uses.join('')}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>${styles(frames, totalMs)}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, index) => `<circle cx="${20 + index * 18}" cy="18" r="6" fill="${fill}"/>`,
    ),
    `<defs>${[...defined].map(([row, id]) => `<g id="${id}">${row}</g>`).join('\n')}</defs>`,
    `<g transform="translate(${PADDING} ${PADDING + BAR})">`,
    ...groups,
    '</g></svg>\n',
  ].join('\n')
}

function styles(frames, totalMs) {
  const percent = (ms) => `${Math.round((ms / totalMs) * 100_000) / 1000}%`
  const base = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${FOREGROUND};white-space:pre}.f{visibility:hidden}#f${frames.length - 1}{visibility:visible}`
  let atMs = 0
  const shown = frames.map(({holdMs}, index) => {
    const from = percent(atMs)
    const to = percent((atMs += holdMs))
    const before = from === '0%' ? '' : '0%{visibility:hidden}'
    const after = index === frames.length - 1 ? '' : `${to}{visibility:hidden}`
    return `@keyframes k${index}{${before}${from}{visibility:visible}${after}}#f${index}{animation:k${index} ${totalMs}ms step-end infinite}`
  })
  return `${base}@media(prefers-reduced-motion:no-preference){${shown.join('')}}`
}

function textOf({text, column, cells, style}) {
  const words = style === '' ? [] : style.split(',')
  const isInverse = words.includes('inverse')
  const own = (layer) => words.find((word) => word.startsWith(layer))?.slice(2)
  const front = own('fg') === undefined ? undefined : hex(own('fg'))
  const back = own('bg') === undefined ? undefined : hex(own('bg'))
  const fill = isInverse ? (back ?? BACKGROUND) : front
  const behind = isInverse ? (front ?? FOREGROUND) : back
  const x = round(column * CELL.width)
  const length = round(cells * CELL.width)
  const attributes = [
    fill && ` style="fill:${fill}"`,
    words.includes('bold') && ' font-weight="700"',
    words.includes('italic') && ' font-style="italic"',
    words.includes('underline') && ' text-decoration="underline"',
    words.includes('dim') && ' opacity=".65"',
  ].filter(Boolean)
  const box = behind ? `<rect x="${x}" width="${length}" height="${CELL.height}" fill="${behind}"/>` : ''
  if (text.trim() === '') return box
  return `${box}<text x="${x}" y="13" textLength="${length}" xml:space="preserve"${attributes.join('')}>${escape(text)}</text>`
}

function hex(value) {
  if (value.startsWith('#')) return value
  const index = Number(value)
  if (index < 16) return PALETTE[index]
  // The cube and the greys of the 256 colours, as xterm has them.
  const level = (step) => (step === 0 ? 0 : 55 + step * 40)
  const parts =
    index < 232
      ? [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6].map(level)
      : Array.from({length: 3}, () => 8 + (index - 232) * 10)
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function escape(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function round(number) {
  return Math.round(number * 10) / 10
}
