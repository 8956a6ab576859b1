import {spawn, spawnSync} from 'node:child_process'
import {createServer, type AddressInfo} from 'node:net'
import {afterEach, beforeEach, describe, expect, test} from '@jest/globals'
import {homeSandbox} from '../support/home.js'
import {open, runScript, scene, type Scene} from './wizard.js'

const hasCli = spawnSync('aws', ['--version']).status === 0
const hasMoto = spawnSync('moto_server', ['--help']).status === 0
if (!hasCli)
  console.warn('skipped: the written files are not read by the AWS CLI, because it is not installed')
if (!hasMoto) console.warn('skipped: nothing is tried against moto, because moto_server is not installed')
const withCli = hasCli ? test : test.skip
const withMoto = hasMoto ? test : test.skip

describe('other programs', () => {
  let stage: Scene
  beforeEach(async () => {
    stage = await scene()
  })
  afterEach(async () => stage.close())

  withCli(
    'the AWS CLI agrees with the receipt about account, user, key and region',
    async () => {
      const key = stage.practice.issueKey({userName: 'agreed'})
      const {code, stdout} = await runScript(
        stage,
        ['import', '-', '--profile', 'work', '--region', 'eu-central-1', '--yes', '--json'],
        `${key.accessKeyId} ${key.secretAccessKey}`,
      )
      expect(code).toBe(0)
      const receipt = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, string>
      const env = {...stage.home.env, PYENV_ROOT: process.env['PYENV_ROOT'] ?? ''}
      const identity = JSON.parse(
        await runCli(['sts', 'get-caller-identity', '--profile', 'work'], env),
      ) as Record<string, string>
      expect(identity).toMatchObject({Account: receipt['accountId'], Arn: receipt['arn']})
      const list = await runCli(['configure', 'list', '--profile', 'work'], env)
      expect(list).toMatch(new RegExp(`access_key.*${key.accessKeyId.slice(-4)}.*shared-credentials-file`))
      expect(list).toMatch(/region.*eu-central-1.*config-file/)
    },
    60_000,
  )
})

describe('against moto, with signatures and policies enforced', () => {
  withMoto(
    'a right secret is verified and written, a wrong one refused',
    async () => {
      const moto = await startMoto()
      const home = homeSandbox({env: {AWS_ENDPOINT_URL: moto.url, BROWSER: 'none'}})
      const stage = {practice: undefined as never, home, dir: home.path, close: async () => undefined}
      try {
        const {id, secret} = await moto.makeUser()
        const wrong = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`
        const refused = await runScript(stage, ['import', '-', '--yes', '--json'], `${id} ${wrong}`)
        expect(refused.code).toBe(1)
        expect(refused.stdout).toContain('"code":"SIGNATURE_MISMATCH"')
        const terminal = await open(stage, {
          args: ['--path', 'local', '--profile', 'moto', '--region', 'us-east-1'],
        })
        await terminal.see('Do you have an AWS account?')
        terminal.press('enter')
        await terminal.see('How do you want')
        terminal.press('down', 'down', 'enter')
        await terminal.see('Enter AWS Access Key ID:')
        terminal.paste(`${id},${secret}`)
        await terminal.see('pasted, hidden')
        terminal.press('enter')
        await terminal.see('The key works')
        terminal.press('enter')
        await terminal.see('Write this?')
        terminal.press('enter')
        await terminal.see('saved and verified')
        terminal.press('enter')
        expect(await terminal.exit()).toMatchObject({code: 0})
        expect(home.read('.aws/credentials')).toContain(id)
        const unknown = await runScript(
          stage,
          ['import', '-', '--yes', '--json'],
          `AKIAZZZZZZZZZZZZZZZZ ${secret}`,
        )
        expect(unknown.stdout).toContain('"code":"INVALID_CLIENT_TOKEN"')
      } finally {
        moto.stop()
      }
    },
    90_000,
  )
})

async function runCli(args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn('aws', [...args], {env})
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  return output
}

/** moto with an administrator made before it begins to check signatures. */
async function startMoto() {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    detached: true,
  })
  const deadline = Date.now() + 60_000
  while (
    !(await fetch(`${url}/moto-api/`).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error('moto_server did not start')
  }
  const call = async (parameters: Record<string, string>) => {
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({Version: '2010-05-08', ...parameters}),
      headers: {
        Authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAAAAAAAAAAAAAAAAA/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
      },
    })
    return answer.text()
  }
  return {
    url,
    makeUser: async () => {
      await call({Action: 'CreateUser', UserName: 'serverless-framework'})
      const everything = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}],
      })
      await call({
        Action: 'PutUserPolicy',
        UserName: 'serverless-framework',
        PolicyName: 'all',
        PolicyDocument: everything,
      })
      const made = await call({Action: 'CreateAccessKey', UserName: 'serverless-framework'})
      const field = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(made)?.[1] ?? ''
      await fetch(`${url}/moto-api/reset-auth`, {
        method: 'POST',
        body: '0',
        headers: {'Content-Type': 'text/plain'},
      })
      return {id: field('AccessKeyId'), secret: field('SecretAccessKey').replaceAll('&#x2F;', '/')}
    },
    stop: () => process.kill(-(child.pid ?? 0), 'SIGKILL'),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
