import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Run} from './saver.js'

export function whyNoStrace(): string | undefined {
  const {status} = spawnSync('strace', ['-o', '/dev/null', '-e', 'inject=getpid:error=EPERM', 'true'])
  return status === 0 ? undefined : 'strace cannot be run here'
}

/** Lets a started program run on under strace. Returns the lines of the log, and what the program said. */
export async function runUnder(
  run: Run,
  options: readonly string[],
): Promise<{log: readonly string[]; ended: string}> {
  const folder = mkdtempSync(join(tmpdir(), 'store-strace-'))
  const file = join(folder, 'log')
  try {
    const strace = spawn('strace', ['-f', '-o', file, '-p', String(run.child.pid), ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const closed = once(strace, 'close')
    await new Promise<void>((attached) => {
      let said = ''
      strace.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes('attached')) attached()
      })
      strace.once('close', () => attached())
    })
    run.go()
    const ended = await run.ended
    await closed
    return {log: readFileSync(file, 'utf8').split('\n'), ended}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
