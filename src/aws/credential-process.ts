/** Credentials given out by a program. https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
import {exec} from 'node:child_process'
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
  const {profile, env, signal, limitMs = LIMIT_MS} = options
  const output = await new Promise<string>((resolve, reject) => {
    exec(command, {env, signal, timeout: limitMs, maxBuffer: MAX_BYTES}, (error, stdout) => {
      if (error) reject(new Failure(failed(profile, whyOf(error, limitMs))))
      else resolve(stdout)
    })
  })
  const key = keyIn(output)
  if (typeof key === 'string') throw new Failure(failed(profile, key))
  return key
}

function whyOf(
  error: Error & {code?: unknown; killed?: boolean; signal?: unknown},
  limitMs: number,
): SafeText {
  if (error.name === 'AbortError') return say`It was stopped.`
  if (error.killed) return say`It was not done after ${Math.round(limitMs / 1000)} seconds.`
  return typeof error.code === 'number'
    ? say`It ended with ${error.code}.`
    : say`It could not be run (${String(error.code ?? error.signal ?? 'unknown')}).`
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
