/** Writes what the docs take from the tables of the program: docs/commands.md, and the list of commands in the README. */
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {build} from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const BUILT = join(ROOT, '.tmp', 'docs')

await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/commands/docs.ts'],
  outdir: BUILT,
  outExtension: {'.js': '.mjs'},
  bundle: true,
  // What is loaded late is a file of its own, which nobody loads here.
  splitting: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
})
const {commandsPage, readmeTable} = await import(pathToFileURL(join(BUILT, 'docs.mjs')).href)
rmSync(BUILT, {recursive: true, force: true})
writeFileSync(join(ROOT, 'docs/commands.md'), commandsPage())
const readme = join(ROOT, 'README.md')
const text = readFileSync(readme, 'utf8')
writeFileSync(
  readme,
  text.replace(/\| command +\|.*\n\| -+ \| -+ \|\n(?:\|.*\n)+/, () => `${readmeTable()}\n`),
)
