/**
 * How long the doctor takes offline, from the start of the program to its end, on homes of 10, 500 and 2,000
 * profiles of every kind. The programs take turns, so that a busy moment of the machine falls on all of them.
 *
 *   node bench/doctor.mjs [RUNS]
 */
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {cleanEnv} from '../scripts/pty/clean-env.mjs'

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const RUNS = Number(process.argv[2] ?? 25)
const SIZES = [10, 500, 2_000]

const scratch = mkdtempSync(join(tmpdir(), 'serverless-setup-bench-'))
try {
  const programs = [
    {name: 'node -e 0', argv: ['-e', '0'], home: makeHome(0)},
    ...SIZES.map((profiles) => ({
      name: `doctor, ${profiles} profiles`,
      argv: [CLI, 'doctor'],
      home: makeHome(profiles),
    })),
  ]
  const times = programs.map(() => [])
  for (let run = 0; run < RUNS; run++) {
    for (const [index, program] of programs.entries()) times[index].push(runOnce(program))
  }
  print(programs, times)
} finally {
  rmSync(scratch, {recursive: true, force: true})
}

function makeHome(profiles) {
  const home = join(scratch, `home-${profiles}`)
  mkdirSync(join(home, '.aws'), {recursive: true, mode: 0o700})
  const credentials = ['[default]', ...keyOf(0)]
  const config = [
    '[sso-session corp]',
    'sso_start_url = https://corp.awsapps.com/start',
    'sso_region = eu-west-1',
  ]
  for (let index = 1; index < profiles; index++) {
    const name = `team-${index}`
    config.push(`[profile ${name}]`, 'region = eu-west-1')
    if (index % 4 === 0) credentials.push(`[${name}]`, ...keyOf(index))
    else if (index % 4 === 1)
      config.push(
        'sso_session = corp',
        `sso_account_id = ${String(100_000_000_000 + index)}`,
        'sso_role_name = Admin',
      )
    else if (index % 4 === 2)
      config.push(
        `role_arn = arn:aws:iam::${String(100_000_000_000 + index)}:role/deploy`,
        'source_profile = default',
      )
    else config.push('credential_process = /usr/bin/keys --json')
  }
  writeFileSync(join(home, '.aws', 'credentials'), `${credentials.join('\n')}\n`, {mode: 0o600})
  writeFileSync(join(home, '.aws', 'config'), `${config.join('\n')}\n`, {mode: 0o600})
  return home
}

function keyOf(index) {
  const digits = index.toString(26).replaceAll(/./g, (each) => String.fromCharCode(65 + parseInt(each, 26)))
  return [
    `aws_access_key_id = AKIA${digits.padStart(16, 'A')}`,
    `aws_secret_access_key = ${'sEcr3t'.repeat(6)}${String(index).padStart(4, '0')}`,
  ]
}

/** Milliseconds from the start to the end. */
function runOnce({argv, home}) {
  const startedAt = performance.now()
  const {status, stderr} = spawnSync(process.execPath, argv, {env: cleanEnv(home), cwd: home})
  const tookMs = performance.now() - startedAt
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`)
  return tookMs
}

function print(programs, times) {
  const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]
  const base = median(times[0])
  const rows = programs.map(({name}, index) => ({
    name,
    medianMs: Math.round(median(times[index]) * 10) / 10,
    ratio: Math.round((median(times[index]) / base) * 100) / 100,
  }))
  console.log(`The doctor offline, start to end, ${RUNS} runs each`)
  for (const {name, medianMs, ratio} of rows)
    console.log(`  ${name.padEnd(24)}${`${medianMs} ms`.padStart(10)}${`${ratio} x`.padStart(10)}`)
  console.log(JSON.stringify({bench: 'doctor', node: process.version, runs: RUNS, rows}))
}
