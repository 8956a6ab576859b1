/**
 * How long it takes to change one profile of a file and save it, against reading the file and writing it back raw
 * (temporary file, sync, rename) in the same run. The ratio is what counts: disks differ.
 *
 *     node bench/store.mjs [runs]
 */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {open, readFile, rename} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {pathToFileURL} from 'node:url'
import {build} from 'esbuild'

const RUNS = Number(process.argv[2] ?? 9)
const SIZES = [10, 1_000, 100_000]
const GOAL = 10

const folder = mkdtempSync(join(tmpdir(), 'store-bench-'))
try {
  const store = await bundledStore()
  const rows = []
  for (const profiles of SIZES) rows.push(await measure(store, profiles))
  console.table(rows)
  console.log(JSON.stringify({bench: 'store', node: process.version, runs: RUNS, goal: GOAL, rows}))
} finally {
  rmSync(folder, {recursive: true, force: true})
}

async function bundledStore() {
  const outfile = join(folder, 'store.mjs')
  const contents = `
    export {awsFiles} from './src/store/locations.js'
    export {planProfile} from './src/store/plan.js'
    export {commitPlan} from './src/store/save.js'
    export {surveyProfiles} from './src/store/profiles.js'
    export {Secret} from './src/safety/secret.js'`
  await build({
    stdin: {contents, resolveDir: resolve('.')},
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  })
  return import(pathToFileURL(outfile).href)
}

async function measure({awsFiles, planProfile, commitPlan, surveyProfiles, Secret}, profiles) {
  const home = join(folder, String(profiles))
  mkdirSync(join(home, '.aws'), {recursive: true})
  const files = awsFiles({HOME: home})
  const section = (index) =>
    `# team ${index % 7}\n[profile-${index}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${'s'.repeat(40)}\n\n`
  const text = Array.from({length: profiles}, (_, index) => section(index)).join('')
  writeFileSync(files.credentials, text, {mode: 0o600})
  const [raw, plan, save, survey] = [[], [], [], []]
  for (let run = 0; run < RUNS; run++) {
    const key = {
      accessKeyId: `AKIAIOSFODNN7EXAM${String(run).padStart(3, '2')}`,
      secretAccessKey: new Secret('t'.repeat(40)),
    }
    raw.push(await timed(() => copyRaw(files.credentials, join(home, 'raw'))))
    let planned
    plan.push(
      await timed(
        async () => (planned = await planProfile({profile: `profile-${profiles >> 1}`, key}, files)),
      ),
    )
    save.push(await timed(() => commitPlan(planned)))
  }
  // Apart, as what it leaves for the garbage collector would be counted with the next save.
  for (let run = 0; run < RUNS; run++) survey.push(await timed(() => surveyProfiles(files)))
  const total = plan.map((each, run) => each + save[run])
  const ms = (values) => Number(median(values).toFixed(2))
  return {
    profiles,
    bytes: text.length,
    'raw ms': ms(raw),
    'plan ms': ms(plan),
    'save ms': ms(save),
    'survey ms': ms(survey),
    ratio: Number((median(total) / median(raw)).toFixed(1)),
  }
}

async function copyRaw(from, to) {
  const bytes = await readFile(from)
  const handle = await open(`${to}.tmp`, 'w', 0o600)
  await handle.writeFile(bytes)
  await handle.sync()
  await handle.close()
  await rename(`${to}.tmp`, to)
}

async function timed(work) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[sorted.length >> 1]
}
