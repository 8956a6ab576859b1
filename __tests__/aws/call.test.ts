import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {describe, expect, test} from '@jest/globals'
import {bounded} from '../../src/aws/call.js'

/** Ends when the signal aborts, and holds no more of it than an HTTP client does. */
async function untilAborted(signal: AbortSignal): Promise<never> {
  if (signal.aborted) throw new Error('ended')
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), {once: true})
  })
}

const never = new AbortController().signal

describe('a call that is bounded in time', () => {
  test('ends though the garbage collector was there', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const collecting = setInterval(collect, 5)
    const ended = bounded(untilAborted, never, {connectMs: 50, callMs: 50})
    // Keeps the test from waiting for what never comes.
    const late = new Promise((resolve) => setTimeout(resolve, 1_000, 'never ended'))
    const outcome = await Promise.race([ended.catch((error: unknown) => (error as Error).message), late])
    clearInterval(collecting)
    expect(outcome).toBe('ended')
  })

  test('ends at once when the person leaves, and when there is nobody to begin with', async () => {
    const leaving = new AbortController()
    const ended = bounded(untilAborted, leaving.signal, {connectMs: 50, callMs: 60_000})
    leaving.abort()
    await expect(ended).rejects.toThrow('ended')
    await expect(bounded(untilAborted, leaving.signal)).rejects.toThrow('ended')
  })
})
