/** A small menu for the tests of the harness and of the recorder. Its arguments are the bad manners to show. */
const manners = new Set(process.argv.slice(2))
const {stdin, stdout} = process
const items = ['apples', 'pears', manners.has('full') ? 'w'.repeat(process.stdout.columns - 2) : 'plums']
const arrow = manners.has('application-keys') ? '\u001BO' : '\u001B['
let focused = 0
let typed = ''

const draw = () => {
  const rows = items.map((item, index) => (index === focused ? `\u001B[36m> ${item}\u001B[39m` : `  ${item}`))
  stdout.write(`\u001B[H\u001B[J${['\u001B[1mFruit\u001B[22m', ...rows, `typed: ${typed}`].join('\r\n')}\r\n`)
}

const end = () => {
  stdin.setRawMode(false)
  stdin.pause()
  stdout.write('\u001B[?2004l\u001B[?25h')
  if (manners.has('hide-cursor')) stdout.write('\u001B[?25l')
  if (manners.has('leave-paste')) stdout.write('\u001B[?2004h')
  if (manners.has('leave-colour')) stdout.write('\u001B[31m')
  if (manners.has('leave-mouse')) stdout.write('\u001B[?1003h')
  if (manners.has('mid-line')) stdout.write('no line end')
  else stdout.write(`chosen: ${items[focused]}\r\n`)
  process.exitCode = manners.has('fail') ? 3 : 0
}

const take = (input) => {
  for (const key of input.match(/\u001B\[200~[^\u001B]*\u001B\[201~|\u001B[[O][A-Z]|\u001B|[^\u001B]/g) ??
    []) {
    if (key === `${arrow}A`) focused = Math.max(0, focused - 1)
    else if (key === `${arrow}B`) focused = Math.min(items.length - 1, focused + 1)
    else if (key === '\r') return end()
    else if (key === '\u0003') process.exit(130)
    else typed += JSON.stringify(key).slice(1, -1).replaceAll('\u007F', '<del>')
  }
  draw()
}

stdin.setRawMode(true)
stdin.setEncoding('utf8')
if (manners.has('alternate')) stdout.write('\u001B[?1049h\u001B[?1049l')
if (manners.has('wide')) stdout.write(`${'w'.repeat(stdout.columns + 1)}\r\n`)
if (manners.has('application-keys')) stdout.write('\u001B[?1h')
if (!manners.has('no-paste-mode')) stdout.write('\u001B[?2004h')
stdout.write('\u001B[?25l')
draw()
stdin.on('data', take)
stdout.on('resize', () => stdout.write(`size ${stdout.columns}x${stdout.rows}\r\n`))
