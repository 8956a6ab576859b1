/** Credentials given out by a program. https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
import {spawn} from 'node:child_process'
import type {AccessKey} from '../safety/access-key.js'
import {Failure, type Problem} from '../safety/problem.js'
import {say, type SafeText} from '../safety/safe-text.js'
import {Secret} from '../safety/secret.js'
import {parseAccessKeyId} from '../safety/validators.js'

/** How long a program may take, in milliseconds: one that asks for a password elsewhere takes a while. */
const LIMIT_MS = 60_000
const MAX_BYTES = 64 * 1024

export interface ProcessOptions {
  readonly profile: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly limitMs?: number
}

/**
 * Runs the command as the SDKs do, in a shell and with the person's own environment. What it prints is read as the
 * JSON it has to be and shown to nobody. @throws Failure PROCESS_FAILED
 */
export async function runCredentialProcess(command: string, options: ProcessOptions): Promise<AccessKey> {
  const {profile} = options
  const output = await run(command, options)
  const key = typeof output === 'string' ? keyIn(output) : output.why
  if (typeof key === 'string') throw new Failure(failed(profile, key))
  return key
}

/** What it prints, or why that is not to be had. With its time over, what it has started ends with it. */
function run(
  command: string,
  {env, signal, limitMs = LIMIT_MS}: ProcessOptions,
): Promise<string | {readonly why: SafeText}> {
  return new Promise((resolve) => {
    const isWindows = process.platform === 'win32'
    // A group of its own, so that a program behind the shell can be ended too.
    const child = spawn(command, {
      shell: true,
      env,
      detached: !isWindows,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    const pieces: Buffer[] = []
    let size = 0
    const end = (why: SafeText) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      child.stdout.destroy()
      try {
        if (isWindows) child.kill()
        else process.kill(-(child.pid ?? 0), 'SIGKILL')
      } catch {
        // It has ended by itself meanwhile.
      }
      resolve({why})
    }
    const leave = () => end(say`It was stopped.`)
    const timer = setTimeout(
      () => end(say`It was not done after ${Math.round(limitMs / 1000)} seconds.`),
      limitMs,
    )
    signal.addEventListener('abort', leave, {once: true})
    child.stdout.on('data', (piece: Buffer) => {
      pieces.push(piece)
      size += piece.length
      if (size > MAX_BYTES) end(say`It printed more than any credentials are long.`)
    })
    child.once('error', () => end(say`It could not be run.`))
    child.once('close', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      resolve(
        code === 0
          ? Buffer.concat(pieces).toString('utf8')
          : {why: say`It ended with ${code ?? 'a signal'}.`},
      )
    })
    if (signal.aborted) leave()
  })
}

function keyIn(output: string): AccessKey | SafeText {
  let json: unknown
  try {
    json = JSON.parse(output)
  } catch {
    return say`What it printed is not JSON.`
  }
  if (typeof json !== 'object' || json === null) return say`What it printed is not a JSON object.`
  const {Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration} = json as Record<string, unknown>
  if (Version !== 1) return say`What it printed has not the Version 1.`
  const id = typeof AccessKeyId === 'string' ? parseAccessKeyId(AccessKeyId) : undefined
  if (!id || typeof SecretAccessKey !== 'string' || SecretAccessKey === '')
    return say`What it printed holds no AccessKeyId and SecretAccessKey.`
  if (typeof Expiration === 'string' && Date.parse(Expiration) <= Date.now())
    return say`The credentials that it gave have expired.`
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(SecretAccessKey),
    ...(typeof SessionToken === 'string' ? {sessionToken: new Secret(SessionToken)} : {}),
  }
}

function failed(profile: string, why: SafeText): Problem {
  return {
    code: 'PROCESS_FAILED',
    what: say`The program of the profile ${profile} gave no credentials.`,
    why,
    nextSteps: [
      say`Run what stands behind credential_process yourself: \`aws configure get credential_process --profile ${profile}\``,
    ],
  }
}
