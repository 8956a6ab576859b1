/** Signing in, in a process of its own: whatever the surroundings say, nobody else is asked and no file is read. */
import {spawn} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {build} from 'esbuild'
import {startPractice, type Practice} from '../../src/practice/server.js'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')

let practice: Practice
let folder: string
beforeAll(async () => {
  practice = await startPractice({identityCenter: {intervalSeconds: 0}})
  practice.identityCenter.autoApprove(0)
  // Inside the project, so that its packages are found.
  mkdirSync(join(root, '.tmp'), {recursive: true})
  folder = mkdtempSync(join(root, '.tmp', 'sso-'))
  await build({
    entryPoints: [join(here, 'support', 'sign-in-once.ts')],
    outfile: join(folder, 'sign-in-once.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  mkdirSync(join(folder, 'home', '.aws'), {recursive: true})
  writeFileSync(join(folder, 'home', '.aws', 'config'), '[profile __proto__]\nregion = mars-north-1\n')
})
afterAll(async () => {
  rmSync(folder, {recursive: true, force: true})
  await practice.close()
})

const nowhere = 'http://127.0.0.1:9'

async function signInOnce(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder, 'sign-in-once.mjs')], {
    env: {PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), ...env},
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdin.end(JSON.stringify({url: practice.url, startUrl: practice.identityCenter.startUrl}))
  await new Promise((resolve) => child.once('close', resolve))
  return {stdout, stderr}
}

const witness = `--import ${join(here, 'support', 'witness.mjs')}`
const done = {accountId: '123456789012', roleName: 'AdministratorAccess', kind: 'ASIA'}

test('only the endpoint given is called, and no file of the person is opened', async () => {
  const {stdout, stderr} = await signInOnce({
    NODE_OPTIONS: witness,
    AWS_PROFILE: 'no-such-profile',
    AWS_ACCESS_KEY_ID: 'AKIAAAAAAAAAAAAAAAAA',
    AWS_SECRET_ACCESS_KEY: 'z'.repeat(40),
    AWS_REGION: 'mars-north-1',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_MAX_ATTEMPTS: '9',
    AWS_RETRY_MODE: 'adaptive',
    AWS_DEFAULTS_MODE: 'auto',
    AWS_ENDPOINT_URL_SSO: nowhere,
    AWS_ENDPOINT_URL_SSO_OIDC: nowhere,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: nowhere,
    HTTP_PROXY: nowhere,
  })
  expect(JSON.parse(stdout)).toEqual(done)
  const seen = stderr.split('\n').filter((line) => line.startsWith('witness '))
  expect(seen.length).toBeGreaterThan(10)
  expect(seen.filter((line) => line.includes('.aws/'))).toEqual([])
  const places = new Set(seen.filter((line) => line.startsWith('witness connect')))
  expect([...places]).toEqual([`witness connect 127.0.0.1:${new URL(practice.url).port}`])
})

test('nor is one where the surroundings say nothing, and the SDK would look into the files', async () => {
  const {stdout, stderr} = await signInOnce({NODE_OPTIONS: witness})
  expect(JSON.parse(stdout)).toEqual(done)
  expect(stderr.split('\n').filter((line) => line.includes('.aws/'))).toEqual([])
})

test("Node's debug log shows no token, and the program ends by itself", async () => {
  const {stdout, stderr} = await signInOnce({NODE_DEBUG: 'http,https,net,stream,tls'})
  expect(JSON.parse(stdout)).toEqual(done)
  expect(stderr).not.toMatch(/x-amz-sso_bearer_token|clientSecret|accessToken/i)
})
