/** Credentials given out by a program. https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
import {spawn} from 'node:child_process'

/** How long a program may take, in milliseconds: one that asks for a password elsewhere takes a while. */
const LIMIT_MS = 60_000
const MAX_BYTES = 64 * 1024

export interface ProcessOptions {
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly limitMs?: number
}

/**
 * What the command prints, run as the SDKs run it: in a shell and with the environment of the process. With its time
 * over, what it has started ends with it. @throws Error that says why there is nothing
 */
export function programOutput(
  command: string,
  {signal, limitMs = LIMIT_MS}: ProcessOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const isWindows = process.platform === 'win32'
    // A group of its own, so that a program behind the shell can be ended too.
    const child = spawn(command, {
      shell: true,
      detached: !isWindows,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    const pieces: Buffer[] = []
    let size = 0
    const kill = () => {
      try {
        if (isWindows) child.kill()
        else process.kill(-(child.pid ?? 0), 'SIGKILL')
      } catch {
        // It has ended by itself meanwhile.
      }
    }
    const forget = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      process.off('exit', kill)
    }
    const end = (why: string) => {
      forget()
      child.stdout.destroy()
      kill()
      reject(new Error(why))
    }
    const leave = () => end('It was stopped.')
    const timer = setTimeout(
      () => end(`It was not done after ${Math.round(limitMs / 1000)} seconds.`),
      limitMs,
    )
    signal.addEventListener('abort', leave, {once: true})
    // This program may be ended itself, by a closed terminal for one.
    process.once('exit', kill)
    child.stdout.on('data', (piece: Buffer) => {
      pieces.push(piece)
      size += piece.length
      if (size > MAX_BYTES) end('It printed more than any credentials are long.')
    })
    child.once('error', () => end('It could not be run.'))
    child.once('close', (code) => {
      forget()
      if (code === 0) resolve(Buffer.concat(pieces).toString('utf8'))
      else reject(new Error(`It ended with ${code ?? 'a signal'}.`))
    })
    if (signal.aborted) leave()
  })
}
