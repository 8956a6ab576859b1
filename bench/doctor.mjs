/**
 * How long the doctor takes offline, from the start of the program to its end, on homes of 10 to 2,000 profiles of every
 * kind.
 */
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {cleanEnv} from '../scripts/pty/clean-env.mjs'
import {ratios, takeTurns} from './measure.mjs'

const SIZES = [10, 500, 2_000]

/** @param cli the program, run by the Node that runs this */
export async function measureDoctor(cli, runs) {
  const scratch = mkdtempSync(join(tmpdir(), 'serverless-setup-bench-'))
  const run = (args, profiles) => {
    const home = makeHome(scratch, profiles)
    return () => {
      const startedAt = performance.now()
      const {status, stderr} = spawnSync(process.execPath, args, {env: cleanEnv(home), cwd: home})
      const tookMs = performance.now() - startedAt
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
      return tookMs
    }
  }
  try {
    const doctors = SIZES.map((profiles) => [`${profiles} profiles`, run([cli, 'doctor'], profiles)])
    const programs = {'node -e 0': run(['-e', '0'], 0), ...Object.fromEntries(doctors)}
    return ratios(await takeTurns(programs, runs), 'node -e 0')
  } finally {
    rmSync(scratch, {recursive: true, force: true})
  }
}

function makeHome(scratch, profiles) {
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
