/** All benchmarks, one after the other. Each prints its own table and a line of JSON. */
import {spawnSync} from 'node:child_process'
import {fileURLToPath} from 'node:url'

for (const name of ['startup.mjs', 'doctor.mjs', 'store.mjs']) {
  console.log(`\n== ${name}`)
  const {status} = spawnSync(process.execPath, [fileURLToPath(new URL(name, import.meta.url))], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
