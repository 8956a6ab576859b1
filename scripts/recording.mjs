/**
 * Plays the demo in a terminal and writes it as docs/wizard.cast and docs/wizard.svg:
 *
 *   npm run recording
 *
 * The steps stand in scripts/record/steps.mjs. The program has to end well, leave the terminal as it was, and never
 * write past the last column; otherwise nothing is written.
 */
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cleanEnv} from './pty/clean-env.mjs'
import {castOf} from './record/cast.mjs'
import {record} from './record/record.mjs'
import {recording} from './record/steps.mjs'
import {svgOf} from './record/svg.mjs'

const MAX_SVG_BYTES = 300_000
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const {title, args, cols, rows, steps, steady} = recording
const home = mkdtempSync(join(tmpdir(), 'serverless-setup-recording-'))
try {
  // Installed, so that the commands it prints are those of a reader, and not of this checkout.
  const bin = join(home, '.bin')
  mkdirSync(bin)
  symlinkSync(at('dist/cli.js'), join(bin, 'serverless-setup'))
  const clean = cleanEnv(home)
  const env = {...clean, PATH: `${bin}${delimiter}${clean.PATH}`}
  const frames = await record({
    program: {args: [at('dist/cli.js'), ...args], env, cwd: home, cols, rows},
    steps,
    steady,
  })
  const svg = svgOf(frames, {title, cols, rows})
  if (svg.length > MAX_SVG_BYTES)
    throw new Error(`The picture has ${svg.length} bytes; ${MAX_SVG_BYTES} are allowed.`)
  writeFileSync(at('docs/wizard.cast'), castOf(frames, {title, cols, rows}))
  writeFileSync(at('docs/wizard.svg'), svg)
  console.log(
    `docs/wizard.cast and docs/wizard.svg: ${frames.length} screens, ${Math.round(svg.length / 1024)} KB`,
  )
} finally {
  rmSync(home, {recursive: true, force: true})
}
