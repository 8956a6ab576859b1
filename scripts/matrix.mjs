/**
 * Build, tests and benchmarks on every Node that counts, by the npm packages that hold them:
 *
 *   npm run matrix                  all of it; docs/figures.md is written with the figures of all
 *   npm run matrix -- --no-tests    the build and the benchmarks only
 *   npm run matrix -- --no-bench    the build and the tests only
 */
import {spawnSync} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseArgs} from 'node:util'
import {nodeOf, versionOf} from './package/nodes.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MAJORS = ['20', '22', '24']
const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
]

const {values} = parseArgs({
  options: {tests: {type: 'boolean', default: true}, bench: {type: 'boolean', default: true}},
  allowNegative: true,
})
mkdirSync(join(ROOT, '.tmp'), {recursive: true})
const rows = []
for (const major of MAJORS) {
  const node = nodeOf(major)
  const row = {node: versionOf(node), build: run(node, ['scripts/build.mjs'])}
  if (values.tests) row.tests = run(node, JEST)
  if (values.bench) row.bench = run(node, ['bench/run.mjs', '--keep'])
  rows.push(row)
}
console.table(rows)
if (rows.some((row) => Object.values(row).includes('failed'))) process.exitCode = 1

/** With this Node first on the PATH, so that what is started by name is it too. */
function run(node, args) {
  const env = {...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH']}`}
  return spawnSync(node, args, {cwd: ROOT, env, stdio: 'inherit'}).status === 0 ? 'passed' : 'failed'
}
