import {spawn, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {build} from 'esbuild'

const ENTRY = `
export {awsFiles} from './src/files/locations.js'
export {planProfile} from './src/aws-files/plan-profile.js'
export {commitPlan} from './src/files/commit.js'
export {takeLock} from './src/files/lock.js'
export {cleanLeftovers} from './src/files/clean.js'
export {planUndo} from './src/files/undo.js'
export {planOrgApp} from './src/service/service-file.js'
export {Secret} from './src/text/secret.js'
`

/** A program of its own that stands on the real store, so that it can be killed. Says "ready", waits for a line, then works. */
const PROGRAM = `
import {awsFiles, planProfile, planOrgApp, commitPlan, takeLock, planUndo, cleanLeftovers, Secret} from './store.mjs'
const [mode, home, ...names] = process.argv.slice(2)
const files = awsFiles({HOME: home})
const keyFor = (n) => ({accessKeyId: 'AKIAQ7WERTYUIOPL' + String(n).padStart(4, '2'), secretAccessKey: new Secret(String(n).padStart(40, 'sEcr3t'))})
const save = async (profile, n) => {
  for (;;) {
    try {
      return await commitPlan(await planProfile({profile, key: keyFor(n), region: 'eu-west-1'}, files))
    } catch (error) {
      if (error.problem?.code !== 'FILE_CHANGED') throw error
    }
  }
}
process.stdout.write('ready\\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
process.stdin.destroy()
try {
  await cleanLeftovers(files)
  if (mode === 'save') for (const [n, name] of names.entries()) await save(name, n + 2)
  if (mode === 'in-place') await commitPlan(await planProfile({profile: names[0], key: keyFor(2)}, files), {isInPlace: true})
  if (mode === 'loop') for (let n = 2; ; n = n === 9 ? 2 : n + 1) await save(names[0], n)
  if (mode === 'service') await commitPlan(await planOrgApp(home + '/serverless.yml', {org: 'acme', app: names[0]}, files.journal))
  if (mode === 'undo') await commitPlan(await planUndo(files))
  if (mode === 'hold') { await takeLock(files.credentials); process.kill(process.pid, 'SIGKILL') }
  process.stdout.write('done\\n')
} catch (error) {
  process.stdout.write('failed ' + JSON.stringify(error.problem ?? {code: String(error)}) + '\\n')
}
`

export interface Saver {
  /** Starts the program up to "ready". */
  start(
    mode: 'save' | 'in-place' | 'loop' | 'service' | 'undo' | 'hold',
    home: string,
    names: readonly string[],
    uid?: number,
  ): Promise<Run>
  remove(): void
}

export interface Run {
  readonly child: ChildProcess
  go(): void
  /** What it said in the end, or the signal that ended it. */
  readonly ended: Promise<string>
}

/** Bundles the store once. One thread for the file system, so that system calls come in one order. */
export async function makeSaver(): Promise<Saver> {
  const folder = mkdtempSync(join(tmpdir(), 'store-saver-'))
  await build({
    stdin: {contents: ENTRY, resolveDir: resolve('.'), loader: 'ts'},
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(folder, 'store.mjs'),
    logLevel: 'error',
    banner: {js: "import {createRequire} from 'node:module';const require = createRequire(import.meta.url);"},
  })
  writeFileSync(join(folder, 'saver.mjs'), PROGRAM)
  // Other users run it too.
  chmodSync(folder, 0o755)
  return {
    start: async (mode, home, names, uid) => {
      const user = uid === undefined ? {} : {uid, gid: uid}
      const child = spawn(process.execPath, [join(folder, 'saver.mjs'), mode, home, ...names], {
        env: {PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1'},
        stdio: ['pipe', 'pipe', 'inherit'],
        ...user,
      })
      let said = ''
      const isReady = new Promise<void>((done) => {
        child.stdout!.on('data', (chunk: Buffer) => {
          said += chunk.toString()
          if (said.startsWith('ready\n')) done()
        })
      })
      child.stdin!.on('error', () => undefined)
      const ended = once(child, 'close').then(([, signal]) =>
        signal ? String(signal) : said.replace('ready\n', '').trim(),
      )
      await Promise.race([isReady, ended])
      return {child, ended, go: () => child.stdin!.write('go\n')}
    },
    remove: () => rmSync(folder, {recursive: true, force: true}),
  }
}
