/** Other people's programs, where they are installed. */
import {execFile, spawn, spawnSync, type ChildProcess} from 'node:child_process'
import {once} from 'node:events'
import {createServer, type AddressInfo} from 'node:net'
import type {PracticeCredentials} from '../../src/practice/helpers.js'

/** `test`, or a loud `test.skip` when the program is missing. */
export function testWith(program: string): typeof test | typeof test.skip {
  const isThere = spawnSync(program, ['--version'], {timeout: 20_000}).error === undefined
  if (isThere) return test
  console.warn(`SKIPPED: ${program} is not installed, so what it says is not compared`)
  return test.skip
}

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The AWS CLI with these keys and nothing else of this machine. */
export function awsCli(url: string, credentials: PracticeCredentials, args: readonly string[]): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    PYENV_ROOT: process.env['PYENV_ROOT'],
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_MAX_ATTEMPTS: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(credentials.sessionToken === undefined ? {} : {AWS_SESSION_TOKEN: credentials.sessionToken}),
  }
  return new Promise((resolve) => {
    execFile(
      'aws',
      ['--endpoint-url', url, '--output', 'json', ...args],
      {env, timeout: 20_000},
      (error, stdout, stderr) => {
        resolve({code: error === null ? 0 : Number(error.code), stdout, stderr})
      },
    )
  })
}

export interface Moto {
  readonly url: string
  readonly process: ChildProcess
}

/** moto's server on a free port of the loopback, once it answers. @throws when it does not start */
export async function startMoto(): Promise<Moto> {
  const port = await freePort()
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const signal = AbortSignal.timeout(25_000)
  for await (const [line] of on(child, signal)) {
    if (line.includes('Running on')) return {url: `http://127.0.0.1:${port}`, process: child}
  }
  throw new Error('moto_server ended before it was ready')
}

async function* on(child: ChildProcess, signal: AbortSignal): AsyncGenerator<[string]> {
  for (;;) {
    const [piece] = (await once(child.stderr!, 'data', {signal})) as [Buffer]
    yield [piece.toString('utf8')]
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const {port} = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
