/** The figures that are kept, and the page made of them. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {cpus} from 'node:os'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'

const KEPT = fileURLToPath(new URL('figures.json', import.meta.url))
const PAGE = fileURLToPath(new URL('../docs/figures.md', import.meta.url))
/** What is within it is the machine's mood. */
const TOLERANCE = 1.1

function readKept() {
  return existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : []
}

const majorOf = (version) => Number(version.split('.')[0])

/** The figures kept for the same major version. */
export function keptFor(version) {
  return readKept().find(({node}) => majorOf(node) === majorOf(version))
}

/** Keeps figures in the place of those of the same major version, and writes the page anew. */
export async function keep(figures) {
  const others = readKept().filter(({node}) => majorOf(node) !== majorOf(figures.node))
  const all = [...others, figures].sort((one, other) => majorOf(one.node) - majorOf(other.node))
  writeFileSync(KEPT, `${JSON.stringify(all, null, 2)}\n`)
  writeFileSync(PAGE, await format(page(all), {...(await resolveConfig(PAGE)), filepath: PAGE}))
}

/** Every ratio that is larger than before by more than a tenth. */
export function grown(before, now) {
  const old = ratiosOf(before)
  return Object.entries(ratiosOf(now)).flatMap(([name, ratio]) =>
    old[name] !== undefined && ratio > old[name] * TOLERANCE ? [{name, before: old[name], now: ratio}] : [],
  )
}

function ratiosOf({start, doctor, store, verify = {}}) {
  const sizes = Object.entries(store).map(([size, parts]) => [
    `store, ${size}`,
    {change: parts['change and save']},
  ])
  const groups = {start, doctor, verify, ...Object.fromEntries(sizes)}
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, parts]) =>
      Object.entries(parts).flatMap(([name, {ratio}]) =>
        ratio === undefined ? [] : [[`${group}: ${name}`, ratio]],
      ),
    ),
  )
}

/** For the terminal. */
export function printed({node, runs, start, doctor, store, verify}) {
  const rows = (title, parts) => [
    title,
    ...Object.entries(parts).map(
      ([name, {ms, ratio, within95Ms}]) =>
        `  ${name.padEnd(24)}${`${ms} ms`.padStart(12)}${(ratio === undefined ? `95 of 100 within ${within95Ms} ms` : `${ratio} x`).padStart(10)}`,
    ),
  ]
  return [
    `Node ${node}, medians of ${runs}`,
    ...rows('Start, in an empty home', start),
    ...rows('The doctor, offline', doctor),
    ...rows('The doctor with --verify', verify),
    ...Object.entries(store).flatMap(([size, parts]) => rows(`The file of ${size}`, parts)),
  ].join('\n')
}

function page(all) {
  const cells = (row) => `| ${row.join(' | ')} |`
  const table = (heads, rows) => [cells(heads), cells(heads.map(() => '---')), ...rows.map(cells)].join('\n')
  const nodes = all.map(({node}) => `Node ${node}`)
  const ratioRow = (label, pick) => [label, ...all.map((figures) => `${pick(figures)?.ratio ?? '–'}`)]
  const msRow = (label, pick) => [label, ...all.map((figures) => `${pick(figures).ms} ms`)]
  const sizes = Object.keys(all[0].store)
  return `# Figures

Written by \`npm run matrix\`, on the packed package. A machine with ${cpus().length} cores that is shared with others: what counts are
the ratios to the reference of the same run. Medians of ${Math.min(...all.map(({runs}) => runs))} runs or more; the programs take turns. \`npm run bench -- --compare\`
holds a run against these.

## Start

From the start of the program in a real terminal, in an empty home and without any cache. The reference is \`node -e 0\`
of the same Node, to its end.

${table(
  ['', ...nodes],
  [
    msRow('`node -e 0`', ({start}) => start['node -e 0']),
    ratioRow('first readable text', ({start}) => start['first text']),
    ratioRow('first question', ({start}) => start['first question']),
    ratioRow('answer to a key typed at once', ({start}) => start['first answer']),
  ],
)}

From a Down arrow in a list to the changed frame, later on:

${table(
  ['', ...nodes],
  [
    msRow('median', ({start}) => start['key press']),
    ['95 of 100 within', ...all.map(({start}) => `${start['key press'].within95Ms} ms`)],
  ],
)}

## The doctor

\`serverless-setup doctor\`, offline, from the start of the program to its end, on profiles of every kind, against
\`node -e 0\`.

${table(
  ['', ...nodes],
  ['10 profiles', '500 profiles', '2000 profiles'].map((size) => ratioRow(size, ({doctor}) => doctor[size])),
)}

\`serverless-setup doctor --verify\` where AWS answers after 100 ms, against the time that the answers take eight at a time:

${table(['', ...nodes], [ratioRow('1000 profiles', ({verify}) => verify?.['1000 profiles'])])}

## Large files

Changing the key of one profile and saving the file, against reading the same file and writing it back raw (temporary
file, sync, rename). A save also takes a lock, reads the file once more, and keeps the lines that it replaces.

${table(
  ['', ...nodes],
  sizes.map((size) => ratioRow(size, ({store}) => store[size]['change and save'])),
)}
`
}
