/** `doctor --verify` on many profiles: AWS is asked eight at a time, and the files are read as often as for two. */
import {spawnSync} from 'node:child_process'
import {createServer, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {CLI, runProgram, runScript, scene, type Scene} from './wizard.js'

const AT_ONCE = 8
const IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  '<Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>AIDAQ7WERTYUIOPLKJH2</UserId><Account>123456789012</Account>' +
  '</GetCallerIdentityResult></GetCallerIdentityResponse>'

let stage: Scene
beforeEach(async () => {
  stage = await scene()
})
afterEach(async () => stage.close())

function writeProfiles(count: number): void {
  const sections = Array.from(
    {length: count},
    (_, index) =>
      `[p${index}]\naws_access_key_id = AKIAQ7WERTYUIOPLKJH${(index % 6) + 2}\naws_secret_access_key = ${'s'.repeat(40)}\n`,
  )
  stage.home.write('.aws/credentials', sections.join(''))
}

/** Answers nobody before as many wait as are to be asked about at a time, or all that are left. */
async function patientAws(total: number): Promise<{server: Server; most: () => number}> {
  const waiting: ServerResponse[] = []
  let [left, most] = [total, 0]
  let timer: NodeJS.Timeout | undefined
  const server = createServer((request, response) => {
    request.resume()
    waiting.push(response)
    most = Math.max(most, waiting.length)
    if (waiting.length < Math.min(AT_ONCE, left)) return
    // One more than is allowed would have come meanwhile.
    clearTimeout(timer)
    timer = setTimeout(() => {
      left -= waiting.length
      for (const each of waiting.splice(0)) each.setHeader('content-type', 'text/xml').end(IDENTITY)
    }, 150)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {server, most: () => most}
}

describe('doctor --verify on many profiles', () => {
  test('asks eight at a time, and warns of nothing', async () => {
    const count = 3 * AT_ONCE + 3
    writeProfiles(count)
    const {server, most} = await patientAws(count)
    try {
      stage.home.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const {stdout, stderr} = await runScript(stage, ['doctor', '--verify'])
      expect(most()).toBe(AT_ONCE)
      expect(stdout.match(/account 123456789012/g)).toHaveLength(count)
      expect(stderr).not.toContain('Warning')
    } finally {
      server.close()
    }
  })

  const hasStrace = spawnSync('strace', ['-V']).status === 0
  if (!hasStrace) console.warn('skipped: how often files are read is not watched, as strace is not installed')
  ;(hasStrace ? test : test.skip)('reads the files no oftener for twenty profiles than for two', async () => {
    const opened = async (count: number) => {
      writeProfiles(count)
      const log = join(stage.home.path, `strace-${count}.log`)
      const options = ['-f', '-qq', '-o', log, '-e', 'trace=openat']
      await runProgram(['strace', ...options, process.execPath, CLI, 'doctor', '--verify'], stage)
      const calls = stage.home.read(`strace-${count}.log`).split('\n')
      return calls.filter((call) => call.includes('.aws/credentials')).length
    }
    const few = await opened(2)
    expect(few).toBeGreaterThan(0)
    expect(await opened(20)).toBe(few)
  })
})

test('doctor --verify asks about the stage that was named', async () => {
  stage.home.write('app/serverless.yml', 'service: shop\nprovider:\n  name: aws\n')
  stage.home.write('app/.env.prod', 'AWS_PROFILE=nosuch\n')
  const {accessKeyId, secretAccessKey} = stage.practice.issueKey({userName: 'ada'})
  stage.home.write(
    '.aws/credentials',
    `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  )
  const of = async (...options: readonly string[]) =>
    runScript(stage, ['doctor', '--verify', '--service', join(stage.home.path, 'app'), ...options])
  expect((await of()).code).toBe(0)
  const {code, stdout} = await of('--stage', 'prod')
  expect(code).toBe(1)
  expect(stdout).toContain('✖ Stage prod')
  expect(stdout).not.toContain('Stage dev')
})
