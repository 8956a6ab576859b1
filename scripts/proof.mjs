/**
 * The long proof: the tests with their property runs multiplied, and a page that says what was run where.
 *
 *     npm run proof [-- SCALE [FOLDER...]]     SCALE is 20 by default; folders are those under __tests__
 */
import {spawnSync} from 'node:child_process'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {cpus, totalmem, tmpdir} from 'node:os'
import {join} from 'node:path'

const [scale = '20', ...folders] = process.argv.slice(2)
const results = join(tmpdir(), `serverless-setup-proof-${process.pid}.json`)
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
]
const {status} = spawnSync(
  process.execPath,
  [...jest, ...folders.map((folder) => `__tests__/${folder}`), '--json', `--outputFile=${results}`],
  {stdio: 'inherit', env: {...process.env, PROOF_SCALE: scale}},
)
const report = JSON.parse(readFileSync(results, 'utf8'))
rmSync(results)

const rows = report.testResults
  .map(({name, assertionResults, startTime, endTime}) => {
    const count = (wanted) => assertionResults.filter((one) => one.status === wanted).length
    const file = name.slice(name.indexOf('__tests__'))
    return `| ${file} | ${count('passed')} | ${count('failed')} | ${count('pending')} | ${((endTime - startTime) / 1000).toFixed(1)} |`
  })
  .toSorted()
const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
writeFileSync(
  'PROOF-RESULTS.md',
  `# Results of the long proof

Made by \`npm run proof -- ${[scale, ...folders].join(' ')}\` on Node ${process.version}, ${process.platform}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory}.
Property runs are multiplied by ${scale}.

${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} skipped.

| tests | passed | failed | skipped | seconds |
|---|---|---|---|---|
${rows.join('\n')}
`,
)
process.exitCode = status ?? 1
