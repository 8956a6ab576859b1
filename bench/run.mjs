/**
 * All benchmarks, on the packed package and by the Node that runs this:
 *
 *   npm run bench                   prints the figures
 *   npm run bench -- --compare      holds the ratios against those kept, and names what grew by more than a tenth
 *   npm run bench -- --keep         keeps them in bench/figures.json and writes docs/figures.md
 *   npm run bench -- --runs 40      takes medians of so many runs (25)
 *
 * `npm run matrix` does it for every Node that counts.
 */
import {rmSync} from 'node:fs'
import {parseArgs} from 'node:util'
import {unpackPackage} from '../scripts/package/unpack.mjs'
import {measureDoctor} from './doctor.mjs'
import {grown, keep, keptFor, printed} from './figures.mjs'
import {measureStart} from './start.mjs'
import {measureStore} from './store.mjs'
import {measureVerify} from './verify.mjs'

const {values} = parseArgs({
  options: {
    compare: {type: 'boolean', default: false},
    keep: {type: 'boolean', default: false},
    runs: {type: 'string', default: '25'},
  },
})
const runs = Number(values.runs)
const {folder, cli} = unpackPackage()
try {
  const figures = {
    node: process.versions.node,
    runs,
    start: await measureStart(cli, runs),
    doctor: await measureDoctor(cli, runs),
    store: await measureStore(runs),
    verify: await measureVerify(cli),
  }
  console.log(printed(figures))
  if (values.compare) compare(figures)
  if (values.keep) await keep(figures)
} finally {
  rmSync(folder, {recursive: true, force: true})
}

function compare(figures) {
  const kept = keptFor(figures.node)
  if (!kept) {
    console.log(`No figures of this major version of Node are kept.`)
    process.exitCode = 1
    return
  }
  const worse = grown(kept, figures)
  for (const {name, before, now} of worse) console.log(`grew: ${name} was ${before}x and is ${now}x`)
  if (worse.length > 0) process.exitCode = 1
  else console.log(`Nothing grew by more than a tenth since Node ${kept.node}.`)
}
