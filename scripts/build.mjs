/**
 * Builds what people run, into dist/: cli.js, and the parts that are loaded when they are needed, each module once.
 *
 * esbuild splits ES modules only, and CommonJS starts sooner (an ES module costs Node 22 a third more), so the parts
 * are split as ES modules and then turned into CommonJS one by one. An `import()` becomes a `require`.
 */
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build, transform} from 'esbuild'
import {asFunction, packParts, withSharedHelpers} from './build/parts.mjs'
import {standIns} from './build/stand-ins.mjs'
import {patches} from './build/patches.mjs'
import {thirdPartyLicenses} from './build/licenses.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Built aside and put in place at the end, so that a program that runs meanwhile finds all of one build. */
const DIST = join(ROOT, '.tmp', `dist-${process.pid}`)
/** The entry has to be understood by a Node that is too old for the rest. */
const ENTRY = 'cli.js'

/**
 * The files beside the entry, and what each is for. The first is loaded by every start, the last has all the rest. As a
 * file is read whole, none holds much that its users do not need.
 */
const FILES = [
  {name: 'start', roots: ['src/commands/main.ts', 'src/app/first-screen.ts']},
  {name: 'survey', roots: ['src/adapters/survey.ts', /^src\/aws\/(?:network|proxy)\.ts$/]},
  {name: 'doctor', roots: ['src/app/doctor-report.ts', 'src/adapters/checkup.ts'], isWhole: true},
  {name: 'app', roots: ['src/app/wizard.ts', 'src/adapters/ports.ts']},
  {name: 'ink', roots: ['src/frontends/ink.tsx']},
  {name: 'plain', roots: ['src/frontends/plain.ts']},
  {name: 'sdk', roots: ['src/aws/sdk.ts', /^node_modules\/(?:@aws-sdk|@smithy|bowser)\//]},
  {name: 'service', roots: ['src/service/service-file.ts', /^src\/service\/(?:report|resolvers)\//]},
  {name: 'practice', roots: ['src/practice/server.ts']},
  {name: 'more', roots: ['src/app/demo.ts', 'src/app/undo.ts']},
]

const {version} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

const COMMON_JS = {
  format: 'cjs',
  platform: 'node',
  legalComments: 'none',
  // A text of one byte a character is read faster.
  charset: 'ascii',
  supported: {'dynamic-import': false},
}

mkdirSync(DIST, {recursive: true})
try {
  const {plugin, unused} = patches()
  const {outputFiles, metafile} = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli.ts'],
    outdir: DIST,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    minify: true,
    // All of them stand in one file of their own.
    legalComments: 'none',
    mainFields: ['module', 'main'],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VERSION__: JSON.stringify(version),
      // A module finds what is shipped beside dist/ by its own address.
      'import.meta.url': '__here',
    },
    plugins: [plugin, standIns()],
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  if (unused().length > 0) throw new Error(`Patches without a file to change: ${unused().join(', ')}`)
  const codes = new Map()
  for (const {path, text} of outputFiles)
    if (basename(path) === ENTRY) await writeEntry(text)
    else codes.set(basename(path), await asPart(text))
  const {[Object.keys(metafile.outputs).find((path) => basename(path) === ENTRY)]: _, ...outputs} =
    metafile.outputs
  for (const {name, text} of packParts(outputs, codes, FILES)) writeFileSync(join(DIST, name), text)
  // In the package the nearest package.json says that a .js is an ES module.
  writeFileSync(join(DIST, 'package.json'), '{"type": "commonjs"}\n')
  writeFileSync(join(ROOT, 'THIRD_PARTY_LICENSES'), thirdPartyLicenses(metafile.outputs, ROOT))
  rmSync(join(ROOT, 'dist'), {recursive: true, force: true})
  renameSync(DIST, join(ROOT, 'dist'))
} finally {
  rmSync(DIST, {recursive: true, force: true})
}

/** The entry stands alone; all it loads is in the first of the other files. */
async function writeEntry(text) {
  const [first] = FILES
  const {code} = await transform(text, {...COMMON_JS, target: 'node8', minify: true})
  const loading = code.trimEnd().replace(/(?<=require\()"\.\/[^"]+"/, JSON.stringify(`./${first.name}.js`))
  writeFileSync(join(DIST, ENTRY), `#!/usr/bin/env node\n${loading}`, {mode: 0o755})
}

/** One part as the text of a function. Names are made short at the end, when those of esbuild's helpers are gone. */
async function asPart(text) {
  const {code} = await transform(text, {...COMMON_JS, target: 'node20', minifySyntax: true})
  const here = code.includes('__here') ? 'var __here=require("node:url").pathToFileURL(__filename).href;' : ''
  const {code: short} = await transform(asFunction(here + withSharedHelpers(code)), {
    target: 'node20',
    minify: true,
    legalComments: 'none',
    charset: 'ascii',
  })
  const {length} = 'part='
  // In brackets, as V8 compiles such a function when it reads it, and not once more when it runs.
  return `(${escaped(short.trimEnd().replace(/;$/, '').slice(length))})`
}

/** What esbuild leaves as it is stands in regular expressions and templates, where an escape means the same. */
function escaped(code) {
  return code.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
