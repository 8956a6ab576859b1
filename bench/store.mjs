/**
 * How long it takes to change one profile of a file and save it, against reading the file and writing it back raw
 * (temporary file, sync, rename) in the same run. The ratio is what counts: disks differ.
 */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {open, readFile, rename} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {pathToFileURL} from 'node:url'
import {build} from 'esbuild'
import {ratios, takeTurns} from './measure.mjs'

const SIZES = [10, 1_000, 100_000]

export async function measureStore(runs) {
  const folder = mkdtempSync(join(tmpdir(), 'store-bench-'))
  try {
    const store = await bundledStore(folder)
    const sizes = {}
    for (const profiles of SIZES) sizes[`${profiles} profiles`] = await measure(store, profiles, folder, runs)
    return sizes
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

async function bundledStore(folder) {
  const outfile = join(folder, 'store.mjs')
  const contents = `export {awsFiles} from './src/files/locations.js'
    export {planProfile} from './src/aws-files/plan-profile.js'
    export {commitPlan} from './src/files/commit.js'
    export {readSnapshot} from './src/credentials/snapshot.js'
    export {profileStates} from './src/credentials/profile-states.js'
    export {Secret} from './src/text/secret.js'`
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

async function measure(
  {awsFiles, planProfile, commitPlan, readSnapshot, profileStates, Secret},
  profiles,
  folder,
  runs,
) {
  const home = join(folder, String(profiles))
  mkdirSync(join(home, '.aws'), {recursive: true})
  const files = awsFiles({HOME: home})
  const section = (index) =>
    `# team ${index % 7}\n[profile-${index}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${'s'.repeat(40)}\n\n`
  const text = Array.from({length: profiles}, (_, index) => section(index)).join('')
  writeFileSync(files.credentials, text, {mode: 0o600})
  let run = 0
  const changeAndSave = async () => {
    const key = {
      accessKeyId: `AKIAIOSFODNN7EXAM${String(run++ % 1_000).padStart(3, '2')}`,
      secretAccessKey: new Secret('t'.repeat(40)),
    }
    let plan
    const planMs = await timed(
      async () => (plan = await planProfile({profile: `profile-${profiles >> 1}`, key}, files)),
    )
    const saveMs = await timed(() => commitPlan(plan))
    return {plan: planMs, save: saveMs, 'change and save': planMs + saveMs}
  }
  const raw = async () => timed(() => copyRaw(files.credentials, join(home, 'raw')))
  const times = await takeTurns({raw, changeAndSave}, runs)
  // Apart, as what it leaves for the garbage collector would be counted with the next save.
  const survey = await takeTurns(
    {survey: async () => timed(async () => profileStates(await readSnapshot({env: {HOME: home}})))},
    Math.ceil(runs / 4),
  )
  return ratios({...times, ...survey}, 'raw')
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
