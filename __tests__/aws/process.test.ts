import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {build} from 'esbuild'
import {startPractice, type Practice} from '../../src/practice/server.js'
import {findCanary} from '../support/canary.js'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')

/** A process of its own, as what the SDK reads once, and Node's debug log, are settled when a process starts. */
let practice: Practice
let folder: string
beforeAll(async () => {
  practice = await startPractice()
  // Inside the project, so that its packages are found.
  mkdirSync(join(root, '.tmp'), {recursive: true})
  folder = mkdtempSync(join(root, '.tmp', 'aws-'))
  await build({
    entryPoints: [join(here, 'support', 'ask-once.ts')],
    outfile: join(folder, 'ask-once.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  mkdirSync(join(folder, 'home', '.aws'), {recursive: true})
  // Read by anyone, the first is refused by the SDK as a whole and the second gives other keys.
  writeFileSync(join(folder, 'home', '.aws', 'config'), '[profile __proto__]\nregion = mars-north-1\n')
  writeFileSync(
    join(folder, 'home', '.aws', 'credentials'),
    '[default]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = other\n',
  )
})
afterAll(async () => {
  rmSync(folder, {recursive: true, force: true})
  await practice.close()
})

const nowhere = 'http://127.0.0.1:9'

async function askOnce(credentials: object, env: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder, 'ask-once.mjs')], {
    env: {PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), ...env},
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdin.end(JSON.stringify({url: practice.url, credentials}))
  await new Promise((resolve) => child.once('close', resolve))
  return {stdout, stderr}
}

describe('in a process of its own', () => {
  test('no file of the person is opened and nobody else is called, whatever the surroundings say', async () => {
    practice.log.clear()
    const {stdout, stderr} = await askOnce(practice.issueKey({userName: 'alone'}), {
      NODE_OPTIONS: `--import ${join(here, 'support', 'witness.mjs')}`,
      AWS_PROFILE: 'no-such-profile',
      AWS_ACCESS_KEY_ID: 'AKIAAAAAAAAAAAAAAAAA',
      AWS_SECRET_ACCESS_KEY: 'z'.repeat(40),
      AWS_SESSION_TOKEN: 'other',
      AWS_REGION: 'mars-north-1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_MAX_ATTEMPTS: '9',
      AWS_RETRY_MODE: 'adaptive',
      AWS_DEFAULTS_MODE: 'auto',
      AWS_SIGV4A_SIGNING_REGION_SET: '*',
      AWS_ENDPOINT_URL_STS: nowhere,
      AWS_ENDPOINT_URL_IAM: nowhere,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: nowhere,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${nowhere}/creds`,
      HTTP_PROXY: nowhere,
    })
    expect(JSON.parse(stdout)).toEqual({arn: 'arn:aws:iam::123456789012:user/alone', missing: []})
    const seen = stderr.split('\n').filter((line) => line.startsWith('witness '))
    expect(seen.filter((line) => line.includes('.aws/'))).toEqual([])
    const places = new Set(seen.filter((line) => line.startsWith('witness connect')))
    expect([...places]).toEqual([`witness connect 127.0.0.1:${new URL(practice.url).port}`])
    expect(new Set(practice.log.entries.map(({accessKeyId}) => accessKeyId)).size).toBe(1)
  })

  test('nor is one where the surroundings say nothing, and the SDK would look into the files', async () => {
    const {stdout, stderr} = await askOnce(practice.issueKey({userName: 'quiet'}), {
      NODE_OPTIONS: `--import ${join(here, 'support', 'witness.mjs')}`,
    })
    expect(stdout).toContain('user/quiet')
    expect(stderr.split('\n').filter((line) => line.includes('.aws/'))).toEqual([])
  })

  test("Node's debug log shows neither signature nor token", async () => {
    practice.newUser({userName: 'debugged', policies: ['AdministratorAccess']})
    const session = practice.issueSession({of: 'debugged'})
    const {stdout, stderr} = await askOnce(session, {NODE_DEBUG: 'http,https,net,stream,tls'})
    expect(stdout).toContain('"arn"')
    expect(stderr).not.toMatch(/Signature=|x-amz-security-token/i)
    expect(findCanary(stderr, [session.secretAccessKey, session.sessionToken ?? ''])).toEqual([])
  })
})
