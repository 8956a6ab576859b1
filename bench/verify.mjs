/** How long `doctor --verify` takes on 1,000 profiles where AWS answers after 100 ms, against eight waits side by side. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {cleanEnv} from '../scripts/pty/clean-env.mjs'
import {round} from './measure.mjs'

const [PROFILES, LATENCY_MS, AT_ONCE] = [1_000, 100, 8]
const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  '<Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>AIDAQ7WERTYUIOPLKJH2</UserId><Account>123456789012</Account>' +
  '</GetCallerIdentityResult></GetCallerIdentityResponse>'

/** Once, as it takes so long that the start hardly counts. @param cli the program, run by the Node that runs this */
export async function measureVerify(cli) {
  const home = mkdtempSync(join(tmpdir(), 'serverless-setup-bench-'))
  const server = createServer((request, response) => {
    request.resume()
    setTimeout(() => response.setHeader('content-type', 'text/xml').end(IDENTITY), LATENCY_MS)
  })
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    makeHome(home)
    const env = {...cleanEnv(home), AWS_ENDPOINT_URL: `http://127.0.0.1:${server.address().port}`}
    const startedAt = performance.now()
    const child = spawn(process.execPath, [cli, 'doctor', '--verify'], {env, cwd: home, stdio: 'ignore'})
    await once(child, 'close')
    const ms = performance.now() - startedAt
    const least = (PROFILES * LATENCY_MS) / AT_ONCE
    return {[`${PROFILES} profiles`]: {ms: round(ms, 0), ratio: round(ms / least, 2)}}
  } finally {
    server.close()
    rmSync(home, {recursive: true, force: true})
  }
}

function makeHome(home) {
  mkdirSync(join(home, '.aws'), {recursive: true, mode: 0o700})
  const names = Array.from({length: PROFILES}, (_, index) => `team-${index}`)
  const credentials = names.flatMap((name) => [
    `[${name}]`,
    'aws_access_key_id = AKIAQ7WERTYUIOPLKJH2',
    `aws_secret_access_key = ${'s'.repeat(40)}`,
  ])
  const config = names.flatMap((name) => [`[profile ${name}]`, 'region = eu-west-1'])
  writeFileSync(join(home, '.aws', 'credentials'), `${credentials.join('\n')}\n`, {mode: 0o600})
  writeFileSync(join(home, '.aws', 'config'), `${config.join('\n')}\n`, {mode: 0o600})
}
