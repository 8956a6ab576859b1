/**
 * Builds what people run, into dist/:
 *   cli.js      arguments and raw mode; loads the rest
 *   app.cjs     the wizard with Ink and React, one file
 *   doctor.cjs  the doctor, for when it only prints
 *   *.cache     what V8 compiled of these; a Node with another V8 ignores it
 *   aws.cjs     the AWS SDK, loaded with the first request, and a small file for each package in it
 * One file of CommonJS is faster to start than the many small ES modules of code splitting, and only CommonJS can be
 * given to V8 together with its compiled form.
 */
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'
import {patches} from './build/patches.mjs'
import {cleanEnv} from './pty/clean-env.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Built aside and put in place at the end, so that a program that runs meanwhile finds all of one build. */
const DIST = join(ROOT, '.tmp', `dist-${process.pid}`)
const WARM_UP_DEADLINE_MS = 20_000

/** Packages that no first screen needs. They share code, so that one file holds them all. */
const LATER = [
  '@aws-sdk/client-sts',
  '@aws-sdk/client-iam',
  '@aws-sdk/client-sso',
  '@aws-sdk/client-sso-oidc',
  '@aws-sdk/client-cloudformation',
  '@smithy/node-http-handler',
  'https-proxy-agent',
  'ws',
  'yaml',
]
const fileOf = (name) => `./${name.replaceAll(/[^a-z]+/g, '-').replace(/^-/, '')}.cjs`

/** Programs that load nothing of the others, by what cli.ts imports for them; the rest is app.cjs. */
const PROGRAMS = {'./doctor-report.js': 'doctor'}
const programOf = (path) => PROGRAMS[path] ?? 'app'

const {version} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const common = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  charset: 'ascii',
  mainFields: ['module', 'main'],
  define: {'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version)},
  logLevel: 'warning',
}
/**
 * `import()` becomes `require`: a script that V8 has cached has no loader of ES modules. Template literals become
 * strings, in which `charset: ascii` can escape every other character: a text of one byte a character is read faster.
 */
const commonjs = {
  format: 'cjs',
  supported: {'dynamic-import': false, 'template-literal': false},
}

mkdirSync(DIST, {recursive: true})
try {
  const parts = await buildCli()
  const {plugin, unused} = patches()
  for (const program of ['app', ...Object.values(PROGRAMS)])
    await buildProgram(
      program,
      parts.filter((path) => programOf(path) === program),
      plugin,
    )
  if (unused().length > 0) throw new Error(`Patches without a file to change: ${unused().join(', ')}`)
  await buildLater()
  warmUp('app', [])
  warmUp('doctor', ['doctor'])
  rmSync(join(ROOT, 'dist'), {recursive: true, force: true})
  renameSync(DIST, join(ROOT, 'dist'))
} finally {
  rmSync(DIST, {recursive: true, force: true})
}

/** The entry. What it imports dynamically is taken from a program; returns the paths of it, relative to src/. */
async function buildCli() {
  const parts = []
  await build({
    ...common,
    entryPoints: ['src/cli.ts'],
    outfile: join(DIST, 'cli.js'),
    format: 'esm',
    banner: {js: '#!/usr/bin/env node'},
    plugins: [
      {
        name: 'app',
        setup({onResolve, onLoad}) {
          onResolve({filter: /^\.\//}, ({path, kind}) => {
            if (kind !== 'dynamic-import') return undefined
            if (!parts.includes(path)) parts.push(path)
            return {path, namespace: 'app'}
          })
          onLoad({filter: /.*/, namespace: 'app'}, ({path}) => ({
            contents: `import {load} from './scripts/build/load.mjs'; module.exports = load(${JSON.stringify(programOf(path))})[${JSON.stringify(path)}]`,
            resolveDir: ROOT,
          }))
        },
      },
    ],
  })
  chmodSync(join(DIST, 'cli.js'), 0o755)
  return parts.sort()
}

async function buildProgram(name, parts, plugin) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  const result = await build({
    ...common,
    ...commonjs,
    // A module finds what is shipped beside dist/ by its own address.
    define: {...common.define, 'import.meta.url': '__here'},
    banner: {js: `var __here=require("node:url").pathToFileURL(require.resolve("./${name}.cjs")).href;`},
    stdin: {
      contents: parts
        .map((path) => `export * as ${JSON.stringify(path)} from ${JSON.stringify(path)}`)
        .join('\n'),
      resolveDir: join(ROOT, 'src'),
    },
    write: false,
    plugins: [plugin, later()],
  })
  // What esbuild leaves as it is stands in regular expressions, where an escape means the same.
  writeFileSync(join(DIST, `${name}.cjs`), result.outputFiles[0].text.replaceAll(/[^\0-\x7F]/g, escaped))
}

/** Requests for a package of LATER go to a file of its own. */
function later() {
  return {
    name: 'later',
    setup({onResolve}) {
      onResolve({filter: /^[@a-z]/}, ({path}) =>
        LATER.includes(path) ? {path: fileOf(path), external: true} : undefined,
      )
    },
  }
}

/** One file for all of them, and a small one for each that hands its part out. */
async function buildLater() {
  await build({
    ...common,
    ...commonjs,
    stdin: {
      contents: LATER.map(
        (path) => `exports[${JSON.stringify(path)}] = () => require(${JSON.stringify(path)})`,
      ).join('\n'),
      resolveDir: ROOT,
    },
    outfile: join(DIST, 'aws.cjs'),
  })
  for (const path of LATER) {
    writeFileSync(
      join(DIST, fileOf(path)),
      `module.exports=require('./aws.cjs')[${JSON.stringify(path)}]()\n`,
    )
  }
}

/** The programs work without their cache files, so that a build without one is told and not stopped. */
function warmUp(name, args) {
  const home = mkdtempSync(join(tmpdir(), 'serverless-setup-build-'))
  const cache = join(DIST, `${name}.cache`)
  const hook = new URL('build/warm.mjs', import.meta.url).href
  try {
    if (name === 'doctor') writeSomeProfiles(home)
    execFileSync(process.execPath, ['--import', hook, join(DIST, 'cli.js'), ...args, cache], {
      env: cleanEnv(home),
      cwd: home,
      stdio: 'pipe',
      timeout: WARM_UP_DEADLINE_MS,
    })
  } catch (error) {
    console.warn(`dist/${name}.cache was not made: ${error.stderr?.toString().trim() || error.message}`)
  } finally {
    rmSync(home, {recursive: true, force: true})
  }
  if (!existsSync(cache)) console.warn(`${name} will start a little later without dist/${name}.cache.`)
}

/** So that what most homes need is compiled. */
function writeSomeProfiles(home) {
  const key = 'aws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = none\n'
  const session = 'sso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n'
  const role = 'role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = default\n'
  const member = 'sso_session = acme\nsso_account_id = 111122223333\nsso_role_name = a\n'
  mkdirSync(join(home, '.aws'))
  writeFileSync(join(home, '.aws', 'credentials'), `[default]\n${key}\n# a comment\n[b]\n${key}`)
  writeFileSync(
    join(home, '.aws', 'config'),
    `[default]\nregion = eu-west-1\n[sso-session acme]\n${session}[profile c]\n${role}[profile d]\n${member}`,
  )
}
