import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const FOLDER = fileURLToPath(new URL('../../.tmp/nodes', import.meta.url))
const DOWNLOAD_DEADLINE_MS = 180_000

/** The oldest Node that is supported, one in the middle of its major version, and the newest of each. */
export const MATRIX = ['20.17.0', '20.19.6', '20', '22', '24']

/**
 * The program of a Node version, from the npm packages that the package `node` consists of. It is kept for the next
 * time. Throws where the registry cannot be reached.
 *
 * @param spec a version, or a major version for the newest of it
 * @returns its path
 */
export function nodeOf(spec) {
  if (process.versions.node === spec) return process.execPath
  const system = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${system}-${process.arch}`
  const folder = join(FOLDER, spec)
  const program = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(program)) return program
  mkdirSync(folder, {recursive: true})
  // A package of its own, or npm would take the one around it.
  writeFileSync(join(folder, 'package.json'), '{"private": true}\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['install', '--no-audit', '--no-fund', '--no-package-lock', `${name}@${spec}`], {
    cwd: folder,
    stdio: 'pipe',
    timeout: DOWNLOAD_DEADLINE_MS,
    shell: process.platform === 'win32',
  })
  return program
}

/** The version that was got for a spec. */
export function versionOf(program) {
  return execFileSync(program, ['--version'], {encoding: 'utf8'}).trim().slice(1)
}
